"""Diagonal matrices of listed entries, and probabilities of values, in second derivatives of likelihoods."""

import pytest

from tests.checking.written import displayed, verdicts

COUNTS = [
    r"P(Y = y \mid r) = \frac{r^y e^{-r}}{y!}",
    r"\ell = \sum_{i=1}^n \left[ y_i x_i^T b - e^{x_i^T b} \right]",
    r"r_i = e^{x_i^T b}",
    r"\frac{\partial \ell}{\partial b} = X^T (y - r)",
]


@pytest.mark.parametrize(
    "diagonal",
    [
        r"\text{diag}(r_1, \ldots, r_n)",
        r"\operatorname{diag}(r_i)",
        r"\operatorname{diag}(r)",
        r"\text{diag}\begin{pmatrix} r_1 \\ \vdots \\ r_n \end{pmatrix}",
    ],
)
def test_a_diagonal_is_that_of_its_list(diagonal: str) -> None:
    second = r"\frac{\partial^2 \ell}{\partial b \partial b^T} = "
    lines = [*COUNTS, f"{second} -X^T W X", f"W = {diagonal}"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    assert verdicts(displayed(*COUNTS, f"{second} X^T {diagonal} X"))[-1] == "wrong"


def test_the_probability_of_a_value_is_its_density() -> None:
    lines = [COUNTS[0], r"\frac{\partial \log P(Y = y \mid r)}{\partial r} = \frac{y}{r} - 1"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
    lines[1] = r"\frac{\partial \log P(Y = y \mid r)}{\partial r} = \frac{y}{r} - r"
    assert verdicts(displayed(*lines))[-1] == "wrong"


def test_an_event_is_no_value() -> None:
    lines = [r"P(y = 1 \mid x) = \sigma(v^T x)", r"\nabla_v P(y = 1 \mid x) = \sigma'(v^T x) x"]
    assert set(verdicts(displayed(*lines))) == {"correct"}
