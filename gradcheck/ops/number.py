"""Functions of entries that hold for each kind of number an evaluation may use.

Arrays are float64, or object arrays whose entries have methods of NumPy's names (dual numbers) or of
python-flint's (balls). NumPy calls `exp`, `log`, ... on objects by itself; what is missing or is named
otherwise is here. A comparison that a ball cannot decide becomes the ball [0, 1]: never a guess.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.ops.operation import Array


def transpose(x: Array) -> Array:
    """Swap rows and columns, whatever axes lead."""
    return x.swapaxes(-1, -2)


def over_objects(function: Callable[..., Any], *arrays: Array) -> Array:
    """Apply a function of entries; the result is an object array again."""
    out: Array = np.frompyfunc(function, len(arrays), 1)(*arrays)
    return out


def positive(x: Array) -> Array:
    """1 where an entry is above zero, else 0; a ball that holds zero inside gives [0, 1]."""
    if x.dtype != object:
        return np.where(np.isnan(x), np.nan, x > 0)
    return over_objects(_positive_object, x)


def _positive_object(x: Any) -> Any:
    """1 or 0 of the entry's own kind, so that later divisions stay exact."""
    kind = type(x)
    if x > 0:
        return kind(1)
    if x <= 0:
        return kind(0)
    import flint

    return kind(flint.arb(0.5, 0.5))


def pi_of(x: Array) -> Any:
    """The number pi in the kind of number that `x` holds."""
    if x.dtype != object:
        return math.pi
    import flint

    return flint.arb.pi()


def erf(x: Array) -> Array:
    """The error function of each entry."""
    if x.dtype != object:
        return np.vectorize(math.erf, otypes=[float])(x)
    return over_objects(lambda entry: entry.erf(), x)


def erf_slope(x: Array) -> Array:
    """The derivative of the error function, 2 exp(-x^2) / sqrt(pi)."""
    return 2 * np.exp(-x * x) / np.sqrt(pi_of(x) + 0 * x)


def gauss_cdf(x: Array) -> Array:
    """The cumulative distribution of the standard normal."""
    return (1 + erf(x / np.sqrt(2 + 0 * x))) / 2


def gauss_pdf(x: Array) -> Array:
    """The density of the standard normal."""
    return np.exp(-x * x / 2) / np.sqrt(2 * pi_of(x) + 0 * x)


def gamma(x: Array) -> Array:
    """The gamma function of each entry."""
    if x.dtype != object:
        return _through_balls(lambda ball: ball.gamma(), x)
    return over_objects(lambda entry: entry.gamma(), x)


def log_gamma(x: Array) -> Array:
    """The logarithm of the gamma function of each entry, which is above zero."""
    if x.dtype != object:
        return _through_balls(lambda ball: ball.lgamma(), x)
    return over_objects(lambda entry: entry.lgamma(), x)


def polygamma(order: int, x: Array) -> Array:
    """The derivative of so high an order of the digamma function of each entry."""
    if x.dtype != object:
        return _through_balls(lambda ball: _polygamma(order, ball), x)
    return over_objects(lambda entry: _polygamma(order, entry), x)


def _polygamma(order: int, x: Any) -> Any:
    """Of one ball, or of another kind of number that knows it."""
    import flint

    if not isinstance(x, flint.arb):
        return x.polygamma(order)
    return flint.acb(x).polygamma(order).real


def _through_balls(function: Callable[[Any], Any], x: Array) -> Array:
    """A function that NumPy lacks, of floats."""
    import flint

    def of_float(entry: float) -> float:
        return float(function(flint.arb(entry))) if math.isfinite(entry) else math.nan

    return np.vectorize(of_float, otypes=[float])(x)


def arctan(x: Array) -> Array:
    """The inverse tangent of each entry."""
    if x.dtype != object:
        return np.arctan(x)
    return over_objects(lambda entry: entry.atan(), x)


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)); accurate in both tails' small value."""
    return 1 / (1 + np.exp(-x))


def softplus(x: Array) -> Array:
    """log(1 + exp(x)), without overflow."""
    part = positive(x)
    magnitude = x * (2 * part - 1)
    return x * part + np.log1p(np.exp(-magnitude))


def full_like_operand(x: Array, shape: tuple[int, int]) -> Array:
    """An operand spread to the given rows and columns."""
    return np.broadcast_to(x, (*x.shape[:-2], *shape))


def determinant(x: Array) -> Array:
    """The determinant of the trailing square matrices, shape (..., 1, 1).

    By Laplace's expansion over column subsets: no pivots, so a ball stays rigorous and a dual number
    needs no comparison. Sizes are those of samples, below ten.
    """
    return _minor(x, 0, tuple(range(x.shape[-1])), {})[..., None, None]


def _minor(x: Array, row: int, columns: tuple[int, ...], known: dict[tuple[int, ...], Array]) -> Array:
    if not columns:
        return np.ones(x.shape[:-2], dtype=x.dtype)
    if columns not in known:
        terms = [
            x[..., row, c] * _minor(x, row + 1, columns[:k] + columns[k + 1 :], known) * (-1) ** k
            for k, c in enumerate(columns)
        ]
        known[columns] = sum(terms[1:], start=terms[0])
    return known[columns]


def inverse(x: Array) -> Array:
    """The inverse of the trailing square matrices, as adjugate over determinant (see `determinant`)."""
    size = x.shape[-1]
    if x.dtype != object:
        return _float_inverse(x)
    kept = [[i for i in range(size) if i != skip] for skip in range(size)]
    out = np.empty(x.shape, dtype=object)
    for r in range(size):
        for c in range(size):
            rest = x[..., kept[c], :][..., :, kept[r]]
            out[..., r, c] = determinant(rest)[..., 0, 0] * (-1) ** (r + c)
    return out / determinant(x)


def _float_inverse(x: Array) -> Array:
    try:
        return np.linalg.inv(x)
    except np.linalg.LinAlgError:
        return np.full(x.shape, np.nan)
