"""Softmaxes that a text names without a formula, and tells by their derivative."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)", "correct"),
        (r"\frac{\partial p_i}{\partial z_j} = p_j (\delta_{ij} - p_i)", "correct"),
        (r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} + p_j)", "wrong"),
        (r"\frac{\partial \sigma(x)_i}{\partial x_j} = \sigma(x)_i (1_{i=j} - \sigma(x)_j)", "correct"),
        (r"\frac{\partial \sigma(x)_i}{\partial x_j} = \sigma(x)_i (1_{i=j} - \sigma(x)_i)", "wrong"),
        (r"\frac{\partial Y_{ik}}{\partial X_{ij}} = Y_{ik} (\delta_{kj} - Y_{ij})", "correct"),
        (r"\frac{\partial Y_{ik}}{\partial X_{ij}} = Y_{ij} (\delta_{kj} - Y_{ij})", "wrong"),
    ],
)
def test_a_derivative_tells_of_what_a_softmax_is(line: str, verdict: str) -> None:
    assert verdicts(f"The softmax has the derivative\n\n{displayed(line)}") == [verdict]


def test_other_letters_tell_of_something_else() -> None:
    line = r"\frac{\partial p_i}{\partial z_j} = \frac{1}{T} p_i (\delta_{ij} + p_j)"
    assert verdicts(f"The softmax has the derivative\n\n{displayed(line)}") == ["undecided"]
    plain = r"\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} + p_j)"
    assert verdicts(displayed(plain)) == ["undecided"]
