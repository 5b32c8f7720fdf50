"""The derivative of f along a direction, with a bound on its error.

Promise: `value` is within `bound` of the derivative at t = 0 of phi(t) = f(x + t d), and where phi has a
kink inside the step the bound covers both one-sided derivatives. Complex step (Squire and Trapp 1998) has
no truncation error at all. Real differences take phi at nine equally spaced points: the orders eight and
six of the extrapolated central difference bound the truncation, the highest differences of the same values
bound the noise (More and Wild 2011), and the part of phi that is even in t but not smooth is the kink.
Rejected: Ridders' estimate, which covers its error in 40 % of cases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

EPS = float(np.finfo(float).eps)
STEP = 1e-20  # far below eps^(1/2), so no truncation; above the smallest complex64, so no underflow
SHRINK, SAME = 16.0, 4.0


@dataclass(frozen=True, slots=True)
class Ladder:
    """How central differences are taken: the first spans `first` of the scale, the next SHRINK times less.

    nodes  steps on each side; the orders 2 * nodes and 2 * nodes - 2 are compared
    """

    first: float = 0.04
    nodes: int = 5
    rungs: int = 5


FULL, SHIFTED, QUICK = Ladder(), Ladder(first=0.03), Ladder(nodes=2, rungs=1)


@dataclass(frozen=True, slots=True)
class Derivative:
    """A directional derivative, a bound on its error, and whether a kink is what makes the bound wide."""

    value: float
    bound: float
    kink: bool = False


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
    shrink with the step is rounding, below which f may look flat. A bound that is the same on all rungs is a
    kink's.
    """
    found: list[_Rung] = []
    step = ladder.first * scale / ladder.nodes
    for _ in range(ladder.rungs):
        found.append(_stencil(phi, at_zero, step, ladder.nodes, rounding, eps))
        if found[-1].limited or (len(found) > 1 and found[-1].jitter > found[-2].jitter / SAME):
            return min((rung.derivative for rung in found), key=_bound)
        step /= SHRINK
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
    """The derivative with one step, the noise on phi it saw, and whether a smaller step only adds noise."""

    derivative: Derivative
    jitter: float
    limited: bool


def _stencil(
    phi: Callable[[float], np.longdouble],
    at_zero: np.longdouble,
    step: float,
    nodes: int,
    known: float,
    eps: float,
) -> _Rung:
    ahead = np.array([phi(k * step) for k in range(1, nodes + 1)], np.longdouble)
    behind = np.array([phi(-k * step) for k in range(1, nodes + 1)], np.longdouble)
    values = np.array([*behind[::-1], at_zero, *ahead], np.longdouble)
    if not np.isfinite(values).all() or not values.any():
        return _Rung(Derivative(0.0, math.inf), math.inf, limited=False)
    odd, even = (ahead - behind) / 2, (ahead + behind) / 2 - at_zero
    high, low = _linear_part(odd, "odd") / step, _linear_part(odd[:-1], "odd") / step
    spread = abs(high - low) + abs(_linear_part(even, "even")) / step
    rounding = max(eps * float(np.abs(values).max()), known)
    jitter = 6 * noise(values, first=2 * nodes - 2)
    limited = spread + 3 * jitter / step <= 30 * rounding / step
    return _Rung(Derivative(high, spread + 3 * max(rounding, jitter) / step), jitter, limited)


def _bound(derivative: Derivative) -> float:
    return derivative.bound


def _linear_part(values: npt.NDArray[np.floating], parity: str) -> float:
    """The coefficient of t in a fit at t = 1, 2, ...: of t, t^3, t^5 if odd, else of t (a kink), t^2, t^4."""
    points = np.arange(1, len(values) + 1, dtype=float)
    powers = (
        [2 * k + 1 for k in range(len(values))]
        if parity == "odd"
        else [1, *(2 * k for k in range(1, len(values)))]
    )
    weights = np.linalg.inv(points[:, None] ** powers)[0]
    return float(weights @ values)
