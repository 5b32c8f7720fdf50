"""What the bench promises beside right and wrong: scales, saturation, kinks, seeds, errors."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.calculus import Bench, CycleError, Program, Variable
from gradcheck.calculus.evaluate import Evaluator, Slots
from gradcheck.calculus.field import Floats
from gradcheck.calculus.program import separate
from gradcheck.calculus.ranks import entry_bounds
from gradcheck.calculus.reverse import ReverseMode
from gradcheck.calculus.sizes import choose_sizes, concrete
from gradcheck.expr.forms.build import apply, deriv, isum, num, pick, prime, stack, var
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.shapes import ShapeError
from tests.calculus.networks import (
    add,
    count,
    cross_entropy,
    mat,
    mul,
    one_over,
    program,
    sub,
    t,
    total,
    two_layer,
)


def _logistic(scale: str, offset: str) -> tuple[Program, dict[str, Expr]]:
    """L = sum of cross entropies of sigmoid(scale w x + offset): far out, the unit saturates."""
    shapes = {"w": (1, "n"), "X": ("n", "m"), "Y": (1, "m"), "Z": (1, "m"), "A": (1, "m"), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    definitions = {
        "Z": add(mul(num(scale), mat(v["w"], v["X"])), num(offset)),
        "A": apply("sigmoid", v["Z"]),
        "L": total(cross_entropy(v["A"], v["Y"])),
    }
    return program(shapes, definitions, {"Y": "binary"}), v


@pytest.mark.parametrize("offset", ["0", "9", "-9", "25", "-30"])
def test_saturated_units_raise_no_alarm(offset: str) -> None:
    p, v = _logistic("1", offset)
    for seed in range(5):
        bench = Bench(p, seed=seed)
        right = mat(sub(v["A"], v["Y"]), t(v["X"]))
        evidence = bench.compare(deriv(v["L"], v["w"]), right)
        assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
        assert evidence.finite_difference.outcome == "equal"
        slope = mul(v["A"], sub(num(1), v["A"]))
        assert bench.compare(deriv(total(v["A"]), v["Z"]), slope).outcome == "equal"
        wrong = mul(slope, add(num(1), num("1e-12")))
        assert bench.compare(deriv(total(v["A"]), v["Z"]), wrong).outcome == "different"


@pytest.mark.parametrize("scale", ["1e-6", "1e-3", "1e3", "1e6"])
def test_scales_raise_no_alarm(scale: str) -> None:
    shapes = {"W": (2, 3), "x": (3, 1), "z": (2, 1), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    size = num(scale)
    definitions = {"z": mat(mul(size, v["W"]), v["x"]), "L": total(apply("square", v["z"]))}
    bench = Bench(program(shapes, definitions))
    right = mul(num(2), size, mat(v["z"], t(v["x"])))
    left = deriv(v["L"], v["W"])
    assert bench.close(left, right)
    assert bench.compare(left, right).outcome == "equal"
    wrong = mul(right, add(num(1), num("1e-12")))
    assert bench.compare(left, wrong).outcome == "different"
    assert not bench.close(left, mul(right, num("1.001")))


def test_points_keep_off_kinks_and_show_both_sides() -> None:
    network = two_layer("relu")
    for seed in range(20):
        bench = network.bench(seed)
        for run in bench.runs:
            z = run.floats.value(network["Z1"])
            assert np.min(np.abs(z)) > 0.01
            assert np.any(z > 0)
            assert np.any(z < 0)


def test_the_derivative_at_a_kink_is_a_convention_that_differences_cannot_judge() -> None:
    shapes = {"x": (1, 1), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    zero = sub(v["x"], v["x"])
    p = program(shapes, {"L": apply("relu", mul(zero, v["x"]))})
    assert Bench(p).compare(prime("relu", zero), num(0)).outcome == "equal"
    evidence = Bench(p).compare(deriv(apply("relu", v["x"]), v["x"]), apply("step", v["x"]))
    assert evidence.outcome == "equal"


def test_same_seed_same_evidence_other_seed_other_points() -> None:
    network = two_layer()
    left, right = deriv(network["L"], network["W2"]), apply("neg", network.gradients["W2"])
    first, again, other = (network.bench(seed).compare(left, right) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_samples_respect_their_domains() -> None:
    shapes = dict.fromkeys(("positive", "probability", "unit", "onehot", "simplex", "binary", "sign"), (3, 4))
    shapes |= {"definite": (3, 3), "symmetric": (3, 3)}
    p = program(shapes, {}, {key: key for key in shapes})
    for run in Bench(p, points=5).runs:
        x = run.given
        assert np.all(x["positive"] > 0)
        assert np.all((x["probability"] > 0) & (x["probability"] < 1))
        assert np.all(np.abs(x["unit"]) < 1)
        assert np.all(np.isin(x["onehot"], (0, 1)))
        for columns in ("onehot", "simplex"):
            assert np.all(x[columns].sum(axis=-2) == 1)
        assert np.all(np.isin(x["binary"], (0, 1)))
        assert np.all(np.abs(x["sign"]) == 1)
        assert np.all(np.linalg.eigvalsh(x["definite"]) > 0)
        assert np.array_equal(x["symmetric"], np.swapaxes(x["symmetric"], -1, -2))


def test_inputs_of_a_logarithm_become_positive() -> None:
    shapes = {"x": ("n", 1), "p": ("n", 1), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    p = program(shapes, {"L": total(add(apply("log", v["x"]), apply("log", sub(num(1), v["p"]))))})
    evidence = Bench(p).compare(deriv(v["L"], v["x"]), one_over(v["x"]))
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")


def test_sizes_differ_and_are_not_one() -> None:
    first = choose_sizes(("n_0", "n_1", 1, "n_2", "m"), {"n_0": 2, "n_2": 1})
    second = choose_sizes(("n_0", "n_1", 1, "n_2", "m"), {"n_0": 2, "n_2": 1}, 1)
    assert first == {"n_0": 2, "n_1": 3, "n_2": 1, "m": 4}
    assert second["m"] != first["m"]
    assert second["n_1"] != first["n_1"]
    for sizes in (first, second):
        assert len(set(sizes.values())) == 4
    assert concrete("n_1*m+1", first) == 13


def test_a_circle_of_definitions_is_named() -> None:
    shapes = {"a": (1, 1), "b": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    p = program(shapes, {"a": add(v["b"], num(1)), "b": mul(v["a"], num(2))})
    with pytest.raises(CycleError, match="a uses b uses a"):
        Bench(p)


def test_shapes_must_agree() -> None:
    network = two_layer()
    bench = network.bench()
    assert not bench.close(network["W1"], t(network["W1"]))
    with pytest.raises(ShapeError, match="left side is n_1 × n_0, the right side n_0 × n_1"):
        bench.compare(network["W1"], t(network["W1"]))


def test_no_finite_value_is_undecided() -> None:
    network = two_layer()
    nothing = apply("log", sub(network["b2"], network["b2"]))
    evidence = network.bench().compare(network["b2"], nothing)
    assert evidence.outcome == "undecided"
    assert evidence.reason == "a side has no finite value at the sample points"
    assert not network.bench().close(nothing, nothing)


def test_an_unknown_size_is_undecided() -> None:
    network = two_layer()
    evidence = network.bench().compare(num(1), total(apply("ones", attr=(("q", 1),))))
    assert evidence.outcome == "undecided"
    assert evidence.reason == "the size q is not known"


def test_oracles_that_disagree_leave_it_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from gradcheck.ops import OPERATIONS

    network = two_layer("tanh")
    wrong = replace(OPERATIONS["matmul"], vjp=lambda ct, x, out, attr: (ct @ t_(x[1]) * 2, t_(x[0]) @ ct))
    monkeypatch.setitem(OPERATIONS, "matmul", wrong)
    left = deriv(network["L"], network["W2"])
    for right in (network.gradients["W2"], mul(num(2), network.gradients["W2"])):
        evidence = network.bench().compare(left, right)
        assert evidence.outcome == "undecided"
        assert evidence.reason is not None
        assert evidence.reason.startswith("internal error")


def t_(x: np.ndarray) -> np.ndarray:
    return np.swapaxes(x, -1, -2)


# Functions that are named and never defined.


def test_a_claim_about_any_activation() -> None:
    f = ("f", 0)
    shapes = {"W": ("n", "k"), "X": ("k", "m"), "Z": ("n", "m"), "A": ("n", "m"), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    definitions = {
        "Z": mat(v["W"], v["X"]),
        "A": apply("unknown", v["Z"], attr=f),
        "L": total(apply("square", v["A"])),
    }
    bench = Bench(program(shapes, definitions))
    slope = prime("unknown", v["Z"], attr=f)
    right = mat(mul(num(2), v["A"], slope), t(v["X"]))
    evidence = bench.compare(deriv(v["L"], v["W"]), right)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    assert bench.compare(deriv(v["L"], v["W"]), mat(mul(num(2), v["A"]), t(v["X"]))).outcome == "different"
    curvature = prime("unknown", v["Z"], 2, attr=f)
    i, j = Ix("i", "n"), Ix("j", "m")
    left = pick(deriv(pick(slope, i, j), v["Z"]), i, j)
    assert bench.compare(left, pick(curvature, i, j)).outcome == "equal"


# Constraints on inputs.


def test_a_symmetric_matrix_is_its_transpose() -> None:
    shapes = {"S": ("n", "n"), "x": ("n", 1), "q": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    p = program(shapes, {"q": mat(t(v["x"]), v["S"], v["x"])}, {"S": "definite"})
    evidence = Bench(p).compare(deriv(v["q"], v["x"]), mul(num(2), mat(v["S"], v["x"])))
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    evidence = Bench(p).compare(deriv(v["q"], v["S"]), mat(v["x"], t(v["x"])))
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    free = program(shapes, {"q": mat(t(v["x"]), v["S"], v["x"])})
    assert Bench(free).compare(deriv(v["q"], v["x"]), mul(num(2), mat(v["S"], v["x"]))).outcome == "different"


def test_one_hot_columns_sum_to_one() -> None:
    shapes = {"z": ("n", "m"), "y": ("n", "m"), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    loss = apply("neg", total(mul(v["y"], apply("log_softmax", v["z"], attr=(0,)))))
    right = sub(apply("softmax", v["z"], attr=(0,)), v["y"])
    evidence = Bench(program(shapes, {"L": loss}, {"y": "onehot"})).compare(deriv(v["L"], v["z"]), right)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    anything = Bench(program(shapes, {"L": loss})).compare(deriv(v["L"], v["z"]), right)
    assert anything.outcome == "different"


# Second derivatives.


def test_the_hessian_of_logistic_regression() -> None:
    shapes = {"X": ("m", "n"), "w": ("n", 1), "y": ("m", 1), "s": ("m", 1), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    definitions = {
        "s": apply("sigmoid", mat(v["X"], v["w"])),
        "L": total(cross_entropy(v["s"], v["y"])),
    }
    bench = Bench(program(shapes, definitions, {"y": "binary"}))
    j = Ix("j", "n")
    left = deriv(pick(deriv(v["L"], v["w"]), j, 1), v["w"])
    weights = apply("diag", mul(v["s"], sub(num(1), v["s"])))
    hessian = mat(t(v["X"]), weights, v["X"])
    evidence = bench.compare(left, pick(hessian, None, j))
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    assert evidence.finite_difference.outcome == "equal"
    assert bench.compare(left, pick(mat(t(v["X"]), v["X"]), None, j)).outcome == "different"


def test_the_jacobian_of_softmax() -> None:
    v = {key: var(key, ("n", 1)) for key in ("z", "s")}
    p = program({"z": ("n", 1), "s": ("n", 1)}, {"s": apply("softmax", v["z"], attr=(0,))})
    bench = Bench(p)
    i, j = Ix("i", "n"), Ix("j", "n")
    left = pick(deriv(pick(v["s"], i, 1), v["z"]), j, 1)
    delta = pick(apply("eye", attr=("n",)), i, j)
    right = mul(pick(v["s"], i, 1), sub(delta, pick(v["s"], j, 1)))
    evidence = bench.compare(left, right)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    no_delta = mul(pick(v["s"], i, 1), sub(num(1), pick(v["s"], j, 1)))
    assert bench.compare(left, no_delta).outcome == "different"


def test_a_variable_holds_its_latex_and_domain() -> None:
    variable = Variable("W", ("n", "m"), r"W^{[1]}")
    assert (variable.latex, variable.domain) == (r"W^{[1]}", "real")


# Sizes that a document fixes.


def test_large_sizes_are_decided_with_less_certainty() -> None:
    network = two_layer("sigmoid")
    left, right = deriv(network["L"], network["W1"]), network.gradients["W1"]
    middle = Bench(network.program, {"n_0": 20, "n_1": 30, "m": 10})
    evidence = middle.compare(left, right)
    assert (evidence.outcome, evidence.finite_difference.outcome) == ("equal", "undecided")
    assert middle.compare(left, mul(num(2), right)).outcome == "different"
    large = Bench(network.program, {"n_0": 200, "n_1": 100, "m": 50})
    evidence = large.compare(left, right)
    assert (evidence.outcome, evidence.certainty) == ("equal", "agrees")
    evidence = large.compare(left, mul(num(2), right))
    assert evidence.outcome == "undecided"
    assert evidence.reason == "arrays of 30251 entries in all are too large to tell for certain"


# Shifted indices.


def test_a_convolution_is_a_sum_of_shifts() -> None:
    shapes = {"x": ("n", 1), "w": (3, 1), "y": ("n", 1), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    i = Ix("i", "n")
    taps = [mul(pick(v["w"], k + 2, 1), pick(v["x"], i._replace(shift=k), 1)) for k in (-1, 0, 1)]
    definitions = {"y": stack(add(*taps), i, 0), "L": total(mul(num("1/2"), apply("square", v["y"])))}
    bench = Bench(program(shapes, definitions), {"n": 5})
    x = bench.value(v["x"])[:, 0]
    w = bench.value(v["w"])[:, 0]
    np.testing.assert_allclose(bench.value(v["y"])[:, 0], np.correlate(np.pad(x, 1), w))
    for k in (-1, 0, 1):
        right = isum(mul(pick(v["y"], i, 1), pick(v["x"], i._replace(shift=k), 1)), i)
        evidence = bench.compare(pick(deriv(v["L"], v["w"]), k + 2, 1), right)
        assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
        other = isum(mul(pick(v["y"], i, 1), pick(v["x"], i._replace(shift=-k or 1), 1)), i)
        assert bench.compare(pick(deriv(v["L"], v["w"]), k + 2, 1), other).outcome == "different"
    back = [mul(pick(v["w"], k + 2, 1), pick(v["y"], i._replace(shift=-k), 1)) for k in (-1, 0, 1)]
    evidence = bench.compare(pick(deriv(v["L"], v["x"]), i, 1), add(*back))
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")


def test_a_sum_around_a_derivative_that_was_met_before_is_named_above_the_definitions() -> None:
    index, remembered = Ix("i", "n"), dict[Expr, tuple[Expr, int]]()
    derivative = deriv(pick(var("y", ("n", 1)), index, None), var("x", ("n", 1)))
    assert separate(derivative, 3, remembered) == (derivative, 3)
    total, height = separate(isum(derivative, index), 3, remembered)
    assert (total.attr[0].name, height) == ("#4", 4)


def test_an_entry_that_is_written_is_there() -> None:
    sizes = choose_sizes(("n", "p"), {}, bounds=((5, "p"), (2, "n")))
    assert sizes["p"] >= 5
    assert sizes["n"] not in (1, sizes["p"])
    shapes = {"w": ("n", "p"), "x": ("p", 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    row = pick(v["w"], 4, None)
    assert entry_bounds((row, pick(v["x"], 200, None))) == ((4, "n"),)


def test_other_sizes_are_asked_in_balls_only_where_no_proof_covers_them() -> None:
    p, v = _logistic("1", "0")
    left, right = deriv(v["L"], v["w"]), mat(sub(v["A"], v["Y"]), t(v["X"]))
    bench = Bench(p)
    assert bench.close(left, right)
    evidence = bench.compare(left, right)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    assert (evidence.analytic.outcome, evidence.finite_difference.outcome) == ("equal", "equal")
    assert bench.runs[0]._balls
    assert not bench.runs[1]._balls
    samples = bench.runs[0].sizes["m"]
    at_the_first_sizes_alone = mul(num(samples), one_over(count("m")), right)
    assert not bench.close(left, at_the_first_sizes_alone)
    assert bench.compare(left, at_the_first_sizes_alone).outcome == "different"
    assert bench.runs[1]._balls


def test_the_error_of_a_difference_is_told_as_the_balls_have_it() -> None:
    shapes = {"x": (3, 3)}
    x = var("x", shapes["x"])
    bench = Bench(program(shapes, {}))
    evidence = bench.compare(x, mul(num(3), x))
    assert evidence.outcome == "different"
    assert evidence.analytic.relative_error == 2 / 3


def test_what_was_computed_to_choose_points_is_what_they_give() -> None:
    shapes = {"W": (2, "n"), "X": ("n", "m"), "Z": (2, "m"), "A": (2, "m"), "L": (1, 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    definitions = {
        "Z": mat(v["W"], v["X"]),
        "A": apply("relu", v["Z"]),
        "L": mul(one_over(count("m")), total(apply("square", v["A"]))),
    }
    for run in Bench(program(shapes, definitions), points=5).runs:
        anew = Evaluator(run.program, run.sizes, run.given, Floats(), Slots(), ReverseMode())
        for key in definitions:
            np.testing.assert_array_equal(run.floats.value(v[key]), anew.value(v[key]))
        assert run.floats.value(v["A"]).shape[-3] == 5


def test_a_run_has_one_axis_for_an_index_however_late_it_comes_in() -> None:
    shapes = {"x": ("n", 1), "y": ("m", 1)}
    v = {key: var(key, shape) for key, shape in shapes.items()}
    bench = Bench(program(shapes, {}))
    i, j = Ix("i", "n"), Ix("j", "m")
    outer = mul(pick(v["x"], i, None), pick(v["y"], j, None))
    first = isum(outer, j)
    assert bench.value(first).shape[:1] == (bench.runs[0].sizes["n"],)
    assert bench.value(outer).shape[:2] == (bench.runs[0].sizes["n"], bench.runs[0].sizes["m"])
    x, y = bench.value(v["x"]).ravel(), bench.value(v["y"]).ravel()
    np.testing.assert_allclose(bench.value(outer).reshape(len(x), len(y)), np.outer(x, y))
