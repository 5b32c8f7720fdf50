"""The derivative of a formula in one number, as a formula, for what is told by one: `g(z) = d tanh(z)/dz`.

Such a function can then be put in at any point. Arithmetic goes by the textbook's rules, smooth functions of
entries by the chain rule; what else stands in the formula leaves the derivative as it was. Products with 1
and sums with 0 are left out, so that little is shown which nobody would write.
"""

from __future__ import annotations

from gradcheck.expr.forms.build import apply, num, prime
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops import OPERATIONS

ZERO, ONE = num(0), num(1)


def slope(formula: Expr, by: Expr) -> Expr | None:
    """The derivative of a formula by a number that stands in it; None where no rule is known."""
    if formula == by:
        return ONE
    if by not in formula.walk():
        return ZERO
    match formula.op:
        case "prime":
            op, order, *attr = formula.attr
            if OPERATIONS[op].kink is not None:
                return None
            return _chain(prime(op, formula.args[0], order + 1, tuple(attr)), formula.args[0], by)
        case "add" | "sub" | "mul" | "div" | "power":
            a, b = formula.args
            return _arithmetic(formula.op, a, b, by)
    if len(formula.args) != 1 or formula.op not in OPERATIONS:
        return None
    operation = OPERATIONS[formula.op]
    if operation.derivative is None or operation.kink is not None:
        return None
    return _chain(prime(formula.op, formula.args[0], 1, formula.attr), formula.args[0], by)


def _chain(outer: Expr, argument: Expr, by: Expr) -> Expr | None:
    inner = slope(argument, by)
    return None if inner is None else _times(outer, inner)


def _arithmetic(op: str, a: Expr, b: Expr, by: Expr) -> Expr | None:
    first, second = slope(a, by), slope(b, by)
    if first is None or second is None:
        return None
    match op:
        case "add":
            return _plus(first, second)
        case "sub":
            return first if second == ZERO else apply("sub", first, second)
        case "mul":
            return _plus(_times(first, b), _times(a, second))
        case "div" if second == ZERO:
            return apply("div", first, b)
        case "div":
            above = apply("sub", _times(first, b), _times(a, second))
            return apply("div", above, apply("power", b, num(2)))
        case "power" if second == ZERO:
            return _times(apply("mul", b, apply("power", a, apply("sub", b, ONE))), first)
    return None


def _plus(a: Expr, b: Expr) -> Expr:
    return b if a == ZERO else a if b == ZERO else apply("add", a, b)


def _times(a: Expr, b: Expr) -> Expr:
    if ZERO in (a, b):
        return ZERO
    return b if a == ONE else a if b == ONE else apply("mul", a, b)
