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
FLOOR: dict[Method, float] = {"complex step": 1e-3, "central differences": 0.1}  # of the median entry


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

    digits  noise found in f or in the gradient, relative to the root sum of squares of the terms g_i d_i
    """

    objective: Objective
    claim: Claim
    point: Vector
    at_zero: float
    method: Method
    digits: float = 0.0

    def noisy(self, digits: float) -> Comparer:
        return replace(self, digits=max(self.digits, digits))

    def by(self, method: Method) -> Comparer:
        return replace(self, method=method)

    def residual(self, direction: Vector, ladder: Ladder = FULL) -> Residual:
        """Raises NotComplexSafe by complex step where f does not take complex numbers."""
        measured = self.derivative(direction, ladder)
        terms = self.claim.vector * direction
        slack = max(ROUNDING * self.claim.eps, self.digits) * float(np.linalg.norm(terms))
        return Residual(measured.value, float(terms.sum()), measured.bound + slack, measured.kink)

    def derivative(self, direction: Vector, ladder: Ladder = FULL) -> Derivative:
        scale = length_scale(self.objective.layout, self.point, direction)
        if self.method == "complex step":
            return complex_step(lambda t: self.objective.complex(self.point + t * direction), scale)
        return central(lambda t: self.objective.real(self.point + t * direction), self.at_zero, scale, ladder)


def weights(layout: Layout, claim: Claim, point: Vector, floor: float) -> Vector:
    """1 / |g_i|, with |g_i| at least `floor` times its leaf's median; the point's scale where a leaf is all zero."""
    found = np.empty(layout.size)
    for leaf in layout.leaves:
        sizes = np.abs(claim.vector[leaf.where])
        median = float(np.median(sizes[sizes > 0])) if sizes.any() else 0.0
        found[leaf.where] = 1 / np.maximum(sizes, floor * median) if median else rms(point[leaf.where]) or 1.0
    return found


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
