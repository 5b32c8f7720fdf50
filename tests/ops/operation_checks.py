"""What every operation has to pass. Each check raises AssertionError with the operation's name."""

from __future__ import annotations

import zlib
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import sympy

from gradcheck.calculus.field import Balls
from gradcheck.calculus.sampling import DOMAINS
from gradcheck.ops import Operation, forms
from gradcheck.ops.differentiate import derivative_value
from gradcheck.ops.operation import Array, Example, from_entries

BITS = 400
STEP = 2.0**-100


def operands(operation: Operation, example: Example) -> list[Array]:
    """Two points for each operand, in its domain and off the kinks."""
    seed = zlib.crc32(f"{operation.name} {example}".encode())
    for attempt in range(100):
        rng = np.random.default_rng((seed, attempt))
        domains = operation.domain or ("real",) * operation.arity
        drawn = [DOMAINS[d](rng, (2, *shape)) for d, shape in zip(domains, example.shapes, strict=True)]
        if operation.kink is None or np.all(np.abs(operation.kink(tuple(drawn), example.attr)) > 0.05):
            return drawn
    raise AssertionError(f"{operation.name}: no point off its kinks")


def check_shape(operation: Operation, example: Example) -> None:
    shape = operation.shape(example.shapes, example.attr)
    value = operation.value(tuple(operands(operation, example)), example.attr)
    assert value.shape[-2:] == shape, f"{operation.name}: the value is {value.shape}, the rule says {shape}"


def check_value(operation: Operation, example: Example) -> None:
    """The value in balls lies on the SymPy form's value, and float64 near it."""
    points = operands(operation, example)
    symbols = [_symbols(k, shape) for k, shape in enumerate(example.shapes)]
    components = operation.symbolic(forms, tuple(symbols), example.attr)
    floats = operation.value(tuple(points), example.attr)
    for point in range(floats.shape[0]):
        by = {
            s: _rational(x[point][place])
            for symbol, x in zip(symbols, points, strict=True)
            for place, s in np.ndenumerate(symbol)
        }
        for place, component in np.ndenumerate(components):
            expected = complex(sympy.N(component.subs(by).rewrite(sympy.exp), 30))
            got = floats[point][place]
            assert abs(got - expected) <= 1e-12 * (1 + abs(expected)), (
                f"{operation.name}{example}: entry {place} is {got}, SymPy says {expected}"
            )


def check_balls(operation: Operation, example: Example) -> None:
    """The value rule holds for balls too, with the same result."""
    points = operands(operation, example)
    with Balls(BITS).precision():
        balls = operation.value(tuple(map(Balls(BITS).array, points)), example.attr)
    floats = operation.value(tuple(points), example.attr)
    assert np.allclose(balls.astype(float), floats, rtol=1e-12, atol=1e-14), operation.name


def check_vjp(operation: Operation, example: Example) -> None:
    """The adjoint test: <ct, J u> by differences against <J^T ct, u>, in balls."""
    field = Balls(BITS)
    points = operands(operation, example)
    rng = np.random.default_rng(5)
    with field.precision():
        x = tuple(map(field.array, points))
        out = operation.value(x, example.attr)
        ct = field.array(DOMAINS["real"](rng, out.shape))
        parts = operation.vjp(ct, x, out, example.attr)
        assert len(parts) == operation.arity, f"{operation.name}: a cotangent for each operand"
        for k, part in enumerate(parts):
            if operation.domain and operation.domain[k] == "binary":
                assert part is None, f"{operation.name}: operand {k} is a choice, it has no derivative"
                continue
            u = field.array(DOMAINS["real"](rng, points[k].shape))
            forward = _inner(ct, _difference(operation, x, k, u, example.attr))
            backward = np.zeros(2) if part is None else _inner(np.broadcast_to(part, _spread(part, u)), u)
            gap = [float(abs(f - b).mid()) for f, b in zip(forward, backward, strict=True)]
            scale = [1e-20 + float(abs(f).mid()) for f in forward]
            assert all(g <= 1e-20 * (1 + s) for g, s in zip(gap, scale, strict=True)), (
                f"{operation.name}{example}: operand {k}: <ct, J u> is {forward}, <J^T ct, u> is {backward}"
            )


def check_derivatives(operation: Operation, example: Example) -> None:
    """The first two derivatives of an elementwise operation against SymPy's."""
    x = operands(operation, example)[0]
    t = sympy.Dummy("t")
    form = operation.symbolic(forms, (from_entries((1, 1), lambda r, c: t),), example.attr)[0, 0]
    for order in (1, 2):
        got = derivative_value(operation, order, x, example.attr)
        slope = sympy.diff(form, t, order)
        for place, at in np.ndenumerate(x):
            expected = complex(sympy.N(slope.subs(t, _rational(at)).rewrite(sympy.exp), 30))
            assert abs(got[place] - expected) <= 1e-11 * (1 + abs(expected)), (
                f"{operation.name}: derivative {order} at {at} is {got[place]}, SymPy says {expected}"
            )


def _rational(x: float) -> Any:
    exact = Fraction(float(x))
    return sympy.Rational(exact.numerator, exact.denominator)


def _symbols(operand: int, shape: tuple[int, int]) -> Array:
    return from_entries(shape, lambda r, c: sympy.Symbol(f"x{operand}_{r}_{c}"))


def _difference(operation: Operation, x: tuple[Array, ...], k: int, u: Array, attr: tuple[Any, ...]) -> Array:
    def moved(sign: int) -> Array:
        return operation.value((*x[:k], x[k] + sign * STEP * u, *x[k + 1 :]), attr)

    return (moved(1) - moved(-1)) / flint.arb(2 * STEP)


def _inner(a: Array, b: Array) -> Array:
    return np.sum(a * b, axis=(-2, -1))


def _spread(part: Array, u: Array) -> tuple[int, ...]:
    """A cotangent may be larger than its operand, or leave out an axis along which it is constant."""
    return np.broadcast_shapes(part.shape, u.shape)
