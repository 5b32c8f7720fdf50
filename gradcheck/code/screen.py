"""Is the gradient right along a direction? What must be ruled out before an accusation.

Promise: `wrong` is said only if the residual exceeds the roundings allowed to a right gradient, the noise
that f and the gradient show at points near by (saturation: a right formula is off by chance, a wrong one by
the same amount again), and what a kink of f leaves open (real differences on both sides). A cheap bound
decides the usual case; the rest is paid for only where it is exceeded. Rejected: tolerances set by hand,
which are either blind or accuse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from gradcheck.code.compare import CHEAP, REGAINED, ROUGH, ROUNDINGS, Comparer, Residual, draw
from gradcheck.code.directional import EPS, QUICK, Derivative
from gradcheck.code.localise import narrowed, restrict
from gradcheck.code.objective import Claimant, NotComplexSafe, NotExtended
from gradcheck.code.result import Note
from gradcheck.code.scatter import Scatter, scatter_of
from gradcheck.code.trees import Vector
from gradcheck.records import dataclass, replace

DRIFT = 3e-3  # relative distance of points near by: far enough to round a saturated unit anew
CLOSER_BY, NEAREST = 30.0, 1e-5  # where the residual itself changes its sign on the way, points come closer
CERTAIN = 10.0  # standard deviations of noise between a right gradient and an accusation
VOTES = 2  # looks at the noise that must agree, where the residual is not far above it: a kink may be in one
SURE = 4  # looks that must agree before an error is called one that is as small as lost digits
CLEAR = 100.0  # times the noise: the residual of a wrong gradient, whose own smooth change passes for noise
LOST = 1e-9  # relative noise worth a word
SEEN = 1e-4  # relative noise that is seen on points near by, however it piles up
MANY = 2000  # entries are enough to tell what is typical of them
MINUTE = 1e-6  # of f, or of 1: a change that roundings may have made where much cancels
GONE = 0.5  # of the residual: what extended precision leaves of one that rounding has made
AGREED = 0.1  # of the residual: two methods that agree so well have both seen it
GAP = 1e-13  # relative difference of derivatives that no precision takes away
CLOSER = 4.0  # roundings allowed to one entry that is measured alone; more are found as noise
LOST_ROUNDINGS = 1e4  # roundings by which a value of f is off
LOSS = Note(
    "loss-digits",
    "f loses digits here (saturation or cancellation), and so its derivative: "
    "rewrite f (log1p, expm1, logaddexp, log-softmax)",
)
FORMULA = Note(
    "formula-digits",
    "the gradient's formula loses digits here (saturation, cancellation, a part in float32), "
    "but is right within them: simplify it (a - y for a quotient by a(1 - a))",
)
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
        every = -(-self.direction.size // MANY)
        terms = np.abs(self.comparer.claim.vector[::every] * self.direction[::every])
        if not terms.any():
            return np.inf if self.residual.expected else 0.0
        return self.residual.bound / float(np.median(terms[terms > 0]))


def confirmed(analytic: Comparer, direction: Vector, step: Derivative) -> tuple[Comparer, Derivative | None]:
    """The complex step that was measured, if real differences agree with it, else a comparer by these.

    The agreement matters: abs and conj take complex arguments too, and return numbers of no use. Where f
    loses digits, real differences see its rounding rather than its slope, and disagree with a complex step
    that is right.
    """
    real = analytic.by("central differences")
    measured = real.derivative(direction, QUICK)
    if measured.bound > ROUGH * real.size(direction) or not _agree(step, measured):
        measured = real.derivative(direction, real.ladder(direction).shifted())
    if _agree(step, measured):
        return analytic, step
    better = _extended(analytic)
    if better is not None and (_gap(analytic, better, direction) or _wrong_values(analytic, better)):
        return analytic, step
    return by_real_numbers(analytic), None


def _agree(one: Derivative, other: Derivative) -> bool:
    return abs(one.value - other.value) <= one.bound + other.bound


def not_complex_safe(comparer: Comparer, direction: Vector) -> Screened:
    """What is said of a direction where real differences contradict the complex step."""
    return Screened("not complex-safe", direction, Residual(0.0, 0.0, 0.0), comparer)


def by_real_numbers(comparer: Comparer) -> Comparer:
    """Central differences, in extended precision where that is cheap: few numbers, and f keeps it."""
    real = comparer.by("central differences")
    return (_extended(real) or real) if comparer.point.size <= CHEAP else real


def screen_entries(
    comparer: Comparer, claimant: Claimant, places: Sequence[int], rng: np.random.Generator
) -> list[Screened]:
    """Judge few entries by directions of their own: all together, and where that is off, one by one."""
    comparer = replace(comparer, roundings=CLOSER)
    direction = np.zeros_like(comparer.point)
    direction[places] = draw(rng, 1 / np.abs(comparer.claim.vector[places]))
    residual = comparer.residual(direction)
    if not (residual.significant or residual.kink):
        return []
    alone = (restrict(direction, [place]) for place in places)
    return [screen(comparer, claimant, each, rng) for each in alone]


def screen(
    comparer: Comparer,
    claimant: Claimant,
    direction: Vector,
    rng: np.random.Generator,
    measured: Derivative | None = None,
) -> Screened:
    """Judge the gradient along one direction, whose derivative may have been measured already."""
    measured = measured or comparer.derivative(direction)
    comparer = comparer.learned(measured, direction)
    residual = comparer.against(measured, direction)
    if not residual.significant:
        return Screened("kink" if residual.kink else "right", direction, residual, comparer)
    direction, residual = narrowed(comparer, direction, residual) or (direction, residual)
    real = comparer.by("central differences").residual(direction, comparer.ladder(direction).shifted())
    followed = comparer.size(direction) if claimant.callable else 0.0
    alone = np.count_nonzero(direction) == 1
    by_real = comparer.method == "central differences"
    if real.kink and _kink_excuses(comparer, claimant, real):
        return Screened("kink", direction, real, comparer)
    if by_real and not real.significant:
        return Screened("right", direction, real, comparer)
    apart = abs(residual.expected - real.expected)
    if by_real and _contradict(residual, real) and apart > AGREED * abs(residual.value):
        return Screened("right", direction, replace(residual, bound=abs(residual.value) + apart), comparer)
    if not (comparer.objective.extended or _beyond_rounding_of_f(comparer, residual, real, followed, alone)):
        better = _in_extended_precision(comparer, claimant, direction, rng)
        if better is not comparer:
            return replace(screen(better, claimant, direction, rng), notes=(LOSS,))
        if not by_real and _contradict(residual, real):
            return Screened("not complex-safe", direction, real, comparer)
    return _weighed(comparer, claimant, residual, direction, rng)


def _kink_excuses(comparer: Comparer, claimant: Claimant, real: Residual) -> bool:
    """A kink leaves slopes open, or asks for another point; complex step at a random one needs no excuse."""
    if comparer.method == "complex step":
        return not (comparer.moved or real.significant)
    return not real.significant or (claimant.callable and not comparer.moved)


def _beyond_rounding_of_f(
    comparer: Comparer, residual: Residual, real: Residual, size: float, alone: bool
) -> bool:
    """No rounding of f, however it may pile up to steps, explains the residual.

    Both methods agree on it; or it is so small that the noise of f is seen by `scatter_of`. Real differences
    by themselves agree on a step too, so they have to see f change with the one entry that is moved.
    """
    if comparer.method == "central differences":
        return alone and min(abs(real.expected), abs(residual.expected)) > CLEAR * real.bound
    apart = abs(residual.expected - real.expected) + real.bound
    small = abs(residual.value) < SEEN * size and not _contradict(residual, real)
    return small or apart < AGREED * abs(residual.value)


def _extended(comparer: Comparer) -> Comparer | None:
    try:
        return comparer.extended()
    except Exception:  # whatever the user's code raises on long doubles says that it cannot take them
        return None


def _in_extended_precision(
    comparer: Comparer, claimant: Claimant, direction: Vector, rng: np.random.Generator
) -> Comparer:
    """The comparer in extended precision if f's values or derivatives differ there, else the same.

    Of a gradient that is given as values, no better is asked than f's own loss of digits.
    """
    better = _extended(comparer)
    if better is None:
        return comparer
    trials = [direction] if claimant.callable else [direction, *_redrawn(direction, rng)]
    lost = (
        max(_gap(comparer, better, trial) for trial in trials) if comparer.method == "complex step" else 0.0
    )
    if not lost and not _wrong_values(comparer, better):
        return comparer
    size = comparer.size(direction)
    return better if claimant.callable or not size else better.noisy(CLEAR * lost / size)


def _wrong_values(comparer: Comparer, better: Comparer) -> bool:
    """Are f's values off by much more than the rounding of the result?"""
    return REGAINED * better.rounding > LOST_ROUNDINGS * EPS * float(abs(comparer.at_zero))


