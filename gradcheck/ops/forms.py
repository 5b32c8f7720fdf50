"""The SymPy functions that symbolic forms are made of; imported when the first one is needed.

`step` and `sigmoid` are functions of their own, so that a component stays as short as it was written;
SymPy differentiates them by the `fdiff` given here, and `rewrite(exp)` opens a sigmoid. They are real by
declaration: SymPy asks for signs while it differentiates, and may not come back from a complex one.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import sympy
from sympy import Abs, Rational, atan, cos, cosh, erf, exp, gamma, log, pi, sin, sinh, sqrt, tan, tanh
from sympy.core.evalf import prec_to_dps

__all__ = [
    "Abs",
    "Opaque",
    "atan",
    "cos",
    "cosh",
    "digamma",
    "erf",
    "exp",
    "gamma",
    "log",
    "log_gamma",
    "number",
    "opaque",
    "pi",
    "power",
    "rational",
    "sigmoid",
    "sin",
    "sinh",
    "sqrt",
    "step",
    "tan",
    "tanh",
    "trigamma",
]  # fmt: skip


MOST_BITS = 10_000


def power(x: Any, p: Any) -> Any:
    """x^p; a number of very many digits, such as a tower of powers, is a symbol that nothing is known of."""
    if not (x.is_Rational and p.is_Rational):
        return x**p
    if abs(p) < MOST_BITS and abs(p) * max(abs(x.p), x.q).bit_length() <= MOST_BITS:
        return x**p
    return sympy.Symbol(f"({x})^({p})", real=True)


class step(sympy.Function):  # type: ignore[misc]
    """1 above zero, else 0; its derivative is zero away from the jump."""

    nargs = 1
    is_nonnegative = True

    @classmethod
    def eval(cls, x: Any) -> Any:
        if not x.is_number or x.is_positive is None:
            return None
        return sympy.S.One if x.is_positive else sympy.S.Zero

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.S.Zero


class sigmoid(sympy.Function):  # type: ignore[misc]
    """1 / (1 + exp(-x)), with σ' = σ (1 - σ)."""

    nargs = 1
    is_positive = True

    def fdiff(self, argindex: int = 1) -> Any:
        return self * (1 - self)

    def _eval_rewrite_as_exp(self, x: Any, **hints: Any) -> Any:
        return 1 / (1 + exp(-x))


class polygamma(sympy.Function):  # type: ignore[misc]
    """A derivative of log Γ; SymPy's own takes two arguments and rewrites what was written."""

    nargs = 1
    is_real = True
    order = -1

    def fdiff(self, argindex: int = 1) -> Any:
        return _POLYGAMMAS[self.order + 2](self.args[0])

    def _eval_evalf(self, prec: int) -> Any:
        x = self.args[0]
        known = sympy.polygamma(self.order, x) if self.order >= 0 else sympy.loggamma(x)
        return known.evalf(prec_to_dps(prec))


class log_gamma(polygamma):
    """log Γ itself."""


class digamma(polygamma):
    """The first derivative of log Γ."""

    order = 0


class trigamma(polygamma):
    """The second."""

    order = 1
    is_positive = True


class tetragamma(polygamma):
    """The third."""

    order = 2


class pentagamma(polygamma):
    """The fourth, of which no derivative is asked."""

    order = 3


_POLYGAMMAS = (log_gamma, digamma, trigamma, tetragamma, pentagamma)


def number(value: int) -> Any:
    """An integer."""
    return sympy.Integer(value)


def rational(value: Fraction) -> Any:
    """An exact fraction."""
    return Rational(value.numerator, value.denominator)


class Opaque(sympy.Function):  # type: ignore[misc]
    """A function of which only a name is known; subclasses hold name, seed and order of derivative."""

    nargs = 1
    is_real = True
    attr: tuple[Any, ...] = ()
    order = 0

    def fdiff(self, argindex: int = 1) -> Any:
        return opaque(self.attr, self.order + 1)(self.args[0])


@cache
def opaque(attr: tuple[Any, ...], order: int = 0) -> Any:
    """The SymPy function for an opaque function or its derivative."""
    return type(f"{attr[0]}" + "'" * order, (Opaque,), {"attr": attr, "order": order})
