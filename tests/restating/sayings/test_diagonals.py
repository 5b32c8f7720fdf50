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


WEIGHTED = [
    r"K = (A u - y)^T D (A u - y)",
    r"\nabla_u K = 2 A^T D A u - 2 A^T D y",
    r"R = -\sum_{i=1}^m (y_i - a_i^T u)^2",
    r"\nabla_u R = 2 \sum_{i=1}^m (y_i - a_i^T u) a_i",
]
SECOND = r"\frac{\partial^2 \ell}{\partial b \partial b^T} = -X^T W X"


def test_entries_of_a_diagonal_tell_the_whole_matrix() -> None:
    told = r"D_{ii} = \frac{1}{3} d^{(i)}"
    assert set(verdicts(displayed(WEIGHTED[0], told, *WEIGHTED[1:]))) == {"correct"}
    assert verdicts(displayed(WEIGHTED[0], told, WEIGHTED[1].replace("2", "", 1)))[-1] == "wrong"
    assert set(verdicts(displayed(*COUNTS, r"W_{ii} = r_i", SECOND))) == {"correct"}
    assert verdicts(displayed(*COUNTS, r"W_{ii} = r_i^2", SECOND))[-1] == "wrong"


def test_a_matrix_with_other_entries_is_none_of_its_diagonal() -> None:
    lines = [*COUNTS, r"W_{ii} = r_i", r"W_{ij} = r_i r_j", SECOND]
    assert "correct" not in verdicts(displayed(*lines))[-1:]


@pytest.mark.parametrize(
    "words",
    [
        "where $W$ is the diagonal matrix with entries $r_i$.",
        "where $W$ is a $n \\times n$ diagonal matrix whose $i$-th diagonal element is $r_i$.",
        "Here $W$ is a diagonal weight matrix with $r_i$ on its diagonal.",
    ],
)
def test_words_may_tell_a_diagonal(words: str) -> None:
    assert set(verdicts(f"{displayed(*COUNTS, SECOND)}\n\n{words}\n")) == {"correct"}
    assert verdicts(f"{displayed(*COUNTS, SECOND)}\n\n{words.replace('r_i', 'r_i^2')}\n")[-1] == "wrong"
