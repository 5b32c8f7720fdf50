"""Reciprocals and inverses of trigonometric, hyperbolic and logistic functions, each entry by itself."""

from __future__ import annotations

import numpy as np

from gradcheck.ops.number import arctan, pi_of
from gradcheck.ops.operation import Array, elementwise, function_of


def _arcsin(x: Array) -> Array:
    return arctan(x / np.sqrt(1 - x * x))


def _sech(x: Array) -> Array:
    return 1 / np.cosh(x)


SEC = elementwise(
    "sec",
    lambda x: 1 / np.cos(x),
    lambda x: np.sin(x) / np.cos(x) ** 2,
    lambda forms, x: 1 / forms.cos(x),
    "secant, 1 / cos",
    notation=function_of(r"\sec"),
    domain="unit",
    names=("sec",),
)
CSC = elementwise(
    "csc",
    lambda x: 1 / np.sin(x),
    lambda x: -np.cos(x) / np.sin(x) ** 2,
    lambda forms, x: 1 / forms.sin(x),
    "cosecant, 1 / sin",
    notation=function_of(r"\csc"),
    domain="positive",
    names=("csc",),
)
COT = elementwise(
    "cot",
    lambda x: np.cos(x) / np.sin(x),
    lambda x: -1 / np.sin(x) ** 2,
    lambda forms, x: forms.cos(x) / forms.sin(x),
    "cotangent, cos / sin",
    notation=function_of(r"\cot"),
    domain="positive",
    names=("cot",),
)
SECH = elementwise(
    "sech",
    _sech,
    lambda x: -np.tanh(x) * _sech(x),
    lambda forms, x: 1 / forms.cosh(x),
    "hyperbolic secant, 1 / cosh; tanh' is its square",
    names=("sech",),
)
COTH = elementwise(
    "coth",
    lambda x: np.cosh(x) / np.sinh(x),
    lambda x: -1 / np.sinh(x) ** 2,
    lambda forms, x: forms.cosh(x) / forms.sinh(x),
    "hyperbolic cotangent, cosh / sinh",
    notation=function_of(r"\coth"),
    domain="positive",
    names=("coth",),
)
ARCSIN = elementwise(
    "arcsin",
    _arcsin,
    lambda x: 1 / np.sqrt(1 - x * x),
    lambda forms, x: forms.atan(x / forms.sqrt(1 - x**2)),
    "inverse sine, on (-1, 1)",
    notation=function_of(r"\arcsin"),
    domain="unit",
    names=("arcsin", "asin", "np.arcsin"),
    inverts="sin",
)
ARCCOS = elementwise(
    "arccos",
    lambda x: pi_of(x) / 2 - _arcsin(x),
    lambda x: -1 / np.sqrt(1 - x * x),
    lambda forms, x: forms.pi / 2 - forms.atan(x / forms.sqrt(1 - x**2)),
    "inverse cosine, on (-1, 1)",
    notation=function_of(r"\arccos"),
    domain="unit",
    names=("arccos", "acos", "np.arccos"),
    inverts="cos",
)
ARCTANH = elementwise(
    "arctanh",
    lambda x: np.log((1 + x) / (1 - x)) / 2,
    lambda x: 1 / (1 - x * x),
    lambda forms, x: forms.log((1 + x) / (1 - x)) / 2,
    "inverse hyperbolic tangent, on (-1, 1)",
    domain="unit",
    names=("arctanh", "artanh", "atanh", "np.arctanh"),
    inverts="tanh",
)
ARCSINH = elementwise(
    "arcsinh",
    lambda x: np.log(x + np.sqrt(x * x + 1)),
    lambda x: 1 / np.sqrt(x * x + 1),
    lambda forms, x: forms.log(x + forms.sqrt(x**2 + 1)),
    "inverse hyperbolic sine",
    names=("arcsinh", "arsinh", "asinh", "np.arcsinh"),
    inverts="sinh",
)
LOGIT = elementwise(
    "logit",
    lambda x: np.log(x / (1 - x)),
    lambda x: 1 / (x * (1 - x)),
    lambda forms, x: forms.log(x / (1 - x)),
    "inverse of the logistic function, on (0, 1)",
    domain="probability",
    names=("logit",),
    inverts="sigmoid",
)

TRIGONOMETRY = (SEC, CSC, COT, SECH, COTH, ARCSIN, ARCCOS, ARCTANH, ARCSINH, LOGIT)
