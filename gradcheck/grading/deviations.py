"""Where a submission has changed the problem: definitions that are not the assignment's.

A derivation can be right line by line and answer an easier question: a loss that is linear, a unit without
its activation. So each definition is compared with the assignment's as a scalar formula: every size is 1,
matched quantities have the same value on both sides. What the sizes decide (sums against means, transposes)
cancels there, on purpose: that is convention, and judged by the lines. Comparing formulas was rejected, since
the same definition is written in many ways; comparing whole losses too, since one change would hide another.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.expr.forms.tree import Expr
from gradcheck.grading.correspondence import Forward, other_name
from gradcheck.ops import OPERATIONS
from gradcheck.ops.differentiate import derivative_value

_POINTS = 4
_AGREES = 1e-9
_SELECTIONS = frozenset({"pick", "stack", "isum", "transpose", "sum", "mean", "trace", "broadcast", "vec"})
_UNITS = frozenset({"ones", "eye"})


class Unlike(Exception):
    """A formula cannot be compared as a scalar."""


def deviations(
    submission: Forward, assignment: Forward, names: Mapping[str, str]
) -> Iterator[tuple[str, str, bool]]:
    """The quantities that are defined otherwise: (written key, assignment's key, only by a constant factor).

    names  written key → the assignment's key, of all matched quantities
    """
    for written, meant in names.items():
        definition = submission.program.get(written)
        if definition is None or meant not in assignment.program or other_name(definition) is not None:
            continue
        try:
            pair = (written, meant)
            ratios = [_ratio(submission, assignment, names, pair, point) for point in range(_POINTS)]
        except Unlike:
            continue
        if any(abs(ratio - 1) > _AGREES for ratio in ratios):
            yield written, meant, all(abs(ratio - ratios[0]) <= _AGREES for ratio in ratios)


def _ratio(
    submission: Forward, assignment: Forward, names: Mapping[str, str], pair: tuple[str, str], point: int
) -> float:
    """The submission's value over the assignment's at one point; infinite or no number where they part."""
    written, meant = pair
    values = _Values(point)
    theirs = {key: values[name] for key, name in names.items() if key != written}
    ours = {name: values[name] for key, name in names.items() if key != written}
    mine = _Shadow(submission.program, theirs, values).value(submission.program[written])
    given = _Shadow(assignment.program, ours, values).value(assignment.program[meant])
    if not (math.isfinite(mine) and math.isfinite(given)):
        raise Unlike
    return mine / given if given else math.inf if mine else 1.0


class _Values(dict[str, float]):
    """A value for every quantity that is asked for, the same for the same name at a point."""

    def __init__(self, point: int) -> None:
        super().__init__()
        self.point = point

    def __missing__(self, key: str) -> float:
        drawn = random.Random(f"{self.point} {key}").uniform(0.15, 0.85)
        self[key] = drawn
        return drawn


class _Shadow:
    """The value of a formula when every size is 1: given quantities by value, others by their definitions."""

    def __init__(self, program: Mapping[str, Expr], given: Mapping[str, float], values: _Values) -> None:
        self.program = program
        self.given = given
        self.values = values
        self._open: set[str] = set()

    def value(self, expr: Expr) -> float:
        match expr.op:
            case "var":
                return self._quantity(str(expr.attr[0]))
            case "num":
                return {"pi": math.pi, "e": math.e}.get(str(expr.attr[0])) or float(expr.attr[0])
            case op if op in _UNITS:
                return 1.0
            case op if op in _SELECTIONS:
                return self.value(expr.args[0])
            case "deriv":
                raise Unlike
        operands = tuple(np.full((1, 1, 1), self.value(each)) for each in expr.args)
        return self._applied(expr, operands)

    def _applied(self, expr: Expr, operands: tuple[Any, ...]) -> float:
        try:
            with np.errstate(all="ignore"):
                if expr.op == "prime":
                    name, order, *attr = expr.attr
                    out = derivative_value(OPERATIONS[name], order, operands[0], tuple(attr))
                else:
                    out = OPERATIONS[expr.op].value(operands, expr.attr)
            return float(np.asarray(out).reshape(()))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise Unlike from error

    def _quantity(self, key: str) -> float:
        if key in self.given:
            return self.given[key]
        if key not in self.program or key in self._open:
            return self.values[key]
        self._open.add(key)
        try:
            return self.value(self.program[key])
        finally:
            self._open.discard(key)
