"""Counts that stand beside a sum: `\\frac{1}{N} \\sum_i x_i` is a mean, so i runs from 1 to N.

A letter that first divides a sum without a limit counts the terms of that sum, and is written above it
before anything else is read; a temperature first divides what is summed. It stands nowhere but below
fractions, or is called as counts are, so that `N - 1` and `\\frac{1}{N s} (N g_i - \\sum_j g_j)` speak of the
same number. Rejected: to leave it a quantity, since a capital would be a matrix, and the mean one for each
entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.names import read_name
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Fraction,
    Group,
    Node,
    Number,
    Product,
    Sum,
    Symbol,
    Term,
    Wrapped,
)
from gradcheck.notation.walk import mapped, of_kind, parts
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated

# What numbers of examples, entries, classes and units are called.
COUNTS = frozenset("NMnmHDKBCd")


def with_limits(body: Sequence[Statement], declared: Collection[str]) -> Sequence[Statement]:
    """The statements with the counts of means above their sums; themselves where there are none.

    declared   the keys that have a shape: they are quantities, and count nothing
    """
    equations = [item for item in body if isinstance(item, Equation) and not _declares(item)]
    sides = [side for equation in equations for side in equation.sides]
    if not any(_is_sum(node) for side in sides for node in of_kind(side, BigOperator)):
        return body
    first: dict[str, bool] = {}
    for side in sides:
        for key, of_sum in _divisors(side, False):
            first.setdefault(key, of_sum)
    if not any(first.values()):
        return body
    quantities = {d.name.key for d in definitions(equations)} | {n.key for n in differentiated(equations)}
    other = {key for side in sides for key in _above(side)} - (COUNTS - quantities)
    counts = {key for key, of_sum in first.items() if of_sum} - other - set(declared)

    def change(node: Node) -> Node:
        node = mapped(node, change)
        match node:
            case Product(factors=factors):
                letter = next((found for f in factors if (found := _count(f, counts)) is not None), None)
                if letter is not None:
                    return replace(node, factors=tuple(_limited(f, letter) for f in factors))
            case Fraction(numerator=numerator):
                letter = _count(node, counts)
                if letter is not None:
                    return replace(node, numerator=_limited(numerator, letter))
            case _:
                pass
        return node

    return [rewritten(item, change) if counts and isinstance(item, Equation) else item for item in body]


def _declares(equation: Equation) -> bool:
    """Whether it says of what space something is: a size that is written there is still a count."""
    return equation.links[0].relation.sign == "∈"


def _divisors(node: Node, beside: bool) -> Iterator[tuple[str, bool]]:
    """The letters below fractions, with a number at most beside them, and whether each divides a sum.

    beside    whether the node is a factor of a product that holds a sum
    """
    if isinstance(node, Fraction) and (letter := _divisor(node)) is not None:
        yield letter.name, beside or _holds_sum(node.numerator)
        yield from _divisors(node.numerator, False)
    else:
        holds = isinstance(node, Product) and any(map(_holds_sum, node.factors))
        for child in parts(node):
            yield from _divisors(child, holds)


@once_a_node
def _holds_sum(node: Node) -> bool:
    """Whether there is a sum that a limit could be written above (see `_limited`)."""
    match node:
        case BigOperator():
            return _is_sum(node)
        case Group() | Wrapped() | Sum() | Term() | Product():
            return any(map(_holds_sum, parts(node)))
        case _:
            return False


def _is_sum(node: BigOperator) -> bool:
    return node.kind == "sum" and isinstance(node.lower, Symbol) and node.upper is None


def _above(node: Node) -> Iterator[str]:
    """The keys of all names that stand anywhere else."""
    if isinstance(node, Fraction) and _divisor(node) is not None:
        yield from _above(node.numerator)
    elif read_name(node) is not None:
        yield from (name.key for name in written_names(node))
    else:
        for child in parts(node):
            yield from _above(child)


def _divisor(node: Fraction) -> Symbol | None:
    """N of `1/N` and `1/(2N)`."""
    below: Node = node.denominator
    while isinstance(below, Wrapped | Group) and (inner := tuple(parts(below))) and len(inner) == 1:
        below = inner[0]
    factors = below.factors if isinstance(below, Product) else (below,)
    letters = [factor for factor in factors if not isinstance(factor, Number)]
    (letter,) = letters if len(letters) == 1 else (None,)
    return letter if isinstance(letter, Symbol) and len(letter.name) == 1 and letter.name.isalpha() else None


def _count(node: Node, counts: Collection[str]) -> Symbol | None:
    letter = _divisor(node) if isinstance(node, Fraction) else None
    return letter if letter is not None and letter.name in counts else None


def _limited(node: Node, letter: Symbol) -> Node:
    """A sum with its number of terms above it, be it in brackets or with other terms."""
    match node:
        case BigOperator(kind="sum", lower=Symbol(), upper=None):
            return replace(node, upper=letter)
        case Group() | Wrapped() | Sum() | Term():
            return mapped(node, lambda inner: _limited(inner, letter))
        case Product(factors=factors):
            return replace(node, factors=tuple(_limited(factor, letter) for factor in factors))
        case _:
            return node
