"""Derivatives of elementwise operations of any order, as values.

A record gives the first derivative. Higher ones come from dual numbers a + b ε with ε² = 0, put through
the rule that is there: no second table of formulas to keep right.
"""

from __future__ import annotations

from gradcheck.ops.dual import Dual
from gradcheck.ops.number import over_objects
from gradcheck.ops.operation import Array, Attr, Operation


def derivative_value(operation: Operation, order: int, x: Array, attr: Attr) -> Array:
    """The derivative of the given order (0: the value) of an elementwise operation at each entry of x."""
    if order == 0:
        return operation.value((x,), attr)
    if order == 1:
        assert operation.derivative is not None
        return operation.derivative(x, attr)
    seeded = over_objects(lambda entry: Dual(entry, 1), x.astype(object))
    slope = over_objects(Dual.slope_of, derivative_value(operation, order - 1, seeded, attr))
    return slope.astype(x.dtype)
