"""Softmax and its kin: exponentials over a row, a column, or all entries."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.ops.lines import (
    ALL_AXES,
    along_lines,
    axes,
    over_lines,
    reduced_shape,
    reduction_notation,
    total,
)
from gradcheck.ops.operation import Array, Arrays, Attr, Operation, function_of, keep_shape


def _exp_shifted(x: Array, attr: Attr) -> Array:
    """exp(x - shift) with a shift a group that keeps float64 finite."""
    return np.exp(x - _shift(x, attr))


def _shift(x: Array, attr: Attr) -> Array | int:
    return np.max(x, axis=axes(attr), keepdims=True) if x.dtype != object else 0


def _softmax(x: Array, attr: Attr) -> Array:
    weights = _exp_shifted(x, attr)
    return weights / total(weights, attr)


def _softmax_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    return (out * (ct - total(ct * out, attr)),)


def _logsumexp(x: Array, attr: Attr) -> Array:
    return np.log(total(_exp_shifted(x, attr), attr)) + _shift(x, attr)


def _softmax_line(forms: Any, line: list[Any]) -> list[Any]:
    weights = [forms.exp(x) for x in line]
    return [w / sum(weights) for w in weights]


def _log_softmax_line(forms: Any, line: list[Any]) -> list[Any]:
    log_total = forms.log(sum(forms.exp(x) for x in line))
    return [x - log_total for x in line]


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
    examples=ALL_AXES,
)
LOG_SOFTMAX = Operation(
    name="log_softmax",
    arity=1,
    doc="logarithm of softmax, x - log-sum-exp(x)",
    names=("log_softmax", "logsoftmax", "LogSoftmax"),
    called=(0,),
    shape=keep_shape,
    value=lambda operands, attr: operands[0] - _logsumexp(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct - np.exp(out) * total(ct * np.ones_like(out), attr),),
    symbolic=lambda forms, operands, attr: along_lines(
        lambda line: _log_softmax_line(forms, line), operands[0], attr
    ),
    notation=function_of(r"\operatorname{{logsoftmax}}", "log_softmax"),
    examples=ALL_AXES,
)
LOGSUMEXP = Operation(
    name="logsumexp",
    arity=1,
    doc="log of the sum of exp(x) along an axis; its gradient is softmax",
    names=("logsumexp", "LSE"),
    called=(None,),
    shape=reduced_shape,
    value=lambda operands, attr: _logsumexp(operands[0], attr),
    vjp=lambda ct, operands, out, attr: (ct * _softmax(operands[0], attr),),
    symbolic=lambda forms, operands, attr: over_lines(
        lambda line: forms.log(sum(forms.exp(x) for x in line)), operands[0], attr
    ),
    notation=reduction_notation(r"\operatorname{{logsumexp}}", "logsumexp"),
    examples=ALL_AXES,
)

SOFTMAXES = (SOFTMAX, LOG_SOFTMAX, LOGSUMEXP)
