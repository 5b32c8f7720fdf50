"""The gradient against the measured derivative, along one direction.

Promise: `residual` is E - <g, d> with a bound, where E is the measured derivative of f along d; a right
gradient stays within the bound. Directions weigh each entry by the inverse of its claimed size, so that
every entry, however small, adds about 1 to the sum: a relative error of one entry in 10,000 is not diluted,
and a small parameter is seen beside a large one. Magnitudes are drawn from [1/2, 3/2] besides the signs, so
that two equal errors do not cancel.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from gradcheck.code.directional import (
    EPS,
    FINE,
    FULL,
    SWIFT,
    Derivative,
    Ladder,
    central,
    complex_step,
)
from gradcheck.code.objective import Claim, Objective
from gradcheck.code.trees import Layout, Vector
from gradcheck.records import dataclass, replace

Method = Literal["complex step", "central differences"]
ROUNDINGS = 12.0  # what sums and products of an ordinary formula leave
NEAR = 1e-3  # how far the points lie at which f is compared with itself in extended precision
REGAINED = 256.0  # times less is the error there: long double has 11 bits more
FAR = 10.0  # times the value of f: a longer way is not local, whatever the size of the parameters
GLANCE = 1e-6  # of the length scale: so short a step crosses few kinks
CURVED = 1e-4  # of the terms' root sum of squares: more than what curvature changes on the way
WIDE = 0.02  # of the length scale: extended precision reaches no farther, where few numbers are moved
SHARP = 1e-10  # of the terms' root sum of squares: so much is asked of FINE differences
ROUGH = 1e-3  # of the terms' root sum of squares
ZERO = 1e-12  # of the largest share: a gradient that is less is 0, if the noise is not less
FEW = 32  # entries that are measured beside all others
ALIKE = 30.0  # times less precise: the roundings of one such entry do not hide the errors of another
CHEAP = 256  # numbers in x, up to which the slow arithmetic of extended precision does no harm
LEAST = (
    1e-140  # an entry, or a value of f, below counts for nothing: squares and steps would leave the doubles
)
FLOOR = 0.1  # of the median entry of its leaf: a smaller entry is weighed as if it were so large


@dataclass(frozen=True, slots=True)
class Residual:
    """expected - claimed along a direction, and the bound a right gradient keeps."""

    expected: float
    claimed: float
    bound: float
    kink: bool = False

    @property
    def value(self) -> float:
        return self.expected - self.claimed

    @property
    def significant(self) -> bool:
        return not abs(self.value) <= self.bound


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares one claim at one point.

    typical   for each entry the median of its leaf
    sizes     what each entry is rounded relative to: its own size, or the typical one if that is larger
    digits    noise found in f or in the gradient, relative to the root sum of squares of sizes_i d_i
    rounding  the error of f's values, where it is known to be more than that of the result
    moved     the point was drawn at random, so that f has no kink at it
    roundings of the gradient's own precision allowed in the root sum of squares of its terms
    reach     how far real differences went, for one entry: with many of them, more kinks are crossed
    """

    objective: Objective
    claim: Claim
    point: Vector
    typical: Vector
    sizes: Vector
    at_zero: np.longdouble
    method: Method
    digits: float = 0.0
    rounding: float = 0.0
    moved: bool = False
    roundings: float = ROUNDINGS
    reach: float = np.inf

    def extended(self) -> Comparer:
        """The same comparison with f in extended precision; raises NotExtended where f or NumPy cannot."""
        objective, near = replace(self.objective, extended=True), (1 + NEAR) * self.point
        at_zero = objective.real(self.point)
        error = max(abs(at_zero - self.at_zero), abs(objective.real(near) - self.objective.real(near)))
        return replace(self, objective=objective, at_zero=at_zero, rounding=float(error) / REGAINED)

    def ladder(self, direction: Vector) -> Ladder:
        """Patient where a value of f costs little; else from where the differences before this one ended."""
        reach = self.reach / math.sqrt(max(int(np.count_nonzero(direction)), 1))
        if self.point.size > CHEAP:
            return replace(SWIFT, first=min(SWIFT.first, reach))
        if not self.objective.extended:
            return FULL
        return replace(FINE, first=min(WIDE, reach)) if math.isfinite(reach) else FINE

    def learned(self, measured: Derivative, direction: Vector) -> Comparer:
        """The comparer that begins with steps as long as these were in the end."""
        reach = measured.span * math.sqrt(np.count_nonzero(direction))
        return replace(self, reach=reach) if reach else self

    def noisy(self, digits: float) -> Comparer:
        return replace(self, digits=max(self.digits, digits))

    def by(self, method: Method) -> Comparer:
        return replace(self, method=method)

    def residual(self, direction: Vector, ladder: Ladder | None = None) -> Residual:
        """Raises NotComplexSafe by complex step where f does not take complex numbers."""
        return self.against(self.derivative(direction, ladder), direction)

    def against(self, measured: Derivative, direction: Vector) -> Residual:
        """The residual of the claim, for a derivative that has been measured."""
        slack = max(self.roundings * self.claim.eps, self.digits) * self.size(direction)
        claimed = float(self.claim.vector @ direction)
        return Residual(measured.value, claimed, measured.bound + slack, measured.kink)

    def roughly_agrees(self, direction: Vector) -> bool:
        """Does the claim agree with one short difference of f on real numbers, to ROUGH at least?"""
        step = GLANCE * self.length_scale(direction)
        objective = replace(self.objective, extended=False)
        ahead = objective.real(self.point + step * direction)
        gap = abs(float(ahead - self.at_zero) / step - float(self.claim.vector @ direction))
        size = self.size(direction)
        rounding = 4 * EPS * float(abs(self.at_zero)) / step
        return not gap or gap <= CURVED * size + rounding <= ROUGH * size

    def size(self, direction: Vector) -> float:
        """The root sum of squares of the terms of <g, d>."""
        return float(np.linalg.norm(self.sizes * direction))

    def length_scale(self, direction: Vector) -> float:
        """A step that moves no parameter by more than its size, nor f by much more than its value."""
        step = length_scale(self.objective.layout, self.point, direction)
        change = self.size(direction)
        return (
            min(step, FAR * max(float(abs(self.at_zero)), LEAST) / change)
            if change and self.at_zero
            else step
        )

    def derivative(self, direction: Vector, ladder: Ladder | None = None) -> Derivative:
        scale = self.length_scale(direction)
        if self.method == "complex step":
            return complex_step(lambda t: self.objective.complex(self.point + t * direction), scale)
        extended = self.objective.extended
        point = self.point.astype(np.longdouble) if extended else self.point
        eps = float(np.finfo(np.longdouble).eps) if extended else EPS

        def measured(ladder: Ladder) -> Derivative:
            return central(
                lambda t: self.objective.real(point + t * direction),
                self.at_zero,
                scale,
                ladder,
                self.rounding,
                eps,
            )

        chosen = ladder or self.ladder(direction)
        found = measured(chosen)
        if extended and ladder is None and found.bound > SHARP * self.size(direction):
            return min(found, measured(FULL), key=lambda derivative: derivative.bound)
        return found


