"""The noise of f and of the gradient, by what a residual does at points near by.

Promise: what roundings have made scatters from point to point, and is told by high differences, which take
away what is smooth; what a wrong formula has made stays. A gradient whose ratio to the measured derivative
is the same at all points is no victim of roundings, however many kinks the two cross together. Rejected:
the residual's size alone, since saturated units may make it any size.
"""

from __future__ import annotations

import numpy as np

from gradcheck.code.compare import Comparer, Residual
from gradcheck.code.directional import EPS, noise
from gradcheck.code.objective import Claimant
from gradcheck.code.trees import Layout, Vector
from gradcheck.records import dataclass, replace

SPACINGS = (1e-3, 3e-5, 1e-6)  # relative distances of points near by
KEPT = 1e-3  # of the gap: by so little is a constant factor off at points near by


@dataclass(frozen=True, slots=True)
class Scatter:
    """Standard deviations of the noise on E, on <g, d>, on their difference.

    steady  the difference keeps its sign, or the two their ratio
    """

    loss: float
    formula: float
    residual: float
    steady: bool


def scatter_of(
    comparer: Comparer,
    claimant: Claimant,
    direction: Vector,
    residual: Residual,
    rng: np.random.Generator,
    relative: float,
) -> Scatter:
    """How the residual scatters over points near by, once differences have taken away what is smooth in it.

    With a gradient that can be called the residual itself is followed, at 3 more points, a `relative`
    distance apart. A gradient given as values leaves only E to follow: more points, higher differences,
    and the least of three spacings, since kinks of f that lie between the points look like noise at the
    wide ones; and of the formula it is known that it cannot be better than its arguments are rounded.
    """
    layout = comparer.objective.layout
    drift = rng.choice((-1.0, 1.0), layout.size) * _spread(layout, comparer.point)
    if claimant.callable:
        return _followed(comparer, claimant, direction, residual, relative * drift)
    looks = [_along(comparer, direction, residual, spacing * drift) for spacing in SPACINGS]
    loss = min(noise(look, first=3) for look in looks)
    rounded = max(
        EPS * abs(look[3] - look[1]) / (2 * spacing) for look, spacing in zip(looks, SPACINGS, strict=True)
    )
    return Scatter(loss, rounded, max(loss, rounded), steady=True)


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
    rest = _rest(np.array(expected), np.array(claimed))
    level = noise((gaps if rest is None else rest).tolist())
    steady = bool(np.all(np.sign(gaps) == np.sign(gaps[0])) and np.abs(gaps).min() > 3 * level)
    return Scatter(noise(expected, first=3), noise(claimed, first=3), level, steady or rest is not None)


def _rest(expected: Vector, claimed: Vector) -> Vector | None:
    """What is left of the claim beside a constant part of the measured derivative, if that is a rule."""
    if not (expected.any() and claimed.any()):
        return None
    factor = float(expected @ claimed / (expected @ expected))
    rest = claimed - factor * expected
    return rest if np.all(np.abs(rest) <= KEPT * abs(1 - factor) * np.abs(expected)) else None


def _along(comparer: Comparer, direction: Vector, residual: Residual, drift: Vector) -> list[float]:
    """The measured derivative at five points, that of the comparer in their middle."""
    return [
        _derivative_at(comparer, comparer.point + step * drift, direction) if step else residual.expected
        for step in (-2, -1, 0, 1, 2)
    ]


def _derivative_at(comparer: Comparer, point: Vector, direction: Vector) -> float:
    by_real = comparer.method == "central differences"
    at_zero = comparer.objective.real(point) if by_real else comparer.at_zero
    return replace(comparer, point=point, at_zero=at_zero).derivative(direction).value


def _spread(layout: Layout, point: Vector) -> Vector:
    """For each entry its own size, since one parameter may hold several scales; 1 where a parameter is 0."""
    sizes = np.abs(point)
    for leaf in layout.leaves:
        if not sizes[leaf.where].any():
            sizes[leaf.where] = 1.0
    return sizes
