"""Structures, kinds of functions, seeds, cost."""

from typing import Any

import numpy as np
import pytest

import gradcheck
from gradcheck.code import StructureError, assert_gradient, check_gradient
from gradcheck.code.trees import flatten
from tests.code.networks import network

X = np.array([0.3, -1.2, 2.0])
A = np.arange(12.0).reshape(4, 3) / 7 - 0.5


def test_public_name() -> None:
    assert gradcheck.check_gradient is check_gradient
    assert gradcheck.assert_gradient is assert_gradient


@pytest.mark.parametrize(
    ("x", "f", "grad"),
    [
        (X, lambda x: np.sum(x**3), lambda x: 3 * x**2),
        (1.5, lambda x: x**3, lambda x: 3 * x**2),
        ((X, 2.0), lambda x: np.sum(x[0] ** 2) * x[1], lambda x: (2 * x[0] * x[1], np.sum(x[0] ** 2))),
        ([X, X[:2]], lambda x: np.sum(x[0]) + np.sum(x[1] ** 2), lambda x: [np.ones(3), 2 * x[1]]),
        ({"a": {"b": X}}, lambda x: np.sum(np.exp(x["a"]["b"])), lambda x: {"a": {"b": np.exp(x["a"]["b"])}}),
    ],
)  # fmt: skip
def test_structures(x: Any, f: Any, grad: Any) -> None:
    assert_gradient(f, grad, x)
    assert_gradient(f, grad(x), x)


def test_names_of_entries() -> None:
    layout, _ = flatten({"a": {"b": X}, "c": (X, 1.0)})
    assert [leaf.name for leaf in layout.leaves] == ["a.b", "c[0]", "c[1]"]
    assert layout.leaves[1].entry(4) == "c[0][1]"
    assert layout.leaves[2].entry(6) == "c[1]"


def test_vjp() -> None:
    assert_gradient(
        lambda x: np.tanh(A @ x), lambda x, u: A.T @ (u * (1 - np.tanh(A @ x) ** 2)), X, kind="vjp"
    )
    report = check_gradient(
        lambda x: np.tanh(A @ x), lambda x, u: A.T @ (u * (1 - np.tanh(A @ x))), X, kind="vjp"
    )
    assert report.verdict == "wrong"


def test_jacobian() -> None:
    def jacobian(x: Any) -> Any:
        return (1 - np.tanh(A @ x) ** 2)[:, None] * A

    assert_gradient(lambda x: np.tanh(A @ x), jacobian, X, kind="jacobian")
    assert_gradient(lambda x: np.tanh(A @ x), jacobian(X), X, kind="jacobian")
    wrong = jacobian(X)
    wrong[2, 1] *= 1.001
    report = check_gradient(lambda x: np.tanh(A @ x), wrong, X, kind="jacobian")
    assert [entry.name for f in report.findings for entry in f.entries] == ["x[1]"]


def test_array_valued_f_needs_a_kind() -> None:
    with pytest.raises(ValueError, match="kind='vjp'"):
        check_gradient(lambda x: x, lambda x: x, X)


def test_structures_that_do_not_correspond() -> None:
    with pytest.raises(StructureError, match="W3, which x has not"):
        check_gradient(lambda p: np.sum(p["W"]), {"W": np.ones(3), "W3": X}, {"W": X})
    with pytest.raises(StructureError, match="pass real numbers"):
        check_gradient(np.sum, np.ones(3), np.array(["a"]))
    with pytest.raises(StructureError, match="holds no numbers"):
        check_gradient(np.sum, np.ones(0), np.ones(0))


def test_seed_repeats_and_global_state_is_left_alone() -> None:
    net = network()
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    one, two = (check_gradient(net.loss, net.gradient, net.parameters, seed=7) for _ in range(2))
    assert one == two
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002
    drawn = {check_gradient(net.loss, net.gradient, net.parameters).seed for _ in range(3)}
    assert len(drawn) == 3


def test_point_is_not_changed() -> None:
    def f(x: Any) -> Any:
        x *= 2
        return np.sum(x)

    x = X.copy()
    assert_gradient(f, np.full(3, 2.0), x)
    assert np.array_equal(x, X)


def test_cost_of_screening_and_locating() -> None:
    net = network(100, 98, 20)
    effort = check_gradient(net.loss, net.gradient, net.parameters).effort
    assert effort.real <= 5
    assert effort.complex <= 2
    assert effort.gradient == 1

    def slip(g: Any) -> None:
        g["W1"][17, 61] *= -1

    report = check_gradient(net.loss, net.planted(slip), net.parameters)
    assert report.effort.real + 4 * report.effort.complex + 2 * report.effort.gradient <= 100


def test_report_reads_as_text() -> None:
    net = network()

    def slip(g: Any) -> None:
        g["b2"] *= -1

    text = str(check_gradient(net.loss, net.planted(slip), net.parameters, seed=1))
    assert "gradient wrong, by complex step" in text
    assert "b2: the sign is wrong" in text
    assert "= help: negate it" in text
