"""Activation functions of neural networks, elementwise."""

from __future__ import annotations

import numpy as np

from gradcheck.ops.number import gauss_cdf, gauss_pdf, positive, sigmoid, softplus
from gradcheck.ops.operation import Array, at_zero, elementwise, function_of, named


def _sigmoid_slope(x: Array) -> Array:
    """σ(x) σ(-x): keeps its digits in both tails, unlike σ (1 - σ)."""
    return sigmoid(x) * sigmoid(-x)


def _elu_slope(x: Array) -> Array:
    above = positive(x)
    return above + (1 - above) * np.exp(x * (1 - above))


def _elu(x: Array) -> Array:
    above = positive(x)
    return x * above + (1 - above) * (np.exp(x * (1 - above)) - 1)


def _leaky_slope(x: Array) -> Array:
    above = positive(x)
    return above + (1 - above) / 100


IDENTITY = elementwise(
    "identity",
    lambda x: x,
    np.ones_like,
    lambda forms, x: x,
    "the identity, activation of a regression's output",
    names=("id", "Id", "I_d", "I_{d}", "identity", "Identity", "linear"),
)
SIGMOID = elementwise(
    "sigmoid",
    sigmoid,
    _sigmoid_slope,
    lambda forms, x: forms.sigmoid(x),
    "logistic function 1 / (1 + exp(-x)), with σ' = σ (1 - σ)",
    notation=function_of(r"\sigma", "σ"),
    names=("\\sigma", "sigmoid", "Sigmoid", "sig", "sigm", "logistic", "expit"),
)
RELU = elementwise(
    "relu",
    lambda x: x * positive(x),
    positive,
    lambda forms, x: x * forms.step(x),
    "max(0, x); its derivative at 0 is 0",
    notation=function_of(r"\operatorname{{ReLU}}", "ReLU"),
    kink=at_zero,
    names=("ReLU", "relu", "Relu", "RELU", "ReLu"),
)
STEP = elementwise(
    "step",
    positive,
    lambda x: 0 * x,
    lambda forms, x: forms.step(x),
    "1 above 0, else 0: the derivative of ReLU",
    notation=named("step"),
    kink=at_zero,
    names=("step",),
)
LEAKY_RELU = elementwise(
    "leaky_relu",
    lambda x: x * _leaky_slope(x),
    _leaky_slope,
    lambda forms, x: x * (99 * forms.step(x) + 1) / 100,
    "x above 0, x / 100 below; Maas, Hannun and Ng 2013",
    kink=at_zero,
    names=("leaky_relu", "LeakyReLU", "leakyReLU", "LReLU"),
)
SOFTPLUS = elementwise(
    "softplus",
    softplus,
    sigmoid,
    lambda forms, x: forms.log(1 + forms.exp(x)),
    "log(1 + exp(x)), with derivative σ",
    names=("softplus", "Softplus"),
)
ELU = elementwise(
    "elu",
    _elu,
    _elu_slope,
    lambda forms, x: forms.step(x) * x + (1 - forms.step(x)) * (forms.exp(x) - 1),
    "x above 0, exp(x) - 1 below; Clevert, Unterthiner and Hochreiter 2016",
    kink=at_zero,
    names=("elu", "ELU"),
)
GELU = elementwise(
    "gelu",
    lambda x: x * gauss_cdf(x),
    lambda x: gauss_cdf(x) + x * gauss_pdf(x),
    lambda forms, x: x * (1 + forms.erf(x / forms.sqrt(2))) / 2,
    "x Φ(x), exact form; Hendrycks and Gimpel 2016",
    names=("gelu", "GELU"),
)
SWISH = elementwise(
    "swish",
    lambda x: x * sigmoid(x),
    lambda x: sigmoid(x) + x * _sigmoid_slope(x),
    lambda forms, x: x * forms.sigmoid(x),
    "x σ(x); Ramachandran, Zoph and Le 2017",
    names=("swish", "SiLU", "silu"),
)
MISH = elementwise(
    "mish",
    lambda x: x * np.tanh(softplus(x)),
    lambda x: np.tanh(softplus(x)) + x * sigmoid(x) / np.cosh(softplus(x)) ** 2,
    lambda forms, x: x * forms.tanh(forms.log(1 + forms.exp(x))),
    "x tanh(softplus(x)); Misra 2019",
    names=("mish", "Mish"),
)
LOG_SIGMOID = elementwise(
    "log_sigmoid",
    lambda x: -softplus(-x),
    lambda x: sigmoid(-x),
    lambda forms, x: forms.log(forms.sigmoid(x)),
    "log σ(x), with derivative 1 - σ",
    names=("logsigmoid", "LogSigmoid", "log_sigmoid"),
)
SOFTSIGN = elementwise(
    "softsign",
    lambda x: x / (1 + np.abs(x)),
    lambda x: 1 / (1 + np.abs(x)) ** 2,
    lambda forms, x: x / (1 + x * (2 * forms.step(x) - 1)),
    "x / (1 + |x|)",
    names=("softsign",),
)
HINGE = elementwise(
    "hinge",
    lambda x: (1 - x) * positive(1 - x),
    lambda x: -positive(1 - x),
    lambda forms, x: (1 - x) * forms.step(1 - x),
    "max(0, 1 - x); its derivative at 1 is 0",
    kink=lambda operands, attr: 1 - operands[0],
    names=("hinge",),
)


def _huber(x: Array) -> Array:
    inside = positive(1 - np.abs(x))
    return inside * x * x / 2 + (1 - inside) * (np.abs(x) * 2 - 1) / 2


def _huber_slope(x: Array) -> Array:
    inside = positive(1 - np.abs(x))
    return inside * x + (1 - inside) * (positive(x) - positive(-x))


HUBER = elementwise(
    "huber",
    _huber,
    _huber_slope,
    lambda forms, x: x**2 / 2 - forms.step(x - 1) * (x - 1) ** 2 / 2 - forms.step(-x - 1) * (x + 1) ** 2 / 2,
    "x^2 / 2 within 1, |x| - 1/2 beyond; Huber 1964, threshold 1",
    names=("huber", "Huber"),
)

ACTIVATIONS = (
    IDENTITY, SIGMOID, RELU, STEP, LEAKY_RELU, SOFTPLUS, ELU, GELU, SWISH, MISH, LOG_SIGMOID, SOFTSIGN,
    HINGE, HUBER,
)  # fmt: skip
