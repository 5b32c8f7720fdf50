"""The laws that the symbolic oracle knows, each with a near miss that it must not believe."""

from __future__ import annotations

import pytest
import sympy
from sympy import Abs, Rational, cos, cosh, erf, exp, log, pi, sin, sinh, sqrt, tanh

from gradcheck.calculus.normal_form import NormalForm
from gradcheck.calculus.program import Undecidable
from gradcheck.ops.forms import opaque, sigmoid, step

x, y, z = sympy.symbols("x y z", real=True)
f = opaque(("f", 0))

LAWS = {
    "cancelled": (1 / (1 + x), (1 - x) / (1 - x**2)),
    "common denominator": (1 / x + 1 / y, (x + y) / (x * y)),
    "negative power": ((x - y) ** -2, 1 / (y - x) ** 2),
    "sigmoid of minus": (sigmoid(-x), 1 - sigmoid(x)),
    "sigmoid and tanh": (tanh(x), 2 * sigmoid(2 * x) - 1),
    "sigmoid and exp": (sigmoid(x), exp(x) / (1 + exp(x))),
    "hyperbolic": (cosh(x) ** 2 - sinh(x) ** 2, sympy.S.One),
    "exp of a sum": (exp(x + y), exp(x) * exp(y)),
    "exp of a half": (exp(x / 2) ** 2, exp(x)),
    "exp over something": (exp(x / y) * exp(z / y), exp((x + z) / y)),
    "exp of log": (exp(2 * log(x)), x**2),
    "log of a product": (log(x * y), log(x) + log(y)),
    "log of a sigmoid": (log(sigmoid(x)), -log(1 + exp(-x))),
    "softplus": (log(1 + exp(x)), x + log(1 + exp(-x))),
    "log of eight": (log(sympy.Integer(8), evaluate=False), 3 * log(2)),
    "step twice": (step(x) ** 2, step(x)),
    "step of minus": (step(-x), 1 - step(x)),
    "step scaled": (step(2 * x + 2 * y), step(x + y)),
    "absolute value": (Abs(x), x * (2 * step(x) - 1)),
    "root squared": (sqrt(x**2 + y**2) ** 2, x**2 + y**2),
    "root below": (x / sqrt(x**2 + y**2), x * sqrt(x**2 + y**2) / (x**2 + y**2)),
    "power of three halves": (x ** Rational(3, 2), x * sqrt(x)),
    "circle": (sin(x) ** 2 + cos(x) ** 2, sympy.S.One),
    "odd functions": (erf(-x) + sin(-x), -erf(x) - sin(x)),
    "pi": (sqrt(pi) ** 2 * x, pi * x),
    "opaque": (f(x + y - y) + f(2 * x / 2), 2 * f(x)),
    "symbolic power": (x**y * x, x ** (y + 1)),
}


def is_zero(component: sympy.Expr) -> bool:
    return NormalForm(lambda symbol: None, {}).is_zero(component)


@pytest.mark.parametrize("law", sorted(LAWS))
def test_a_law_is_known(law: str) -> None:
    left, right = LAWS[law]
    assert is_zero(left - right)


@pytest.mark.parametrize("law", sorted(LAWS))
def test_a_near_miss_is_not_believed(law: str) -> None:
    left, right = LAWS[law]
    assert not is_zero(left - right + Rational(1, 10**30))
    assert not is_zero(left - right * (1 + x * Rational(1, 10**12)))


def test_symbols_with_a_law_of_their_own() -> None:
    form = NormalForm(lambda symbol: None, {x: 0, y: 1})
    assert form.is_zero(x**3 - x)
    assert form.is_zero(y**2 - 1)
    assert not form.is_zero(z**2 - z)


def test_symbols_are_opened_on_demand() -> None:
    form = NormalForm(lambda symbol: y**2 if symbol == x else None, {})
    assert form.is_zero(x - y**2)
    assert form.kept_symbols() == [y]


def test_a_named_function_is_its_symbol() -> None:
    form = NormalForm(lambda symbol: None, {})
    form.name(y, sigmoid(x))
    assert form.is_zero(sympy.diff(sigmoid(x), x) - y * (1 - y))


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ((x + y + z + 1) ** 30, "too many terms"),
        (x**100, "too high a power"),
        (1 / (sin(x) ** 2 + cos(x) ** 2 - 1), "a denominator is zero"),
        (sympy.Max(x, y), "no normal form"),
        (sum(f(x + k) for k in range(300)), "too many different quantities"),
    ],
)
def test_what_is_too_much_is_not_decided(component: sympy.Expr, reason: str) -> None:
    with pytest.raises(Undecidable, match=reason):
        is_zero(component)
