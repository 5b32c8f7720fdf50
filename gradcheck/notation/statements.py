"""Streams of elements to equations: which relation continues which chain, and what stands beside it.

A chain `a = b = c` goes on over row ends and displays: a row that starts with a relation continues the last
main chain, a relation at the end of a display waits for the next one. Arrows, words, commas and new rows
begin a new equation, and so does a case, `if $i = j$`, that is told before a chain goes on; an arrow to
something that is no relation (`A → A_{n×1}`) is a note beside the equation.
Relations that stand inside others (boxes, `cases`, a side note drawn as a fraction) become equations of their
own, so that every relation sign of a document is in exactly one link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from operator import is_
from typing import Final

from gradcheck.notation.chains import Chain, Piece
from gradcheck.notation.inner import conditions, listed, without_side_notes, without_spaces
from gradcheck.notation.sheet import Element
from gradcheck.notation.tree import Blank, Node, Relation, Text
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, field, replace
from gradcheck.source import Span

NUMBERS: Final = "numbers"
"""The connective of an equation that gives or works numbers, and defines nothing."""
RECALLED: Final = "recalled"
"""The connective of an equation that tells again what was defined before, and defines nothing."""
SOLUTION: Final = "solution"
"""The connective of an equation that solves a condition for a name, and defines nothing."""
ESTIMATE: Final = "estimate"
"""The connective of one that solves it under a name of its own, `\\hat w`, and defines that."""
ASKED_ESTIMATE: Final = "estimate asked for"
"""The same right behind words that set the gradient to zero."""

CASE: Final = "case"
"""The connective of an equation of two indices that says which entries are meant, and defines nothing."""
LISTED: Final = "listed"
"""The connective of an equation that only lists which names a letter is short for, `\\theta = (W, b)`."""
ON_CURVE: Final = "on a curve"
"""The connective of an equation with the slope of a curve, which need not hold beside it."""
PART: Final = "part"
"""The connective of an equation of a gradient to which more is added further down."""

_TAG: Final = late_pattern(r"</?[A-Za-z][^<>\n]{0,60}>")

POSED_LEVEL: Final = 7
"""The level of a heading within a paragraph, `**Example 2.**`: below every other one."""


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of a chain: `left relation right`.

    number   from 1 in its equation
    span     the right side
    """

    number: int
    relation: Relation
    left: Node
    right: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Equation:
    """A chain of links, each to be judged against the head and against its left neighbour.

    number      from 1 in the document
    connective  what joins it to what came before: "", `⇒`, `→`, `or`, `so`, `where`, `condition`, ...
    context     words, marks and conditions written beside it
    tag         the author's own equation number
    sides       the head and all that it is set equal to, in order
    """

    number: int
    head: Node
    links: tuple[Link, ...]
    connective: str
    context: tuple[Node, ...]
    tag: str | None
    span: Span
    sides: tuple[Node, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sides", (self.head, *[link.right for link in self.links]))


def formulas(item: Statement) -> tuple[Node, ...]:
    """The formulas of a statement: the sides of an equation, or what stands alone."""
    match item:
        case Equation():
            return item.sides
        case Fragment():
            return (item.node,)
        case _:
            return ()


def rewritten(equation: Equation, change: Callable[[Node], Node]) -> Equation:
    """The equation with each of its sides changed, itself where none is; numbers, spans and words stay."""
    left = head = _changed(equation.head, change)
    links: list[Link] = []
    for link in equation.links:
        right = _changed(link.right, change)
        same = left is link.left and right is link.right
        links.append(link if same else replace(link, left=left, right=right))
        left = right
    if head is equation.head and all(map(is_, links, equation.links)):
        return equation
    return replace(equation, head=head, links=tuple(links))


def renamed(equation: Equation, change: Callable[[Node], Node]) -> Equation:
    """The equation with its names changed wherever they stand: in the conditions beside it, too."""
    context = tuple(_changed(node, change) for node in equation.context)
    made = rewritten(equation, change)
    return made if all(map(is_, context, equation.context)) else replace(made, context=context)


def _changed(side: Node, change: Callable[[Node], Node]) -> Node:
    """A side changed; itself where it was only built anew: what was found of nodes is kept with them."""
    new = change(side)
    return side if new is side or new == side else new


@dataclass(frozen=True, slots=True)
class Fragment:
    """Mathematics that claims nothing: a name, a shape, a list; `context` as in Equation."""

    node: Node
    span: Span
    context: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """Mathematics that could not be read, and why; `span` is the smallest place that shows it."""

    span: Span
    latex: str
    reason: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its part of the document goes to the next one of the same level or above."""

    level: int
    text: str
    span: Span

    @property
    def identity(self) -> str:
        """What tells it from others: its words, or its place where `**Example.**` begins a paragraph."""
        return self.text.strip() if self.level < POSED_LEVEL else f"{self.span.start}"


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or a list item of running text, its inline mathematics as text."""

    text: str
    span: Span


Statement = Heading | Prose | Equation | Fragment | Unread


class Assembler:
    """Takes a document's parts in order and gives its statements, equations numbered from 1."""

    def __init__(self) -> None:
        self._chains: list[Chain] = []
        self._others: list[Statement] = []
        self._main: dict[bool, Chain | None] = {True: None, False: None}
        self._connective = ""
        self._in_case = False
        self._alone: Chain | None = None

    def heading(self, level: int, text: str, span: Span) -> None:
        """A heading: no chain goes on beyond it."""
        self._others.append(Heading(level, text, span))
        self._main = {True: None, False: None}
        self._connective = ""
        self._alone = None

    def prose(self, text: str, span: Span) -> None:
        """A paragraph."""
        self._others.append(Prose(text, span))

    def words(self, text: str, span: Span) -> None:
        """What a sentence says between two formulas: `$W =$ the weights` has its right side in words."""
        chain = self._main[False]
        said = _TAG.sub("", text).strip()
        if any(map(str.isalnum, said)):
            self._alone = None
        if chain and chain.waits and any(map(str.isalpha, said)):
            chain.extend([Text(span, " ".join(said.split()))])

    def unread(self, span: Span, latex: str, reason: str) -> None:
        """Mathematics that could not be read."""
        self._others.append(Unread(span, latex, reason))

    def arrow(self, sign: str) -> None:
        """An arrow in the prose: it joins the next equation to the last."""
        self._connective = sign

    def formula(self, elements: Iterable[Element], *, display: bool, connective: str = "") -> None:
        """One piece of mathematics, a display or inline, with what joins it to what came before.

        A leading relation continues an inline formula right before an inline one, else the last display, else
        the last inline equation; what ends with a relation waits for the next piece of its own kind.
        """
        last = self._main[display]
        unfinished = last if last and last.waits else None
        joined = connective or self._connective
        alone = None if display else self._alone
        before = alone or self._main[True] or self._main[False]
        recalled = None
        if display and self._in_case and before and before.relations and not before.waits:
            recalled = Chain(before.operands[:1], recalled=True)
        piece = Piece(recalled or before, unfinished, joined)
        piece.read(elements)
        if recalled and recalled.relations:
            self._chains.append(recalled)
        self._in_case = not display and (self._in_case or any(c.tells_a_case for c in piece.chains))
        carried = display or piece.connective in ("⇒", "⇔")
        self._connective = piece.connective if carried else ""
        self._chains.extend(piece.chains)
        if piece.main and (display or piece.main.relations):
            self._main[display] = piece.main
        bare = piece.main and not (display or piece.main.relations)
        self._alone = piece.main if bare else None

    def cell(self, head: Node, elements: Sequence[Element]) -> None:
        """A formula of a table, set equal to what another cell names."""
        start = elements[0].span.start if elements else head.span.end
        chain = Chain([head], [Relation(Span(start, start), "=")], recalled=True)
        piece = Piece(chain, chain, "")
        piece.read(elements)
        self._chains.extend([chain, *piece.chains])

    def statements(self) -> tuple[Statement, ...]:
        """Everything in the order of the document."""
        found = [*self._others, *(part for chain in self._chains for part in _finished(chain))]
        found.sort(key=lambda statement: statement.span.start)
        numbers = count(1)
        return tuple(
            replace(statement, number=next(numbers)) if isinstance(statement, Equation) else statement
            for statement in found
        )


def _finished(chain: Chain) -> Iterator[Statement]:
    """The chain as an equation, and the equations found inside it."""
    operands = list(chain.operands)
    if chain.waits:
        end = chain.relations[-1].span.end
        operands.append(Blank(Span(end, end)))
    inner = listed(operands[0]) if not chain.relations else ()
    if inner:
        inner = tuple((chain.connective if not i else "", part) for i, (_, part) in enumerate(inner))
    elif not chain.relations:
        span = operands[0].span
        yield Fragment(operands[0], span, tuple(chain.context))
    else:
        cleaned = [without_side_notes(operand) for operand in operands]
        operands = [operand for operand, _ in cleaned]
        inner = tuple(note for _, notes in cleaned for note in notes)
        operands, relations, lying = without_spaces(operands, chain.relations)
        inner += lying
        equation = _equation(operands, relations, chain.connective, chain.context, chain.tag)
        own = chain.relations[0].span.cover(equation.links[-1].span)
        yield replace(equation, span=own) if chain.recalled else equation
    inner += tuple(condition for operand in operands for condition in conditions(operand))
    for connective, part in inner:
        yield _equation(part.operands, part.relations, connective, (), None)


def _equation(
    operands: Sequence[Node],
    relations: Sequence[Relation],
    connective: str,
    context: Sequence[Node],
    tag: str | None,
) -> Equation:
    links = tuple(
        Link(number, relation, operands[number - 1], operands[number], operands[number].span)
        for number, relation in enumerate(relations, start=1)
    )
    span = operands[0].span.cover(operands[-1].span)
    return Equation(0, operands[0], links, connective, tuple(context), tag, span)
