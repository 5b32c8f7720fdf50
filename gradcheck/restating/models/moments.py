r"""Moments of random variables: `E[Y] = \mu` and `\operatorname{Var}(Y_i) = \sigma_i^2` tell what they are.

A moment is an integral over a distribution, which no formula of the letter gives: its mean and its variance
are quantities with names of their own, that carry the index of what they are moments of. A letter is random
where it stands in moments, in events and before `\sim` alone; `\operatorname{Var}(x)` of numbers that also
stand elsewhere is the variance of these numbers. A moment that is told twice is told of two distributions,
and no line is held against the other. Rejected: to read E as a function, which makes the variance of one
number 0 and its mean the number itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Final

from gradcheck.expr.written.names import LAYER_MARK
from gradcheck.notation.conditionals import LETTERS
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Product, Relational, Scripted, Symbol
from gradcheck.notation.walk import letters_in, of_kind, parts
from gradcheck.records import replace
from gradcheck.restating.passages.applications import with_values_put

MOMENTS: Final = frozenset(("E", "Var", "var", "Cov", "cov"))


def with_moments_named(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a name for each moment of a letter that is random."""
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for equation in equations for side in equation.sides]
    told = dict.fromkeys(letters for side in sides for letters in _moments(side))
    if not told:
        return body
    outside = {name for equation in equations for name in _of_numbers(equation)}
    found = [letters for letters in told if not outside.intersection(letters)]
    marks = {letters: f"{LAYER_MARK}mom{mark}" for letters, mark in zip(found, ascii_lowercase, strict=False)}
    if not marks:
        return body
    named = [
        rewritten(item, lambda node: _named(node, marks)) if isinstance(item, Equation) else item
        for item in body
    ]
    times = Counter(key for item in named for key in _told(item, marks.values()))
    return [
        replace(item, connective="condition")
        if isinstance(item, Equation) and any(times[key] > 1 for key in _told(item, marks.values()))
        else item
        for item in named
    ]


def _told(item: Statement, marks: Collection[str]) -> set[str]:
    """The moments of which a statement tells what they are, by how they are written."""
    sides = item.sides[:-1] if isinstance(item, Equation) else ()
    bases = [(side.base if isinstance(side, Scripted) else side, side) for side in sides]
    return {
        latex(side) for base, side in bases if isinstance(base, Symbol) and base.name.endswith(tuple(marks))
    }


def _moments(node: Node) -> Iterator[tuple[str, ...]]:
    """The letters of each moment in a formula."""
    products = of_kind(node, Product) if not MOMENTS.isdisjoint(letters_in(node)) else ()
    for first, second in (pair for product in products for pair in _applied(product)):
        letters = _letters_of(first, second)
        if letters is not None:
            yield letters


def _of_numbers(equation: Equation) -> Iterator[str]:
    """The letters that stand for numbers: outside of moments and events, and not before `\\sim`."""
    for link in equation.links:
        if link.left is equation.head and link.relation.sign != "∼":
            yield from _outside(link.left)
        yield from _outside(link.right)


def _outside(node: Node) -> Iterator[str]:
    if isinstance(node, Symbol):
        yield node.name
    inside = [second for first, second in _applied(node) if _letters_of(first, second) is not None]
    inside += [item for first, second in _applied(node) for item in _happening(first, second)]
    yield from (name for child in parts(node) if child not in inside for name in _outside(child))


def _happening(first: Node, second: Node) -> Iterator[Node]:
    """The brackets of a probability that tell an event: `P(Y = y \\mid \\mu)`."""
    if (
        isinstance(first, Symbol)
        and first.name in LETTERS
        and isinstance(second, Group)
        and isinstance(second.items[0], Relational)
    ):
        yield second


def _applied(node: Node) -> Iterator[tuple[Node, Node]]:
    if isinstance(node, Product):
        pairs = zip(node.factors, node.factors[1:], node.operators, strict=False)
        yield from ((first, second) for first, second, sign in pairs if not sign.kind)


def _letters_of(first: Node, second: Node) -> tuple[str, ...] | None:
    """The letters of which two factors are a moment."""
    if not isinstance(first, Symbol) or first.name not in MOMENTS or not isinstance(second, Group):
        return None
    letters = [_letter(item) for item in second.items]
    return tuple(letter for letter in letters if letter is not None) if all(letters) else None


def _letter(node: Node) -> str | None:
    """The letter of `Y` and of `Y_i`."""
    if isinstance(node, Scripted) and node.sup is None and not node.primes:
        node = node.base
    return node.name if isinstance(node, Symbol) else None


def _named(node: Node, marks: Mapping[tuple[str, ...], str]) -> Node:
    def value(first: Node, group: Node) -> Node | None:
        letters = _letters_of(first, group)
        return _quantity(first, group, marks[letters]) if letters is not None and letters in marks else None

    return with_values_put(node, value)


def _quantity(first: Node, group: Node, mark: str) -> Node:
    """The name of a moment, with the index of what it is a moment of."""
    assert isinstance(first, Symbol)
    assert isinstance(group, Group)
    span = first.span.cover(group.span)
    symbol = replace(first, span=span, name=f"{first.name}{mark}")
    below = [item.sub for item in group.items if isinstance(item, Scripted) and item.sub is not None]
    return Scripted(span, symbol, below[0], None, 0) if len(below) == 1 else symbol
