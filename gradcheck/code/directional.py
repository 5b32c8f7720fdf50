"""The derivative of f along a direction, with a bound on its error.

Promise: `value` is within `bound` of the derivative at t = 0 of phi(t) = f(x + t d), and where phi has a
kink inside the step the bound covers both one-sided derivatives. Complex step (Squire and Trapp 1998) has
no truncation error at all. Real differences take phi at equally spaced points: the two highest orders of
the extrapolated central difference bound the truncation, the highest differences of the same values
bound the noise (More and Wild 2011), and the part of phi that is even in t but not smooth is the kink.
Rejected: Ridders' estimate, which covers its error in 40 % of cases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from gradcheck.records import dataclass, replace

EPS = float(np.finfo(float).eps)
STEP = 1e-20  # far below eps^(1/2), so no truncation; above the smallest complex64, so no underflow
SHRINK, SAME = 16.0, 4.0


@dataclass(frozen=True, slots=True)
class Ladder:
    """How central differences are taken: the first spans `first` of the scale, the next SHRINK times less.

    nodes  steps on each side; the orders 2 * nodes and 2 * nodes - 2 are compared
    leap   few values: the outer nodes only where the inner ones show no kink, else at once to the step at
           which rounding would weigh as much as the kinks within it, two nodes being enough there
    """

    first: float = 0.04
    nodes: int = 5
    rungs: int = 5
    leap: bool = False

    def shifted(self) -> Ladder:
        """Other points, for a second look."""
        return replace(self, first=0.75 * self.first)


FULL, SWIFT, QUICK = Ladder(), Ladder(first=0.01, nodes=4, rungs=3, leap=True), Ladder(nodes=2, rungs=1)
FINE = Ladder(first=2.5e-3, nodes=4)  # in extended precision: short of most kinks
INNER, CONVERGING, SMOOTH = 2, 0.5, 1e-6
SHORT = 1e-3  # of the scale: so near by f is a parabola as far as can be seen
LEAST_STEP = 1e-7  # of the scale: below, rounding is all that is left


@dataclass(frozen=True, slots=True)
class Derivative:
    """A directional derivative, a bound on its error, and whether a kink is what makes the bound wide.

    span  the part of the scale over which central differences were taken
    """

    value: float
    bound: float
    kink: bool = False
    span: float = 0.0


def complex_step(phi: Callable[[complex], complex], scale: float) -> Derivative:
    """The derivative at 0 of an analytic phi, by Im phi(i h) / h; `scale` is a length on which phi changes.

    The bound is that of one rounding of the result; what f itself loses is measured by `noise`.
    """
    step = STEP * scale
    value = phi(1j * step).imag / step
    return Derivative(value, 4 * EPS * abs(value))


def central(
    phi: Callable[[float], np.longdouble],
    at_zero: np.longdouble,
    scale: float,
    ladder: Ladder = FULL,
    rounding: float = 0.0,
    eps: float = EPS,
) -> Derivative:
    """The derivative at 0 of phi by central differences, 2 * nodes values a rung.

    at_zero   phi(0)
    scale     a length on which phi changes
    rounding  what is known of the error of phi's values, besides the rounding of the result
    eps       the rounding unit of phi's values

    A lower rung is tried only while truncation or a kink, not noise, makes the bound: noise that does not
    shrink with the step is rounding, below which f may look flat (noise that grows is a pole's). A bound that
    is the same on all rungs is a kink's.
    """
    found: list[_Rung] = []
    step = ladder.first * scale / ladder.nodes
    for _ in range(ladder.rungs):
        short = ladder.leap and step * ladder.nodes < SHORT * scale
        rung = _stencil(phi, at_zero, step, QUICK if short else ladder, rounding, eps)
        found.append(replace(rung, derivative=replace(rung.derivative, span=step * ladder.nodes / scale)))
        if rung.limited or (
            len(found) > 1 and found[-2].jitter / SAME < rung.jitter < SAME * found[-2].jitter
        ):
            return min((rung.derivative for rung in found), key=_bound)
        shorter = max(step * rung.leap, LEAST_STEP * scale) if ladder.leap else step / SHRINK
        if shorter >= step:
            break
        step = shorter
    best, *others = sorted((rung.derivative for rung in found), key=_bound)
    kink = any(other.bound < SAME * best.bound for other in others)
    return replace(best, kink=kink)


def noise(values: Sequence[float] | npt.NDArray[np.longdouble], first: int = 2) -> float:
    """The standard deviation of the noise on equally spaced values of a smooth function.

    By the differences of order k >= `first`, each divided by sqrt(C(2k, k)), by which it enlarges noise.
    """
    table = np.asarray(values)
    level = 0.0
    for order in range(1, len(values)):
        table = np.diff(table)
        if order >= first:
            level = max(level, float(np.sqrt(np.mean(table**2))) / math.sqrt(math.comb(2 * order, order)))
    return level


@dataclass(frozen=True, slots=True)
class _Rung:
    """The derivative with one step, the noise on phi it saw, and whether a smaller step only adds noise.

    leap       the factor of the step at which rounding would weigh as much as the rest, if that shrank so
    converges  is what is left a matter of higher orders, and not of kinks
    """

    derivative: Derivative
    jitter: float
    limited: bool
    leap: float = 1 / SHRINK
    converges: bool = False


def _stencil(
    phi: Callable[[float], np.longdouble],
    at_zero: np.longdouble,
    step: float,
    ladder: Ladder,
    known: float,
    eps: float,
) -> _Rung:
    ahead: list[np.longdouble] = []
    behind: list[np.longdouble] = []

    def reach(nodes: int) -> _Rung:
        for k in range(len(ahead) + 1, nodes + 1):
            ahead.append(phi(k * step))
            behind.append(phi(-k * step))
        return _rung(np.array([*behind[::-1], at_zero, *ahead], np.longdouble), step, known, eps)

    if not ladder.leap:
        return reach(ladder.nodes)
    inner = reach(INNER)
    return inner if inner.limited or not inner.converges else reach(ladder.nodes)


def _rung(values: npt.NDArray[np.longdouble], step: float, known: float, eps: float) -> _Rung:
    """What 2 * nodes + 1 equally spaced values tell of the derivative in their middle."""
    nodes = len(values) // 2
    if not np.isfinite(values).all() or not values.any():
        return _Rung(Derivative(0.0, math.inf), math.inf, limited=False)
    ahead, behind = values[nodes + 1 :], values[:nodes][::-1]
    odd, even = (ahead - behind) / 2, (ahead + behind) / 2 - values[nodes]
    high, low = _linear_part(odd, "odd") / step, _linear_part(odd[:-1], "odd") / step
    bent = abs(_linear_part(even, "even")) / step
    spread = abs(high - low) + bent
    rounding = max(eps * float(np.abs(values).max()), known)
    jitter = 6 * noise(values, first=max(2 * nodes - 2, 3))
    rest = spread + 3 * jitter / step
    limited = rest <= 30 * rounding / step
    return _Rung(
        Derivative(high, spread + 3 * max(rounding, jitter) / step),
        jitter,
        limited,
        1 / SHRINK if limited else math.sqrt(rounding / (step * rest)),
        bool(bent < max(CONVERGING * abs(high - low), SMOOTH * abs(high))),
    )


def _bound(derivative: Derivative) -> float:
    return derivative.bound


def _linear_part(values: npt.NDArray[np.floating], parity: str) -> float:
    """The coefficient of t in a fit at t = 1, 2, ...: of t, t^3, t^5 if odd, else of t (a kink), t^2, t^4."""
    return float(_fit(len(values), parity) @ values)


@cache
def _fit(number: int, parity: str) -> npt.NDArray[np.float64]:
    points = np.arange(1, number + 1, dtype=float)
    powers = [2 * k + 1 for k in range(number)] if parity == "odd" else [1, *range(2, 2 * number, 2)]
    weights: npt.NDArray[np.float64] = np.linalg.inv(points[:, None] ** powers)[0]
    return weights
