"""The g of mechanics before brackets: `U = g [(m_1 + m_2) l \\cos \\theta]` multiplies, and applies nothing.

Where something moves, which a dot tells, g is how fast it falls. It is a letter of functions all the same
where a line defines it, a prime derives it, one name alone stands in its brackets, as in `g(x)`, or where it
tells a rate, `\\dot{x} = g(W x + b)`, as an activation does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, Group, Node, Operator, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import letters_in, of_kind, rebuilt
from gradcheck.records import replace

FALL = "g"
RATES = ("dot", "ddot")


def with_falls_multiplied(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a `·` between such a g and its brackets; themselves where nothing moves."""
    sides = [side for item in body if isinstance(item, Equation) for side in item.sides]
    moves = any(accent.kind in RATES for side in sides for accent in of_kind(side, Accent))
    if not moves or not any(FALL in letters_in(side) for side in sides):
        return body
    told = {found.name.base for found in definitions(item for item in body if isinstance(item, Equation))}
    primed = any(_is_primed(node) for side in sides for node in of_kind(side, Scripted))
    brackets = [group for side in sides for node in of_kind(side, Product) for _, group in _behind(node)]
    if FALL in told or primed or any(name.startswith("\\dot") for name in told):
        return body
    if not brackets or not all(map(_adds, brackets)):
        return body
    return [rewritten(item, _multiplied) if isinstance(item, Equation) else item for item in body]


def _is_primed(node: Scripted) -> bool:
    return node.primes > 0 and isinstance(node.base, Symbol) and node.base.name == FALL


def _behind(node: Product) -> Iterator[tuple[int, Group]]:
    """The brackets right behind each g of a product, with the place of the sign between."""
    for place, (first, operator) in enumerate(zip(node.factors, node.operators, strict=False)):
        group = node.factors[place + 1]
        if (
            isinstance(first, Symbol)
            and first.name == FALL
            and not operator.kind
            and isinstance(group, Group)
        ):
            yield place, group


def _adds(group: Group) -> bool:
    """Whether brackets hold one sum of several terms: one name is what a function is applied to."""
    return len(group.items) == 1 and isinstance(group.items[0], Sum) and len(group.items[0].terms) > 1


def _multiplied(side: Node) -> Node:
    return rebuilt(side, Product, _with_point)


def _with_point(node: Product) -> Product:
    places = {place for place, _ in _behind(node)}
    if not places:
        return node
    made: tuple[Operator, ...] = tuple(
        replace(operator, kind="cdot") if place in places else operator
        for place, operator in enumerate(node.operators)
    )
    return replace(node, operators=made)
