"""A second formula for a name: another form of the first is right, another function is left open."""

import pytest

from tests.checking.written import displayed, verdicts

FIRST = displayed(r"g = a e^{-(u - c)^2}", r"\frac{\partial g}{\partial a} = e^{-(u - c)^2}")


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        (r"g = \frac{a}{e^{(u - c)^2}}", "correct"),
        (r"g = a e^{-(u + c)^2}", "undecided"),
        (r"g = a e^{-(u - c)}", "undecided"),
    ],
)
def test_a_second_formula(second: str, verdict: str) -> None:
    assert verdicts(FIRST + displayed(second))[-1] == verdict


def test_several_losses_are_compared() -> None:
    losses = displayed(r"J = (v - t)^2", r"\frac{\partial J}{\partial v} = 2 (v - t)", r"J = |v - t|")
    assert verdicts(losses) == ["correct", "correct", "correct"]


def test_several_activations_are_compared() -> None:
    units = displayed(
        r"z = v u", r"a = \sigma(z)", r"\frac{\partial a}{\partial z} = a (1 - a)", r"a = \tanh(z)"
    )
    assert verdicts(units) == ["correct"] * 4


FIT = displayed(r"\phi(u) = \frac{1}{1 + e^{-a^\top u}}")
RISK = r"E(a) = \|y - X a\|^2", r"E(a) = (y - X a)^\top (y - X a)", r"\nabla_a E = -2 X^\top (y - X a)"


def test_a_second_formula_for_a_function() -> None:
    assert verdicts(FIT + displayed(r"\phi(u) = \frac{e^{a^\top u}}{1 + e^{a^\top u}}"))[-1] == "correct"
    assert verdicts(FIT + displayed(r"\phi(u) = -\frac{1}{1 + e^{-a^\top u}}"))[-1] == "wrong"


def test_a_second_formula_for_a_model() -> None:
    model, other = (rf"h_\theta(x) = {sign}\frac{{1}}{{1 + e^{{-\theta^T x}}}}" for sign in ("", "-"))
    assert verdicts(displayed(model, other))[-1] == "undecided"
    assert verdicts(displayed(model, model))[-1] == "correct"


def test_a_loss_that_is_derived_as_it_was_told_first() -> None:
    assert verdicts(displayed(*RISK)) == ["correct"] * 3
    other = displayed(RISK[0], f"E(a) = -{RISK[1].partition('= ')[2]}", RISK[2])
    assert verdicts(other) == ["correct", "undecided", "correct"]
