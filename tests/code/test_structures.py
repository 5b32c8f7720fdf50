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
    (entry,) = report.findings[0].entries
    assert (entry.name, entry.row, entry.index) == ("d f[2] / d x[1]", (2,), (1,))
    assert abs(entry.expected * 1.001 - wrong[2, 1]) <= 2 * entry.bound


@pytest.mark.parametrize("wrap", [lambda x: x, np.real])
def test_jacobian_with_a_wrong_parameter(wrap: Any) -> None:
    """Several rows are wrong: the entry is told, and no row."""

    def f(p: Any) -> Any:
        return np.tanh(A @ wrap(p["w"])) * wrap(p["s"])

    def jacobian(p: Any) -> Any:
        t = np.tanh(A @ p["w"])
        return {"w": (p["s"] * (1 - t**2))[:, None] * A, "s": np.diag(t)}

    p = {"w": X, "s": np.array([0.5, -1.0, 2.0, 1.5])}
    assert_gradient(f, jacobian, p, kind="jacobian")
    wrong = jacobian(p)
    wrong["w"][:, 0] *= 1.01
    report = check_gradient(f, wrong, p, kind="jacobian")
    assert [(e.name, e.row) for f in report.findings for e in f.entries] == [("w[0]", ())]
    wrong = jacobian(p)
    wrong["s"][3, 3] += 0.01
    report = check_gradient(f, wrong, p, kind="jacobian")
    assert [e.name for f in report.findings for e in f.entries] == ["d f[3] / d s[3]"]


class Tensor:
    """As much of a tensor as torch and JAX have in common: it is no array, and has to be asked for one."""

    def __init__(self, numbers: Any, tracked: bool = True) -> None:
        self.numbers, self.tracked, self.requires_grad = np.asarray(numbers), tracked, False

    def requires_grad_(self) -> "Tensor":
        self.requires_grad = True
        return self

    def detach(self) -> "Tensor":
        return Tensor(self.numbers, tracked=False)

    def cpu(self) -> "Tensor":
        return self

    def new_tensor(self, numbers: Any) -> "Tensor":
        return Tensor(np.array(numbers))

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if self.tracked:
            raise RuntimeError("detach it first")
        return self.numbers.astype(dtype or self.numbers.dtype)

    def __mul__(self, other: Any) -> "Tensor":
        return Tensor(self.numbers * getattr(other, "numbers", other))

    __rmul__ = __mul__

    def __add__(self, other: "Tensor") -> "Tensor":
        return Tensor(self.numbers + other.numbers)

    def sin(self) -> "Tensor":
        return Tensor(np.sin(self.numbers))

    def cos(self) -> "Tensor":
        return Tensor(np.cos(self.numbers))

    def sum(self) -> "Tensor":
        return Tensor(self.numbers.sum())


def test_tensors_of_another_framework() -> None:
    x = {"a": Tensor(X), "b": Tensor(X[:2])}

    def f(p: Any) -> Tensor:
        return (p["a"].sin() * p["a"]).sum() + p["b"].cos().sum()

    def grad(p: Any) -> Any:
        return {"a": p["a"].cos() * p["a"] + p["a"].sin(), "b": -1.0 * p["b"].sin()}

    assert_gradient(f, grad, x)
    report = check_gradient(f, lambda p: grad(p) | {"b": p["b"].sin()}, x)
    assert [(f.parameters, f.cause) for f in report.findings] == [(("b",), "sign")]


def test_tensors_that_are_followed_stay_so() -> None:
    seen: list[bool] = []

    def grad(x: Tensor) -> Tensor:
        seen.append(x.requires_grad)
        return x.cos()

    for followed in (Tensor(X).requires_grad_(), Tensor(X)):
        assert_gradient(lambda x: x.sin().sum(), grad, followed)
    assert seen == [True, False]


class Exchanged:
    """An array of which another framework only tells where it lies in memory (DLPack)."""

    def __init__(self, numbers: Any) -> None:
        self.numbers = numbers

    def __dlpack__(self, **choices: Any) -> Any:
        return self.numbers.__dlpack__(**choices)

    def __dlpack_device__(self) -> Any:
        return self.numbers.__dlpack_device__()


def test_arrays_by_dlpack() -> None:
    assert_gradient(lambda x: np.sum(x**2), lambda x: Exchanged(2 * x), Exchanged(X.copy()))
    report = check_gradient(lambda x: np.sum(x**2), lambda x: Exchanged(-2 * x), Exchanged(X.copy()))
    assert [f.cause for f in report.findings] == ["sign"]


class Array:
    """As much of a JAX array as is used: NumPy takes it by `__array__`, and it has no methods of NumPy's."""

    def __init__(self, numbers: Any) -> None:
        self.numbers = np.asarray(numbers)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return self.numbers


def test_arrays_that_only_numpy_understands() -> None:
    assert_gradient(lambda x: Array(np.sum(np.exp(x))), lambda x: Array(np.exp(x)), Array(X))
    report = check_gradient(lambda x: Array(np.sum(np.exp(x))), lambda x: Array(2 * np.exp(x)), Array(X))
    assert report.findings[0].factor == pytest.approx(2)


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


@pytest.mark.parametrize("relu", [False, True])
@pytest.mark.parametrize("real", [False, True])
def test_cost_of_screening_and_locating(relu: bool, real: bool) -> None:
    """A complex pass costs up to 6 real ones, unless f drops the imaginary part at once; a gradient 2."""
    net = network(100, 98, 20, relu=relu)
    net = net.real() if real else net
    effort = check_gradient(net.loss, net.gradient, net.parameters, seed=0).effort
    assert (effort.complex, effort.gradient) == (1, 1)
    assert effort.real + 6 * (not real) + 2 <= 20

    def slip(g: Any) -> None:
        g["W1"][17, 61] *= -1

    report = check_gradient(net.loss, net.planted(slip), net.parameters, seed=0)
    effort = report.effort
    assert effort.real + 6 * effort.complex * (not real) + 2 * effort.gradient <= 100
    assert [(f.cause, e.index) for f in report.findings for e in f.entries] == [("sign", (17, 61))]


@pytest.mark.parametrize("relu", [False, True])
def test_cost_of_extended_precision(relu: bool) -> None:
    """A pass in extended precision costs as much as 16 others, and few of them are enough beside kinks."""
    for seed in range(4):
        net = network(8, 10, 500, relu=relu, seed=seed).real()
        report = check_gradient(net.loss, net.gradient, net.parameters, seed=seed)
        assert report.ok, str(report)
        assert report.effort.real <= 60
        assert report.resolution < 1e-8


def test_report_reads_as_text() -> None:
    net = network()

    def slip(g: Any) -> None:
        g["b2"] *= -1

    text = str(check_gradient(net.loss, net.planted(slip), net.parameters, seed=1))
    assert "gradient wrong, by complex step" in text
    assert "b2: the sign is wrong" in text
    assert "= help: negate it" in text
