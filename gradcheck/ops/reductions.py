"""Operations that reduce an axis: sums, means, extrema, softmax and its kin.

`attr = (axis,)` with axis 0 (over rows), 1 (over columns) or None (both); a reduced axis stays as size 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from gradcheck.ops.number import positive, transpose
from gradcheck.ops.operation import (
    ATOM,
    PREFIX,
    Array,
    Arrays,
    Attr,
    Example,
    Notation,
    Operation,
    Shapes,
    from_entries,
    function_of,
    keep_shape,
)
from gradcheck.shapes import Shape

_ALL_AXES = (Example(((2, 3),), (None,)), Example(((2, 3),), (0,)), Example(((2, 3),), (1,)))
_ONE_AXIS = _ALL_AXES[1:]


def axes(attr: Attr) -> tuple[int, ...]:
    """The array axes that an `(axis,)` attribute names."""
    return {None: (-2, -1), 0: (-2,), 1: (-1,)}[attr[0]]


def _reduced(shapes: Shapes, attr: Attr) -> Shape:
    rows, columns = shapes[0]
    return (rows if attr[0] == 1 else 1), (columns if attr[0] == 0 else 1)


def _sum(x: Array, attr: Attr) -> Array:
    return np.sum(x, axis=axes(attr), keepdims=True)


def _count(x: Array, attr: Attr) -> int:
    size = 1
    for axis in axes(attr):
        size *= x.shape[axis]
    return size


def _ones_like(x: Array) -> Array:
    return np.ones(x.shape[-2:])


def lines(components: Array, axis: int | None) -> list[list[Any]]:
    """The groups of entries that a reduction over an axis takes together, in order."""
    if axis is None:
        return [list(components.reshape(-1))]
    return [list(line) for line in (components.T if axis == 0 else components)]


def over_lines(reduce: Callable[[list[Any]], Any], components: Array, attr: Attr) -> Array:
    """Reduce each group of SymPy entries to one."""
    values = [reduce(line) for line in lines(components, attr[0])]
    if attr[0] == 0:
        return from_entries((1, len(values)), lambda r, c: values[c])
    return from_entries((len(values), 1), lambda r, c: values[r])


def along_lines(change: Callable[[list[Any]], list[Any]], components: Array, attr: Attr) -> Array:
    """Change each group of SymPy entries into one of the same length."""
    axis = attr[0]
    values = [change(line) for line in lines(components, axis)]
    rows, columns = components.shape
    if axis is None:
        return from_entries((rows, columns), lambda r, c: values[0][r * columns + c])
    return from_entries((rows, columns), lambda r, c: values[c][r] if axis == 0 else values[r][c])


def _reduction_notation(name: str, plain: str) -> Notation:
    return Notation(name + r"\left({0}{attr}\right)", plain + "({0}{attr})", PREFIX, (0,))


def _exp_shifted(x: Array, attr: Attr) -> Array:
    """exp(x - shift) with a shift a group that keeps float64 finite."""
    return np.exp(x - _shift(x, attr))


def _shift(x: Array, attr: Attr) -> Array | int:
    return np.max(x, axis=axes(attr), keepdims=True) if x.dtype != object else 0


def _softmax(x: Array, attr: Attr) -> Array:
    weights = _exp_shifted(x, attr)
    return weights / _sum(weights, attr)


def _softmax_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    return (out * (ct - _sum(ct * out, attr)),)


def _logsumexp(x: Array, attr: Attr) -> Array:
    return np.log(_sum(_exp_shifted(x, attr), attr)) + _shift(x, attr)


def _softmax_line(forms: Any, line: list[Any]) -> list[Any]:
    weights = [forms.exp(x) for x in line]
    return [w / sum(weights) for w in weights]


def _log_softmax_line(forms: Any, line: list[Any]) -> list[Any]:
    log_total = forms.log(sum(forms.exp(x) for x in line))
    return [x - log_total for x in line]


def _grouped(x: Array, attr: Attr) -> Array:
    """The groups of a reduction on one last axis: (..., groups, members)."""
    if attr[0] is None:
        return x.reshape(*x.shape[:-2], 1, -1)
    return transpose(x) if attr[0] == 0 else x


def _ungrouped(groups: Array, like: Array, attr: Attr) -> Array:
    if attr[0] is None:
        return groups.reshape(*groups.shape[:-2], *like.shape[-2:])
    return transpose(groups) if attr[0] == 0 else groups


def _is_largest(x: Array, attr: Attr) -> Array:
    """1 at the largest entry of each group (the first of equal ones), else 0."""
    groups = _grouped(x, attr)
    members = groups.shape[-1]
    out = []
    for j in range(members):
        one = groups[..., j]
        flag = np.ones_like(one)
        for k in range(members):
            other = groups[..., k]
            if k < j:
                flag = flag * positive(one - other)
            elif k > j:
                flag = flag * (1 - positive(other - one))
        out.append(flag)
    return _ungrouped(np.stack(out, axis=-1), x, attr)


def _max(operands: Arrays, attr: Attr) -> Array:
    x = operands[0]
    if x.dtype != object:
        return np.max(x, axis=axes(attr), keepdims=True)
    return _sum(x * _is_largest(x, attr), attr)


def _max_kink(operands: Arrays, attr: Attr) -> Array:
    """The gaps between neighbours in order of size; zero where the largest changes hands."""
    groups = _grouped(operands[0], attr)
    first, second = np.triu_indices(groups.shape[-1], 1)
    return groups[..., first] - groups[..., second]


def _max_line(forms: Any, line: list[Any]) -> Any:
    best = line[0]
    for x in line[1:]:
        best = best + (x - best) * forms.step(x - best)
    return best


SUM_OPERATION = Operation(
    name="sum",
    arity=1,
    doc="sum of entries over an axis, which stays as size 1",
    names=("sum", "Sum", "np.sum"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: _sum(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * _ones_like(operands[0]),),
    symbolic=lambda forms, operands, attr: over_lines(sum, operands[0], attr),
    notation=_reduction_notation(r"\operatorname{{sum}}", "sum"),
    examples=_ALL_AXES,
)
MEAN = Operation(
    name="mean",
    arity=1,
    doc="mean of entries over an axis",
    names=("mean", "np.mean", "\\mathbb{E}"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: _sum(operands[0], attr) / _count(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * _ones_like(operands[0]) / _count(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: sum(line) * forms.rational(Fraction(1, len(line))), operands[0], attr
    ),
    notation=_reduction_notation(r"\operatorname{{mean}}", "mean"),
    examples=_ALL_AXES,
)
VARIANCE = Operation(
    name="variance",
    arity=1,
    doc="mean squared deviation from the mean over an axis (divisor n)",
    names=("Var", "var", "np.var"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: _variance(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * 2 * _centred(operands[0], attr) / _count(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: sum((x - sum(line) / len(line)) ** 2 for x in line) / len(line), operands[0], attr
    ),
    notation=_reduction_notation(r"\operatorname{{Var}}", "var"),
    examples=_ALL_AXES,
)


def _centred(x: Array, attr: Attr) -> Array:
    return x - _sum(x, attr) / _count(x, attr)


def _variance(x: Array, attr: Attr) -> Array:
    return _sum(_centred(x, attr) ** 2, attr) / _count(x, attr)


def _product_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    groups = _grouped(operands[0], attr)
    members = groups.shape[-1]
    rest = [np.prod(np.delete(groups, j, axis=-1), axis=-1) for j in range(members)]
    return (ct * _ungrouped(np.stack(rest, axis=-1), operands[0], attr),)


def _product_line(line: list[Any]) -> Any:
    out = line[0]
    for x in line[1:]:
        out = out * x
    return out


PROD = Operation(
    name="prod",
    arity=1,
    doc="product of entries over an axis",
    names=("prod", "np.prod"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: np.prod(operands[0], axis=axes(attr), keepdims=True),
    vjp=_product_vjp,
    symbolic=lambda forms, operands, attr: over_lines(_product_line, operands[0], attr),
    notation=_reduction_notation(r"\operatorname{{prod}}", "prod"),
    examples=_ALL_AXES,
)
MAX = Operation(
    name="max",
    arity=1,
    doc="largest entry over an axis; the derivative goes to the first largest one",
    names=("max", "np.max"),
    called=(None,),
    shape=_reduced,
    value=_max,
    vjp=lambda ct, operands, out, attr: (ct * _is_largest(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(lambda line: _max_line(forms, line), operands[0], attr),
    notation=_reduction_notation(r"\max", "max"),
    examples=_ALL_AXES,
    kink=_max_kink,
)
MIN = Operation(
    name="min",
    arity=1,
    doc="smallest entry over an axis; the derivative goes to the first smallest one",
    names=("min", "np.min"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: -_max((-operands[0],), attr),
    vjp=lambda ct, operands, out, attr: (ct * _is_largest(-operands[0], attr),),
    symbolic=lambda forms, operands, attr: (
        -over_lines(lambda line: _max_line(forms, [-x for x in line]), operands[0], attr)
    ),
    notation=_reduction_notation(r"\min", "min"),
    examples=_ALL_AXES,
    kink=_max_kink,
)
SOFTMAX = Operation(
    name="softmax",
    arity=1,
    doc="exp(x) over its sum along an axis; Jacobian diag(s) - s s^T",
    names=("softmax", "Softmax"),
    called=(0,),
    shape=keep_shape,
    value=lambda operands, attr: _softmax(operands[0], attr),
    vjp=_softmax_vjp,
    symbolic=lambda forms, operands, attr: along_lines(
        lambda line: _softmax_line(forms, line), operands[0], attr
    ),
    notation=function_of(r"\operatorname{{softmax}}", "softmax"),
    examples=_ALL_AXES,
)
LOG_SOFTMAX = Operation(
    name="log_softmax",
    arity=1,
    doc="logarithm of softmax, x - log-sum-exp(x)",
    names=("log_softmax", "logsoftmax", "LogSoftmax"),
    called=(0,),
    shape=keep_shape,
    value=lambda operands, attr: operands[0] - _logsumexp(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct - np.exp(out) * _sum(ct * np.ones_like(out), attr),),
    symbolic=lambda forms, operands, attr: along_lines(
        lambda line: _log_softmax_line(forms, line), operands[0], attr
    ),
    notation=function_of(r"\operatorname{{logsoftmax}}", "log_softmax"),
    examples=_ALL_AXES,
)
LOGSUMEXP = Operation(
    name="logsumexp",
    arity=1,
    doc="log of the sum of exp(x) along an axis; its gradient is softmax",
    names=("logsumexp", "LSE"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: _logsumexp(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * _softmax(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: forms.log(sum(forms.exp(x) for x in line)), operands[0], attr
    ),
    notation=_reduction_notation(r"\operatorname{{logsumexp}}", "logsumexp"),
    examples=_ALL_AXES,
)
NORM = Operation(
    name="norm",
    arity=1,
    doc="Euclidean (Frobenius) norm over an axis; its gradient is x / |x|",
    names=("norm", "np.linalg.norm"),
    called=(None,),
    shape=_reduced,
    value=lambda operands, attr: np.sqrt(_sum(operands[0] * operands[0], attr)),
    vjp=lambda ct, operands, out, attr: (ct * operands[0] / out,),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: forms.sqrt(sum(x**2 for x in line)), operands[0], attr
    ),
    notation=Notation(r"\left\|{0}\right\|", "‖{0}‖", ATOM, (0,)),
    examples=_ALL_AXES,
)
CUMSUM = Operation(
    name="cumsum",
    arity=1,
    doc="running sum along an axis",
    names=("cumsum", "np.cumsum"),
    called=(0,),
    shape=keep_shape,
    value=lambda operands, attr: np.cumsum(operands[0], axis=axes(attr)[0]),
    vjp=lambda ct, operands, out, attr: (_running_back(ct * _ones_like(operands[0]), axes(attr)[0]),),
    symbolic=lambda forms, operands, attr: along_lines(
        lambda line: [sum(line[: k + 1]) for k in range(len(line))], operands[0], attr
    ),
    notation=_reduction_notation(r"\operatorname{{cumsum}}", "cumsum"),
    examples=_ONE_AXIS,
)


def _running_back(ct: Array, axis: int) -> Array:
    return np.flip(np.cumsum(np.flip(ct, axis), axis=axis), axis)


REDUCTIONS = (
    SUM_OPERATION, MEAN, VARIANCE, PROD, MAX, MIN, SOFTMAX, LOG_SOFTMAX, LOGSUMEXP, NORM, CUMSUM,
)  # fmt: skip
