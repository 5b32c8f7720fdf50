"""A letter that does nothing but divide: the m of `dW = dZ A^T / m`, wherever its size is told.

Beside arrays it could be one of them, entry by entry, and would then give its shape to all that it divides; a
letter by which counts are called, and that stands nowhere else, is a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.expr.written.names import read_name
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Fraction, Group, Node, Number, Product, Wrapped
from gradcheck.notation.walk import letters_in, parts

COUNTS = frozenset("mnNMB")


def lone_divisors(equations: Iterable[Equation]) -> frozenset[str]:
    """The key of the one letter of counts that stands nowhere but below a fraction or behind a slash."""
    below: set[str] = set()
    elsewhere: set[str] = set()
    for equation in equations:
        for side in equation.sides:
            for key, divides in () if COUNTS.isdisjoint(letters_in(side)) else _places(side, False):
                (below if divides else elsewhere).add(key)
    found = (below & COUNTS) - elsewhere
    return frozenset(found if len(found) == 1 else ())


def _places(node: Node, divides: bool) -> Iterator[tuple[str, bool]]:
    """The names of a formula, each with whether it divides, alone or with a number."""
    name = read_name(node)
    if name is not None:
        yield name.key, divides and name.is_plain
        return
    match node:
        case Fraction(numerator=numerator, denominator=denominator):
            yield from _places(numerator, False)
            yield from _places(denominator, _is_alone(denominator))
        case Product(factors=factors, operators=operators):
            kinds = ["", *(operator.kind for operator in operators)]
            for factor, kind in zip(factors, kinds, strict=False):
                below = kind in ("/", "div") and _is_alone(factor)
                yield from _places(factor, below or (divides and kind != "/"))
        case _:
            for child in parts(node):
                yield from _places(child, divides)


def _is_alone(node: Node) -> bool:
    """Whether one letter stands there, be it in brackets or beside a number."""
    while isinstance(node, Group | Wrapped) and len(inner := tuple(parts(node))) == 1:
        node = inner[0]
    factors = node.factors if isinstance(node, Product) else (node,)
    return sum(not isinstance(factor, Number) for factor in factors) == 1
