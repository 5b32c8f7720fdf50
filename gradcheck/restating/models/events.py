"""Probabilities of events: `P(y = 1 \\mid x)` and `P(y = 0 \\mid x)` are two quantities of one letter.

What is told of an event by a formula that does not hold the event's own letter, as `\\sigma(w^T x)` does not
hold y, is a quantity: the letter of the probability with a mark for the event, and with the index or the
sample that its arguments carry. So are classes by number, `p(C_1 \\mid x)`. What stands behind `;` is what it
depends on. A density holds its point and stays a function. Rejected: to take the number for an argument of a
function, since nobody writes a formula that holds for every number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import LAYER_MARK, RUNNING_LETTERS
from gradcheck.notation.conditionals import LETTERS
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Link, Statement, rewritten
from gradcheck.notation.tree import Call, Group, Node, Number, Product, Relational, Scripted, Symbol
from gradcheck.notation.walk import of_kind, parts
from gradcheck.records import replace
from gradcheck.restating.passages.applications import with_values_put

# A letter with its style, what happens, and what is given.
_Event = tuple[str, str, str, tuple[str, ...]]


def with_events_named(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a name for each probability of an event that has a formula."""
    links = [link for item in body if isinstance(item, Equation) for link in item.links]
    told = dict.fromkeys(event for link in links for event in _told(link))
    if not told:
        return body
    marks = dict(zip(told, ascii_lowercase, strict=False))
    return [
        rewritten(item, lambda node: _named(node, marks)) if isinstance(item, Equation) else item
        for item in body
    ]


def _told(link: Link) -> Iterator[_Event]:
    """The event of which a link tells the probability, on its left side or in the middle of a chain."""
    left = unboxed(link.left)
    left = left.argument if isinstance(left, Call) else left
    if isinstance(left, Product) and len(left.factors) == 2:
        event = _event_of(*left.factors)
        if event is not None and _letter(left.factors[1]) not in set(_outside(link.right)):
            yield event


def _event_of(first: Node, second: Node) -> _Event | None:
    """The event of a letter before brackets; None for anything else."""
    if not isinstance(first, Symbol) or first.name not in LETTERS or not isinstance(second, Group):
        return None
    if second.open != "(" or second.separators[:1] != ("mid",):
        return None
    what = _happening(second.items[0])
    if what is None:
        return None
    until = next((n for n, sign in enumerate(second.separators) if sign == ";"), len(second.separators))
    return first.name, first.style, what, tuple(latex(_bare(item)) for item in second.items[1 : until + 1])


def _happening(item: Node) -> str | None:
    """`y = 1` of `y_i = 1` or of `y^{(i)} = 1`, and `C_1`; None for an argument that is no event."""
    match item:
        case Relational(operands=(left, right)) if item.relations[0].sign == "=":
            numbers = not of_kind(right, Symbol)
            return f"{latex(_bare(left))} = {latex(right)}" if numbers else None
        case Scripted(base=Symbol(), sub=Number(), sup=None, primes=0):
            return latex(item)
        case _:
            return None


def _letter(group: Node) -> str:
    """The letter of what happens."""
    assert isinstance(group, Group)
    item = group.items[0]
    return latex(_base(item.operands[0] if isinstance(item, Relational) else item))


def _base(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _outside(node: Node) -> Iterator[str]:
    """The letters of a formula that stand in the brackets of no probability."""
    if isinstance(node, Symbol):
        yield latex(node)
    pairs = zip(node.factors, node.factors[1:], strict=False) if isinstance(node, Product) else ()
    inside = [second for first, second in pairs if _event_of(first, second) is not None]
    yield from (name for child in parts(node) if child not in inside for name in _outside(child))


def _named(node: Node, marks: Mapping[_Event, str]) -> Node:
    def value(first: Node, group: Node) -> Node | None:
        event = _event_of(first, group)
        return _quantity(first, group, marks[event]) if event is not None and event in marks else None

    return with_values_put(node, value)


def _quantity(first: Node, group: Node, mark: str) -> Node:
    """The name of an event's probability, with the index and the sample that its arguments carry."""
    assert isinstance(first, Symbol)
    assert isinstance(group, Group)
    span = first.span.cover(group.span)
    symbol = replace(first, span=span, name=f"{first.name}{LAYER_MARK}at{mark}")
    written = [
        item.operands[0] if isinstance(item, Relational) else item
        for item, sign in zip(group.items, ("", *group.separators), strict=True)
        if sign != ";"
    ]
    scripted = [item for item in written if isinstance(item, Scripted)]
    indices = [item.sub for item in scripted if item.sub is not None and _is_index(item.sub)]
    samples = [item.sup for item in scripted if item.sup is not None and _is_sample(item.sup)]
    sub, sup = next(iter(indices), None), next(iter(samples), None)
    return symbol if sub is sup is None else Scripted(span, symbol, sub, sup, 0)


def _bare(node: Node) -> Node:
    """An argument without its index and its sample."""
    if not isinstance(node, Scripted):
        return node
    sub = None if node.sub is not None and _is_index(node.sub) else node.sub
    sup = None if node.sup is not None and _is_sample(node.sup) else node.sup
    return node.base if sub is sup is None and not node.primes else replace(node, sub=sub, sup=sup)


def _is_index(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name in RUNNING_LETTERS


def _is_sample(node: Node) -> bool:
    return isinstance(node, Group) and node.open == "("
