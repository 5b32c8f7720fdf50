"""For which entries a line may be meant that does not say it: those it writes, and those that are summed.

A line with `x_{k-1}` tells of the k for which there is such an entry; a reader who pads with zeros may mean
all. Where a sum leaves entries out, `\\sum_{j=2}^p w_j^2`, a line about `w_k` may be told of those it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gradcheck.checking.judgement import Pair
from gradcheck.expr.build import apply, merge, num, pick, rename_index
from gradcheck.expr.places import numbers
from gradcheck.expr.reading import Note
from gradcheck.expr.tree import Expr, Ix, distinct
from gradcheck.shapes import Dim


def where_written(pair: Pair, count: Callable[[Dim], Expr]) -> Pair | None:
    """The pair for the entries at which all that it writes exists; None where that is all of them.

    count    a size as a number
    """
    free = dict(merge(pair[:2]))
    weights: dict[Expr, None] = {}
    for node in distinct(pair[:2]) if free else ():
        for mark in node.attr if node.op == "pick" and node.args[0].op == "var" else ():
            if isinstance(mark, Ix) and mark.shift and free.get(mark.name) == mark.dim:
                here = pick(numbers(mark.dim), mark._replace(shift=0), None)
                if mark.shift < 0:
                    weights[apply("at_most", num(1 - mark.shift), here)] = None
                else:
                    weights[apply("at_most", here, apply("sub", count(mark.dim), num(mark.shift)))] = None
    return _weighted(pair, weights, "told where the entries are that it writes")


def where_summed(pair: Pair, formulas: Iterable[Expr]) -> Pair | None:
    """The pair for the entries that the sums of some formulas take; None where they take all."""
    free = dict(merge(pair[:2]))
    weights: dict[Expr, None] = {}
    for part in _parts_of_sums((*pair[:2], *formulas)) if free else ():
        ((letter, dim),) = part.free
        for name, size in free.items():
            if size == dim:
                weights[rename_index(part, letter, name)] = None
    return _weighted(pair, weights, "told of the entries that are summed")


def _parts_of_sums(formulas: Iterable[Expr]) -> Iterator[Expr]:
    """The conditions on one index under which sums take their terms."""
    for node in distinct(formulas):
        if node.op == "at_most" and len(node.free) == 1:
            yield node


def _weighted(pair: Pair, weights: Iterable[Expr], told: str) -> Pair | None:
    expected, got, notes = pair
    listed = list(weights)
    if not listed:
        return None
    for weight in listed:
        expected, got = apply("mul", weight, expected), apply("mul", weight, got)
    return expected, got, (*notes, Note("info", told))
