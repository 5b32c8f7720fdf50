"""A name of several capitals that `:=` gives to a formula, and probabilities that nothing defines."""

import pytest

from tests.checking.written import displayed, verdicts

LINES = (
    r"u_j = \sum_i v_{ji} s_i",
    r"E = \frac12 \sum_j (u_j - g_j)^2",
    r"\frac{\partial E}{\partial s_i} = \sum_j (u_j - g_j) v_{ji} := ER_i",
    r"s_i = \sum_k a_{ik} q_k",
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial a_{ik}} = ER_i q_k", "correct"),
        (r"\frac{\partial E}{\partial a_{ik}} = -ER_i q_k", "wrong"),
    ],
)
def test_capitals_behind_a_formula_are_one_name(line: str, verdict: str) -> None:
    found = verdicts(displayed(*LINES, line))
    assert found[:-1] == ["correct"] * 5
    assert found[-1] == verdict


def test_a_probability_without_a_formula_is_no_constant() -> None:
    found = verdicts(
        displayed(
            r"H = -\sum_j P(j) \log P(j)",
            r"-\log P(Y \mid X) = \sum_{i=1}^n -\log P(y^{(i)} \mid x^{(i)})",
        )
    )
    assert found[-1] == "undecided"
