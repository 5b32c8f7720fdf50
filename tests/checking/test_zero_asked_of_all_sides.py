"""Chains that begin with a zero: each side is asked to be one, whatever number it is multiplied by."""

import pytest

from tests.checking.written import displayed, verdicts

LIKELIHOOD = r"\ell = -\sum_{i=1}^n \left(\frac12 \ln(2 \pi s^2) + \frac{(x_i - u)^2}{2 s^2}\right)"


@pytest.mark.parametrize(
    ("side", "verdict"),
    [
        (r"\frac{n}{s} - \frac{1}{s^3} \sum_{i=1}^n (x_i - u)^2", "convention"),
        (r"-\frac{n}{s} + \frac{1}{s^3} \sum_{i=1}^n (x_i - u)^2", "correct"),
        (r"\frac{n}{s} + \frac{1}{s^3} \sum_{i=1}^n (x_i - u)^2", "wrong"),
        (r"\frac{n}{s^2} - \frac{1}{s^3} \sum_{i=1}^n (x_i - u)^2", "wrong"),
    ],
)
def test_a_side_may_be_turned_but_not_changed(side: str, verdict: str) -> None:
    told = r"-\frac{n}{s} + \frac{1}{s^3} \sum_{i=1}^n (x_i - u)^2"
    line = rf"0 = \frac{{\partial \ell}}{{\partial s}} = {told} = {side}"
    assert verdicts(displayed(LIKELIHOOD, line))[-1] == verdict


@pytest.mark.parametrize("asked", ["", "0 = "])
def test_a_turned_sign_is_wrong_in_what_tells_the_derivative(asked: str) -> None:
    line = r"\frac{\partial \ell}{\partial s} = \frac{n}{s} - \frac{1}{s^3} \sum_{i=1}^n (x_i - u)^2"
    assert verdicts(displayed(LIKELIHOOD, asked + line))[-1] == "wrong"
