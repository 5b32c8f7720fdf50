"""Dual numbers a + b ε with ε² = 0: carry a value and its derivative through any value rule.

NumPy calls the methods below by name on object arrays. Parts may be floats, balls or duals again, so
that derivatives of any order come by nesting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.ops import number
from gradcheck.ops.operation import Array


class Dual:
    """A number `value` + `slope` ε."""

    __slots__ = ("slope", "value")

    def __init__(self, value: Any, slope: Any = 0) -> None:
        self.value = value
        self.slope = slope

    @staticmethod
    def slope_of(x: Any) -> Any:
        """The slope of a dual number, 0 of any other."""
        return x.slope if isinstance(x, Dual) else 0

    @staticmethod
    def value_of(x: Any) -> Any:
        """The value of a dual number; another number is its own value."""
        return x.value if isinstance(x, Dual) else x

    def _chain(self, value: Any, derivative: Any) -> Dual:
        return Dual(value, derivative * self.slope)

    def __add__(self, other: Any) -> Dual:
        return Dual(self.value + Dual.value_of(other), self.slope + Dual.slope_of(other))

    __radd__ = __add__

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)

    def __sub__(self, other: Any) -> Dual:
        return Dual(self.value - Dual.value_of(other), self.slope - Dual.slope_of(other))

    def __rsub__(self, other: Any) -> Dual:
        return Dual(other - self.value, -self.slope)

    def __mul__(self, other: Any) -> Dual:
        value, slope = Dual.value_of(other), Dual.slope_of(other)
        return Dual(self.value * value, self.slope * value + self.value * slope)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Dual:
        value, slope = Dual.value_of(other), Dual.slope_of(other)
        ratio = self.value / value
        return Dual(ratio, (self.slope - ratio * slope) / value)

    def __rtruediv__(self, other: Any) -> Dual:
        return Dual(other) / self

    def __pow__(self, other: Any) -> Dual:
        exponent = Dual.value_of(other)
        if Dual.slope_of(other) == 0:
            return self._chain(self.value**exponent, exponent * self.value ** (exponent - 1))
        return Dual.exp(self.log() * other)

    def __rpow__(self, other: Any) -> Dual:
        return self._chain(other**self.value, other**self.value * _of(np.log, other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > Dual.value_of(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.value <= Dual.value_of(other))

    def __abs__(self) -> Dual:
        return self if self > 0 else -self

    def exp(self) -> Dual:
        """e to this power."""
        value = _of(np.exp, self.value)
        return self._chain(value, value)

    def log(self) -> Dual:
        """Natural logarithm; its slope at 0 is infinite, as NumPy has it: a constant exponent needs none."""
        return self._chain(_of(np.log, self.value), _of(lambda x: 1 / x, self.value))

    def log1p(self) -> Dual:
        """log(1 + x)."""
        return self._chain(_of(np.log1p, self.value), 1 / (1 + self.value))

    def sqrt(self) -> Dual:
        """Square root."""
        value = _of(np.sqrt, self.value)
        return self._chain(value, 1 / (2 * value))

    def sin(self) -> Dual:
        """Sine."""
        return self._chain(_of(np.sin, self.value), _of(np.cos, self.value))

    def cos(self) -> Dual:
        """Cosine."""
        return self._chain(_of(np.cos, self.value), -_of(np.sin, self.value))

    def tan(self) -> Dual:
        """Tangent."""
        value = _of(np.tan, self.value)
        return self._chain(value, 1 + value * value)

    def sinh(self) -> Dual:
        """Hyperbolic sine."""
        return self._chain(_of(np.sinh, self.value), _of(np.cosh, self.value))

    def cosh(self) -> Dual:
        """Hyperbolic cosine."""
        return self._chain(_of(np.cosh, self.value), _of(np.sinh, self.value))

    def tanh(self) -> Dual:
        """Hyperbolic tangent."""
        value = _of(np.tanh, self.value)
        return self._chain(value, 1 - value * value)

    def atan(self) -> Dual:
        """Inverse tangent."""
        return self._chain(_of(number.arctan, self.value), 1 / (1 + self.value * self.value))

    def erf(self) -> Dual:
        """Error function."""
        return self._chain(_of(number.erf, self.value), _of(number.erf_slope, self.value))

    def gamma(self) -> Dual:
        """Gamma function."""
        value = _of(number.gamma, self.value)
        return self._chain(value, value * self._polygamma(0))

    def lgamma(self) -> Dual:
        """Logarithm of the gamma function."""
        return self._chain(_of(number.log_gamma, self.value), self._polygamma(0))

    def polygamma(self, order: int) -> Dual:
        """The derivative of so high an order of the digamma function."""
        return self._chain(self._polygamma(order), self._polygamma(order + 1))

    def _polygamma(self, order: int) -> Any:
        return _of(lambda x: number.polygamma(order, x), self.value)

    def __float__(self) -> float:
        return float(self.value)


def _of(function: Callable[[Array], Array], x: Any) -> Any:
    """A function of arrays at one number of any kind."""
    return function(np.array([x], dtype=float if isinstance(x, int | float) else object))[0]
