"""Planted errors are caught, placed, and called by their name."""

from collections.abc import Callable

import numpy as np
import pytest

from gradcheck.code import GradientReport, assert_gradient, check_gradient
from tests.code.networks import Network, Parameters, network

NETS = {
    "sigma": network(),
    "relu": network(relu=True),
    "sigma, real": network().real(),
    "relu, real": network(relu=True).real(),
}


@pytest.fixture(params=NETS, name="net")
def _net(request: pytest.FixtureRequest) -> Network:
    return NETS[request.param]


def judged(net: Network, slip: Callable[[Parameters], None]) -> GradientReport:
    return check_gradient(net.loss, net.planted(slip), net.parameters, seed=0)


def flip_one(g: Parameters) -> None:
    g["W1"][2, 1] *= -1


def two_in_one(g: Parameters) -> None:
    g["W1"][2, 1] *= -1
    g["W1"][0, 0] *= 1.3


def mean_twice(g: Parameters) -> None:
    for name in g:
        g[name] = g[name] / 7


def double(g: Parameters) -> None:
    g["W2"] *= 2


def negate(g: Parameters) -> None:
    g["W1"] *= -1


def forget(g: Parameters) -> None:
    g["b1"][:] = 0


def leave_out(g: Parameters) -> None:
    del g["b1"]


def transpose(g: Parameters) -> None:
    g["W1"] = g["W1"].T


def reshape(g: Parameters) -> None:
    g["W1"] = g["W1"].T.reshape(g["W1"].shape)


def flatten(g: Parameters) -> None:
    g["b1"] = g["b1"].ravel()


def penalise(g: Parameters) -> None:
    g["W1"] = g["W1"] + 0.01 * NETS["sigma"].parameters["W1"]


def swap(g: Parameters) -> None:
    g["b1"], g["W2"] = g["W2"].T, g["b1"].T


def zero_one(g: Parameters) -> None:
    g["W2"][0, 3] = 0


def hole(g: Parameters) -> None:
    g["W1"][1, 1] = np.nan


@pytest.mark.parametrize(
    ("slip", "parameters", "cause"),
    [
        (flip_one, {"W1"}, "sign"),
        (two_in_one, {"W1"}, "entries"),
        (mean_twice, {"W1", "b1", "W2", "b2"}, "factor"),
        (double, {"W2"}, "factor"),
        (negate, {"W1"}, "sign"),
        (forget, {"b1"}, "constant"),
        (leave_out, {"b1"}, "constant"),
        (transpose, {"W1"}, "transpose"),
        (reshape, {"W1"}, "transpose"),
        (flatten, {"b1"}, "shape"),
        (swap, {"b1", "W2"}, "swapped"),
        (zero_one, {"W2"}, "entry"),
        (hole, {"W1"}, "not-finite"),
    ],
)
def test_slip_is_named(
    net: Network, slip: Callable[[Parameters], None], parameters: set[str], cause: str
) -> None:
    report = judged(net, slip)
    assert report.verdict == "wrong"
    assert [(set(f.parameters), f.cause) for f in report.findings] == [(parameters, cause)], str(report)


def test_lost_penalty() -> None:
    net = NETS["sigma"]
    report = judged(net, penalise)
    assert report.findings[0].cause == "penalty"
    assert report.findings[0].factor == pytest.approx(-0.01)


def test_entry_is_placed(net: Network) -> None:
    (finding,) = judged(net, flip_one).findings
    (entry,) = finding.entries
    truth = net.gradient(net.parameters)["W1"][2, 1]
    assert entry.name == "W1[2, 1]"
    assert entry.index == (2, 1)
    assert abs(entry.expected - truth) <= entry.bound
    assert entry.got == -truth


def test_two_entries_are_placed(net: Network) -> None:
    (finding,) = judged(net, two_in_one).findings
    assert {entry.name for entry in finding.entries} == {"W1[2, 1]", "W1[0, 0]"}


@pytest.mark.parametrize(
    ("factor", "words"),
    [(2, "2"), (0.5, "1/2"), (7, "7"), (1 / 7, "1/7"), (1 / 1000, "1/1000"), (0.3, "3/10")],
)
def test_factor_in_words(factor: float, words: str) -> None:
    net = NETS["sigma"]

    def slip(g: Parameters) -> None:
        g["W1"] = factor * g["W1"]

    (finding,) = judged(net, slip).findings
    assert f"this is {words} times the gradient" in finding.why
    assert finding.factor == pytest.approx(factor)


