"""Each gradient that a backward pass returned, against the true one.

Promise: every entry is compared, at all points; what rounding may leave is measured by the same code in
extended precision. Why one is wrong is asked in this order: is it what a line of the document says, does a
slip of the formula explain it, what do the numbers alone show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from gradcheck.code.compare import ROUNDINGS, ZERO, draw, largest_share, medians
from gradcheck.code.derivation import GOOD, Derivation, Line
from gradcheck.code.directional import Derivative
from gradcheck.code.explain import SHARE, Measured, explain
from gradcheck.code.following import followed
from gradcheck.code.objective import Claim, align
from gradcheck.code.orientation import Move, Orientation, moved, moved_back
from gradcheck.code.process import Returned
from gradcheck.code.python_names import spellings
from gradcheck.code.result import Entry, Finding
from gradcheck.code.slips import CodeSlip, close, slip
from gradcheck.code.trees import Layout, Leaf, Numbers, Vector, flatten
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass, replace
from gradcheck.shapes import SCALAR

NOISE = 4.0  # times the difference between the code in double and in extended precision
SLIGHT = 1e-6  # relative: what is looked at again without roundings
GONE = 0.1  # of a difference: what extended precision leaves of one that rounding has made
DIRECTIONS = 3
ONE = np.ones(())


@dataclass(frozen=True, slots=True)
class JudgedGradient:
    """What is said of one returned gradient.

    name      as the code calls it; quantity: what it is the gradient by, as the document writes it
    line      of the document that it should implement, where there is one
    as_line   it computes just what that line says: right by a convention, or the line's own mistake
    follows   names of the wrong gradients from which the code makes it, as that line says
    """

    name: str
    quantity: str
    verdict: Literal["right", "wrong", "undecided"]
    line: Line | None
    as_line: bool = False
    finding: Finding | None = None
    slip: CodeSlip | None = None
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """All gradients of one call, in the orientation of the code: name -> true derivative, name -> key."""

    derivation: Derivation
    returned: Returned
    orientation: Orientation
    wanted: dict[str, Expr]
    keys: dict[str, str]
    seed: int

    @property
    def fits(self) -> bool:
        """Has every gradient the shape of its quantity."""
        places = next(iter(self.returned.double), "")
        return all(self._got(name, places).shape == self._true(name, places).shape for name in self.wanted)

    def of(self, name: str) -> JudgedGradient:
        key = self.keys[name]
        lines = self.derivation.lines(key)
        line = lines[-1] if lines else None
        latex = self.derivation.case.scope.latex_of(key)
        wrong = self._wrong_at(name)
        if wrong is None:
            return JudgedGradient(name, latex, "right", line)
        got = self._stacked(name)
        as_written = None if got is None else self._line_of(lines, got)
        if as_written is not None and as_written.verdict in GOOD:
            return JudgedGradient(name, latex, "right", as_written, as_line=True)
        finding = self._finding(name, wrong)
        if as_written is not None:
            return JudgedGradient(name, latex, "wrong", as_written, True, finding)
        if got is None:
            return JudgedGradient(name, latex, "wrong", line, False, finding)
        others = {self.keys[other]: other for other in self.wanted if other != name and self._wrong_at(other)}
        values = {key: stacked for key, other in others.items() if (stacked := self._stacked(other))}
        follows = tuple(others[key] for key in followed(self.derivation, lines, got, values))
        found = None if follows else slip(self.derivation, key, got)
        return JudgedGradient(name, latex, "wrong", line, False, finding, found, follows)

    def _wrong_at(self, name: str) -> str | None:
        """The first place at which a gradient is wrong."""
        return next((place for place in self.returned.double if not self._is_right(name, place)), None)

    def _true(self, name: str, place: str) -> Numbers:
        run, point = place.split("/")
        found: Numbers = self.derivation.values(self.wanted[name], int(run))[int(point)]
        return self._laid(name, found)

    def _laid(self, name: str, array: Numbers) -> Numbers:
        return moved(array, self._move(name))

    def _move(self, name: str) -> Move:
        return self.orientation.move(self.derivation.points.shapes[self.keys[name]])

    def _got(self, name: str, place: str) -> Numbers:
        return _as_shaped(self.returned.double[place][name], self.wanted[name])

    def _claim(self, place: str) -> tuple[Layout, Vector, Claim]:
        """All true gradients, and all that was returned, each by the name of its quantity."""
        called = {
            name: spellings(self.derivation.case.scope.latex_of(self.keys[name]))[0] for name in self.wanted
        }
        if len(set(called.values())) < len(called):
            called = {name: name for name in called}
        layout, true = flatten({called[name]: self._true(name, place) for name in self.wanted})
        returned = {called[name]: self._got(name, place) for name in self.wanted}
        return layout, true, align(returned, layout, ONE, "gradient")

    def _point(self, place: str) -> Vector:
        arrays = self.derivation.points.arrays[place]
        return np.concatenate([self._laid(name, arrays[self.keys[name]]).ravel() for name in self.wanted])

    def _is_right(self, name: str, place: str) -> bool:
        true, got = self._true(name, place), self._got(name, place)
        if got.shape != true.shape:
            return False
        apart, bound = np.abs(got - true), self._bound(name, place)
        right = bool(np.all(apart <= bound))
        slight = bool(np.all(apart <= np.maximum(SLIGHT * self._size(name, place), bound)))
        return right or (slight and self._is_rounded(name, place, bound))

    def _is_rounded(self, name: str, place: str, bound: Numbers) -> bool:
        """Are small differences to the true values, taken without roundings, what roundings may leave?

        Where much cancels our own values are off too, by as much as the code's; and what is gone in extended
        precision was a rounding.
        """
        run, point = place.split("/")
        exact = self.derivation.exact(self.wanted[name], int(run), int(point))
        if exact is None:
            return False
        exact = self._laid(name, exact)
        true, got = self._true(name, place), self._got(name, place)
        apart = np.abs(got - exact)
        better = _as_shaped(self.returned.extended.get(place, {}).get(name, got), self.wanted[name])
        gone = np.abs(better - exact) <= GONE * apart if better.shape == got.shape else np.zeros(got.shape)
        allowed = np.maximum(bound, NOISE * float(np.abs(true - exact).max(initial=0.0)))
        return bool(np.all((apart <= allowed) | (gone > 0)))

    def _size(self, name: str, place: str) -> Numbers:
        """What each entry of a gradient is rounded relative to."""
        true = self._true(name, place)
        layout, _ = flatten({name: true})
        claim = align({name: true}, layout, ONE, "gradient")
        size = np.maximum(np.abs(true), medians(layout, claim).reshape(true.shape))
        share = self._share(name, place)
        return np.full(true.shape, share) if size.max() <= ZERO * share else size

    def _bound(self, name: str, place: str) -> Numbers:
        """What the roundings of a right formula leave, entry by entry."""
        true, got, size = self._true(name, place), self._got(name, place), self._size(name, place)
        layout, _ = flatten({name: true})
        eps = align({name: got}, layout, ONE, "gradient").eps
        better = self.returned.extended.get(place, {}).get(name, got)
        lost = np.nan_to_num(np.abs(_as_shaped(better, self.wanted[name]) - got))
        return ROUNDINGS * eps * size + (NOISE * lost if lost.shape == size.shape else 0.0)

    def _share(self, name: str, place: str) -> float:
        """The size at which a gradient would change the loss as much as that does which changes it most."""
        layout, true, _ = self._claim(place)
        where = layout.leaves[list(self.wanted).index(name)].start
        return float(largest_share(layout, Claim(true), self._point(place))[where])

    def _stacked(self, name: str) -> tuple[Numbers, ...] | None:
        """The values of each run, (point, row, column); None where the shapes are not the quantity's."""
        runs: dict[str, list[Numbers]] = {}
        for place in self.returned.double:
            got = self._got(name, place)
            if got.shape != self._true(name, place).shape:
                return None
            written = self.derivation.points.arrays[place][self.keys[name]]
            back = moved_back(got.astype(float), self._move(name), written.shape)
            runs.setdefault(place.split("/")[0], []).append(back)
        return tuple(np.stack(values) for values in runs.values())

    def _line_of(self, lines: Sequence[Line], got: tuple[Numbers, ...]) -> Line | None:
        """The line whose right side is what the code computes."""
        for line in reversed(lines):
            if (
                line.written.op != "deriv"
                and not line.written.free
                and all(
                    close(self.derivation.values(line.written, run), values) for run, values in enumerate(got)
                )
            ):
                return line
        return None

    def _finding(self, name: str, place: str) -> Finding:
        layout, true, claim = self._claim(place)
        leaf = layout.leaves[list(self.wanted).index(name)]
        rng = np.random.default_rng(self.seed)
        bound = ROUNDINGS * claim.eps * float(np.linalg.norm(true[leaf.where]))
        directions = [draw(rng, np.ones(leaf.size)) for _ in range(DIRECTIONS)]
        measured = [Measured(d, Derivative(float(true[leaf.where] @ d), bound)) for d in directions]
        shown: tuple[Entry, ...] = ()
        if leaf.name not in claim.misfits:
            shown = (_worst(replace(leaf, name=name), claim.vector, true, self._bound(name, place)),)
        found = explain(leaf, claim, layout, self._point(place), measured)
        if found is None or not _holds_everywhere(found, leaf, claim, true):
            found = _plain(leaf, claim, true)
        return replace(found, entries=shown)


