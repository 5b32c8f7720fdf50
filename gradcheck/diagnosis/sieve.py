"""Which candidates give a formula the wanted value, found by inner products.

The value of a formula is linear in what stands at most of its places. One backward pass with a random
cotangent R gives for each such place a cotangent G with <R, formula> = <G, what stands there> + the rest,
so that one inner product tells of any candidate whether it gives the wanted value. Below a place that
is not linear (an argument of σ, a denominator) the candidate is computed up to the nearest linear place.
The sieve is sharp to rounding, and what passes is confirmed by the bench.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from gradcheck.calculus.evaluate import filled, spread, with_axis
from gradcheck.diagnosis.site import Path, entered, replaced
from gradcheck.diagnosis.values import Values, inner
from gradcheck.expr.forms.build import num
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops import OPERATIONS
from gradcheck.ops.number import transpose
from gradcheck.ops.operation import Array
from gradcheck.records import dataclass, replace
from gradcheck.shapes import SCALAR, Shape, ShapeError, broadcast

_LINEAR = {
    "add", "sub", "neg", "mul", "matmul", "transpose", "sum", "mean", "broadcast", "trace", "diag",
    "vec", "dot", "outer", "kron", "cumsum",
}  # fmt: skip
_ELEMENTWISE = {"add", "sub", "mul", "div"}
SHARPNESS = 1e-9
# Numbers that people write in front of things.
_GREATEST, _FINEST = 100, 12


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is linear, or one below it.

    linear     the path of the nearest linear place at or above it
    node       what stands there
    cotangent  <cotangent, candidate> must be `need` at each sample point, to `tolerance`
    shape      the shape that stands here
    beside     the shape of the other operand of an elementwise operation, beside which others may fit
    """

    linear: Path
    node: Expr
    cotangent: Array
    need: Array
    tolerance: Array
    shape: Shape
    beside: Shape | None


class Ways(NamedTuple):
    """How a factor may be put to a place: entry by entry, as a matrix before it, as one after it."""

    entrywise: bool
    before: bool
    after: bool


class Catalogue:
    """Expressions with their values stacked by shape, to be tried at many places."""

    def __init__(self, values: Values, exprs: Iterable[Expr]) -> None:
        self.exprs = tuple(dict.fromkeys(exprs))
        groups: dict[tuple[Shape, tuple[int, ...]], list[int]] = defaultdict(list)
        for number, expr in enumerate(self.exprs):
            groups[expr.shape, values(expr).shape].append(number)
        self.groups = [
            (shape, numbers, np.array([values(self.exprs[n]) for n in numbers]))
            for (shape, _), numbers in groups.items()
        ]