def _gap(one: Comparer, other: Comparer, direction: Vector) -> float:
    """How far two measurements of a derivative are apart; 0 within their bounds, or if one is impossible."""
    try:
        first, second = one.derivative(direction), other.derivative(direction)
    except (NotComplexSafe, NotExtended):
        return 0.0
    gap = abs(first.value - second.value)
    return gap if gap > first.bound + second.bound + GAP * one.size(direction) else 0.0


def _redrawn(direction: Vector, rng: np.random.Generator) -> list[Vector]:
    return [direction * rng.choice((-1.0, 1.0), direction.size) for _ in range(2)]


def _weighed(
    comparer: Comparer,
    claimant: Claimant,
    residual: Residual,
    direction: Vector,
    rng: np.random.Generator,
) -> Screened:
    """The residual against the noise of f and of the gradient near by; several looks where it is close.

    What was seen at close points only could be a saturated unit's rounding, the same at all of them.
    """
    size = comparer.size(direction)
    excused = accused = 0
    drift = DRIFT
    needed = SURE if abs(residual.value) < SEEN * size else VOTES
    while excused < VOTES and accused < needed:
        scatter = scatter_of(comparer, claimant, direction, residual, rng, drift)
        allowed = CERTAIN * scatter.residual
        weighed = replace(residual, bound=max(residual.bound, allowed))
        if abs(residual.value) > CLEAR * weighed.bound and scatter.steady:
            accused = needed
        elif weighed.significant and scatter.steady:
            accused += 1
        elif weighed.significant and drift > NEAREST:
            drift /= CLOSER_BY
        else:
            excused += 1
    clear = abs(residual.value) > CLEAR * weighed.bound
    comparer = comparer.noisy(allowed / size) if size and not clear else comparer
    if accused == needed:
        certain = needed == VOTES and drift == DRIFT and not _minute(comparer, residual, direction)
        if certain or not _excused(comparer, claimant, residual, direction):
            return Screened("wrong", direction, weighed, comparer)
        return Screened(
            "right", direction, weighed, comparer.noisy(2 * abs(residual.value) / size), (FORMULA,)
        )
    notes = (_whose_noise(comparer, residual, direction, scatter),) if comparer.digits >= LOST else ()
    return Screened("right", direction, weighed, comparer, notes)