def test_missing_sum_over_the_batch() -> None:
    rng = np.random.default_rng(3)
    x, b = rng.normal(size=(4, 6)), rng.normal(size=(4, 1))
    report = check_gradient(
        lambda p: np.sum(np.sin(x + p["b"])), lambda p: {"b": np.cos(x + p["b"])}, {"b": b}
    )
    assert [f.cause for f in report.findings] == ["batch-sum"]
    assert "axis 1" in report.findings[0].help


def entries(net: Network) -> list[tuple[str, tuple[int, ...]]]:
    """Every entry whose gradient is not 0."""
    found = net.gradient(net.parameters)
    return [(name, index) for name in found for index in np.ndindex(found[name].shape) if found[name][index]]


@pytest.mark.parametrize("relu", [False, True])
def test_relative_error_of_1e12_by_complex_step(relu: bool) -> None:
    """Of any entry, also of one 400 times smaller than its neighbours."""
    net = network(relu=relu)
    for name, index in entries(net):

        def slip(g: Parameters, name: str = name, index: tuple[int, ...] = index) -> None:
            g[name][index] *= 1 + 1e-12

        assert judged(net, slip).verdict == "wrong", (name, index)


@pytest.mark.parametrize("relu", [False, True])
def test_relative_error_by_real_differences(relu: bool) -> None:
    """In extended precision where the machine has one."""
    extended = np.finfo(np.longdouble).eps < np.finfo(float).eps
    net = network(relu=relu).real()
    for name, index in entries(net):

        def slip(g: Parameters, name: str = name, index: tuple[int, ...] = index) -> None:
            g[name][index] *= 1 + (1e-9 if extended else 1e-6)

        assert judged(net, slip).verdict == "wrong", (name, index)


@pytest.mark.parametrize("size", [3, 400])
def test_a_gradient_that_misses_what_complex_step_misses(size: int) -> None:
    """The slope of v inside `np.real` is lost to both; real differences alone can tell."""
    v = np.random.default_rng(4).normal(size=size)
    report = check_gradient(
        lambda v: np.sum(np.exp(v) * np.abs(v)), lambda v: np.exp(v) * np.abs(v), v, seed=1
    )
    assert report.verdict == "wrong"
    report = check_gradient(
        lambda v: np.sum(np.exp(v) * (v * np.conj(v))), lambda v: np.exp(v) * v**2, v, seed=1
    )
    assert report.verdict == "wrong"
    assert report.method == "central differences"


@pytest.mark.parametrize("relu", [False, True])
def test_flipped_entries_far_below_the_others(relu: bool) -> None:
    """Entries so small that their gradient changes its sign near by."""
    net = network(100, 98, 20, relu=relu)
    sizes = np.abs(net.gradient(net.parameters)["W1"])
    order = np.argsort(np.where(sizes > 0, sizes, np.inf), axis=None)
    for place in order[:20]:
        index = tuple(int(i) for i in np.unravel_index(place, sizes.shape))

        def slip(g: Parameters, index: tuple[int, ...] = index) -> None:
            g["W1"][index] *= -1

        (finding,) = judged(net, slip).findings
        assert [entry.index for entry in finding.entries] == [index]


@pytest.mark.parametrize("relu", [False, True])
@pytest.mark.parametrize("real", [False, True])
def test_any_flipped_entry_of_ten_thousand(relu: bool, real: bool) -> None:
    net = network(100, 98, 20, relu=relu)
    net = net.real() if real else net
    rng = np.random.default_rng(6)
    alive = np.argwhere(net.gradient(net.parameters)["W1"])
    for row, column in alive[rng.choice(len(alive), 15)].tolist():

        def slip(g: Parameters, row: int = row, column: int = column) -> None:
            g["W1"][row, column] *= -1

        (finding,) = judged(net, slip).findings
        (entry,) = finding.entries
        assert (finding.cause, entry.index) == ("sign", (row, column))
        assert entry.bound < 1e-3 * abs(entry.expected)


def single(g: Parameters) -> None:
    g["W1"] = (g["W1"] / 3).astype(np.float32) * np.float64(3)