def _as_shaped(got: Numbers, expr: Expr) -> Numbers:
    """A plain number as the 1 by 1 matrix that the derivation makes of it."""
    return got.reshape(1, 1) if expr.shape == SCALAR and got.size == 1 else got


def _holds_everywhere(finding: Finding, leaf: Leaf, claim: Claim, true: Vector) -> bool:
    """Does a factor, which was told from few directions, hold of every entry."""
    if finding.factor is None or finding.cause not in ("factor", "sign"):
        return bool(np.isfinite(claim.vector[leaf.where]).all())
    got, wanted = claim.vector[leaf.where], true[leaf.where]
    return bool(np.all(np.abs(got - finding.factor * wanted) <= SHARE * np.abs(got - wanted).max()))


def _plain(leaf: Leaf, claim: Claim, true: Vector) -> Finding:
    if leaf.name in claim.misfits:
        why = f"the shape is wrong: {claim.misfits[leaf.name].shape} where {leaf.shape} belongs"
        return Finding((leaf.name,), "shape", why, f"return an array of shape {leaf.shape}")
    got, wanted = claim.vector[leaf.where], true[leaf.where]
    holes = int((~np.isfinite(got)).sum())
    if holes:
        why = f"{holes} of {leaf.size} entries are not finite"
        return Finding((leaf.name,), "not-finite", why, "look for a quotient or a logarithm of 0")
    off = np.abs(got - wanted)
    if off.max() <= SLIGHT * np.abs(wanted).max():
        why = f"off by {off.max() / np.abs(wanted).max():.0e} of its size, as roundings to float32 are"
        return Finding((leaf.name,), "float32", why, "look for an array or a cast of that type")
    number = int((off > 1e-9 * np.abs(wanted)).sum())
    why = f"{number} of {leaf.size} entries are wrong, by no rule that was recognised"
    return Finding((leaf.name,), "entries", why, "compare with the formula, factor by factor")


def _worst(leaf: Leaf, got: Vector, true: Vector, bound: Numbers) -> Entry:
    place = leaf.start + int(np.argmax(np.nan_to_num(np.abs(got - true), nan=np.inf)[leaf.where]))
    index = tuple(int(i) for i in np.unravel_index(place - leaf.start, leaf.shape))
    return Entry(leaf.entry(place), index, float(true[place]), float(got[place]), float(bound[index]), place)
