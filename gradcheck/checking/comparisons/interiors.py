"""For which entries a line may be meant that does not say it: those it writes, and those that are summed.

A line with `x_{k-1}` tells of the k for which there is such an entry; a reader who pads with zeros may mean
all. Where a sum leaves entries out, `\\sum_{j=2}^p w_j^2`, a line about `w_k` may be told of those it takes.
What is derived of two of one kind, `p_{ij}`, is told of two different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gradcheck.checking.comparisons.judgement import Pair
from gradcheck.expr.forms.build import apply, merge, num, pick, rename_index
from gradcheck.expr.forms.reading import Note
from gradcheck.expr.forms.tree import Expr, Ix, distinct
from gradcheck.expr.meaning.places import numbers
from gradcheck.expr.meaning.scope import Scope
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


def where_different(pair: Pair, scope: Scope) -> Pair | None:
    """The pair for two different members where what it derives is of two of one kind, `p_{ij}`; else None.

    Nobody plays against himself: `∂p_{ij}/∂θ_i` is told of an i that is not j.
    """
    if not pair[0].derivatives:
        return None
    free = dict(merge(pair[:2]))
    weights: dict[Expr, None] = {}
    derivatives = dict.fromkeys(node for side in pair[:2] for node in side.derivatives)
    for one, other in filter(None, (_two_of_a_kind(node.args[0]) for node in derivatives)):
        if one.name in free and other.name in free:
            same = pick(apply("eye", attr=(one.dim,)), one, other)
            weights[apply("at_most", same, num(0))] = None
    labels = {label.key for label in scope.vocabulary.labels.values() if label.kind == "alone"}
    values = scope.program.values() if len(labels) > 1 else ()
    for one, other in filter(None, map(_two_of_a_kind, distinct(values))):
        chosen = [scope.quantity(index.name) for index in (one, other) if index.name in labels]
        if len(chosen) == 2 and chosen[0] is not None and chosen[1] is not None:
            weights[apply("at_most", apply("dot", chosen[0], chosen[1]), num(0))] = None
    return _weighted(pair, weights, "told of two different ones")


def _two_of_a_kind(node: Expr) -> tuple[Ix, Ix] | None:
    """The two indices over one size of an entry of a quantity, `p_{ij}`."""
    if node.op != "pick" or node.args[0].op != "var":
        return None
    one, other = node.attr
    alike = isinstance(one, Ix) and isinstance(other, Ix) and one.dim == other.dim and one.name != other.name
    return (one, other) if alike else None
