"""Sums along rows, factorials of counts, and definite matrices, by the words and signs for them."""

import pytest

from tests.checking.written import displayed, verdicts

SHAPES = r"""
Let $P \in \mathbb{R}^{n \times d}$ and $R \in \mathbb{R}^{m \times d}$, and $U \in \mathbb{R}^{m \times c}$.

"""
FORWARD = (r"S = P R^\top", r"A = \operatorname{softmax}(S)", r"O = A U")
POISSON = r"\ell(b) = \sum_{i=1}^n \left( y_i x_i^\top b - e^{x_i^\top b} - \log(y_i!) \right)"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"dS = A \odot (dA - \operatorname{rowsum}(dA \odot A))", "correct"),
        (r"dS = A \odot (dA - \operatorname{colsum}(dA \odot A))", "wrong"),
        (r"dS = A \odot dA - \operatorname{rowsum}(dA \odot A)", "wrong"),
    ],
)
def test_scores_whose_keys_are_called_m_are_normalised_by_row(claim: str, verdict: str) -> None:
    assert verdicts(SHAPES + displayed(*FORWARD, r"dA = dO U^\top", claim))[-1] == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial \ell}{\partial b} = \sum_{i=1}^n (y_i - e^{x_i^\top b}) x_i", "correct"),
        (r"\frac{\partial \ell}{\partial b} = \sum_{i=1}^n (y_i - x_i^\top b) x_i", "wrong"),
        (r"\nabla^2 \ell(b) = -\sum_{i=1}^n e^{x_i^\top b} x_i x_i^\top", "correct"),
    ],
)
def test_a_factorial_of_counts_is_no_obstacle(claim: str, verdict: str) -> None:
    assert verdicts(displayed(POISSON, claim))[-1] == verdict


def test_that_a_matrix_is_definite_is_a_remark() -> None:
    found = verdicts(displayed(r"J(w) = \|X w - y\|^2", r"\nabla^2 J(w) = 2 X^\top X \succeq 0"))
    assert found == ["correct", "correct", "undecided"]