class Sieve:
    """A formula and the value it should have."""

    def __init__(self, values: Values, root: Expr, wanted: Array) -> None:
        self.values = values
        self.root = root
        self.places: dict[Path, Place] = {}
        self.shapes: dict[Path, Shape] = {}
        with np.errstate(all="ignore"):
            self._enter(root, wanted)

    def _enter(self, root: Expr, wanted: Array) -> None:
        value = self.values(root)
        shape = np.broadcast_shapes(value.shape, wanted.shape)
        points = max(shape[-3], 3)
        self.probe = _probe((*shape[:-3], points, *shape[-2:]))
        need, scale = self.aim(wanted)
        self._descend((), root, self.probe, need, scale + 1e-300, root.shape, None)

    def aim(self, wanted: Array) -> tuple[Array, Array]:
        """What the whole formula has to come to for a wanted value, and of which size that is."""
        spread_out = np.ones(self.probe.shape)
        return inner(self.probe, wanted * spread_out), inner(np.abs(self.probe), np.abs(wanted) * spread_out)

    def _descend(
        self, path: Path, node: Expr, ct: Array, need: Array, scale: Array, shape: Shape, beside: Shape | None
    ) -> None:
        value = self.values(node)
        stands = inner(np.abs(ct), np.abs(value))
        scale = scale + np.where(np.isfinite(stands), stands, 0.0)
        place = Place(path, node, ct, need, SHARPNESS * scale, shape, beside)
        self.places[path] = place
        self.shapes[path] = shape
        rest = need - inner(ct, value)
        parts = self._parts(node, ct)
        for k, child in enumerate(node.args):
            part = parts[k]
            below = (*path, k)
            if part is None or not (np.isfinite(rest).all() and np.isfinite(part).all()):
                self._nonlinear(below, child, place)
                continue
            other = node.args[1 - k].shape if node.op in _ELEMENTWISE else None
            self._descend(
                below, child, part, rest + inner(part, self.values(child)), scale, child.shape, other
            )

    def _nonlinear(self, path: Path, node: Expr, top: Place) -> None:
        self.places[path] = top
        self.shapes[path] = node.shape
        for k in entered(node):
            self._nonlinear((*path, k), node.args[k], top)

    def _parts(self, node: Expr, ct: Array) -> Sequence[Array | None]:
        """The cotangent of each operand, None where the value is not linear in it."""
        if node.op == "isum":
            slot = self.values.slot(node)
            return (spread(with_axis(ct, slot), slot, self.values.size(node)),)
        if node.op == "div":
            return ct / self.values(node.args[1]), None
        if node.op not in _LINEAR:
            return (None,) * len(node.args)
        operands = tuple(self.values(a) for a in node.args)
        value = self.values(node)
        whole = ct if node.op in _ELEMENTWISE else _to_shape(ct, *value.shape[-2:])
        return OPERATIONS[node.op].vjp(whole, operands, value, self.values.attributes(node))

    def passing(self, path: Path, candidates: Iterable[Expr]) -> list[int]:
        """The numbers of the candidates that give the wanted value when they stand at a place."""
        found: list[int] = []
        for top, numbers, stacked in self.lifted(path, candidates):
            found += [numbers[k] for k in _agreeing(top, top.cotangent, stacked)]
        return sorted(found)

    def lifted(self, path: Path, candidates: Iterable[Expr]) -> Iterator[tuple[Place, list[int], Array]]:
        """The values of candidates for a place at the linear places that they come to, with their numbers."""
        place = self.places[path]
        groups: dict[tuple[Path, tuple[int, ...]], list[tuple[int, Array]]] = defaultdict(list)
        for number, candidate in enumerate(candidates):
            value = self._lifted(place, path, candidate)
            if value is not None:
                groups[place.linear, value.shape].append((number, value))
                continue
            value = self._through_reduction(path, candidate)
            if value is not None:
                groups[path[:-1], value.shape].append((number, value))
        for (linear, _), members in groups.items():
            numbers = [number for number, _ in members]
            yield self.places[linear], numbers, np.array([value for _, value in members])

    def number_at(self, path: Path) -> Iterator[Expr]:
        """The number of few digits that gives the wanted value in place of one of its sign, if there is."""
        place = self.places[path]
        if place.linear != path:
            return
        with np.errstate(all="ignore"):
            ratios = place.need / inner(place.cotangent, np.ones_like(self.values(place.node)))
        if np.iscomplexobj(ratios):  # a power of a negative number
            return
        first = float(ratios.flat[0])
        if not np.isfinite(first) or abs(first) > _GREATEST:
            return
        found = Fraction(first).limit_denominator(_FINEST)
        stands = float(self.values(place.node).flat[0])
        if found * stands > 0 and abs(first - found) <= SHARPNESS * abs(first):
            yield num(found)

    def filling(self, path: Path, catalogue: Catalogue) -> Iterator[Expr]:
        """The members of a catalogue that give the wanted value when they stand at a place."""
        place = self.places[path]
        if place.linear != path:
            fitting = self.fitting(path, catalogue)
            yield from (fitting[n] for n in self.passing(path, fitting))
            return
        for shape, numbers, stacked in catalogue.groups:
            if _fits(place, shape):
                for k in _agreeing(place, place.cotangent, stacked):
                    yield catalogue.exprs[numbers[k]]

    def fitting(self, path: Path, catalogue: Catalogue) -> list[Expr]:
        """The members of a catalogue that may stand at a place by their shape, in the order of `filling`."""
        place = self.places[path]
        if place.linear != path:
            return [e for e in catalogue.exprs if e.shape == self.shapes[path]]
        groups = (numbers for shape, numbers, _ in catalogue.groups if _fits(place, shape))
        return [catalogue.exprs[number] for numbers in groups for number in numbers]

    def multiplying(self, path: Path, catalogue: Catalogue, ways: Ways) -> Iterator[Expr]:
        """The members of a catalogue by which a place may be multiplied, in one way or another.

        <G, v ⊙ F> = <G ⊙ v, F>, <G, F v> = <G vᵀ, F> and <G, v F> = <vᵀ G, F>. Only linear places are tried.
        """
        place = self.places[path]
        if place.linear != path:
            return
        rows, columns = place.shape
        ct, value = place.cotangent, self.values(place.node)
        for shape, numbers, stacked in catalogue.groups:
            found: set[int] = set()
            if ways.entrywise and _fits(place, _spread(shape, place.shape)):
                found.update(_agreeing(place, ct * value, stacked))
            if shape != SCALAR != place.shape:
                if ways.before and shape[1] == rows and _fits(place, (shape[0], columns)):
                    above = _to_shape(ct, stacked.shape[-2], value.shape[-1])
                    found.update(_agreeing(place, above @ transpose(value), stacked))
                if ways.after and shape[0] == columns and _fits(place, (rows, shape[1])):
                    above = _to_shape(ct, value.shape[-2], stacked.shape[-1])
                    found.update(_agreeing(place, transpose(value) @ above, stacked))
            yield from (catalogue.exprs[numbers[k]] for k in sorted(found))

    def adding(self, path: Path, catalogue: Catalogue) -> Iterator[Expr]:
        """The members of a catalogue that may be added to a place or taken from it."""
        place = self.places[path]
        if place.linear != path:
            return
        rest = place.need - inner(place.cotangent, self.values(place.node))
        for shape, numbers, stacked in catalogue.groups:
            if shape != place.shape:
                continue
            found = {
                k
                for need in (rest, -rest)
                for k in _agreeing(replace(place, need=need), place.cotangent, stacked)
            }
            yield from (catalogue.exprs[numbers[k]] for k in sorted(found))

    def _lifted(self, place: Place, path: Path, candidate: Expr) -> Array | None:
        """The candidate's value at the linear place above it, None where it does not fit."""
        if path == place.linear:
            return self.values(candidate) if _fits(place, candidate.shape) else None
        return self._rebuilt(place, path[len(place.linear) :], candidate)

    def _through_reduction(self, path: Path, candidate: Expr) -> Array | None:
        """The value of a sum whose body becomes a candidate of another shape, where the sum keeps its own."""
        above = self.places.get(path[:-1])
        if not path or above is None or above.linear != path[:-1] or above.node.op not in ("sum", "mean"):
            return None
        return self._rebuilt(above, path[-1:], candidate)

    def _rebuilt(self, place: Place, below: Path, candidate: Expr) -> Array | None:
        """The value of a linear place in which something below it is replaced."""
        try:
            whole = replaced(place.node, below, candidate)
        except ShapeError:
            return None
        return self.values(whole) if _fits(place, whole.shape) else None

    def gives(self, whole: Expr) -> bool:
        """Whether another formula in place of the whole one has the wanted value."""
        return whole.shape == self.root.shape and bool(self.passing((), [whole]))


