"""`(S - λ) v` for `(S - λ I) v`, and sums of entries that are set to a number: what authors leave out."""

import pytest

from tests.checking.written import displayed, verdicts

FORM = displayed(r"E = \mathrm{tr}(v^T S v) - \lambda v^T v")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial v} = (S + S^T) v - 2 \lambda v", "correct"),
        (r"\frac{\partial E}{\partial v} = (S + S^T - 2 \lambda) v", "correct"),
        (r"\frac{\partial E}{\partial v} = (S + S^T + 2 \lambda) v", "wrong"),
        (r"\frac{\partial E}{\partial v} = (S + S^T - \lambda) v", "wrong"),
    ],
)
def test_a_number_beside_a_square_matrix(line: str, verdict: str) -> None:
    assert verdicts(FORM + displayed(line))[-1] == verdict


@pytest.mark.parametrize(
    ("definition", "line", "verdict"),
    [
        (r"q_i = \frac{c_i}{\lambda}", r"\sum_{i=1}^m q_i = 1", "undecided"),
        (r"q_i = \frac{e^{u_i}}{\sum_{k=1}^m e^{u_k}}", r"\sum_{i=1}^m q_i = 1", "correct"),
        (r"q_i = \frac{e^{u_i}}{\sum_{k=1}^m e^{u_k}}", r"\sum_{i=1}^m q_i^2 = 1", "wrong"),
    ],
)
def test_a_sum_set_to_one(definition: str, line: str, verdict: str) -> None:
    assert verdicts(displayed(definition, line))[-1] == verdict
