"""Which entries a Σ or a condition takes, as numbers that are 1 there and 0 elsewhere.

`\\sum_{i=1}^{n-1}` and `\\sum_{i<j}` are sums over all entries with weights; so no evaluator has to know of
ranges. The places of a size are counted from one, whatever number the document gives to its first entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, isum, num, pick
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.written.extents import WHOLE, limits_of, place
from gradcheck.expr.written.names import script_text
from gradcheck.notation.tree import BigOperator, Relational
from gradcheck.shapes import Dim

if TYPE_CHECKING:
    from gradcheck.expr.meaning.asked import Scope

# How far the lesser of two places must be below the other, and whether it stands to the right.
ORDER = {"<": (1, False), "≤": (0, False), ">": (1, True), "≥": (0, True)}


def numbers(dim: Dim) -> Expr:
    """The column 1, 2, 3, ... of a size."""
    return apply("cumsum", apply("ones", attr=((dim, 1),)), attr=(0,))


def taken(scope: Scope, node: BigOperator, free: Mapping[str, Dim]) -> Iterator[Expr]:
    """The weights of the terms that the limits of a Σ take: none where it takes them all."""
    limits = limits_of(node)
    if limits is None or limits.letter not in free:
        return
    index, first, last = limits
    dim = free[index]
    here = _of_index(index, dim)
    if last.letter in scope.vocabulary.extents.inner or first.letter:
        whole = scope.vocabulary.extents.of(last.letter, dim)
        start = _of_index(first.letter, dim) if first.letter else num(1)
        yield apply("at_most", _moved(start, first.shift - (not first.letter)), here)
        inner = last.letter in scope.vocabulary.extents.inner
        end = _of_index(last.letter, dim) if inner else _moved(scope.count(dim), -whole.last)
        if last.letter:
            yield apply("at_most", here, _moved(end, last.shift))
        return
    extent = limits.extent
    if extent is None or extent in WHOLE:
        return
    whole = scope.vocabulary.extents.of(last.letter, dim)
    if extent.first > whole.first:
        yield apply("at_most", num(extent.first - whole.first + 1), here)
    if extent.last < whole.last:
        yield apply("at_most", here, _moved(scope.count(dim), extent.last - whole.last))


def in_order(
    scope: Scope, condition: Relational, free: Mapping[str, Dim], *, below: bool = False
) -> Expr | None:
    """1 where indices are as `1 < k \\le n-1` and `i < j` say, else 0; None for any other condition.

    below   it stands below a Σ, where a letter that the terms do not carry may be an index outside
    """
    weight: Expr | None = None
    pairs = zip(condition.operands, condition.operands[1:], condition.relations, strict=False)
    for left, right, relation in pairs:
        if relation.sign not in ORDER:
            return None
        texts = script_text(left), script_text(right)
        dims = [dim for text in texts if (dim := _runs_over(text, free)) is not None]
        if not dims or any(dim != dims[0] for dim in dims):
            return None
        sides = [_value(scope, text, dims[0], free, below=below) for text in texts]
        apart, turned = ORDER[relation.sign]
        less, more = sides[::-1] if turned else sides
        if less is None or more is None:
            return None
        part = apply("at_most", _moved(less, apart), more)
        weight = part if weight is None else apply("mul", weight, part)
    return weight


def last_entry(value: Expr, letter: str, dim: Dim, count: Expr) -> Expr:
    """A value with the index of that letter at the last place of its size."""
    return isum(apply("mul", apply("equal", _of_index(letter, dim), count), value), Ix(letter, dim))


def _of_index(letter: str, dim: Dim) -> Expr:
    """The number of an index."""
    return pick(numbers(dim), Ix(letter, dim), None)


def _runs_over(text: str, free: Mapping[str, Dim]) -> Dim | None:
    read = place(text)
    return None if read is None else free.get(read.letter)


def _value(scope: Scope, text: str, dim: Dim, free: Mapping[str, Dim], *, below: bool) -> Expr | None:
    """An index, a number or a size as a place among the entries of a size; None for anything else."""
    read = place(text)
    if read is None:
        return None
    known = scope.vocabulary.extents
    if read.letter in free:
        return _moved(_of_index(read.letter, dim), read.shift)
    if not read.letter:
        from_zero = any(extent.first == 0 for extent in known.known.values())
        return num(read.shift + from_zero)
    if read.letter != dim and read.letter not in known.known:
        return _moved(_of_index(read.letter, dim), read.shift) if below else None
    whole = known.of(read.letter, dim)
    return _moved(scope.count(dim), read.shift - whole.last)


def _moved(value: Expr, by: int) -> Expr:
    """A number with another one added."""
    if by == 0:
        return value
    return apply("add" if by > 0 else "sub", value, num(abs(by)))
