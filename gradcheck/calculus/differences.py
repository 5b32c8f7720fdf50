"""Finite differences of the forward pass, in balls, with a bound on their own error.

Central differences with steps h = 2^-100 and h/2, extrapolated (Richardson). In float64 a step has to
balance truncation against rounding, and Ridders' error estimate covers the truth in less than half of
all cases; with 400 bits both errors lie near 2^-200, and the difference of the two steps, four times the
error of the finer one, is an honest bound. It becomes the radius of the result. A kink inside the step
shows as a sign change of an operand and gives no number at all.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from gradcheck.calculus.evaluate import COLUMNS, ROWS, Evaluator, with_axis
from gradcheck.expr.forms.build import var
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops.number import over_objects
from gradcheck.ops.operation import Array

BITS = 400
_STEP = 2.0**-100
_MOST_VALUES = 1_000_000  # balls to be computed for one derivative: some seconds


class Differences:
    """The gradient rule of the finite-difference oracle; NaN where a step meets a kink or costs too much."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Expr, str], tuple[Evaluator, Array]] = {}

    def __call__(self, evaluator: Evaluator, target: Expr, key: str) -> Array:
        """The derivative of `target` by the quantity `key`, as balls of the quantity's shape."""
        place = (id(evaluator), target, key)
        if place not in self._known:
            self._known[place] = (evaluator, self._derivative(evaluator, target, key))
        return self._known[place][1]

    def _derivative(self, evaluator: Evaluator, target: Expr, key: str) -> Array:
        variable = evaluator.program.variables[key]
        x = evaluator.value(var(key, variable.shape))
        rows, columns = evaluator.shape(variable.shape)
        if 4 * rows * columns * _entries_after(evaluator, target, key) > _MOST_VALUES:
            return _nothing(evaluator, rows, columns)
        slot = evaluator.slots[f"step {evaluator.depth}"]
        displaced = evaluator.moved(key, _displaced(x, slot))
        values = with_axis(displaced.value(target), slot)
        if values.shape[slot] == 1:
            return evaluator.field.array(np.zeros((1, rows, columns)))
        if any(_crosses(gap, slot) for gap in displaced.kink_gaps()):
            return _nothing(evaluator, rows, columns)
        return _in_place(_extrapolated(np.moveaxis(values, slot, 0)), rows, columns, slot)


def _nothing(evaluator: Evaluator, rows: int, columns: int) -> Array:
    return evaluator.field.array(np.full((1, rows, columns), np.nan))


def _entries_after(evaluator: Evaluator, target: Expr, key: str) -> int:
    """How many entries have to be computed again when a quantity moves."""
    reach = evaluator.program.reach
    after = (k for k in evaluator.program.reach_of(target) if key in reach.get(k, ()))
    return sum(prod(evaluator.shape(evaluator.program.variables[k].shape)) for k in after)


def _displaced(x: Array, slot: int) -> Array:
    """A value with each of its entries moved by +h, -h, +h/2, -h/2, one after another along the step axis.

    Only what moves is computed: all other balls are those that were there.
    """
    x = with_axis(x, slot)
    entries = x.shape[ROWS] * x.shape[COLUMNS]
    below = x.reshape(*x.shape[:ROWS], entries)
    moved = below.repeat(4 * entries, slot + 1)
    places, steps = np.arange(entries), np.moveaxis(moved, slot + 1, 0)
    for k, step in enumerate((_STEP, -_STEP, _STEP / 2, -_STEP / 2)):
        steps[k * entries + places, ..., places] += step
    return moved.reshape(*moved.shape[:-1], *x.shape[ROWS:])


def _extrapolated(values: Array) -> Array:
    """From values at the moves (4 entries, ...) to derivatives (entries, ...) with their error as radius."""
    import flint

    plus, minus, half_plus, half_minus = values.reshape(4, -1, *values.shape[1:])
    coarse = (plus - minus) / (2 * _STEP)
    fine = (half_plus - half_minus) / _STEP
    around_zero = flint.arb(0, 1)

    def with_bound(value: Any, gap: Any) -> Any:
        return value + around_zero * gap.abs_upper()

    return over_objects(with_bound, (4 * fine - coarse) / 3, fine - coarse)


def _in_place(entries: Array, rows: int, columns: int, slot: int) -> Array:
    """(entries, ..., points, 1, 1) as (..., points, rows, columns), the step axis kept at size 1."""
    last = np.moveaxis(entries, 0, COLUMNS)
    out = last.reshape(*last.shape[:-3], rows, columns)
    return np.expand_dims(out, slot)


def _crosses(gap: Array, slot: int) -> bool:
    """Whether an operand's distance from its kink changes sign (or cannot be told from 0) in the step."""
    above = np.asarray(gap > 0, dtype=bool)
    below = np.asarray(gap < 0, dtype=bool)
    if not np.all(above | below):
        return True
    above = with_axis(above, slot)
    return bool(np.any(above != np.take(above, [0], axis=slot)))
