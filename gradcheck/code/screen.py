"""Is the gradient right along a direction? What must be ruled out before an accusation.

Promise: `wrong` is said only if the residual exceeds the roundings allowed to a right gradient, the noise
that f and the gradient show at points near by (saturation: a right formula is off by chance, a wrong one by
the same amount again), and what a kink of f leaves open (real differences on both sides). A cheap bound
decides the usual case; the rest is paid for only where it is exceeded. Rejected: tolerances set by hand,
which are either blind or accuse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from gradcheck.code.compare import Comparer, Method, Residual, rms
from gradcheck.code.directional import QUICK, SHIFTED, noise
from gradcheck.code.objective import Claimant, NotComplexSafe
from gradcheck.code.result import Note
from gradcheck.code.trees import Layout, Vector

CERTAIN = 10.0  # standard deviations of noise between a right gradient and an accusation
CLEAR = 100.0  # times the noise: the residual of a wrong gradient, whose own smooth change passes for noise
LOST = 1e-9  # relative noise worth a word
Outcome = Literal["right", "wrong", "kink", "not complex-safe"]


@dataclass(frozen=True, slots=True)
class Screened:
    """The outcome along one direction, with the comparer that knows the noise found there."""

    outcome: Outcome
    direction: Vector
    residual: Residual
    comparer: Comparer
    notes: tuple[Note, ...] = ()

    @property
    def resolution(self) -> float:
        """The relative error of a typical entry that this direction would have shown."""
        terms = np.abs(self.comparer.claim.vector * self.direction)
        return self.residual.bound / float(np.median(terms[terms > 0])) if terms.any() else 0.0


@dataclass(frozen=True, slots=True)
class Scatter:
    """Standard deviations of the noise on E, on <g, d>, on their difference; `steady`: it keeps its sign."""

    loss: float
    formula: float
    residual: float
    steady: bool


def choose_method(comparer: Comparer, direction: Vector) -> Method:
    """Complex step if f takes complex numbers and agrees with real differences along the direction.

    The agreement matters: abs and conj take complex arguments too, and return numbers of no use.
    """
    try:
        analytic = comparer.by("complex step").derivative(direction)
    except NotComplexSafe:
        return "central differences"
    real = comparer.by("central differences")
    for ladder in (QUICK, SHIFTED):
        measured = real.derivative(direction, ladder)
        if abs(analytic.value - measured.value) <= measured.bound + analytic.bound:
            return "complex step"
    return "central differences"


def screen(comparer: Comparer, claimant: Claimant, direction: Vector, rng: np.random.Generator) -> Screened:
    """Judge the gradient along one direction."""
    residual = comparer.residual(direction)
    if not residual.significant:
        return Screened("kink" if residual.kink else "right", direction, residual, comparer)
    real = comparer.by("central differences").residual(direction, SHIFTED)
    if comparer.method == "central differences" and not real.significant:
        return Screened("kink" if real.kink else "right", direction, real, comparer)
    if real.kink and not real.significant:
        return Screened("kink", direction, real, comparer)
    if comparer.method == "complex step" and _contradict(residual, real):
        return Screened("not complex-safe", direction, real, comparer)
    scatter = scatter_of(comparer, claimant, direction, residual, rng)
    size = float(np.linalg.norm(comparer.claim.vector * direction))
    allowed = CERTAIN * scatter.residual
    weighed = replace(residual, bound=max(residual.bound, allowed))
    wrong = weighed.significant and scatter.steady
    if size and (not wrong or abs(residual.value) < CLEAR * allowed):
        comparer = comparer.noisy(allowed / size)
    notes = () if wrong or comparer.digits < LOST else _who(scatter)
    return Screened("wrong" if wrong else "right", direction, weighed, comparer, notes)


def scatter_of(
    comparer: Comparer, claimant: Claimant, direction: Vector, residual: Residual, rng: np.random.Generator
) -> Scatter:
    """How the residual scatters over points near by, once differences have taken away what is smooth in it.

    With a gradient that can be called the residual itself is followed, at 3 more points. A gradient given as
    values leaves only E to follow: more points, higher differences, and the lesser of two spacings, since kinks
    of f that lie between the points look like noise at the wider one.
    """
    layout = comparer.objective.layout
    drift = rng.choice((-1.0, 1.0), layout.size) * _spread(layout, comparer.point)
    if claimant.callable:
        return _followed(comparer, claimant, direction, residual, 1e-3 * drift)
    loss = min(_loss_noise(comparer, direction, residual, spacing * drift) for spacing in (1e-3, 3e-5))
    return Scatter(loss, 0.0, loss, steady=True)


def _followed(
    comparer: Comparer, claimant: Claimant, direction: Vector, residual: Residual, drift: Vector
) -> Scatter:
    expected, claimed = [], []
    for step in (-1, 0, 1, 2):
        if not step:
            expected.append(residual.expected)
            claimed.append(residual.claimed)
            continue
        point = comparer.objective.layout.round(comparer.point + step * drift)
        expected.append(_derivative_at(comparer, point, direction))
        claimed.append(float(claimant.at(point).vector @ direction))
    gaps = np.subtract(expected, claimed)
    level = noise(gaps.tolist())
    steady = bool(np.all(np.sign(gaps) == np.sign(gaps[0])) and np.abs(gaps).min() > 3 * level)
    return Scatter(noise(expected, first=3), noise(claimed, first=3), level, steady)


def _loss_noise(comparer: Comparer, direction: Vector, residual: Residual, drift: Vector) -> float:
    values = [
        _derivative_at(comparer, comparer.point + step * drift, direction) if step else residual.expected
        for step in (-2, -1, 0, 1, 2)
    ]
    return noise(values, first=3)


def _derivative_at(comparer: Comparer, point: Vector, direction: Vector) -> float:
    at_zero = comparer.objective.real(point) if comparer.method == "central differences" else 0.0
    moved = Comparer(comparer.objective, comparer.claim, point, at_zero, comparer.method)
    return moved.derivative(direction).value


def _contradict(residual: Residual, real: Residual) -> bool:
    """Complex step and real differences cannot both be right."""
    return not real.kink and abs(residual.expected - real.expected) > 3 * (real.bound + residual.bound)


def _spread(layout: Layout, point: Vector) -> Vector:
    """For each entry the size of its parameter."""
    sizes = np.empty(layout.size)
    for leaf in layout.leaves:
        sizes[leaf.where] = rms(point[leaf.where]) or 1.0
    return sizes


def _who(scatter: Scatter) -> tuple[Note, ...]:
    if scatter.loss >= scatter.formula:
        text = "f loses digits here (saturation or cancellation): its derivative is known only to its noise"
        return (Note("loss-digits", f"{text}; rewrite f (log1p, expm1, logaddexp, log-softmax)"),)
    text = "the gradient's formula loses digits here (saturation or cancellation), but is right within them"
    return (Note("formula-digits", f"{text}; simplify it (a - y for a quotient by a(1 - a))"),)
