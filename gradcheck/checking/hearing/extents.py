"""How far the sums of a document reach: `\\sum_{i=1}^{n-1}` leaves out the last of n entries.

A Σ takes all entries unless the document shows that there are more: it declares them, sums them elsewhere
(`\\sum_{i=1}^{n}`), or writes one that lies beyond (`x_{i+1}`, `x_n`). A letter that marks an entry of what
an equation tells, k of `c_k = \\sum_{i=1}^{k} x_i`, ends a sum and is no size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.extents import WHOLE, Extent, Extents, Limits, limits_of, place
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Node, Relation, Relational
from gradcheck.notation.walk import of_kind, walk


def extents(equations: Iterable[Equation], declared: Iterable[str] = ()) -> Extents:
    """From where to where the indices of a document run.

    declared    the sizes that it declares
    """
    listed = [equation for equation in equations if equation.connective != "condition"]
    found: dict[str, list[tuple[BigOperator, Extent]]] = {}
    for _, node, limits in _limited(listed):
        extent = limits.extent
        if extent is not None and extent != Extent(0, 0):
            found.setdefault(limits.last.letter, []).append((node, extent))
    told = frozenset(declared)
    inner = _inner(listed) - told
    marks = {mark for equation in listed for side in equation.sides for mark in _marks(side)}
    bound = {letter for sums in found.values() for node, _ in sums for letter in bound_letters(node)}
    known = {letter: _widest(sums, marks, letter) for letter, sums in found.items() if letter not in inner}
    ends = {read.letter for mark in marks if (read := place(mark)) is not None and read.shift <= 0}
    partial = any(
        _leaves_out(node) for e in listed for side in e.sides for node in of_kind(side, BigOperator)
    )
    return Extents(known, inner, frozenset(ends & {*known, *told}) - bound - inner, told, partial)


def _leaves_out(node: BigOperator) -> bool:
    """Whether a Σ has other limits than from the first number to the letter of a size."""
    limits = limits_of(node)
    ordered = any(relation.sign in ORDERING for relation in _relations(node.lower))
    return ordered or (limits is not None and limits.extent not in WHOLE)


def _relations(node: Node | None) -> Iterator[Relation]:
    """The relations of what stands below a Σ."""
    for part in () if node is None else walk(node):
        if isinstance(part, Relational):
            yield from part.relations


def _limited(equations: Iterable[Equation]) -> Iterator[tuple[Equation, BigOperator, Limits]]:
    """Each Σ and Π with written limits, and the equation that it stands in."""
    for equation in equations:
        for node in (node for side in equation.sides for node in of_kind(side, BigOperator)):
            if (limits := limits_of(node)) is not None:
                yield equation, node, limits


def _inner(equations: Iterable[Equation]) -> frozenset[str]:
    """The letters that end sums nowhere but in equations that tell an entry at them."""
    inner: set[str] = set()
    sizes: set[str] = set()
    for equation, _, limits in _limited(equations):
        (inner if limits.last.letter in _head_marks(equation.head) else sizes).add(limits.last.letter)
    return frozenset(inner - sizes)


def _head_marks(head: Node) -> frozenset[str]:
    """The index letters of what an equation tells, those of a derivative's target and variable with them."""
    quotient = read_quotient(head)
    derived = () if quotient is None else (quotient.target or head, *quotient.variables)
    return frozenset(mark for part in (head, *derived) for mark in _marks(part))


def _marks(node: Node) -> Iterator[str]:
    return (mark for name in written_names(node) for mark in name.sub)


def _widest(sums: list[tuple[BigOperator, Extent]], marks: Iterable[str], letter: str) -> Extent:
    """All the numbers that the sums up to a letter take, and those that are written beside them."""
    own = [extent for _, extent in sums]
    first, last = min(extent.first for extent in own), max(extent.last for extent in own)
    whole = Extent(0, -1) if Extent(0, -1) in own else Extent()
    before, beside = [first], [last]
    beside += [read.shift for read in filter(None, map(place, marks)) if read.letter == letter]
    for node, extent in sums:
        for read in filter(None, map(place, _marks(node.body))):
            if read.letter in bound_letters(node):
                before.append(extent.first + read.shift)
                beside.append(extent.last + read.shift)
    return Extent(
        min(first, max(min(before), whole.first)),
        max(last, min(max(beside), whole.last)),
    )
