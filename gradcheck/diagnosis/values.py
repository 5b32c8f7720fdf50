"""Values of the many expressions that are tried for one line, kept for that line alone.

The bench keeps whatever it has computed for as long as it lives; thousands of candidates would stay there.
Quantities and derivatives are asked of it, all else is computed here and forgotten with the line.
"""

from __future__ import annotations

import numpy as np

from gradcheck.calculus.evaluate import POINTS, EvaluationError, with_axis
from gradcheck.calculus.runs import Run
from gradcheck.expr.forms.build import num
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops import OPERATIONS
from gradcheck.ops.differentiate import derivative_value
from gradcheck.ops.operation import Array


class Values:
    """float64 values of expressions at the points of one run; axes as the evaluators have them."""

    def __init__(self, run: Run) -> None:
        self._evaluator = run.floats
        self._known: dict[Expr, Array] = {}

    def __call__(self, expr: Expr) -> Array:
        """The array of an expression."""
        known = self._known.get(expr)
        if known is None:
            known = self._known[expr] = self._compute(expr)
        return known

    def _compute(self, expr: Expr) -> Array:
        match expr.op:
            case "var" | "num" | "pick" | "deriv" | "stack":
                return self._asked(expr)
            case "isum":
                return self._summed(expr)
            case "prime":
                op, order, *attr = expr.attr
                return derivative_value(OPERATIONS[op], order, self(expr.args[0]), tuple(attr))
        operands = tuple(self(a) for a in expr.args)
        return OPERATIONS[expr.op].value(operands, self._evaluator.attributes(expr))

    def _asked(self, expr: Expr) -> Array:
        """What the evaluator gives; not a number for what it cannot have, a third derivative: no repair."""
        try:
            return self._evaluator.value(expr)
        except EvaluationError:
            return self._evaluator.value(num(0)) * np.nan

    def _summed(self, expr: Expr) -> Array:
        ix = expr.attr[0]
        slot = self._evaluator.slots[ix.name]
        x = with_axis(self(expr.args[0]), slot)
        return x * self.size(expr) if x.shape[slot] == 1 else np.sum(x, axis=slot, keepdims=True)

    def size(self, isum: Expr) -> int:
        """How many terms a sum over an index has."""
        return self._evaluator.size(isum.attr[0].dim)

    def slot(self, isum: Expr) -> int:
        """The axis of a sum's index."""
        return self._evaluator.slots[isum.attr[0].name]

    def attributes(self, expr: Expr) -> tuple[object, ...]:
        """An operation's attributes with sizes as integers."""
        return self._evaluator.attributes(expr)


def inner(a: Array, b: Array) -> Array:
    """The inner product over all axes but the sample points."""
    product = a * b
    axes = tuple(axis for axis in range(-product.ndim, 0) if axis != POINTS)
    return np.asarray(np.add.reduce(product, axis=axes))
