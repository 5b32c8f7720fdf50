"""The gradients of two-layer networks: right ones are proved, wrong ones refuted with a witness."""

from __future__ import annotations

import numpy as np
import pytest

from gradcheck.expr.forms.build import apply, deriv, isum, num, pick, stack
from gradcheck.expr.forms.tree import Expr, Ix
from tests.calculus.networks import Network, add, count, mat, mul, one_over, sub, t, total, two_layer

KINDS = [(g, loss) for g in ("sigmoid", "relu", "tanh", "softplus") for loss in ("cross entropy", "squares")]


@pytest.mark.parametrize(("hidden", "loss"), KINDS)
def test_right_gradients_are_proved(hidden: str, loss: str) -> None:
    network = two_layer(hidden, loss)
    bench = network.bench()
    for key, gradient in network.gradients.items():
        left = deriv(network["L"], network[key])
        assert bench.close(left, gradient)
        evidence = bench.compare(left, gradient)
        assert (evidence.outcome, evidence.certainty) == ("equal", "proved"), key
        assert evidence.symbolic.outcome == "identity"
        assert evidence.analytic.outcome == evidence.finite_difference.outcome == "equal"


@pytest.mark.parametrize(("hidden", "loss"), KINDS[:4])
def test_right_gradients_stay_right_at_fifty_seeds(hidden: str, loss: str) -> None:
    network = two_layer(hidden, loss)
    for seed in range(50):
        bench = network.bench(seed)
        for key, gradient in network.gradients.items():
            assert bench.close(deriv(network["L"], network[key]), gradient), (seed, key)
        assert bench.compare(deriv(network["L"], network["W1"]), network.gradients["W1"]).outcome == "equal"


def _wrong(n: Network) -> dict[str, tuple[str, Expr]]:
    """A gradient's variable and a wrong formula for it, of each common kind of slip."""
    right = n.gradients
    slope = mul(n["A1"], sub(num(1), n["A1"]))
    d_a1 = right["A1"]
    return {
        "sign": ("W2", apply("neg", right["W2"])),
        "lost mean": ("W2", mul(count("m"), right["W2"])),
        "lost factor 2": ("b2", mul(num("1/2"), right["b2"])),
        "other activation": ("W2", mat(right["Z2"], t(n["Z1"]))),
        "lost derivative": ("W1", mat(d_a1, t(n["X"]))),
        "derivative of the derivative": ("W1", mat(mul(d_a1, mul(slope, sub(num(1), slope))), t(n["X"]))),
        "sigma for sigma prime": ("Z1", mul(d_a1, n["A1"])),
        "labels swapped": ("Z2", mul(one_over(count("m")), sub(n["Y"], n["A2"]))),
        "mean for sum": ("b1", mul(one_over(count("m")), right["b1"])),
        "a constant": ("b1", add(right["b1"], num("1e-9"))),
    }


@pytest.mark.parametrize("slip", sorted(_wrong(two_layer())))
def test_wrong_gradients_are_refuted_with_a_witness(slip: str) -> None:
    network = two_layer("sigmoid", "cross entropy")
    bench = network.bench()
    key, formula = _wrong(network)[slip]
    left = deriv(network["L"], network[key])
    evidence = bench.compare(left, formula)
    assert (evidence.outcome, evidence.certainty) == ("different", "proved")
    assert evidence.symbolic.outcome == evidence.finite_difference.outcome == "different"
    witness = evidence.witness
    assert witness is not None
    row, column = witness.entry
    assert np.isclose(bench.value(left)[row - 1, column - 1], witness.expected)
    assert np.isclose(bench.value(formula)[row - 1, column - 1], witness.got)
    assert witness.expected != witness.got
    assert witness.sizes == {"n_0": 2, "m": 3, "n_1": 4}
    if slip != "a constant":
        assert not bench.close(left, formula)


@pytest.mark.parametrize("relative", ["1e-12", "1e-15", "1e-30"])
def test_a_tiny_error_in_a_coefficient_is_found(relative: str) -> None:
    network = two_layer("tanh")
    bench = network.bench()
    for key in ("W1", "b2"):
        formula = mul(add(num(1), num(relative)), network.gradients[key])
        evidence = bench.compare(deriv(network["L"], network[key]), formula)
        assert evidence.outcome == "different"
        assert evidence.analytic.relative_error == pytest.approx(float(relative), rel=1e-3)
        if relative != "1e-30":
            assert evidence.finite_difference.outcome == "different"


