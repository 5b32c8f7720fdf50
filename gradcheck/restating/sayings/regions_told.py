"""The values that a line is told for: "if $y f < 1$", "for $z > 0$", "otherwise".

An inequality of quantities behind such a word is a condition and claims nothing. It is put beside the lines
that it is told for: the one before it in its sentence, else those that its sentence leads to; "otherwise"
is its opposite. Values of one function that are told so, each for its own arguments, are its cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from gradcheck.expr.written.definitions import read_applied, unboxed
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import CASE, LISTED, Equation, Heading, Prose, Statement
from gradcheck.notation.tree import CaseRow, Cases, Node, Relational, Symbol, Text
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, replace
from gradcheck.restating.sayings.cases_told import is_told
from gradcheck.restating.sayings.told_behind import told_behind

_OTHERWISE = late_pattern(
    r"\b(otherwise|else|elsewhere|sonst|andernfalls|sinon|altrimenti|иначе|(?:en )?caso contr[aá]rio)\b"
    r"|否则|其他|其它|それ以外|그 외",
    re.IGNORECASE,
)
_OPPOSITE = {"<": "≥", "≤": ">", ">": "≤", "≥": "<"}
_SENTENCE_END = late_pattern(r"[.;!?](?:\s|\$|$)|\n\s*\n|[。；]")
# Letters that count: an order of them is about entries.
_COUNTERS = frozenset("ijklmn")


def is_region(node: Node) -> bool:
    """Whether a relation orders two quantities, `y w^\\top x < 1`."""
    return (
        isinstance(node, Relational)
        and len(node.relations) == 1
        and node.relations[0].sign in ORDERING
        and not any(isinstance(side, Symbol) and side.name in _COUNTERS for side in node.operands)
    )


def with_regions_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with conditions on values beside what they are told for; themselves without any."""
    behind = told_behind(body, lambda equation: _region(equation) is not None)
    if not behind and not any(isinstance(item, Equation) and _is_concerned(item) for item in body):
        return body
    told = dict(_told(body, behind))
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation) and item.number in told:
            found = told[item.number]
            if found is None:
                item = replace(item, connective=CASE)
            else:
                item = replace(item, context=(*item.context, Text(item.span, "if"), found))
        made.append(item)
    return list(_with_cases(made))


def _is_concerned(equation: Equation) -> bool:
    return _region(equation) is not None or any(map(is_region, equation.context))


def _region(equation: Equation) -> Relational | None:
    """The condition that an equation is, if it says nothing else."""
    if equation.connective or len(equation.links) != 1:
        return None
    link = equation.links[0]
    whole = Relational(equation.span, (link.left, link.right), (link.relation,))
    return whole if is_region(whole) else None


@dataclass
class _Reader:
    """What the text said last.

    standing   the condition under which the following lines are told
    last       the last condition of the paragraph or of the one before, for "otherwise"
    past       where the last formula ends
    """

    standing: Relational | None = None
    last: Relational | None = None
    prose: Prose | None = None
    past: int = 0

    def words_before(self, equation: Equation) -> str:
        """The text between the formula before an equation and the equation."""
        if self.prose is None or self.prose.span.start > equation.span.start:
            return ""
        offset = self.prose.span.start
        return self.prose.text[max(self.past - offset, 0) : equation.span.start - offset]

    def words_behind(self, equation: Equation) -> str:
        """The text behind an equation in its paragraph, up to the end of its sentence."""
        if self.prose is None or not self.prose.span.start <= equation.span.start < self.prose.span.end:
            return ""
        return self.prose.text[equation.span.end - self.prose.span.start :].lstrip("$ )\\,.")


def _told(
    body: Sequence[Statement], behind: Mapping[int, tuple[int, tuple[int, ...]]]
) -> Iterator[tuple[int, Relational | None]]:
    """By the number of an equation: the condition that it is told under, None where it is one itself."""
    at = _Reader()
    for item in body:
        match item:
            case Heading():
                at = _Reader()
            case Prose(text=text):
                if not text.lstrip()[:1].islower() and _OTHERWISE.match(text.lstrip()) is None:
                    at.standing, at.last = None, at.standing
                at.prose = item
            case Equation():
                region = _region(item)
                if region is not None and (item.number in behind or is_told(at.prose, item)):
                    at.last, at.standing = region, None if item.number in behind else region
                    yield item.number, None
                    if item.number in behind:
                        yield behind[item.number][0], region
                elif region is None:
                    yield from _beside(item, at)
                at.past = item.span.end
            case _:
                pass


def _beside(equation: Equation, at: _Reader) -> Iterator[tuple[int, Relational]]:
    own = next((node for node in equation.context if is_region(node)), None)
    words = at.words_before(equation)
    if isinstance(own, Relational):
        at.last, at.standing = own, None
    elif at.last is not None and _is_otherwise(equation, words, at.words_behind(equation)):
        at.standing = None
        yield equation.number, _opposite(at.last)
    elif at.standing is not None and _SENTENCE_END.search(words) is None:
        yield equation.number, at.standing
    else:
        at.standing = None


def _is_otherwise(equation: Equation, before: str, behind: str) -> bool:
    """Whether the words in a line, before it or right behind it say "otherwise"."""
    beside = any(isinstance(node, Text) and _OTHERWISE.search(node.content) for node in equation.context)
    return beside or bool(_OTHERWISE.search(before) or _OTHERWISE.match(behind))


def _opposite(condition: Relational) -> Relational:
    relation = condition.relations[0]
    return replace(condition, relations=(replace(relation, sign=_OPPOSITE[relation.sign]),))


def _with_cases(body: Sequence[Statement]) -> Iterator[Statement]:
    """The statements with the values of one name, each told for its own region, as a definition by cases."""
    told = [item for item in body if isinstance(item, Equation) and item.connective != CASE]
    made: dict[int, Equation] = {}
    for head, group in groupby(told, _valued):
        first, *rest = group
        if not head or not rest:
            continue
        rows = tuple(
            CaseRow(each.span, each.links[0].right, next(filter(is_region, each.context)))
            for each in (first, *rest)
        )
        cases = Cases(rows[0].span.cover(rows[-1].span), rows)
        made[first.number] = replace(first, links=(replace(first.links[0], right=cases),))
        made |= {item.number: replace(item, connective=LISTED) for item in rest}
    for item in body:
        yield made.get(item.number, item) if isinstance(item, Equation) else item


def _valued(item: Equation) -> str:
    """What a line gives a value for a region only, "" where it does anything else."""
    if len(item.links) != 1 or not any(map(is_region, item.context)):
        return ""
    applied = read_applied(item.head)
    name = read_name(unboxed(item.head)) if applied is None else applied.function
    return latex(item.head) if name is not None and not name.primes else ""
