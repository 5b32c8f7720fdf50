"""One table drives all operations: every record in `OPERATIONS` passes every check that applies to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import sympy

from gradcheck.expr.forms.build import apply, num, prime, var
from gradcheck.expr.printing.printer import latex, plain
from gradcheck.ops import OPERATIONS, Operation
from gradcheck.ops.operation import Example
from gradcheck.shapes import ShapeError
from tests.ops import operation_checks as checks

TABLE = [
    pytest.param(operation, example, id=f"{name}-{k}")
    for name, operation in OPERATIONS.items()
    for k, example in enumerate(operation.examples)
]
ELEMENTWISE = [p for p in TABLE if p.values[0].derivative is not None]
KNOWN = [p for p in TABLE if p.values[0].name != "unknown"]
OPAQUE = OPERATIONS["unknown"]


@pytest.mark.parametrize(("operation", "example"), TABLE)
def test_the_value_has_the_shape_of_the_rule(operation: Operation, example: Example) -> None:
    checks.check_shape(operation, example)


@pytest.mark.parametrize(("operation", "example"), KNOWN)
def test_the_value_is_sympys(operation: Operation, example: Example) -> None:
    checks.check_value(operation, example)


@pytest.mark.parametrize(("operation", "example"), TABLE)
def test_the_value_rule_holds_for_balls(operation: Operation, example: Example) -> None:
    checks.check_balls(operation, example)


@pytest.mark.parametrize(("operation", "example"), TABLE)
def test_the_vjp_is_the_adjoint_of_the_differences(operation: Operation, example: Example) -> None:
    checks.check_vjp(operation, example)


@pytest.mark.parametrize(("operation", "example"), [p for p in ELEMENTWISE if p in KNOWN])
def test_derivatives_are_sympys(operation: Operation, example: Example) -> None:
    checks.check_derivatives(operation, example)


@pytest.mark.parametrize(("operation", "example"), TABLE)
def test_it_prints_without_leftovers(operation: Operation, example: Example) -> None:
    expr = apply(operation.name, *_variables(example), attr=example.attr)
    for text in (latex(expr, str), plain(expr, str)):
        assert text.count("{") == text.count("}")
        assert "{attr}" not in text
        for k in range(operation.arity):
            assert f"x{k}" in text
    if operation.derivative is not None:
        assert "'" in latex(prime(operation.name, *_variables(example), attr=example.attr), str)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_record_is_complete(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation.name == name
    assert operation.doc
    assert operation.examples
    assert len(operation.notation.needs) == operation.arity
    assert len(operation.domain) in (0, operation.arity)


def _variables(example: Example) -> list[object]:
    return [var(f"x{k}", shape) for k, shape in enumerate(example.shapes)]


# Rules that are wrong on purpose have to be caught.


@pytest.mark.parametrize(("operation", "example"), TABLE)
def test_a_wrong_vjp_is_caught(operation: Operation, example: Example) -> None:
    right = operation.vjp
    for k in _with_derivative(operation, example):

        def wrong(ct: object, x: object, out: object, attr: object, k: int = k) -> tuple[object, ...]:
            parts = list(right(ct, x, out, attr))  # type: ignore[arg-type]
            parts[k] = parts[k] * (1 + 2.0**-40)
            return tuple(parts)

        with pytest.raises(AssertionError, match=operation.name):
            checks.check_vjp(replace(operation, vjp=wrong), example)


@pytest.mark.parametrize(("operation", "example"), TABLE)
def test_a_forgotten_vjp_is_caught(operation: Operation, example: Example) -> None:
    for k in _with_derivative(operation, example):

        def forgets(*args: object, k: int = k) -> tuple[object, ...]:
            parts = list(operation.vjp(*args))  # type: ignore[arg-type]
            return tuple(None if j == k else part for j, part in enumerate(parts))

        with pytest.raises(AssertionError, match=operation.name):
            checks.check_vjp(replace(operation, vjp=forgets), example)


@pytest.mark.parametrize(("operation", "example"), KNOWN)
def test_a_wrong_symbolic_form_is_caught(operation: Operation, example: Example) -> None:
    factor = sympy.Rational(1000000001, 1000000000)

    def wrong(*args: object) -> object:
        components = operation.symbolic(*args) * factor  # type: ignore[arg-type]
        return components + (factor - 1 if operation.name in ("zeros", *_VANISHING) else 0)

    with pytest.raises(AssertionError, match=operation.name):
        checks.check_value(replace(operation, symbolic=wrong), example)


@pytest.mark.parametrize(("operation", "example"), [p for p in ELEMENTWISE if p in KNOWN])
def test_a_wrong_derivative_is_caught(operation: Operation, example: Example) -> None:
    assert operation.derivative is not None
    right = operation.derivative

    def wrong(x: object, attr: object) -> object:
        return right(x, attr) + 1e-9  # type: ignore[arg-type]

    with pytest.raises(AssertionError, match=operation.name):
        checks.check_derivatives(replace(operation, derivative=wrong), example)


_VANISHING = ("greater", "greater_equal", "step", "hinge", "relu")


def _with_derivative(operation: Operation, example: Example) -> list[int]:
    """The operands that the operation's value depends on smoothly and not with slope zero."""
    x = tuple(checks.operands(operation, example))
    out = operation.value(x, example.attr)
    parts = operation.vjp(np.ones_like(out), x, out, example.attr)
    return [k for k, part in enumerate(parts) if part is not None and np.any(part != 0)]


