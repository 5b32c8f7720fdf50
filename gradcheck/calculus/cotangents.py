"""What flows from an operation to its operands, as formulas; the counterpart of the numeric vjps.

Only operations with a readable adjoint have a rule here; any elementwise function has one by its derivative.
A cotangent may be unspread: a scalar, or a row or column, for an array of equal entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gradcheck.calculus.entries import UnreadableError
from gradcheck.expr.forms.build import apply, num, prime
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import SCALAR, Shape


def reduced(ct: Expr, shape: Shape) -> Expr:
    """A cotangent summed over the axes along which its operand was spread."""
    rows = ct.shape[0] != 1 == shape[0]
    columns = ct.shape[1] != 1 == shape[1]
    if rows or columns:
        return apply("sum", ct, attr=(None if rows and columns else 0 if rows else 1,))
    return ct


def spread(ct: Expr, shape: Shape) -> Expr:
    return ct if ct.shape == shape else apply("mul", ct, apply("ones", attr=(shape,)))


def _count(ct: Expr, node: Expr) -> Expr:
    """How many entries of the operand each entry of a mean stands for."""
    operand = node.args[0]
    dims = [d for d, kept in zip(operand.shape, node.shape, strict=True) if d != 1 and kept == 1]
    whole = num(1)
    for dim in dims:
        whole = apply("mul", whole, apply("sum", apply("ones", attr=((1, dim),)), attr=(None,)))
    return whole


def paired(definition: Expr, name: Expr, ct: Expr) -> Expr | None:
    """A - Y, where a loss's cotangent and the output activation's derivative cancel.

    Cross entropy with a sigmoid: (Y/A - (1 - Y)/(1 - A)) σ'(Z) = Y - A; with a softmax over an axis:
    A (Y/A - Σ Y) = Y - A Σ Y. Scalars in front are kept.
    """
    if definition.op not in ("sigmoid", "softmax"):
        return None
    if ct.op == "neg":
        inner = paired(definition, name, ct.args[0])
        return None if inner is None else _neg(inner)
    if ct.op == "mul" and ct.args[0].shape == SCALAR != ct.args[1].shape:
        inner = paired(definition, name, ct.args[1])
        return None if inner is None else _mul(ct.args[0], inner)
    if definition.op == "softmax" and ct.op == "div" and ct.args[1] == name:
        return apply("sub", ct.args[0], _mul(name, apply("sum", ct.args[0], attr=definition.attr)))
    if definition.op == "sigmoid" and ct.op == "sub":
        return _logistic_pair(name, *ct.args)
    return None


def _logistic_pair(name: Expr, first: Expr, second: Expr) -> Expr | None:
    """Y - A for Y/A - (1 - Y)/(1 - A), and A - Y for the reverse."""
    for a, b, turned in ((first, second, False), (second, first, True)):
        if a.op == "div" and a.args[1] == name:
            y = a.args[0]
            if b == apply("div", apply("sub", num(1), y), apply("sub", num(1), name)):
                return apply("sub", name, y) if turned else apply("sub", y, name)
    return None


def parts(node: Expr, ct: Expr, name: Expr) -> Iterator[tuple[Expr, Expr]]:
    """What flows from a node to each operand; raises UnreadableError for an operation without a rule."""
    full = _in_full(node, ct)
    rule = _RULES.get(node.op)
    if rule is not None:
        yield from zip(node.args, rule(node, full, name), strict=False)
        return
    operation = OPERATIONS.get(node.op)
    if operation is None or operation.derivative is None or len(node.args) != 1:
        raise UnreadableError
    slope = prime(node.op, node.args[0], 1, node.attr)
    yield node.args[0], apply("mul", full, slope)


def _in_full(node: Expr, ct: Expr) -> Expr:
    """Where an operand was spread, the cotangent has to be there in full to be counted in full."""
    for arg in node.args:
        for axis in (0, 1):
            if arg.shape[axis] == 1 and node.shape[axis] != 1 and node.op in _SPREADING:
                return spread(ct, node.shape)
    if node.op == "matmul":
        return spread(ct, node.shape)
    return ct


_SPREADING = {"add", "sub", "mul", "div", "where", "maximum", "minimum", "broadcast"}


def _mul(*factors: Expr) -> Expr:
    whole = factors[0]
    for factor in factors[1:]:
        whole = apply("mul", whole, factor)
    return whole


def _turned(x: Expr) -> Expr:
    return apply("transpose", x)


def _neg(x: Expr) -> Expr:
    return apply("neg", x)


def _power(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    base, exponent = node.args
    if exponent.op != "num":
        raise UnreadableError
    lower = exponent.attr[0] - 1
    slope = base if lower == 1 else apply("power", base, num(lower))
    return (_mul(exponent, ct, slope),)


def _softmax(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    weighted = apply("sum", _mul(spread(ct, node.shape), name), attr=node.attr)
    return (_mul(name, apply("sub", ct, weighted)),)


def _log_softmax(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    soft = apply("softmax", node.args[0], attr=node.attr)
    return (apply("sub", ct, _mul(soft, apply("sum", spread(ct, node.shape), attr=node.attr))),)


def _inverse(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    turned = _turned(name)
    return (_neg(apply("matmul", apply("matmul", turned, ct), turned)),)


def _matmul(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    a, b = node.args
    return apply("matmul", ct, _turned(b)), apply("matmul", _turned(a), ct)


def _where(node: Expr, ct: Expr, name: Expr) -> tuple[Expr, ...]:
    condition = node.args[0]
    return (
        apply("zeros", attr=(condition.shape,)),
        _mul(condition, ct),
        _mul(apply("sub", num(1), condition), ct),
    )


_RULES: dict[str, Callable[[Expr, Expr, Expr], tuple[Expr, ...]]] = {
    "add": lambda node, ct, name: (ct, ct),
    "sub": lambda node, ct, name: (ct, _neg(ct)),
    "neg": lambda node, ct, name: (_neg(ct),),
    "identity": lambda node, ct, name: (ct,),
    "mul": lambda node, ct, name: (_mul(ct, node.args[1]), _mul(ct, node.args[0])),
    "div": lambda node, ct, name: (
        apply("div", ct, node.args[1]),
        _neg(_mul(ct, apply("div", node.args[0], apply("power", node.args[1], num(2))))),
    ),
    "matmul": _matmul,
    "transpose": lambda node, ct, name: (_turned(ct),),
    "sum": lambda node, ct, name: (ct,),
    "mean": lambda node, ct, name: (apply("div", ct, _count(ct, node)),),
    "broadcast": lambda node, ct, name: (ct,),
    "power": _power,
    "square": lambda node, ct, name: (_mul(num(2), ct, node.args[0]),),
    "exp": lambda node, ct, name: (_mul(ct, name),),
    "log": lambda node, ct, name: (apply("div", ct, node.args[0]),),
    "sin": lambda node, ct, name: (_mul(ct, apply("cos", node.args[0])),),
    "cos": lambda node, ct, name: (_neg(_mul(ct, apply("sin", node.args[0]))),),
    "sinh": lambda node, ct, name: (_mul(ct, apply("cosh", node.args[0])),),
    "cosh": lambda node, ct, name: (_mul(ct, apply("sinh", node.args[0])),),
    "sqrt": lambda node, ct, name: (_mul(ct, apply("div", num(1), _mul(num(2), name))),),
    "norm": lambda node, ct, name: (_mul(ct, apply("div", node.args[0], name)),),
    "dot": lambda node, ct, name: (_mul(ct, node.args[1]), _mul(ct, node.args[0])),
    "trace": lambda node, ct, name: (_mul(ct, apply("eye", attr=(node.args[0].shape[0],))),),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "logsumexp": lambda node, ct, name: (_mul(ct, apply("softmax", node.args[0], attr=node.attr)),),
    "inverse": _inverse,
    "det": lambda node, ct, name: (_mul(ct, name, _turned(apply("inverse", node.args[0]))),),
    "logdet": lambda node, ct, name: (_mul(ct, _turned(apply("inverse", node.args[0]))),),
    "where": _where,
}
