"""The gradient against the measured derivative, along one direction.

Promise: `residual` is E - <g, d> with a bound, where E is the measured derivative of f along d; a right
gradient stays within the bound. Directions weigh each entry by the inverse of its claimed size, so that
every entry, however small, adds about 1 to the sum: a relative error of one entry in 10,000 is not diluted,
and a small parameter is seen beside a large one. Magnitudes are drawn from [1/2, 3/2] besides the signs, so
that two equal errors do not cancel.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from gradcheck.code.directional import FULL, Derivative, Ladder, central, complex_step
from gradcheck.code.objective import Claim, Objective
from gradcheck.code.trees import Layout, Vector

Method = Literal["complex step", "central differences"]
ROUNDING = 16.0  # roundings of the gradient's own precision allowed in the root sum of squares of its terms
NEAR = 1e-3  # how far the points lie at which f is compared with itself in extended precision
REGAINED = 256.0  # times less is the error there: long double has 11 bits more
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

    digits  noise found in f or in the gradient, relative to the root sum of squares of the terms g_i d_i, each
            g_i taken at least as its leaf's median
    rounding  the error of f's values, where it is known to be more than that of the result
    """

    objective: Objective
    claim: Claim
    point: Vector
    at_zero: float
    method: Method
    digits: float = 0.0
    rounding: float = 0.0

    @property
    def sizes(self) -> Vector:
        """What the entries are rounded relative to: their own size, or their leaf's median if that is larger."""
        return np.maximum(np.abs(self.claim.vector), medians(self.objective.layout, self.claim))

    def extended(self) -> Comparer:
        """The same comparison with f evaluated in extended precision; raises NotExtended where f or NumPy cannot."""
        objective = replace(self.objective, extended=True)
        at_zero = objective.real(self.point)
        errors = [abs(at_zero - self.at_zero)]
        for stretch in (1 - NEAR, 1 + NEAR):
            errors.append(
                abs(objective.real(stretch * self.point) - self.objective.real(stretch * self.point))
            )
        return replace(self, objective=objective, at_zero=at_zero, rounding=max(errors) / REGAINED)

    def noisy(self, digits: float) -> Comparer:
        return replace(self, digits=max(self.digits, digits))

    def by(self, method: Method) -> Comparer:
        return replace(self, method=method)

    def residual(self, direction: Vector, ladder: Ladder = FULL) -> Residual:
        """Raises NotComplexSafe by complex step where f does not take complex numbers."""
        measured = self.derivative(direction, ladder)
        terms = self.claim.vector * direction
        slack = max(ROUNDING * self.claim.eps, self.digits) * float(np.linalg.norm(self.sizes * direction))
        return Residual(measured.value, float(terms.sum()), measured.bound + slack, measured.kink)

    def derivative(self, direction: Vector, ladder: Ladder = FULL) -> Derivative:
        scale = length_scale(self.objective.layout, self.point, direction)
        if self.method == "complex step":
            return complex_step(lambda t: self.objective.complex(self.point + t * direction), scale)
        return central(
            lambda t: self.objective.real(self.point + t * direction),
            self.at_zero,
            scale,
            ladder,
            self.rounding,
        )


def medians(layout: Layout, claim: Claim) -> Vector:
    """For each entry the median size of its leaf's entries that are not 0: what sums inside it were rounded to."""
    found = np.zeros(layout.size)
    for leaf in layout.leaves:
        sizes = np.abs(claim.vector[leaf.where])
        found[leaf.where] = np.median(sizes[sizes > 0]) if sizes.any() else 0.0
    return found


def weights(layout: Layout, claim: Claim, point: Vector) -> Vector:
    """1 / |g_i|, with |g_i| at least FLOOR of its leaf's median; the point's scale where a leaf is all zero."""
    found = np.maximum(np.abs(claim.vector), FLOOR * medians(layout, claim))
    for leaf in layout.leaves:
        if not found[leaf.where].any():
            found[leaf.where] = 1 / (rms(point[leaf.where]) or 1.0)
    return 1 / found


def draw(rng: np.random.Generator, scales: Vector) -> Vector:
    """A random direction: a sign and a magnitude in [1/2, 3/2] for each entry, times its scale."""
    signs = rng.choice((-1.0, 1.0), scales.size)
    return signs * rng.uniform(0.5, 1.5, scales.size) * scales


def length_scale(layout: Layout, point: Vector, direction: Vector) -> float:
    """A step t that moves the entries it moves by no more than their parameter's size (root mean square)."""
    parts = [(direction[leaf.where], point[leaf.where]) for leaf in layout.leaves]
    moves = [rms(part[part != 0]) / (rms(numbers) or 1.0) for part, numbers in parts if part.any()]
    return float(1 / max(moves)) if moves else 1.0


def rms(numbers: Vector) -> float:
    """Root mean square; 0 of nothing."""
    return float(np.linalg.norm(numbers)) / max(numbers.size, 1) ** 0.5
