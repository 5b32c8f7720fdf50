"""Estimates below words that set several gradients to zero: put in, they have to make them zero."""

import pytest

from tests.checking.written import displayed, verdicts

GRADIENTS = displayed(
    r"\ell(a, v) = -\frac{n}{2} \log v - \frac{1}{2 v} \sum_{i=1}^n (u_i - a)^2",
    r"\frac{\partial \ell}{\partial a} = \frac{1}{v} \sum_{i=1}^n (u_i - a)",
    r"\frac{\partial \ell}{\partial v} = -\frac{n}{2 v} + \frac{1}{2 v^2} \sum_{i=1}^n (u_i - a)^2",
)
MEAN = r"\hat a = \frac{1}{n} \sum_{i=1}^n u_i"


@pytest.mark.parametrize(
    ("mean", "spread", "told"),
    [
        (MEAN, r"\hat v = \frac{1}{n} \sum_{i=1}^n (u_i - \hat a)^2", ["correct", "correct"]),
        (MEAN, r"\hat v = \frac{2}{n} \sum_{i=1}^n (u_i - \hat a)^2", ["correct", "wrong"]),
        (r"\hat a = \frac{2}{n} \sum_{i=1}^n u_i", r"\hat c = 1", ["wrong", "correct"]),
    ],
)
def test_setting_both_to_zero(mean: str, spread: str, told: list[str]) -> None:
    text = f"{GRADIENTS}\nSetting both to zero gives\n\n{displayed(mean, spread)}"
    assert verdicts(text)[-2:] == told


def test_an_estimate_that_nothing_asks_for_is_a_definition() -> None:
    text = GRADIENTS + displayed(r"\hat a = \frac{2}{n} \sum_{i=1}^n u_i")
    assert verdicts(text)[-1] == "correct"


def test_an_estimate_of_another_shape_is_put_in_nowhere() -> None:
    declared = (
        r"With $w \in \mathbb{R}^n$ and $X \in \mathbb{R}^{p \times n}$, where the gradient is set to zero:"
    )
    lines = (
        r"E = \|X w - y\|^2",
        r"\nabla_w E = 2 X^\top (X w - y) = 0",
        r"\hat w = y^\top y",
        r"X^\top X w = X^\top y",
    )
    found = verdicts(f"{declared}\n\n{displayed(*lines)}")
    assert found[-1] == "correct"
    assert found[-2] != "wrong"