def test_float32_inside_the_gradient() -> None:
    net = NETS["sigma"]
    report = judged(net, single)
    assert report.resolution > 1e-9
    assert "formula-digits" in {note.kind for note in report.notes}, str(report)


def test_float32_inside_values() -> None:
    net = NETS["sigma"]
    report = check_gradient(net.loss, net.planted(single)(net.parameters), net.parameters)
    assert [f.cause for f in report.findings] == ["float32"], str(report)


def test_assertion_carries_the_report() -> None:
    net = NETS["sigma"]
    with pytest.raises(AssertionError, match=r"W1\[2, 1\]: expected .*, got .* \(bound"):
        assert_gradient(net.loss, net.planted(flip_one), net.parameters)


@pytest.mark.parametrize("shape", [(20, 5), (1000, 300)])
def test_one_row_or_column_of_a_large_array(shape: tuple[int, int]) -> None:
    x = np.random.default_rng(8).normal(size=shape)

    def planted(part: tuple[object, ...], factor: float) -> GradientReport:
        def gradient(v: np.ndarray) -> np.ndarray:
            found: np.ndarray = np.cos(v)
            found[part] *= factor
            return found

        return check_gradient(lambda v: np.sum(np.sin(v)), gradient, x)

    for part, factor, said in (
        ((12, slice(None)), -1.0, "by the same factor -1, all of them in x[12, :]"),
        ((slice(None), 3), 2.0, "by the same factor 2, all of them in x[:, 3]"),
        ((slice(None), 3), 0.0, "and 0, all of them in x[:, 3]"),
    ):
        report = planted(part, factor)
        assert [f.cause for f in report.findings] == ["entries"], str(report)
        assert said in str(report)
    report = planted((np.arange(shape[0]) % shape[0], np.arange(shape[0]) % shape[1]), 3.0)
    assert "all of them in" not in str(report)
    assert "by the same factor 3" in str(report)


def test_a_clipped_gradient() -> None:
    x = np.random.default_rng(9).normal(size=(6, 7))
    report = check_gradient(lambda v: np.sum(np.sin(v)), lambda v: np.clip(np.cos(v), -0.5, 0.5), x)
    assert "and all of size 0.5" in str(report)


def test_digits_enough_to_see_a_small_error() -> None:
    x = np.array([0.3, 0.8])
    report = check_gradient(lambda v: np.sum(np.sin(v)), lambda v: np.cos(v) * np.array([1, 1 + 1e-10]), x)
    (line,) = (line for line in str(report).splitlines() if "x[1]: expected" in line)
    assert "expected 0.696706709347, got 0.696706709417" in line


def test_a_jacobian_with_its_axes_turned() -> None:
    a, x = np.random.default_rng(10).normal(size=(4, 4)), np.linspace(0.2, 1.1, 4)

    def jacobian(v: np.ndarray) -> np.ndarray:
        found: np.ndarray = (1 - np.tanh(a @ v) ** 2)[:, None] * a
        return found

    assert_gradient(lambda v: np.tanh(a @ v), jacobian, x, kind="jacobian")
    report = check_gradient(lambda v: np.tanh(a @ v), lambda v: jacobian(v).T, x, kind="jacobian")
    assert [f.cause for f in report.findings] == ["transpose"], str(report)
    report = check_gradient(
        lambda p: np.tanh(a @ p["v"]), lambda p: {"v": jacobian(p["v"]).T}, {"v": x}, kind="jacobian"
    )
    assert [f.cause for f in report.findings] == ["transpose"], str(report)
    report = check_gradient(lambda v: np.tanh(a @ v), lambda v: -jacobian(v), x, kind="jacobian")
    assert [f.cause for f in report.findings] == ["sign"], str(report)
    with pytest.raises(ValueError, match=r"must start with the shape \(3,\) of f\(x\): transpose it"):
        check_gradient(lambda v: a[:3] @ v, lambda v: a[:3].T, x, kind="jacobian")


def test_a_vjp_that_leaves_out_u() -> None:
    x = np.linspace(0.2, 1.1, 4)
    report = check_gradient(np.sin, lambda v, u: np.cos(v), x, kind="vjp")
    assert "u is left out" in str(report)
    assert [f.parameters for f in report.findings] == [("x",)]
    report = check_gradient(np.sin, lambda v, u: -u * np.cos(v), x, kind="vjp")
    assert [f.cause for f in report.findings] == ["sign"]
