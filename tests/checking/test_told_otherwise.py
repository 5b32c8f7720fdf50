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
