"""A stream of elements, cut into clauses: one run of operands and relations each, and what led to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from gradcheck.notation.sheet import Element, Separator, Tag
from gradcheck.notation.thin_commas import without_thin_commas
from gradcheck.notation.tree import Blank, Group, Node, Product, Relation, Relational, Text, Wrapped
from gradcheck.notation.vocabulary import CONNECTIVES
from gradcheck.records import dataclass, field
from gradcheck.source import Span

ARROWS: Final = frozenset({"⇒", "⇔", "→", "↦"})


@dataclass(slots=True)
class Clause:
    """A run without separators or words in it.

    run      operands and relations as they alternate; may begin or end with a relation
    words    what is said right before it
    arrow    the arrow that leads to it, or ""
    breaks   the separators before it
    tag      the equation number after it
    """

    run: list[Node] = field(default_factory=list)
    words: list[Text] = field(default_factory=list)
    arrow: str = ""
    breaks: set[str] = field(default_factory=set)
    tag: str | None = None

    @property
    def says_something(self) -> bool:
        """Whether it holds more than separators."""
        return bool(self.run or self.words or self.arrow or self.tag)

    @property
    def claims(self) -> bool:
        """Whether a relation is in it."""
        return any(isinstance(node, Relation) for node in self.run)


def clauses(elements: Iterable[Element]) -> Iterator[Clause]:
    """Cut a stream at separators, words, arrows and tags."""
    clause = Clause()
    for element in without_thin_commas(spliced(elements)):
        match element:
            case Separator(kind=kind):
                if clause.run or (kind == "row" and clause.says_something):
                    yield clause
                    clause = Clause()
                clause.breaks.add(kind)
            case Tag(text=text):
                clause.tag = text
                yield clause
                clause = Clause()
            case Text():
                if clause.run:
                    yield clause
                    clause = Clause()
                clause.words.append(element)
            case Relation(sign=sign) if sign in ARROWS:
                if clause.run or clause.arrow:
                    yield clause
                    clause = Clause()
                clause.arrow = sign
            case _:
                if (
                    clause.run
                    and not isinstance(element, Relation)
                    and not isinstance(clause.run[-1], Relation)
                ):
                    yield clause
                    clause = Clause()
                clause.run.append(element)
    if clause.says_something:
        yield clause


def spliced(elements: Iterable[Element]) -> Iterator[Element]:
    """The stream with boxed, braced or bracketed equations opened into operands and relations.

    `\\boxed{a = b}`; `y (= o)` goes on from what stands before its brackets.
    """
    for element in (part for whole in elements for part in _unbracketed(whole)):
        seen_through = isinstance(element, Wrapped) and (element.note is None or element.kind == "color")
        inside = element.body if isinstance(element, Wrapped) and seen_through else element
        if isinstance(inside, Relational):
            yield from _opened(inside)
        elif seen_through and isinstance(inside, Group) and _lists_equations(inside):
            yield from _listed(inside)
        else:
            yield element


def _unbracketed(element: Element) -> Iterator[Element]:
    """`y (= o)` as y and `= o`; any other element as it is."""
    if isinstance(element, Product) and len(element.operators) == len(element.factors) - 1:
        last = element.factors[-1]
        inside = last.items[0] if isinstance(last, Group) and len(last.items) == 1 else None
        goes_on = isinstance(inside, Relational) and isinstance(inside.operands[0], Blank)
        if inside is not None and goes_on and not element.operators[-1].kind:
            before = element.factors[:-1]
            span = before[0].span.cover(before[-1].span)
            yield before[0] if len(before) == 1 else Product(span, before, element.operators[:-1])
            yield inside
            return
    yield element


def _lists_equations(group: Group) -> bool:
    """Whether what a box holds is several formulas in a row, some of which are equations."""
    return not group.open and any(isinstance(item, Relational) for item in group.items)


def _listed(group: Group) -> Iterator[Element]:
    for position, item in enumerate(group.items):
        if position:
            between = Span(group.items[position - 1].span.end, item.span.start)
            yield Separator(between, group.separators[position - 1])
        yield from _opened(item) if isinstance(item, Relational) else (item,)


def _opened(node: Relational) -> Iterator[Node]:
    for index, operand in enumerate(node.operands):
        if operand.span.end > operand.span.start:
            yield operand
        if index < len(node.relations):
            yield node.relations[index]


def connective_of(text: Text) -> str:
    """The joining word a text begins with (`where`, `or`, `now`), else ""."""
    first = text.content.split(maxsplit=1)[0] if text.content.strip() else ""
    word = first.strip(",.:;()").lower()
    return word if word in CONNECTIVES or word == "therefore" else ""
