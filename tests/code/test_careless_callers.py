"""What a careless caller hands over, odd arrays, random functions, errors, holes, is told of plainly."""

import math
from typing import Any

import numpy as np
import pytest

from gradcheck.code import assert_gradient, check_gradient

X = np.array([0.7, -1.3, 2.1])


def kinds(report: Any) -> set[str]:
    return {note.kind for note in report.notes}


def frozen(array: Any) -> Any:
    array.setflags(write=False)
    return array


@pytest.mark.parametrize(
    "x",
    [
        np.array([1, 2, 5]),
        3,
        np.array(2.5),
        np.float32(1.25),
        np.asfortranarray(np.arange(24.0).reshape(4, 6) / 7 - 1)[::2, ::-1],
        np.broadcast_to(np.array([0.5, 1.5]), (3, 2)),
        frozen(X.copy()),
        np.array([[[0.25]]]),
    ],
)
def test_odd_arrays(x: Any) -> None:
    assert_gradient(lambda v: np.sum(np.sin(v) + v**2), lambda v: np.cos(v) + 2 * v, x)
    report = check_gradient(lambda v: np.sum(np.sin(v) + v**2), lambda v: np.cos(v) - 2 * v, x)
    assert report.verdict == "wrong"


def test_an_empty_array_among_others() -> None:
    point = {"a": X, "none": np.zeros((0, 4)), "b": X[:2]}

    def loss(p: Any) -> Any:
        return np.sum(p["a"] ** 2) + np.sum(p["none"]) + np.sum(p["b"] ** 3)

    def gradient(p: Any) -> Any:
        return {"a": 2 * p["a"], "none": np.ones((0, 4)), "b": 3 * p["b"] ** 2}

    report = check_gradient(loss, gradient, point)
    assert report.ok
    assert not report.notes, str(report)
    report = check_gradient(loss, lambda p: gradient(p) | {"b": 3 * p["b"]}, point)
    assert {f.parameters for f in report.findings} == {("b",)}


def test_results_that_are_lists_or_read_only_or_one_array() -> None:
    assert_gradient(np.sum, lambda v: [1.0, 1, 1.0], X)
    assert_gradient(np.sum, lambda v: np.broadcast_to(1.0, 3), X)
    assert_gradient(lambda v: v[0] * v[1], lambda v: np.array([v[1], v[0]]), [2.0, 3.0])
    assert_gradient(lambda v: np.sum(v * (v > 0)), lambda v: v > 0, X)
    report = check_gradient(lambda v: v[0] * v[1], lambda v: np.array([v[1], -v[0]]), [2.0, 3.0])
    assert {f.parameters for f in report.findings} == {("x[1]",)}


def test_functions_that_change_their_arguments() -> None:
    def loss(v: Any) -> Any:
        v *= 3
        return np.sum(v**2)

    def gradient(v: Any) -> Any:
        v *= 18
        return v

    x = X.copy()
    assert_gradient(loss, gradient, x)
    assert np.array_equal(x, X)


@pytest.mark.parametrize(
    ("f", "grad", "x", "said"),
    [
        (lambda v: None, lambda v: v, X, "f returns None: return the loss"),
        (lambda v: "low", lambda v: v, X, "f returns <U3 values"),
        (lambda v: np.sum(v) * 1j, lambda v: v, X, "f returns complex128 values"),
        (np.sum, np.fft.fft, X, "grad holds complex128 values for x"),
        (np.sum, lambda v: (1.0 for _ in v), X, "grad holds object values for x"),
        (np.sum, lambda v: v, X + 0j, "x holds complex128 values"),
        (lambda p: np.sum(p["a"]), lambda p: p["a"], {"a": X}, "grad returns one array, and x holds a"),
        (lambda p: np.sum(p["a"]), lambda p: p, {"a": X, "b": None}, "b is None"),
    ],
)
def test_what_is_no_gradient_is_said_in_one_sentence(f: Any, grad: Any, x: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_gradient(f, grad, x)


def test_a_kind_that_is_none() -> None:
    with pytest.raises(ValueError, match="must be one of gradient, vjp, jacobian"):
        check_gradient(np.sum, np.ones_like, X, kind="jac")  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [3, 40, 1000])