def _whose_noise(comparer: Comparer, residual: Residual, direction: Vector, scatter: Scatter) -> Note:
    """Told by f in extended precision, where that can be had, else by what scatters more near by."""
    better = _extended(comparer)
    if better is None:
        return LOSS if scatter.loss >= scatter.formula else FORMULA
    regained = abs(better.derivative(direction).value - residual.expected)
    return LOSS if regained > GONE * abs(residual.value) else FORMULA


def _minute(comparer: Comparer, residual: Residual, direction: Vector) -> bool:
    """May roundings of numbers of size 1 on the way be all of the residual, as where every unit is saturated?

    Where that is cheap to find out it is not left to the size of what f would change by.
    """
    change = abs(residual.value) * comparer.length_scale(direction)
    return comparer.point.size <= CHEAP or change < MINUTE * max(1.0, float(abs(comparer.at_zero)))


def _excused(comparer: Comparer, claimant: Claimant, residual: Residual, direction: Vector) -> bool:
    """Is most of the residual gone where the gradient's own formula is computed in extended precision?

    Where a saturated unit is rounded to 1, a right formula misses its share, and by the same amount near by.
    Values, whose formula is not there, are not accused of what a rounding of 1 may do.
    """
    if not claimant.callable:
        return abs(residual.value) * comparer.length_scale(direction) < ROUNDINGS * EPS
    claim = claimant.extended(comparer.point)
    if claim is None:
        return False
    return abs(residual.expected - float(claim.vector @ direction)) < GONE * abs(residual.value)


def _contradict(residual: Residual, real: Residual) -> bool:
    """Complex step and real differences cannot both be right."""
    return not real.kink and abs(residual.expected - real.expected) > 3 * (real.bound + residual.bound)
