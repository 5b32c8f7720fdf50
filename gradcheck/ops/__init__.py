"""The operations: one record each, in files by subject; `OPERATIONS` finds them by name.

To add an operation, write its record and put it into its file's tuple. Nothing else has to change.
"""

from __future__ import annotations

from gradcheck.ops.activations import ACTIVATIONS
from gradcheck.ops.arithmetic import ARITHMETIC
from gradcheck.ops.elementwise import ELEMENTWISE
from gradcheck.ops.gammas import GAMMAS
from gradcheck.ops.linear_algebra import LINEAR_ALGEBRA
from gradcheck.ops.losses import LOSSES
from gradcheck.ops.operation import Operation
from gradcheck.ops.products import PRODUCTS
from gradcheck.ops.reductions import REDUCTIONS
from gradcheck.ops.softmaxes import SOFTMAXES
from gradcheck.ops.trigonometry import TRIGONOMETRY
from gradcheck.ops.unknown import UNKNOWN

__all__ = ["OPERATIONS", "Operation"]

_GROUPS = (
    ARITHMETIC,
    PRODUCTS,
    ELEMENTWISE,
    TRIGONOMETRY,
    GAMMAS,
    ACTIVATIONS,
    REDUCTIONS,
    SOFTMAXES,
    LINEAR_ALGEBRA,
    LOSSES,
    (UNKNOWN,),
)

OPERATIONS: dict[str, Operation] = {operation.name: operation for group in _GROUPS for operation in group}
