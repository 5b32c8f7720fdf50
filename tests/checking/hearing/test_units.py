"""Unit vectors and identities by their entries: `e_k`, `I_{kj}`."""

import pytest

from tests.checking.written import displayed, verdicts

SOFTMAX = "Let $s = \\operatorname{softmax}(z)$ and $e_k$ the $k$-th standard basis vector.\n\n"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial s}{\partial z_k} = s_k (e_k - s)", "correct"),
        (r"s_k = e_k^T s", "correct"),
        (r"\nabla_z \log s_k = e_k - s", "correct"),
        (r"\nabla_z \log s_k = e_k + s", "wrong"),
        (r"\frac{\partial s}{\partial z_k} = s_k (s - e_k)", "wrong"),
    ],
)
def test_unit_vectors(line: str, verdict: str) -> None:
    assert verdicts(SOFTMAX + displayed(line))[-1] == verdict


def test_the_unit_vector_of_a_label() -> None:
    text = "With $e_c$ the unit vector of class $c$:\n\n" + displayed(
        r"z = W x",
        r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
        r"L = -\log p_c",
        r"\frac{\partial L}{\partial W} = (p - e_c) x^T",
        r"\frac{\partial L}{\partial W} = (p + e_c) x^T",
    )
    assert verdicts(text) == ["correct"] * 4 + ["wrong"]


def test_an_error_is_no_unit_vector() -> None:
    text = "The one-hot vectors $t$ are given.\n\n" + displayed(
        r"e_k = z_k - t_k", r"L = \frac12 \sum_k e_k^2", r"\frac{\partial L}{\partial z_k} = e_k"
    )
    assert verdicts(text) == ["correct"] * 3


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial y_{nk}}{\partial a_{nj}} = y_{nk} (I_{kj} - y_{nj})", "correct"),
        (r"\frac{\partial y_{nk}}{\partial a_{nj}} = y_{nk} (I_{kj} - y_{nk})", "wrong"),
        (r"\frac{\partial y_{nk}}{\partial a_{nj}} = y_{nk} (I_{nj} - y_{nj})", "wrong"),
    ],
)
def test_entries_of_the_identity(line: str, verdict: str) -> None:
    softmax = r"y_{nk} = \frac{\exp(a_{nk})}{\sum_j \exp(a_{nj})}"
    assert verdicts(displayed(softmax, line)) == ["correct", verdict]


def test_deltas_of_numbered_arrays() -> None:
    text = displayed(
        r"e_i = \frac{q^\top k_i}{\sqrt{d}}",
        r"\alpha_i = \frac{\exp(e_i)}{\sum_j \exp(e_j)}",
        r"o = \sum_i \alpha_i v_i",
        r"\frac{\partial \alpha_i}{\partial e_j} = \alpha_i (\delta_{ij} - \alpha_j)",
        r"\frac{\partial \alpha_i}{\partial e_j} = \alpha_i (\delta_{ij} + \alpha_j)",
    )
    assert verdicts(text) == ["correct"] * 4 + ["wrong"]
