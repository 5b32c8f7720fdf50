"""Elementary functions of each entry."""

from __future__ import annotations

import numpy as np

from gradcheck.ops.number import arctan, erf, erf_slope, gauss_cdf, gauss_pdf, positive
from gradcheck.ops.operation import (
    ATOM,
    POWER,
    PREFIX,
    Array,
    Notation,
    at_zero,
    elementwise,
    function_of,
)


def _sign(x: Array) -> Array:
    return positive(x) - positive(-x)


EXP = elementwise(
    "exp",
    np.exp,
    np.exp,
    lambda forms, x: forms.exp(x),
    "exponential",
    notation=function_of(r"\exp"),
    names=("exp", "np.exp", "Exp", "EXP"),
    inverts="log",
)
LOG = elementwise(
    "log",
    np.log,
    lambda x: 1 / x,
    lambda forms, x: forms.log(x),
    "natural logarithm",
    notation=function_of(r"\log"),
    domain="positive",
    names=("log", "ln", "np.log", "Log", "Ln", "LOG"),
    inverts="exp",
)
LOG2 = elementwise(
    "log2",
    lambda x: np.log(x) / np.log(2 + 0 * x),
    lambda x: 1 / (x * np.log(2 + 0 * x)),
    lambda forms, x: forms.log(x) / forms.log(2),
    "logarithm to base 2",
    notation=function_of(r"\log_2"),
    domain="positive",
    names=("log2", "np.log2", "log_2"),
)
LOG10 = elementwise(
    "log10",
    lambda x: np.log(x) / np.log(10 + 0 * x),
    lambda x: 1 / (x * np.log(10 + 0 * x)),
    lambda forms, x: forms.log(x) / forms.log(10),
    "logarithm to base 10",
    notation=function_of(r"\log_{{10}}"),
    domain="positive",
    names=("log10", "np.log10", "lg", "log_{10}"),
)
LOG1P = elementwise(
    "log1p",
    np.log1p,
    lambda x: 1 / (1 + x),
    lambda forms, x: forms.log(1 + x),
    "log(1 + x)",
    domain="positive",
    names=("log1p", "np.log1p"),
)
SQRT = elementwise(
    "sqrt",
    np.sqrt,
    lambda x: 1 / (2 * np.sqrt(x)),
    lambda forms, x: forms.sqrt(x),
    "square root",
    notation=Notation(r"\sqrt{{{0}}}", "√({0})", ATOM, (0,)),
    domain="positive",
    names=("sqrt", "np.sqrt"),
)
SQUARE = elementwise(
    "square",
    lambda x: x * x,
    lambda x: 2 * x,
    lambda forms, x: x**2,
    "each entry squared",
    notation=Notation("2", "{0}²", POWER, (ATOM,), script=True),
    names=("np.square",),
)
ABS = elementwise(
    "abs",
    np.abs,
    _sign,
    lambda forms, x: x * (2 * forms.step(x) - 1),
    "absolute value; its derivative at 0 is 0",
    notation=Notation(r"\left|{0}\right|", "|{0}|", ATOM, (0,)),
    kink=at_zero,
    names=("abs", "np.abs"),
)
SIGN = elementwise(
    "sign",
    _sign,
    lambda x: 0 * x,
    lambda forms, x: 2 * forms.step(x) - 1,
    "sign: -1, 0 or 1",
    kink=at_zero,
    names=("sign", "sgn", "np.sign"),
)
SIN = elementwise(
    "sin",
    np.sin,
    np.cos,
    lambda forms, x: forms.sin(x),
    "sine",
    notation=function_of(r"\sin"),
    names=("sin", "np.sin"),
)
COS = elementwise(
    "cos",
    np.cos,
    lambda x: -np.sin(x),
    lambda forms, x: forms.cos(x),
    "cosine",
    notation=function_of(r"\cos"),
    names=("cos", "np.cos"),
)
TAN = elementwise(
    "tan",
    np.tan,
    lambda x: 1 + np.tan(x) ** 2,
    lambda forms, x: forms.tan(x),
    "tangent",
    notation=function_of(r"\tan"),
    domain="unit",
    names=("tan",),
)
ARCTAN = elementwise(
    "arctan",
    arctan,
    lambda x: 1 / (1 + x * x),
    lambda forms, x: forms.atan(x),
    "inverse tangent",
    notation=function_of(r"\arctan"),
    names=("arctan",),
    inverts="tan",
)
SINH = elementwise(
    "sinh",
    np.sinh,
    np.cosh,
    lambda forms, x: forms.sinh(x),
    "hyperbolic sine",
    notation=function_of(r"\sinh"),
    names=("sinh",),
)
COSH = elementwise(
    "cosh",
    np.cosh,
    np.sinh,
    lambda forms, x: forms.cosh(x),
    "hyperbolic cosine",
    notation=function_of(r"\cosh"),
    names=("cosh",),
)
TANH = elementwise(
    "tanh",
    np.tanh,
    lambda x: 1 / np.cosh(x) ** 2,
    lambda forms, x: forms.tanh(x),
    "hyperbolic tangent, with tanh' = 1 - tanh^2",
    notation=function_of(r"\tanh"),
    names=("tanh", "Tanh", "np.tanh"),
)
ERF = elementwise(
    "erf",
    erf,
    erf_slope,
    lambda forms, x: forms.erf(x),
    "error function, DLMF 7.2.1",
    names=("erf",),
)
GAUSS_CDF = elementwise(
    "gauss_cdf",
    gauss_cdf,
    gauss_pdf,
    lambda forms, x: (1 + forms.erf(x / forms.sqrt(2))) / 2,
    "cumulative distribution of the standard normal",
    notation=function_of(r"\Phi", "Φ"),
    names=("normcdf", "norm.cdf"),
)
GAUSS_PDF = elementwise(
    "gauss_pdf",
    gauss_pdf,
    lambda x: -x * gauss_pdf(x),
    lambda forms, x: forms.exp(-(x**2) / 2) / forms.sqrt(2 * forms.pi),
    "density of the standard normal",
    notation=function_of(r"\phi", "φ"),
    names=("normpdf", "norm.pdf"),
)
RECIPROCAL = elementwise(
    "reciprocal",
    lambda x: 1 / x,
    lambda x: -1 / (x * x),
    lambda forms, x: 1 / x,
    "one over each entry",
    notation=Notation(r"\frac{{1}}{{{0}}}", "1/{0}", PREFIX, (POWER,)),
    domain="positive",
)

ELEMENTWISE = (
    EXP, LOG, LOG2, LOG10, LOG1P, SQRT, SQUARE, ABS, SIGN, SIN, COS, TAN, ARCTAN, SINH, COSH, TANH, ERF,
    GAUSS_CDF, GAUSS_PDF, RECIPROCAL,
)  # fmt: skip