@lru_cache(maxsize=64)
def _probe(shape: tuple[int, ...]) -> Array:
    """The random cotangent of a formula: of either sign, nowhere near zero."""
    source = np.random.default_rng(0)
    sizes = source.uniform(0.5, 1.5, shape)
    return np.asarray(sizes * np.where(source.random(shape) < 0.5, -1.0, 1.0))


def _agreeing(place: Place, cotangent: Array, stacked: Array) -> list[int]:
    """The members of a stack whose inner product with a cotangent is what the place needs."""
    got = products(cotangent, stacked)
    # Few agree at the first point, and only these are looked at further.
    first = got[:, 0]
    near = np.abs(first - place.need[0]) <= place.tolerance[0] + SHARPNESS * np.abs(first)
    (likely,) = near.nonzero()
    if not len(likely):
        return []
    got = got[likely]
    agree = (np.abs(got - place.need) <= place.tolerance + SHARPNESS * np.abs(got)).all(axis=1)
    return [k for k, agrees in zip(likely.tolist(), agree.tolist(), strict=True) if agrees]


def products(cotangent: Array, stacked: Array) -> Array:
    """The inner product of each member of a stack with a cotangent, at each point."""
    if cotangent.ndim == 3 and cotangent.shape == stacked.shape[1:]:
        return np.asarray(np.einsum("kprc,prc->kp", stacked, cotangent))
    axes = max(cotangent.ndim, stacked.ndim - 1)
    ct = cotangent.reshape((1,) * (axes - cotangent.ndim) + cotangent.shape)
    members = stacked.reshape(len(stacked), *(1,) * (axes + 1 - stacked.ndim), *stacked.shape[1:])
    summed = tuple(axis for axis in range(1, axes + 1) if axis != axes - 2)
    return np.asarray(np.add.reduce(members * ct, axis=summed))


def _fits(place: Place, shape: Shape | None) -> bool:
    """Whether a shape may stand at a place without changing the shapes above."""
    if shape == place.shape:
        return True
    if place.beside is None or shape is None:
        return False
    try:
        return broadcast(shape, place.beside) == broadcast(place.shape, place.beside)
    except ShapeError:
        return False


def _spread(a: Shape, b: Shape) -> Shape | None:
    try:
        return broadcast(a, b)
    except ShapeError:
        return None


def _to_shape(ct: Array, rows: int, columns: int) -> Array:
    """A cotangent summed to rows and columns where they are 1, and spread to them where it is short."""
    for axis, size in ((-2, rows), (-1, columns)):
        if size == 1 and ct.shape[axis] != 1:
            ct = ct.sum(axis, keepdims=True)
    return filled(ct, (*ct.shape[:-2], rows, columns))
