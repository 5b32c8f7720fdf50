"""Points where conditions hold, `S u = λ u` and `u^T u = 1`, near the points that were drawn.

What a document asks of its quantities is rarely solved for one of them, so that no definition can take it in.
Gauss-Newton steps of least norm lead from a drawn point to the nearest one on which all conditions are zero,
whatever they are made of. The Jacobian is one of differences, all of them evaluated at once as so many more
points: it need not be exact, since only what the conditions are at the end counts. All of it is in float64,
which is enough to see that a line may use a condition and not enough to prove it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gradcheck.calculus.evaluate import POINTS
from gradcheck.calculus.runs import CLOSE, Run
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops.operation import Array

_MOST_ENTRIES = 300  # of all inputs: a step takes as many points
_MOST_STEPS = 40
_POINTS = 3
_LITTLE = 0.05  # of a quantity, below which it is on its way to zero
_STEP = 1e-7
_ZERO = 1e-12
_SINGULAR = 1e-6  # beside the largest: what differences tell of a condition that others imply is their error


def agreements(run: Run, conditions: Sequence[Expr], left: Expr, right: Expr) -> Iterator[bool]:
    """Whether two sides have the same values, to rounding, at each point that is reached.

    conditions  expressions that are asked to be zero; all expressions are prepared by the bench
    """
    if not 0 < run.entries <= _MOST_ENTRIES:
        return
    for place in range(min(_POINTS, *(len(x) for x in run.given.values()))):
        start = {key: x[place] for key, x in run.given.items()}
        given = _led(run, conditions, start)
        if given is None or _vanished(given, start):
            continue
        there = run.elsewhere({key: x[np.newaxis] for key, x in given.items()}).floats
        a, b = there.value(left), there.value(right)
        scale = max(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
        yield bool(np.abs(a - b).max(initial=0) <= CLOSE * scale)


def _vanished(given: Mapping[str, Array], start: Mapping[str, Array]) -> bool:
    """Whether a quantity became zero on the way: there `S u = λ u` says nothing, and much else holds."""
    return any(np.linalg.norm(x) < _LITTLE * np.linalg.norm(start[key]) for key, x in given.items())


def _led(run: Run, conditions: Sequence[Expr], start: Mapping[str, Array]) -> Mapping[str, Array] | None:
    """The inputs at the end of the steps from one point; None where they do not arrive."""
    x = np.concatenate([start[key].ravel() for key in start])
    steps = _STEP * np.vstack([np.zeros(len(x)), np.eye(len(x))])
    for _ in range(_MOST_STEPS):
        values = _residuals(run, conditions, _arrays(x + steps, start))
        if not np.isfinite(values).all():
            return None
        if np.abs(values[0]).max(initial=0) <= _ZERO:
            return {key: array[0] for key, array in _arrays(x[np.newaxis], start).items()}
        jacobian = (values[1:] - values[0]).T / _STEP
        x = x - np.linalg.lstsq(jacobian, values[0], rcond=_SINGULAR)[0]
    return None


def _arrays(x: Array, like: Mapping[str, Array]) -> dict[str, Array]:
    """Rows of entries as arrays (points, rows, columns) of the inputs."""
    found, begin = {}, 0
    for key, array in like.items():
        found[key] = x[:, begin : begin + array.size].reshape(len(x), *array.shape)
        begin += array.size
    return found


def _residuals(run: Run, conditions: Sequence[Expr], given: Mapping[str, Array]) -> Array:
    """All entries of all conditions, a row for each point."""
    there, points = run.elsewhere(given).floats, len(next(iter(given.values())))
    rows = []
    for condition in conditions:
        value = np.moveaxis(there.value(condition), POINTS, 0)
        rows.append(np.broadcast_to(value, (points, *value.shape[1:])).reshape(points, -1))
    return np.concatenate(rows, axis=1)
