"""The two kinds of numbers an evaluation runs on: float64, and Arb balls of a chosen precision.

A ball holds the true value for certain, so that two disjoint balls prove an inequality. Balls are kept
in object arrays; the value rules of the operations are the same for both.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from gradcheck.ops.operation import Array
from gradcheck.records import dataclass


class Field(Protocol):
    """What an evaluator needs to know of its numbers."""

    def array(self, x: Array) -> Array:
        """The same numbers, exactly, in this field."""

    def number(self, value: Fraction | str) -> Array:
        """A constant of shape (1, 1, 1); `pi` and `e` by name."""


@dataclass(frozen=True, slots=True)
class Floats:
    """float64."""

    def array(self, x: Array) -> Array:
        """The array as it is."""
        return x

    def number(self, value: Fraction | str) -> Array:
        """The nearest float64."""
        exact = {"pi": math.pi, "e": math.e}[value] if isinstance(value, str) else _nearest(value)
        return np.array([[[exact]]])


def _nearest(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


@dataclass(frozen=True, slots=True)
class Balls:
    """Arb balls; `bits` is the working precision, in force within `precision`."""

    bits: int

    def array(self, x: Array) -> Array:
        """Exact balls: every float64 is a binary fraction."""
        import flint

        return x if x.dtype == object else _each(flint.arb, x)

    def number(self, value: Fraction | str) -> Array:
        """The ball of a constant."""
        import flint

        match value:
            case "pi":
                ball = flint.arb.pi()
            case "e":
                ball = flint.arb.const_e()
            case _:
                exact = Fraction(value)
                ball = flint.arb(flint.fmpq(exact.numerator, exact.denominator))
        out = np.empty((1, 1, 1), dtype=object)
        out[0, 0, 0] = ball
        return out

    @contextmanager
    def precision(self) -> Iterator[None]:
        """Work with this precision inside, whatever it was outside."""
        import flint

        before = flint.ctx.prec
        flint.ctx.prec = self.bits
        try:
            yield
        finally:
            flint.ctx.prec = before


def _each(function: Any, x: Array) -> Array:
    out = np.empty(x.size, dtype=object)
    out[:] = [function(entry) for entry in x.ravel().tolist()]
    return out.reshape(x.shape)
