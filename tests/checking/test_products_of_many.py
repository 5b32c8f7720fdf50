"""Products over an index, the largest entry of a vector, and a matrix told by its entries."""

import pytest

from tests.checking.single_lines import last_verdict
from tests.checking.written import displayed, verdicts

PRODUCT = [r"P = \prod_{i=1}^n (1 + a_i)"]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial P}{\partial a_k} = \frac{P}{1 + a_k}", "correct"),
        (r"\frac{\partial P}{\partial a_k} = \prod_{i \neq k} (1 + a_i)", "correct"),
        (r"\frac{\partial \log P}{\partial a_k} = \frac{1}{1 + a_k}", "correct"),
        (r"\frac{\partial P}{\partial a_k} = \prod_i (1 + a_i)", "wrong"),
        (r"\frac{\partial P}{\partial a_k} = P (1 + a_k)", "wrong"),
    ],
)
def test_a_product_over_an_index(line: str, verdict: str) -> None:
    assert verdicts(displayed(*PRODUCT, line))[-1] == verdict


def test_a_likelihood_is_a_product() -> None:
    lines = [
        r"L = \prod_{i=1}^n p^{x_i} (1 - p)^{1 - x_i}",
        r"\ell = \log L",
        r"\frac{d \ell}{dp} = \sum_{i=1}^n \left( \frac{x_i}{p} - \frac{1 - x_i}{1 - p} \right)",
    ]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    wrong = lines[2].replace(r"- \frac{1 - x_i}", r"+ \frac{1 - x_i}")
    assert verdicts(displayed(*lines[:2], wrong))[-1] == "wrong"


def test_what_a_product_runs_over_has_to_be_told() -> None:
    assert verdicts(displayed(r"P = \prod b", r"\frac{\partial P}{\partial b} = 1"))[-1] == "undecided"


@pytest.mark.parametrize(("factor", "verdict"), [("2", "correct"), ("4", "wrong")])
def test_the_largest_entry_is_a_norm(factor: str, verdict: str) -> None:
    assert last_verdict(rf"\|2 x\|_\infty = {factor} \|x\|_\infty") == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial}{\partial X_{pq}} \operatorname{tr}(A X) = A^\top", "correct"),
        (r"\frac{\partial}{\partial X_{pq}} \operatorname{tr}(X B X) = (B X + X B)^\top", "correct"),
        (r"\frac{\partial}{\partial X_{pq}} \operatorname{tr}(X B X) = 2 (B X)^\top", "wrong"),
    ],
)
def test_a_matrix_tells_all_entries(line: str, verdict: str) -> None:
    found = verdicts(displayed(line))[-1]
    assert found == verdict or (verdict == "correct" and found == "charitable")
