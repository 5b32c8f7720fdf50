"""What a line tells of a letter: of all of w, `w = (X^T X)^{-1} X^T y`, or by entries, `\\mu_{ki} = …`."""

from __future__ import annotations

from gradcheck.expr.forms.build import apply, stack, variables
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.records import dataclass


@dataclass(frozen=True, slots=True)
class Solution:
    """`key = formula`, as one line tells it."""

    key: str
    formula: Expr


def solved(expected: Expr, got: Expr) -> Solution | None:
    """What a line with a bare letter on one side tells of all of it: `\\mu_{ki} = …`, `\\sigma^2 = …`."""
    for side, value in ((expected, got), (got, expected)):
        found = _whole(side, value)
        if found is not None and found.key not in variables(value) and not found.formula.free:
            return found
    return None


def _whole(side: Expr, value: Expr) -> Solution | None:
    """A letter and what it is as a whole, where a side is it, its entries, its transpose or its square."""
    match side.op:
        case "var":
            return Solution(side.attr[0], value) if side.shape == value.shape else None
        case "transpose":
            return _whole(side.args[0], apply("transpose", value))
        case "power" if side.args[1].op == "num" and side.args[1].attr[0] == 2:
            return _whole(side.args[0], apply("sqrt", value))
        case "pick" if not any(isinstance(selector, int) for selector in side.attr):
            for axis, selector in enumerate(side.attr):
                if isinstance(selector, Ix):
                    value = stack(value, selector, axis)
            return _whole(side.args[0], value)
        case _:
            return None
