"""A right gradient is not accused: kinks, scales, saturation, float32; a note says what was in the way."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.code import assert_gradient, check_gradient
from tests.code.networks import network


def absolute(x: Any) -> Any:
    return np.sum(np.where(np.real(x) > 0, x, -x))


def only_real(f: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: f(np.real(x))


@pytest.mark.parametrize("relu", [False, True])
@pytest.mark.parametrize("real", [False, True])
@pytest.mark.parametrize("values", [False, True])
def test_right_in_every_repeat(relu: bool, real: bool, values: bool) -> None:
    for seed in range(8):
        net = network(relu=relu, seed=seed)
        net = net.real() if real else net
        gradient = net.gradient(net.parameters) if values else net.gradient
        assert_gradient(net.loss, gradient, net.parameters)


@pytest.mark.parametrize("relu", [False, True])
@pytest.mark.parametrize("real", [False, True])
@pytest.mark.parametrize("values", [False, True])
@pytest.mark.parametrize("scale", [4.0, 8.0, 16.0])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_saturation_is_no_error(relu: bool, real: bool, values: bool, scale: float) -> None:
    for seed in range(8):
        net = network(relu=relu, seed=seed).scaled(scale)
        net = net.real() if real else net
        gradient = net.gradient(net.parameters) if values else net.gradient
        report = check_gradient(net.loss, gradient, net.parameters)
        assert report.verdict != "wrong", str(report)


def test_saturated_loss_is_told() -> None:
    z = np.array([33.0, 34.1, 30.7])
    report = check_gradient(
        lambda z: -np.sum(np.log(1 - 1 / (1 + np.exp(-z)))), lambda z: 1 / (1 + np.exp(-z)), z
    )
    assert report.verdict != "wrong"
    assert "loss-digits" in {note.kind for note in report.notes}


@pytest.mark.parametrize("seed", [3007, 3010, 3017, 3020, 3040])
@pytest.mark.parametrize("values", [False, True])
def test_units_that_are_rounded_to_one(seed: int, values: bool) -> None:
    """Their share is missing in a right formula, by the same amount at all points near by."""
    net = network(seed=seed).scaled(16.0)
    gradient = net.gradient(net.parameters) if values else net.gradient
    for _ in range(3):
        report = check_gradient(net.loss, gradient, net.parameters)
        assert report.verdict != "wrong", str(report)


def rest_of_sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z)) - 1


@pytest.mark.parametrize("z", [(40.0, 41.0, 42.0), (36.0, 36.5, 37.2), (33.0, 38.0, 45.0)])
@pytest.mark.parametrize("real", [False, True])
@pytest.mark.parametrize("values", [False, True])
def test_every_unit_is_rounded_to_one(z: tuple[float, ...], real: bool, values: bool) -> None:
    """A right formula that gives 0, or a multiple of a rounding, where f still has digits."""
    point = np.array(z)

    def loss(z: Any) -> Any:
        return np.sum(np.log1p(np.exp(-(np.real(z) if real else z))))

    for _ in range(3):
        report = check_gradient(loss, rest_of_sigmoid(point) if values else rest_of_sigmoid, point)
        assert report.verdict != "wrong", str(report)


@pytest.mark.parametrize("scale", [1e-18, 1e-9, 1e9])
@pytest.mark.parametrize("real", [False, True])
def test_a_wrong_sign_at_any_scale(scale: float, real: bool) -> None:
    """What is small is not for that reason a rounding."""
    x = np.array([0.4, -1.1, 2.3, 0.7])

    def loss(x: Any) -> Any:
        return scale * np.sum(np.sin(np.real(x) if real else x))

    signs = np.array([1.0, 1.0, -1.0, 1.0])
    for _ in range(3):
        assert check_gradient(loss, lambda x: scale * np.cos(x), x).ok
        report = check_gradient(loss, lambda x: scale * np.cos(x) * signs, x)
        assert [(f.cause, e.index) for f in report.findings for e in f.entries] == [("sign", (2,))], str(
            report
        )


@pytest.mark.parametrize("size", [1e-150, 1e-250, 1e-305, 1e-320])
def test_gradients_near_the_least_number(size: float) -> None:
    x, scale = np.array([0.5, -1.5, 2.0]), np.array([size, size * 1e-3, 1.0])
    for scales in (scale, scale[:2]):
        point = x[: scales.size]
        report = check_gradient(lambda v, s=scales: np.sum(s * v**2), lambda v, s=scales: 2 * s * v, point)
        assert report.verdict != "wrong", str(report)


def test_formula_that_loses_digits_is_told() -> None:
    def gradient(z: Any) -> Any:
        a = 1 / (1 + np.exp(-z))
        return a / (a * (1 - a)) * np.exp(-z) / (1 + np.exp(-z)) ** 2

    report = check_gradient(lambda z: np.sum(np.log(1 + np.exp(z))), gradient, np.array([24.0, 22.5, 25.3]))
    assert report.verdict != "wrong", str(report)
    assert "formula-digits" in {note.kind for note in report.notes}


@pytest.mark.parametrize("wrap", [lambda f: f, only_real])
def test_kink_at_the_point(wrap: Callable[[Any], Any]) -> None:
    for slope in (-1.0, 0.0, 1.0):
        report = check_gradient(
            wrap(absolute),
            lambda x, slope=slope: np.where(x > 0, 1.0, np.where(x < 0, -1.0, slope)),
            np.array([0.0, 1.0, -2.0]),
        )
        assert report.verdict == "correct", str(report)


def test_kink_and_values_only() -> None:
    report = check_gradient(only_real(absolute), np.array([0.0, 1.0, -1.0]), np.array([0.0, 1.0, -2.0]))
    assert report.verdict != "wrong"
    assert "kink" in {note.kind for note in report.notes}


@pytest.mark.parametrize("distance", [1e-3, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize("wrap", [lambda f: f, only_real])
def test_kink_inside_the_step(distance: float, wrap: Callable[[Any], Any]) -> None:
    report = check_gradient(
        wrap(absolute), lambda x: np.where(x > 0, 1.0, -1.0), np.array([distance, 1.0, -2.0, -distance])
    )
    assert report.verdict == "correct", str(report)


def test_wrong_beside_a_kink() -> None:
    report = check_gradient(
        only_real(absolute), lambda x: np.where((x > 0) | (x < -1.5), 1.0, -1.0), np.array([0.0, 1.0, -2.0])
    )
    assert report.verdict == "wrong"


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e6])
@pytest.mark.parametrize("real", [False, True])
def test_scales(scale: float, real: bool) -> None:
    rng = np.random.default_rng(5)
    a = rng.normal(size=(4, 3))
    x = {
        "small": scale * rng.normal(size=3),
        "plain": rng.normal(size=3),
        "large": rng.normal(size=3) / scale,
    }

    def loss(p: Any) -> Any:
        p = {k: np.real(v) for k, v in p.items()} if real else p
        return (
            np.sum(np.sin(a @ p["small"] / scale))
            + np.sum(np.exp(a @ p["plain"]))
            + np.sum((a @ p["large"] * scale) ** 2)
        )

    def gradient(p: Any) -> Any:
        return {
            "small": a.T @ np.cos(a @ p["small"] / scale) / scale,
            "plain": a.T @ np.exp(a @ p["plain"]),
            "large": 2 * scale**2 * a.T @ (a @ p["large"]),
        }

    assert_gradient(loss, gradient, x)

    def wrong(p: Any) -> Any:
        found = gradient(p)
        found["large"][1] *= 1 + 1e-6
        return found

    report = check_gradient(loss, wrong, x)
    assert [entry.name for f in report.findings for entry in f.entries] == ["large[1]"], str(report)


def test_float32() -> None:
    rng = np.random.default_rng(2)
    a, x = rng.normal(size=(6, 4)).astype(np.float32), rng.normal(size=4).astype(np.float32)
    report = check_gradient(lambda v: np.sum(np.tanh(a @ v)), lambda v: a.T @ (1 - np.tanh(a @ v) ** 2), x)
    assert report.ok
    assert "float32" in {note.kind for note in report.notes}
    wrong = check_gradient(lambda v: np.sum(np.tanh(a @ v)), lambda v: a.T @ (1 - np.tanh(a @ v)), x)
    assert wrong.verdict == "wrong"
    for factor in (1 / 6, 20, -1):
        single = np.float32(factor)
        report = check_gradient(
            lambda v: np.sum(np.tanh(a @ v)), lambda v, c=single: c * (a.T @ (1 - np.tanh(a @ v) ** 2)), x
        )
        assert [f.factor for f in report.findings] == [factor], str(report)


def test_float32_inside_f() -> None:
    rng = np.random.default_rng(2)
    a, x = rng.normal(size=(6, 4)), rng.normal(size=4)

    def loss(v: Any) -> Any:
        return np.sum(np.tanh(a @ v)).real.astype(np.float32)

    report = check_gradient(loss, lambda v: a.T @ (1 - np.tanh(a @ v) ** 2), x)
    assert report.verdict != "wrong", str(report)
    assert report.method == "central differences"


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_f_that_is_not_finite(value: float) -> None:
    report = check_gradient(lambda x: value * np.sum(x), lambda x: x, np.ones(3))
    assert report.verdict == "undecided"
    assert "not-finite" in {note.kind for note in report.notes}


@pytest.mark.parametrize("unsafe", [np.abs, np.conj, np.real])
def test_functions_that_complex_numbers_betray(unsafe: Callable[[Any], Any]) -> None:
    x = np.array([0.5, -1.5, 2.0])
    slope = np.sign if unsafe is np.abs else np.ones_like
    report = check_gradient(
        lambda v: np.sum(np.exp(v) * unsafe(v)), lambda v: np.exp(v) * (unsafe(v) + slope(v)), x
    )
    assert report.verdict == "correct", str(report)
    assert report.method == "central differences"
