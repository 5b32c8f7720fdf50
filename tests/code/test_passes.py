"""Backward passes of several kinds of layers: the right ones pass, a slip of each is told by its pattern."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gradcheck.code import GradientReport, assert_gradient, check_gradient

Pass = tuple[Callable[[Any], Any], Callable[[Any], Any], Any]
RNG = np.random.default_rng(11)


def normalisation() -> Pass:
    """Each column of x with its mean and variance taken out, scaled and moved, weighed by t."""
    t, x = RNG.normal(size=(9, 4)), RNG.normal(size=(9, 4))

    def standard(x: Any) -> tuple[Any, Any]:
        centred = x - x.mean(0)
        s = np.sqrt((centred**2).mean(0) + 1e-3)
        return centred / s, s

    def loss(p: Any) -> Any:
        return np.sum(t * np.tanh(p["scale"] * standard(p["x"])[0] + p["shift"]))

    def gradient(p: Any) -> Any:
        z, s = standard(p["x"])
        d = t * (1 - np.tanh(p["scale"] * z + p["shift"]) ** 2)
        dz = d * p["scale"]
        dx = (dz - dz.mean(0) - z * (dz * z).mean(0)) / s
        return {"x": dx, "mean": dz.mean(0) / s, "scale": (d * z).sum(0), "shift": d.sum(0)}

    return loss, gradient, {"x": x, "scale": RNG.normal(size=4), "shift": RNG.normal(size=4)}


def correlation() -> Pass:
    """A signal under a sliding kernel."""
    x, t = RNG.normal(size=12), RNG.normal(size=9)

    def loss(p: Any) -> Any:
        out = np.array([p["kernel"] @ p["x"][i : i + 4] for i in range(9)])
        return np.sum((out - t) ** 2) / 2

    def gradient(p: Any) -> Any:
        windows = np.array([p["x"][i : i + 4] for i in range(9)])
        d = windows @ p["kernel"] - t
        dx = np.zeros(12)
        for i in range(9):
            dx[i : i + 4] += d[i] * p["kernel"]
        return {"kernel": d @ windows, "x": dx}

    return loss, gradient, {"kernel": RNG.normal(size=4), "x": x}


def attention() -> Pass:
    """Softmax of scaled inner products, times values."""
    x, t = RNG.normal(size=(5, 4)), RNG.normal(size=(5, 3))

    def weights(p: Any) -> Any:
        scores = np.exp((x @ p["Q"]) @ (x @ p["K"]).T / np.sqrt(3))
        return scores / scores.sum(1, keepdims=True)

    def loss(p: Any) -> Any:
        return np.sum((weights(p) @ x @ p["V"] - t) ** 2) / 2

    def gradient(p: Any) -> Any:
        a = weights(p)
        d = a @ x @ p["V"] - t
        da = d @ (x @ p["V"]).T
        ds = a * (da - (da * a).sum(1, keepdims=True)) / np.sqrt(3)
        return {"Q": x.T @ ds @ x @ p["K"], "K": x.T @ ds.T @ x @ p["Q"], "V": x.T @ a.T @ d}

    return loss, gradient, {name: RNG.normal(size=(4, 3)) for name in ("Q", "K", "V")}


def embedding() -> Pass:
    """Rows of a table, one of them taken three times."""
    chosen, t = np.array([0, 3, 3, 1, 3, 5]), RNG.normal(size=(6, 4))

    def loss(p: Any) -> Any:
        return np.sum((np.sin(p["table"][chosen]) - t) ** 2)

    def gradient(p: Any) -> Any:
        rows = p["table"][chosen]
        d = 2 * (np.sin(rows) - t) * np.cos(rows)
        table, once = np.zeros((7, 4)), np.zeros((7, 4))
        np.add.at(table, chosen, d)
        once[chosen] = d
        return {"table": table, "once": once}

    return loss, gradient, {"table": RNG.normal(size=(7, 4))}


def factorisation() -> Pass:
    """U V^T against a matrix, with a penalty."""
    a, weight = RNG.normal(size=(6, 5)), 0.35

    def loss(p: Any) -> Any:
        return np.sum((p["U"] @ p["V"].T - a) ** 2) + weight * (np.sum(p["U"] ** 2) + np.sum(p["V"] ** 2))

    def gradient(p: Any) -> Any:
        e = p["U"] @ p["V"].T - a
        return {"U": 2 * e @ p["V"] + 2 * weight * p["U"], "V": 2 * e.T @ p["U"] + 2 * weight * p["V"]}

    return loss, gradient, {"U": RNG.normal(size=(6, 3)), "V": RNG.normal(size=(5, 3))}


PASSES = {made.__name__: made() for made in (normalisation, correlation, attention, embedding, factorisation)}


def judged(name: str, slip: Callable[[Any, Any], Any], real: bool = False) -> GradientReport:
    loss, gradient, point = PASSES[name]

    def wrong(p: Any) -> Any:
        found = gradient(p)
        changed = found | slip(found, p)
        return {key: changed[key] for key in point}

    def seen(p: Any) -> Any:
        return loss({key: np.real(value) for key, value in p.items()} if real else p)

    return check_gradient(seen, wrong, point)


@pytest.mark.parametrize("name", PASSES)
@pytest.mark.parametrize("real", [False, True])
def test_right_ones(name: str, real: bool) -> None:
    for _ in range(5):
        report = judged(name, lambda g, p: {}, real)
        assert report.ok, str(report)


@pytest.mark.parametrize("real", [False, True])
@pytest.mark.parametrize(
    ("name", "slip", "parameter", "cause", "said"),
    [
        (
            "normalisation",
            lambda g, p: {"x": g["x"] + g["mean"]},
            "x",
            "offset",
            "the same amount all along axis 0",
        ),
        (
            "correlation",
            lambda g, p: {"kernel": g["kernel"][::-1]},
            "kernel",
            "order",
            "reversed along axis 0",
        ),
        ("correlation", lambda g, p: {"x": np.roll(g["x"], 1)}, "x", "order", "one place later"),
        (
            "attention",
            lambda g, p: {"K": g["K"] * 3**0.5},
            "K",
            "factor",
            "this is sqrt(3) times the gradient",
        ),
        ("attention", lambda g, p: {"Q": g["Q"] / 6**0.5}, "Q", "factor", "this is 1/sqrt(6) times"),
        ("attention", lambda g, p: {"K": g["Q"] * g["V"]}, "K", "entries", "Q, V are right: look at"),
        ("embedding", lambda g, p: {"table": g["once"]}, "table", "entries", "all of them in table[3, :]"),
        (
            "factorisation",
            lambda g, p: {"U": g["U"] / 2 + 0.35 * p["U"]},
            "U",
            "penalty",
            "2 times this and -7/10 * U is the gradient",
        ),
        (
            "factorisation",
            lambda g, p: {"V": 1.4 * p["V"] - g["V"]},
            "V",
            "penalty",
            "-1 times this and 7/5 * V is the gradient",
        ),
        ("factorisation", lambda g, p: {"U": g["U"] / 2}, "U", "factor", "multiply by 2: that of a square"),
    ],
)
def test_a_slip_is_told_by_its_pattern(
    name: str, slip: Callable[[Any, Any], Any], parameter: str, cause: str, said: str, real: bool
) -> None:
    report = judged(name, slip, real)
    assert [(f.parameters, f.cause) for f in report.findings] == [((parameter,), cause)], str(report)
    assert said in str(report)
    for entry in report.findings[0].entries:
        assert abs(entry.expected - entry.got) > entry.bound


def shifted() -> Pass:
    """A bias that the normalisation after it takes away: its gradient cancels to roundings."""
    x, t = RNG.normal(size=(10, 3)), RNG.normal(size=(10, 4))

    def standard(z: Any) -> tuple[Any, Any]:
        centred = z - z.mean(0)
        s = np.sqrt((centred**2).mean(0) + 1e-5)
        return centred / s, s

    def loss(p: Any) -> Any:
        return np.sum(t * np.tanh(standard(x @ p["W"] + p["b"])[0]))

    def gradient(p: Any) -> Any:
        n, s = standard(x @ p["W"] + p["b"])
        d = t * (1 - np.tanh(n) ** 2)
        dz = (d - d.mean(0) - n * (d * n).mean(0)) / s
        return {"W": x.T @ dz, "b": dz.sum(0)}

    return loss, gradient, {"W": RNG.normal(size=(3, 4)), "b": RNG.normal(size=4)}


@pytest.mark.parametrize("real", [False, True])
@pytest.mark.parametrize("values", [False, True])
def test_a_gradient_that_cancels_to_roundings(real: bool, values: bool) -> None:
    loss, gradient, point = shifted()

    def seen(p: Any) -> Any:
        return loss({key: np.real(value) for key, value in p.items()} if real else p)

    def zero(p: Any) -> Any:
        return gradient(p) | {"b": np.zeros(4)}

    for right in (gradient, zero):
        for _ in range(4):
            report = check_gradient(seen, right(point) if values else right, point)
            assert report.ok, str(report)
            assert "zero" in {note.kind for note in report.notes} or right is zero
    for slip in (lambda g: g["b"] + 1e-4, lambda g: g["W"][0]):
        report = check_gradient(seen, lambda p, slip=slip: gradient(p) | {"b": slip(gradient(p))}, point)
        assert {f.parameters for f in report.findings} == {("b",)}, str(report)
    report = check_gradient(seen, lambda p: gradient(p) | {"W": -gradient(p)["W"]}, point)
    assert [(f.parameters, f.cause) for f in report.findings] == [(("W",), "sign")], str(report)


def test_two_that_are_swapped_and_do_not_fit() -> None:
    """Biases of two layers, returned in the wrong order."""
    x, t = RNG.normal(size=(8, 3)), RNG.normal(size=(8, 2))
    point = {
        "V": RNG.normal(size=(3, 5)),
        "a": RNG.normal(size=5),
        "W": RNG.normal(size=(5, 2)),
        "b": np.ones(2),
    }

    def loss(p: Any) -> Any:
        return np.sum((np.tanh(x @ p["V"] + p["a"]) @ p["W"] + p["b"] - t) ** 2)

    def gradient(p: Any) -> Any:
        h = np.tanh(x @ p["V"] + p["a"])
        d = 2 * (h @ p["W"] + p["b"] - t)
        e = d @ p["W"].T * (1 - h**2)
        return {"V": x.T @ e, "a": e.sum(0), "W": h.T @ d, "b": d.sum(0)}

    assert_gradient(loss, gradient, point)
    report = check_gradient(
        loss, lambda p: gradient(p) | {"a": gradient(p)["b"], "b": gradient(p)["a"]}, point
    )
    assert [(f.parameters, f.cause) for f in report.findings] == [(("a", "b"), "swapped")], str(report)