# Shapes that do not fit are named.


@pytest.mark.parametrize(
    ("name", "shapes", "message"),
    [
        ("add", [("n", "m"), ("m", "n")], "n × m and m × n"),
        ("mul", [("n_1", "m"), ("n_2", "m")], "n_1 × m and n_2 × m"),
        ("matmul", [("n", "k"), ("n", "m")], "n × k times n × m has k and n"),
        ("matmul", [(2, 3), (2, 3)], "2 × 3 times 2 × 3 has 3 and 2"),
        ("power", [("n", "n"), ("n", "n")], "an exponent must be a scalar, not n × n"),
        ("trace", [("n", "m")], "a square matrix is needed, not n × m"),
        ("inverse", [("n", 1)], "a square matrix is needed, not n × 1"),
        ("diag", [("n", "m")], "diag needs a vector or a square matrix, not n × m"),
        ("outer", [("n", "m"), ("n", 1)], "an outer product needs two vectors, not n × m and n × 1"),
        ("dot", [("n", 1), (1, "n")], "an inner product needs equal shapes, not n × 1 and 1 × n"),
        ("above", [("n", "k"), ("n", "m")], "n × k above n × m has rows of different lengths"),
        ("where", [("n", "m"), ("n", "m"), ("m", "n")], "n × m and m × n"),
    ],
)
def test_a_shape_error_names_both_shapes(
    name: str, shapes: list[tuple[object, object]], message: str
) -> None:
    with pytest.raises(ShapeError, match=message.replace("(", r"\(")):
        apply(name, *(var(f"x{k}", shape) for k, shape in enumerate(shapes)))  # type: ignore[arg-type]


def test_a_wrong_number_of_arguments_is_named() -> None:
    with pytest.raises(ShapeError, match="add takes 2 arguments, not 1"):
        apply("add", num(1))


# Functions that are only named.


def test_opaque_functions_differ_by_name_and_by_seed() -> None:
    x = np.linspace(-1, 1, 6).reshape(1, 2, 3)
    values = [OPAQUE.value((x,), attr) for attr in (("f", 0), ("g", 0), ("f", 1))]
    assert np.array_equal(values[0], OPAQUE.value((x,), ("f", 0)))
    assert not np.any(np.isclose(values[0], values[1]))
    assert not np.any(np.isclose(values[0], values[2]))


def test_an_opaque_function_differentiates_to_its_prime_in_sympy() -> None:
    from gradcheck.ops.forms import opaque

    t = sympy.Symbol("t")
    f, f_prime = opaque(("f", 0)), opaque(("f", 0), 1)
    assert sympy.diff(f(t**2), t) == 2 * t * f_prime(t**2)
