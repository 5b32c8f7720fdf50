"""Whether a formula that a document gives for a function is the one that the field knows under that name.

A document that says `σ(z) = 1/(1+e^{-z})` means what everybody means: the operation is taken, so that slips
are told in its terms. Values at a few points decide; a formula that differs is the document's own function.
"""

from __future__ import annotations

import numpy as np

from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.written.functions import Builtin
from gradcheck.ops import OPERATIONS
from gradcheck.ops.differentiate import derivative_value
from gradcheck.ops.operation import Array
from gradcheck.shapes import SCALAR

POINTS = np.array([-2.25, -1.5, -0.625, 0.375, 0.75, 1.125, 2.5]).reshape(-1, 1, 1)
_CLOSE = 1e-12


def is_known(body: Expr, parameter: Expr, builtin: Builtin) -> bool:
    """Whether a formula in a scalar parameter is an operation of the table, entry by entry."""
    if builtin.reduces:
        return False
    with np.errstate(all="ignore"):
        given = _value(body, parameter)
        operation = OPERATIONS[builtin.op]
        known = operation.value((POINTS,), builtin.attr)
        if given is None:
            return False
        same = (given == known) | (np.abs(given - known) <= _CLOSE + _CLOSE * np.abs(known))
        return bool(same[POINTS > 0].all() if operation.domain == ("positive",) else same.all())


def _value(node: Expr, parameter: Expr) -> Array | None:
    """A formula at all points, or None where it holds more than its parameter and numbers."""
    if node == parameter:
        return POINTS
    if node.shape != SCALAR:
        return None
    if node.op == "num":
        constants = {"pi": np.pi, "e": np.e}
        exact = node.attr[0]
        return np.full(POINTS.shape, constants[exact] if isinstance(exact, str) else float(exact))
    slope = node.op == "prime"
    operation = OPERATIONS.get(node.attr[0] if slope else node.op)
    if operation is None or not node.args:
        return None
    operands = [x for argument in node.args if (x := _value(argument, parameter)) is not None]
    if len(operands) != len(node.args):
        return None
    if slope:
        return derivative_value(operation, node.attr[1], operands[0], node.attr[2:])
    return operation.value(tuple(operands), node.attr)
