"""Densities by their formulas: the normal one of a number or a vector, and Bernoulli's.

The shapes say which normal is meant: a square matrix is the covariance of a vector, a number the variance of
a number, and that of each entry where an identity stood behind it; a vector holds variances of entries. A
bare σ stands for the deviation with most authors, and for the variance with some, so both are readings.
(Bishop, "Pattern Recognition and Machine Learning", 2.3.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product

from gradcheck.expr.forms.build import apply, num
from gradcheck.expr.forms.reading import MeaningError, Note, Reading, Readings, expression, ranked
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.written.functions import DENSITIES
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.source import Span

_MOST = 16


def density(name: str, arguments: Sequence[Readings], span: Span) -> list[Reading]:
    """The readings of a density of its point and its parameters.

    Raises MeaningError where the arguments fit no such density.
    """
    if len(arguments) != DENSITIES[name]:
        raise MeaningError(f"this density takes {DENSITIES[name]} arguments, not {len(arguments)}", span)
    found: list[Reading] = []
    refused: ShapeError | None = None
    for readings in islice(product(*arguments), _MOST):
        notes: tuple[Note, ...] = tuple(dict.fromkeys(note for r in readings for note in r.notes))
        values = [expression(reading.value) for reading in readings]
        if _is_odd_power(values[-1]):
            values[-1] = apply("power", values[-1].args[0], num(2))
            notes += (Note("noise", "the variance is the square of the deviation", span, "GC706"),)
        try:
            formulas = list(FORMULAS[name](*values))
        except ShapeError as error:
            refused = refused or error
            continue
        found += [Reading(formula.at(span), notes) for formula in formulas]
    if not found and refused is not None:
        raise refused
    return ranked(found)


def _bernoulli(point: Expr, chance: Expr) -> Iterator[Expr]:
    """`p^y (1 - p)^{1 - y}`."""
    other = apply("power", apply("sub", num(1), chance), apply("sub", num(1), point))
    yield apply("mul", apply("power", chance, point), other)


def _normal(point: Expr, mean: Expr, spread: Expr) -> Iterator[Expr]:
    gap = apply("sub", point, mean)
    if spread.shape == gap.shape and _is_sigma(spread):
        yield _independent(gap, apply("power", spread, num(2)))
        yield _independent(gap, spread)
    elif spread.shape == gap.shape:
        yield _independent(gap, spread)
    else:
        yield _dependent(gap if gap.shape[1] == 1 else apply("transpose", gap), spread)


def _isotropic(point: Expr, mean: Expr, spread: Expr) -> Iterator[Expr]:
    yield _independent(apply("sub", point, mean), spread)


def _is_odd_power(spread: Expr) -> bool:
    """Whether a spread is `\\sigma^3`, which is nobody's variance: a slip for the square."""
    if spread.op != "power" or spread.args[1].op != "num" or not _is_sigma(spread.args[0]):
        return False
    exponent = spread.args[1].attr[0]
    return not isinstance(exponent, str) and exponent % 2 == 1 < exponent


def _is_sigma(value: Expr) -> bool:
    while value.op in ("pick", "transpose"):
        value = value.args[0]
    return (value.op == "var" and value.attr[0].startswith(("\\sigma", "s_", "s^"))) or value.attr == ("s",)


def _independent(gap: Expr, variance: Expr) -> Expr:
    """`\\prod_i (2π v_i)^{-1/2} exp(-g_i²/(2 v_i))`, with one variance or one for each entry."""
    square = apply("div", apply("power", gap, num(2)), variance)
    count = apply("sum", apply("ones", attr=(gap.shape,)), attr=(None,))
    logarithm = apply("log", apply("mul", apply("mul", num(2), num("pi")), variance))
    normed = apply("mul", count, logarithm) if variance.shape == SCALAR else _total(logarithm)
    return _exponential(apply("add", normed, _total(square)))


def _dependent(gap: Expr, covariance: Expr) -> Expr:
    """`(2π)^{-d/2} |Σ|^{-1/2} exp(-½ g^T Σ^{-1} g)` of a column."""
    inner = apply("matmul", apply("transpose", gap), apply("matmul", apply("inverse", covariance), gap))
    count = apply("sum", apply("ones", attr=(gap.shape,)), attr=(None,))
    turns = apply("mul", count, apply("log", apply("mul", num(2), num("pi"))))
    normed = apply("add", turns, apply("log", apply("det", covariance)))
    return _exponential(apply("add", normed, inner))


def _total(value: Expr) -> Expr:
    return value if value.shape == SCALAR else apply("sum", value, attr=(None,))


def _exponential(doubled: Expr) -> Expr:
    """`exp(-½ a)`."""
    return apply("exp", apply("neg", apply("div", doubled, num(2))))


FORMULAS: dict[str, Callable[..., Iterator[Expr]]] = {
    "NormalDensity": _normal,
    "IsotropicDensity": _isotropic,
    "BernoulliDensity": _bernoulli,
}
