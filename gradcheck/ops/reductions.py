"""Operations that reduce an axis: sums, means, deviations, products, extrema, norms."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from gradcheck.ops.lines import (
    ALL_AXES,
    ONE_AXIS,
    along_lines,
    axes,
    count,
    grouped,
    ones_like,
    over_lines,
    reduced_shape,
    reduction_notation,
    total,
    ungrouped,
)
from gradcheck.ops.number import positive
from gradcheck.ops.operation import ATOM, Array, Arrays, Attr, Notation, Operation, keep_shape


def _is_largest(x: Array, attr: Attr) -> Array:
    """1 at the largest entry of each group (the first of equal ones), else 0."""
    groups = grouped(x, attr)
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
    return ungrouped(np.stack(out, axis=-1), x, attr)


def _max(operands: Arrays, attr: Attr) -> Array:
    x = operands[0]
    if x.dtype != object:
        return np.max(x, axis=axes(attr), keepdims=True)
    return total(x * _is_largest(x, attr), attr)


def _max_kink(operands: Arrays, attr: Attr) -> Array:
    """The gaps between neighbours in order of size; zero where the largest changes hands."""
    groups = grouped(operands[0], attr)
    first, second = np.triu_indices(groups.shape[-1], 1)
    return groups[..., first] - groups[..., second]


def _max_line(forms: Any, line: list[Any]) -> Any:
    best = line[0]
    for x in line[1:]:
        best = best + (x - best) * forms.step(x - best)
    return best


def _centred(x: Array, attr: Attr) -> Array:
    return x - total(x, attr) / count(x, attr)


def _variance(x: Array, attr: Attr) -> Array:
    return total(_centred(x, attr) ** 2, attr) / count(x, attr)


def _standardised(x: Array, attr: Attr) -> Array:
    return _centred(x, attr) / np.sqrt(_variance(x, attr))


def _standardise_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    """The projection off the mean and off the output, over the deviation (Ioffe and Szegedy 2015)."""
    x = operands[0]
    ct = ct * ones_like(x)
    along = out * total(ct * out, attr) / count(x, attr)
    return ((_centred(ct, attr) - along) / np.sqrt(_variance(x, attr)),)


def _std_line(forms: Any, line: list[Any]) -> Any:
    mean = sum(line) / len(line)
    return forms.sqrt(sum((x - mean) ** 2 for x in line) / len(line))


SUM_OPERATION = Operation(
    name="sum",
    arity=1,
    doc="sum of entries over an axis, which stays as size 1",
    names=("sum", "Sum", "np.sum"),
    called=(None,),
    shape=reduced_shape,
    value=lambda operands, attr: total(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * ones_like(operands[0]),),
    symbolic=lambda forms, operands, attr: over_lines(sum, operands[0], attr),
    notation=reduction_notation(r"\operatorname{{sum}}", "sum"),
    examples=ALL_AXES,
)
MEAN = Operation(
    name="mean",
    arity=1,
    doc="mean of entries over an axis",
    names=("mean", "np.mean", "\\mathbb{E}"),
    called=(None,),
    shape=reduced_shape,
    value=lambda operands, attr: total(operands[0], attr) / count(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * ones_like(operands[0]) / count(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: sum(line) * forms.rational(Fraction(1, len(line))), operands[0], attr
    ),
    notation=reduction_notation(r"\operatorname{{mean}}", "mean"),
    examples=ALL_AXES,
)
VARIANCE = Operation(
    name="variance",
    arity=1,
    doc="mean squared deviation from the mean over an axis (divisor n)",
    names=("Var", "var", "np.var"),
    called=(None,),
    shape=reduced_shape,
    value=lambda operands, attr: _variance(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * 2 * _centred(operands[0], attr) / count(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: sum((x - sum(line) / len(line)) ** 2 for x in line) / len(line), operands[0], attr
    ),
    notation=reduction_notation(r"\operatorname{{Var}}", "var"),
    examples=ALL_AXES,
)
STD = Operation(
    name="std",
    arity=1,
    doc="standard deviation over an axis (divisor n)",
    names=("std", "np.std"),
    called=(None,),
    shape=reduced_shape,
    value=lambda operands, attr: np.sqrt(_variance(operands[0], attr)),
    vjp=lambda ct, operands, out, attr: (
        ct * _centred(operands[0], attr) / (out * count(operands[0], attr)),
    ),
    symbolic=lambda forms, operands, attr: over_lines(lambda line: _std_line(forms, line), operands[0], attr),
    notation=reduction_notation(r"\operatorname{{std}}", "std"),
    examples=ALL_AXES,
)
STANDARDISE = Operation(
    name="standardise",
    arity=1,
    doc="deviation from the mean over the standard deviation along an axis; Ba, Kiros and Hinton 2016",
    names=("LayerNorm", "layernorm", "standardize", "standardise"),
    called=(0,),
    shape=keep_shape,
    value=lambda operands, attr: _standardised(operands[0], attr),
    vjp=_standardise_vjp,
    symbolic=lambda forms, operands, attr: along_lines(
        lambda line: [(x - sum(line) / len(line)) / _std_line(forms, line) for x in line], operands[0], attr
    ),
    notation=reduction_notation(r"\operatorname{{standardise}}", "standardise"),
    examples=ALL_AXES,
)


def _product_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    groups = grouped(operands[0], attr)
    members = groups.shape[-1]
    rest = [np.prod(np.delete(groups, j, axis=-1), axis=-1) for j in range(members)]
    return (ct * ungrouped(np.stack(rest, axis=-1), operands[0], attr),)


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
    shape=reduced_shape,
    value=lambda operands, attr: np.prod(operands[0], axis=axes(attr), keepdims=True),
    vjp=_product_vjp,
    symbolic=lambda forms, operands, attr: over_lines(_product_line, operands[0], attr),
    notation=reduction_notation(r"\operatorname{{prod}}", "prod"),
    examples=ALL_AXES,
)
MAX = Operation(
    name="max",
    arity=1,
    doc="largest entry over an axis; the derivative goes to the first largest one",
    names=("max", "np.max"),
    called=(None,),
    shape=reduced_shape,
    value=_max,
    vjp=lambda ct, operands, out, attr: (ct * _is_largest(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(lambda line: _max_line(forms, line), operands[0], attr),
    notation=reduction_notation(r"\max", "max"),
    examples=ALL_AXES,
    kink=_max_kink,
)
MIN = Operation(
    name="min",
    arity=1,
    doc="smallest entry over an axis; the derivative goes to the first smallest one",
    names=("min", "np.min"),
    called=(None,),
    shape=reduced_shape,
    value=lambda operands, attr: -_max((-operands[0],), attr),
    vjp=lambda ct, operands, out, attr: (ct * _is_largest(-operands[0], attr),),
    symbolic=lambda forms, operands, attr: (
        -over_lines(lambda line: _max_line(forms, [-x for x in line]), operands[0], attr)
    ),
    notation=reduction_notation(r"\min", "min"),
    examples=ALL_AXES,
    kink=_max_kink,
)
NORM = Operation(
    name="norm",
    arity=1,
    doc="Euclidean (Frobenius) norm over an axis; its gradient is x / |x|",
    names=("norm", "np.linalg.norm"),
    called=(None,),
    shape=reduced_shape,
    value=lambda operands, attr: np.sqrt(total(operands[0] * operands[0], attr)),
    vjp=lambda ct, operands, out, attr: (ct * operands[0] / out,),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: forms.sqrt(sum(x**2 for x in line)), operands[0], attr
    ),
    notation=Notation(r"\left\|{0}\right\|", "‖{0}‖", ATOM, (0,)),
    examples=ALL_AXES,
)
CUMSUM = Operation(
    name="cumsum",
    arity=1,
    doc="running sum along an axis",
    names=("cumsum", "np.cumsum"),
    called=(0,),
    shape=keep_shape,
    value=lambda operands, attr: np.cumsum(operands[0], axis=axes(attr)[0]),
    vjp=lambda ct, operands, out, attr: (_running_back(ct * ones_like(operands[0]), axes(attr)[0]),),
    symbolic=lambda forms, operands, attr: along_lines(
        lambda line: [sum(line[: k + 1]) for k in range(len(line))], operands[0], attr
    ),
    notation=reduction_notation(r"\operatorname{{cumsum}}", "cumsum"),
    examples=ONE_AXIS,
)


def _running_back(ct: Array, axis: int) -> Array:
    return np.flip(np.cumsum(np.flip(ct, axis), axis=axis), axis)


REDUCTIONS = (
    SUM_OPERATION, MEAN, VARIANCE, STD, STANDARDISE, PROD, MAX, MIN, NORM, CUMSUM,
)  # fmt: skip
