"""Sums without an index run over the letter that the left side does not have, else over the samples."""

import pytest

from tests.checking.written import displayed, verdicts

NET = (r"s_j = \sum w_{ij} x_i", r"a_j = \sigma(s_j)", r"E = \frac{1}{2} \sum (a_j - t_j)^2")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial E}{\partial w_{ij}} = (a_j - t_j) a_j (1 - a_j) x_i", "correct"),
        (r"\frac{\partial E}{\partial w_{ij}} = (a_j - t_j) a_j (1 + a_j) x_i", "wrong"),
        (r"\frac{\partial E}{\partial x_i} = \sum (a_j - t_j) a_j (1 - a_j) w_{ij}", "correct"),
        (r"\frac{\partial E}{\partial x_i} = \sum (a_j - t_j) (1 - a_j) w_{ij}", "wrong"),
    ],
)
def test_the_letter_that_the_left_side_does_not_have(line: str, expected: str) -> None:
    assert verdicts(displayed(*NET, line)) == ["correct"] * 3 + [expected]


def test_no_letter_is_left_for_a_sum_over_samples() -> None:
    text = r"""
$$a^{(i)} = \sigma(w^T x^{(i)}), \qquad L = \frac{1}{2} \sum (a^{(i)} - t^{(i)})^2$$

$$\frac{\partial L}{\partial w_j} = \sum (a^{(i)} - t^{(i)}) a^{(i)} (1 - a^{(i)}) x_j^{(i)}$$
"""
    assert verdicts(text) == ["correct"] * 3


def test_a_sum_over_all_entries_of_a_matrix_is_a_loss():
    lines = (
        r"V \in \mathbb{R}^{k \times n}, \quad D \in \mathbb{R}^{n \times m}",
        r"T \in \mathbb{R}^{k \times m}",
        r"P = \sigma(V D)",
        r"E = -\sum_{i,j} (T \odot \log P + (1 - T) \odot \log(1 - P))",
        r"\frac{\partial E}{\partial V} = (P - T) D^\top",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines[:-1], lines[-1].replace("P - T", "T - P")))[-1] == "wrong"
