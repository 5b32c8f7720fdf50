"""One sample of a program: a set of sizes and points, in float64 and in balls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from gradcheck.calculus.contrast import Contrast, contrast
from gradcheck.calculus.differences import BITS, Differences
from gradcheck.calculus.evaluate import Evaluator, Gradient, Slots
from gradcheck.calculus.field import Balls, Floats
from gradcheck.calculus.program import Program
from gradcheck.calculus.reverse import ReverseMode
from gradcheck.calculus.sampling import sample
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops.operation import Array

Oracle = Literal["analytic", "differences"]
# The radius beside its entry below which a ball would have shown a difference.
SMALL: Mapping[Oracle, float] = {"analytic": 2.0**-100, "differences": 2.0**-64}
CLOSE = 1e-9
FEWEST_BITS = 192
_MOST_SIDES = 5_000  # derivatives on which both oracles were heard


def drawn(program: Program, sizes: Mapping[str, int], seed: int, points: int) -> Run:
    """A run at points drawn from a seed; raises SamplingError where there are none."""
    floats = sample(program, sizes, seed, points, ReverseMode())
    return Run(program, sizes, floats.given, floats.slots, floats)


class Run:
    """The program at one set of sizes and one set of points, in float64 and in balls."""

    def __init__(
        self,
        program: Program,
        sizes: Mapping[str, int],
        given: Mapping[str, Array],
        slots: Slots | None = None,
        floats: Evaluator | None = None,
    ) -> None:
        self.program = program
        self.sizes = sizes
        self.given = given
        self.entries = sum(x[0].size for x in given.values())
        self._slots = Slots() if slots is None else slots  # one without indices yet is shared as well
        self.floats = floats or Evaluator(program, sizes, given, Floats(), self._slots, ReverseMode())
        self._balls: dict[tuple[int, str], tuple[Balls, Evaluator]] = {}
        self._turned: dict[int, Run] = {}
        self._consistent: dict[Expr, bool] = {}

    def telling(self, left: Expr, right: Expr) -> Run:
        """The run with the point in front at which the sides differ first, if they do, by float64.

        Which side of a kink a point lies on may decide whether a difference shows there.
        """
        differ = apart(self.floats.value(left), self.floats.value(right))
        first = int(np.argmax(differ)) if differ.any() else 0
        if not first:
            return self
        if first not in self._turned:
            given = {key: np.roll(x, -first, axis=0) for key, x in self.given.items()}
            self._turned[first] = self.elsewhere(given)
        return self._turned[first]

    def elsewhere(self, given: Mapping[str, Array]) -> Run:
        """The run at other points."""
        return Run(self.program, self.sizes, given, self._slots)

    def balls(self, bits: int, kind: Oracle) -> tuple[Balls, Evaluator]:
        """The evaluator in balls at the first point."""
        if (bits, kind) not in self._balls:
            field = Balls(bits)
            with field.precision():
                given = {key: field.array(x[:1]) for key, x in self.given.items()}
            rule: Gradient = ReverseMode() if kind == "analytic" else Differences()
            evaluator = Evaluator(self.program, self.sizes, given, field, self._slots, rule)
            self._balls[bits, kind] = field, evaluator
        return self._balls[bits, kind]

    def contrast(self, left: Expr, right: Expr, bits: int, kind: Oracle) -> Contrast:
        """The two sides in balls, entry by entry."""
        field, evaluator = self.balls(bits, kind)
        with field.precision():
            return contrast(evaluator.value(left), evaluator.value(right), SMALL[kind])

    def is_consistent(self, side: Expr) -> bool:
        """Whether the two numerical oracles have balls that meet for one side; found once for each."""
        known = self._consistent.get(side)
        if known is None:
            if len(self._consistent) >= _MOST_SIDES:
                self._consistent.clear()
            field, analytic = self.balls(FEWEST_BITS, "analytic")
            _, by_steps = self.balls(BITS, "differences")
            with field.precision():
                found = contrast(analytic.value(side), by_steps.value(side), SMALL["differences"])
            known = self._consistent[side] = found.outcome != "different"
        return known

    def index_values(self, expr: Expr, place: tuple[int, ...]) -> dict[str, int]:
        """The free indices' values (from 1) at a place of a full array of axes."""
        axes = {name: self._slots[name] + len(place) for name, _ in expr.free}
        return {name: place[axis] + 1 if axis >= 0 else 1 for name, axis in axes.items()}

    def in_order(self, expr: Expr, value: Array) -> Array:
        """The first point's value with the axes (free indices by name..., rows, columns)."""
        for name, _ in expr.free:
            slot = self._slots[name]
            value = value.reshape((1,) * (-slot - value.ndim) + value.shape)
        axes = [self._slots[name] + value.ndim for name, _ in expr.free]
        rest = [axis for axis in range(value.ndim - 3) if axis not in axes]
        turned = value.transpose(*axes, *rest, *range(value.ndim - 3, value.ndim))
        shape = turned.shape
        kept = turned.reshape(*shape[: len(axes)], *shape[len(axes) + len(rest) :])
        return np.asarray(kept[..., 0, :, :])


def apart(a: Array, b: Array) -> Array:
    """For each point: whether two finite values differ there by more than rounding."""
    size = np.maximum(np.abs(a), np.abs(b))
    with np.errstate(invalid="ignore"):
        apart = np.abs(a - b) > CLOSE * size + 1e-12 * size.max(initial=0.0)
    return np.asarray(apart.any(tuple(axis for axis in range(apart.ndim) if axis != apart.ndim - 3)))