# Component notation.


def _sample_loss(n: Network, i: Ix) -> Expr:
    """L^(i), the loss of one sample."""
    return pick(n["losses"], 1, i)


@pytest.mark.parametrize("hidden", ["sigmoid", "relu"])
def test_the_loss_of_one_sample(hidden: str) -> None:
    n = two_layer(hidden)
    bench = n.bench()
    i = Ix("i", "m")
    error = sub(pick(n["A2"], 1, i), pick(n["Y"], 1, i))
    evidence = bench.compare(pick(deriv(_sample_loss(n, i), n["Z2"]), 1, i), error)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    outer = mul(error, t(pick(n["A1"], None, i)))
    assert bench.compare(deriv(_sample_loss(n, i), n["W2"]), outer).outcome == "equal"
    wrong = bench.compare(deriv(_sample_loss(n, i), n["W2"]), mul(num("1/2"), outer))
    assert wrong.outcome == "different"
    assert wrong.witness is not None
    assert set(wrong.witness.indices) == {"i"}


def test_a_sum_over_samples_of_their_gradients() -> None:
    n = two_layer("relu")
    i = Ix("i", "m")
    mean = mul(one_over(count("m")), isum(deriv(_sample_loss(n, i), n["W1"]), i))
    evidence = n.bench().compare(deriv(n["L"], n["W1"]), mean)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")


def test_a_claim_for_every_index() -> None:
    n = two_layer("sigmoid")
    bench = n.bench()
    i, j, k = Ix("i", "m"), Ix("j", "n_1"), Ix("k", "n_0")
    a = pick(n["A1"], j, i)
    entry = mul(
        sub(pick(n["A2"], 1, i), pick(n["Y"], 1, i)),
        pick(n["W2"], 1, j),
        a,
        sub(num(1), a),
        pick(n["X"], k, i),
    )
    right = mul(one_over(count("m")), isum(entry, i))
    left = pick(deriv(n["L"], n["W1"]), j, k)
    evidence = bench.compare(left, right)
    assert (evidence.outcome, evidence.certainty) == ("equal", "proved")
    assert bench.value(right).shape == (4, 2, 1, 1)
    np.testing.assert_allclose(bench.value(right)[..., 0, 0], bench.value(deriv(n["L"], n["W1"])))
    laid_out = stack(stack(right, j, 0), k, 1)
    assert bench.compare(deriv(n["L"], n["W1"]), laid_out).outcome == "equal"
    swapped = mul(one_over(count("m")), isum(mul(entry, pick(n["A1"], j, i)), i))
    evidence = bench.compare(left, swapped)
    assert evidence.outcome == "different"
    assert evidence.witness is not None
    assert sorted(evidence.witness.indices) == ["j", "k"]


def test_an_index_free_on_one_side_holds_for_all_its_values() -> None:
    n = two_layer("sigmoid")
    j = Ix("j", "n_1")
    left = pick(n["b1"], j, None)
    assert n.bench().compare(left, pick(n["b1"], 1, None)).outcome == "different"


def test_index_names_do_not_clash() -> None:
    """The same letter bound in a definition, bound in the claim, and free in it."""
    n = two_layer("sigmoid")
    bench = n.bench()
    i = Ix("i", "m")
    by_index = stack(pick(deriv(_sample_loss(n, i), n["Z2"]), 1, i), i, 1)
    assert bench.compare(by_index, sub(n["A2"], n["Y"])).outcome == "equal"
    inner = isum(mul(pick(n["Y"], 1, i), pick(n["A2"], 1, i)), i)
    both = mul(pick(n["Y"], 1, i), inner)
    expected = mul(pick(n["Y"], 1, i), total(mul(n["Y"], n["A2"])))
    assert bench.compare(both, expected).outcome == "equal"
    gradient = deriv(isum(mul(pick(n["A2"], 1, i), inner), i), n["A2"])
    right = add(
        mul(total(mul(n["Y"], n["A2"])), apply("broadcast", num(1), attr=((1, "m"),))),
        mul(n["Y"], total(n["A2"])),
    )
    assert bench.compare(gradient, right).outcome == "equal"