@pytest.mark.parametrize("wrap", [lambda v: v, np.real])
def test_dropout_is_told_and_nobody_accused(size: int, wrap: Any) -> None:
    rng = np.random.default_rng(size)
    x = rng.normal(size=size)

    def kept() -> Any:
        return rng.random(size) > 0.5

    for gradient in (lambda v: kept() * np.cos(v), lambda v: 0.5 * np.cos(v), lambda v: -np.cos(v)):
        report = check_gradient(lambda v: np.sum(kept() * np.sin(wrap(v))), gradient, x)
        assert report.verdict == "undecided", str(report)
        assert kinds(report) == {"random"}
        assert "for the same x" in str(report)


def test_a_gradient_that_draws() -> None:
    rng = np.random.default_rng(1)
    report = check_gradient(np.sum, lambda v: 2.0 * (rng.random(v.size) > 0.5), np.ones(30))
    assert report.verdict == "undecided"
    assert "the gradient is another one at each call" in str(report)


def test_a_function_that_draws_the_same_again() -> None:
    def kept() -> Any:
        return np.random.default_rng(7).random(5) > 0.4

    x = np.linspace(-1, 1, 5)
    assert_gradient(lambda v: np.sum(kept() * v**2), lambda v: 2 * v * kept(), x)
    assert check_gradient(lambda v: np.sum(kept() * v**2), lambda v: 2 * v, x).verdict == "wrong"


def test_errors_of_f_at_x_are_passed_on() -> None:
    with pytest.raises(ZeroDivisionError):
        check_gradient(lambda v: 1 / 0, lambda v: v, X)
    with pytest.raises(ZeroDivisionError):
        check_gradient(np.sum, lambda v: 1 / 0, X)


def test_a_domain_that_ends_near_x() -> None:
    """`math.log` takes no complex numbers and raises an error below 0."""
    x = [1e-7, 1.0, 2.5]

    def loss(v: Any) -> float:
        return math.log(v[0]) + math.log(v[1]) * v[2]

    def gradient(v: Any) -> Any:
        return [1 / v[0], v[2] / v[1], math.log(v[1])]

    assert check_gradient(loss, gradient, x).ok
    report = check_gradient(loss, lambda v: [1 / v[0], -v[2] / v[1], math.log(v[1])], x)
    assert {f.parameters for f in report.findings} == {("x[1]",)}, str(report)


def test_a_domain_that_is_a_point() -> None:
    def loss(v: Any) -> float:
        if not np.array_equal(v, X):
            raise ArithmeticError("nowhere else")
        return 1.0

    report = check_gradient(loss, np.ones_like, X)
    assert report.verdict == "undecided"
    assert "f raises ArithmeticError (nowhere else) at points near x" in str(report)


@pytest.mark.parametrize("hole", [np.nan, np.inf, -np.inf])
def test_an_entry_that_is_not_finite_is_shown_beside_the_true_one(hole: float) -> None:
    def gradient(v: Any) -> Any:
        found = np.cos(v)
        found[1] = hole
        return found

    report = check_gradient(lambda v: np.sum(np.sin(v)), gradient, X)
    (finding,) = report.findings
    (entry,) = finding.entries
    assert (finding.cause, entry.index) == ("not-finite", (1,))
    assert abs(entry.expected - np.cos(X[1])) <= entry.bound < 1e-9


def test_a_slope_that_is_infinite_in_truth() -> None:
    x = np.array([0.0, 1.0, 4.0])
    report = check_gradient(lambda v: np.sum(np.sqrt(v)), lambda v: 0.5 / np.sqrt(v), x)
    assert report.verdict == "undecided", str(report)
    assert "x[0]: the gradient is inf, and f has no finite slope there" in str(report)


def test_zero_and_nothing() -> None:
    assert_gradient(
        lambda p: np.sum(p["a"] ** 2), lambda p: {"a": 2 * p["a"], "b": 0 * p["b"]}, {"a": X, "b": X}
    )
    report = check_gradient(
        lambda p: np.sum(p["a"] ** 2), lambda p: {"a": 2 * p["a"], "b": p["b"]}, {"a": X, "b": X}
    )
    assert [(f.parameters, f.cause) for f in report.findings] == [(("b",), "constant")]
    assert "f does not depend on b" in str(report)
    assert "would have been found" not in str(check_gradient(lambda v: 3.0, np.zeros_like, X))


def test_warnings_are_not_raised_on_the_way() -> None:
    with np.errstate(all="raise"):
        check_gradient(np.sum, lambda v: np.array([1.0, np.inf, 1.0]), X)
        check_gradient(lambda v: np.sum(np.exp(900 * v)), lambda v: 900 * np.exp(900 * v), X)