def medians(layout: Layout, claim: Claim) -> Vector:
    """For each entry the median size of its leaf's entries that are not 0: its sums were rounded to that."""
    found = np.zeros(layout.size)
    for leaf in layout.leaves:
        sizes = np.abs(claim.vector[leaf.where])
        sizes = sizes[sizes > 0]
        found[leaf.where] = np.partition(sizes, sizes.size // 2)[sizes.size // 2] if sizes.size else 0.0
    return found


def largest_share(layout: Layout, claim: Claim, point: Vector) -> Vector:
    """For each entry the size at which its leaf would change f as much as the leaf does that changes it most.

    A formula is rounded to that where parts of it cancel: of a saturated unit, 1 - a is nearly nothing.
    """
    spans = [rms(point[leaf.where]) or 1.0 for leaf in layout.leaves]
    largest = max(
        rms(claim.vector[leaf.where]) * span for leaf, span in zip(layout.leaves, spans, strict=True)
    )
    return np.repeat([largest / span for span in spans], [leaf.size for leaf in layout.leaves])


def weights(layout: Layout, claim: Claim, point: Vector, typical: Vector) -> Vector:
    """1 / |g_i|, |g_i| being at least FLOOR of its leaf's median; the point's size where that is 0."""
    sizes = np.maximum(np.abs(claim.vector), FLOOR * typical)
    sizes[(sizes > 0) & (sizes < LEAST)] = LEAST
    for leaf in layout.leaves:
        if not sizes[leaf.where].any():
            sizes[leaf.where] = 1 / (rms(point[leaf.where]) or 1.0)
    return 1 / sizes


def small_entries(claim: Claim, typical: Vector) -> list[list[int]]:
    """Places whose entry counts for less than the others in `weights`, those together that are alike in it.

    None where they are too many.
    """
    sizes = np.abs(claim.vector)
    places = np.flatnonzero((sizes > LEAST) & (sizes < FLOOR * typical))
    if places.size > FEW:
        return []
    alike = np.floor(np.log(typical[places] / sizes[places]) / math.log(ALIKE))
    return [places[alike == each].tolist() for each in np.unique(alike)]


def draw(rng: np.random.Generator, scales: Vector) -> Vector:
    """A random direction: a sign and a magnitude in [1/2, 3/2] for each entry, times its scale."""
    drawn = rng.uniform(-1.0, 1.0, scales.size)
    return np.copysign(0.5 + np.abs(drawn), drawn) * scales


def length_scale(layout: Layout, point: Vector, direction: Vector) -> float:
    """A step t that moves the entries it moves by no more than their parameter's size (root mean square)."""
    parts = [(direction[leaf.where], point[leaf.where]) for leaf in layout.leaves]
    moves = [rms(part[part != 0]) / (rms(numbers) or 1.0) for part, numbers in parts if part.any()]
    return float(1 / max(moves)) if moves else 1.0


def rms(numbers: Vector) -> float:
    """Root mean square; 0 of nothing."""
    return float(np.linalg.norm(numbers) / max(numbers.size, 1) ** 0.5)
