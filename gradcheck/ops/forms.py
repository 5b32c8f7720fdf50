"""The SymPy functions that symbolic forms are made of; imported when the first one is needed.

`step` and `sigmoid` are functions of their own, so that a component stays as short as it was written;
SymPy differentiates them by the `fdiff` given here, and `rewrite(exp)` opens a sigmoid.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy
from sympy import Abs, Rational, atan, cos, cosh, erf, exp, log, pi, sin, sinh, sqrt, tan, tanh

__all__ = [
    "Abs", "atan", "cos", "cosh", "erf", "exp", "log", "number", "opaque", "pi", "rational", "sigmoid",
    "sin", "sinh", "sqrt", "step", "tan", "tanh",
]  # fmt: skip


class step(sympy.Function):  # type: ignore[misc]
    """1 above zero, else 0; its derivative is zero away from the jump."""

    nargs = 1

    @classmethod
    def eval(cls, x: Any) -> Any:
        return sympy.Integer(int(x > 0)) if x.is_number and x.is_extended_real else None

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.S.Zero


class sigmoid(sympy.Function):  # type: ignore[misc]
    """1 / (1 + exp(-x)), with σ' = σ (1 - σ)."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Any:
        return self * (1 - self)

    def _eval_rewrite_as_exp(self, x: Any, **hints: Any) -> Any:
        return 1 / (1 + exp(-x))

    def _eval_evalf(self, prec: int) -> Any:
        return self.rewrite(exp)._eval_evalf(prec)


def number(value: int) -> Any:
    """An integer."""
    return sympy.Integer(value)


def rational(value: Fraction) -> Any:
    """An exact fraction."""
    return Rational(value.numerator, value.denominator)


def opaque(name: str) -> Any:
    """A function of which nothing is known but its name."""
    return sympy.Function(name)
