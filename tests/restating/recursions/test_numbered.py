"""An index that numbers vectors or matrices: `x_i` of sample i, `A_h` of head h."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

SQUARES = (
    r"E = \frac{1}{2N} \sum_{n=1}^N (u^\top x_n + c - t_n)^2",
    r"\nabla_u E = \frac{1}{N} \sum_{n=1}^N (u^\top x_n + c - t_n) x_n",
    r"\frac{\partial E}{\partial c} = \frac{1}{N} \sum_n (u^\top x_n + c - t_n)",
    r"\nabla^2_u E = \frac{1}{N} \sum_{n=1}^N x_n x_n^\top",
)
LAYER = (
    r"a_j = V x_j + d",
    r"h_j = \tanh(a_j)",
    r"E = \frac{1}{2} \sum_{j=1}^M \|h_j - t_j\|^2",
    r"\frac{\partial E}{\partial a_j} = (h_j - t_j) \odot (1 - h_j \odot h_j)",
    r"\frac{\partial E}{\partial V} = \sum_{j=1}^M \frac{\partial E}{\partial a_j} x_j^\top",
    r"\frac{\partial E}{\partial d} = \sum_j \frac{\partial E}{\partial a_j}",
)
HEADS = (
    r"Z_h = S X A_h",
    r"F = \sum_{h=1}^H Z_h B_h",
    r"E = \frac{1}{2} \|F - T\|_F^2",
    r"\frac{\partial E}{\partial B_h} = Z_h^\top (F - T)",
    r"\frac{\partial E}{\partial A_h} = X^\top S^\top (F - T) B_h^\top",
)
PAIRS = (
    r"d_{ij} = (x_i - x_j)^\top (x_i - x_j)",
    r"E = \sum_i \sum_{j \ne i} s_{ij} d_{ij}",
    r"\frac{\partial E}{\partial x_k} = 2 \sum_{j \ne k} (s_{kj} + s_{jk}) (x_k - x_j)",
)
PLANTED = [
    (SQUARES, r"- t_n) x_n", r"+ t_n) x_n"),
    (SQUARES, r"\frac{1}{N} \sum_n (", r"\sum_n ("),
    (SQUARES, r"x_n x_n^\top", r"t_n x_n x_n^\top"),
    (LAYER, r"(1 - h_j \odot h_j)", r"(1 - h_j)"),
    (LAYER, r"(h_j - t_j) \odot", r"(t_j - h_j) \odot"),
    (HEADS, r"= Z_h^\top (F - T)", r"= Z_h^\top (T - F)"),
    (HEADS, r"= X^\top S^\top (F", r"= X^\top S (F"),
    (PAIRS, r"= 2 \sum", r"= \sum"),
    (PAIRS, r"(s_{kj} + s_{jk})", r"s_{kj}"),
]


@pytest.mark.parametrize("lines", [SQUARES, LAYER, HEADS, PAIRS])
def test_claims_about_numbered_arrays_are_right(lines):
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(("lines", "right", "wrong"), PLANTED)
def test_a_planted_error_is_found(lines, right, wrong):
    spoiled = [line.replace(right, wrong) for line in lines]
    assert spoiled != list(lines)
    assert "wrong" in verdicts(displayed(*spoiled))


def test_gates_are_no_numbers():
    lines = (
        r"f_t = \sigma(W_f x_t)",
        r"i_t = \sigma(W_i x_t)",
        r"E = \frac{1}{2} \sum_t \|f_t \odot i_t - y_t\|^2",
        r"\frac{\partial E}{\partial f_t} = (f_t \odot i_t - y_t) \odot i_t",
    )
    assert "wrong" not in verdicts(displayed(*lines))


def test_entries_of_a_vector_that_stands_whole_are_no_numbered_vectors():
    lines = (
        r"E = \frac{1}{2} \|A x - y\|^2 + \sum_i s(A x_i)",
        r"\frac{\partial E}{\partial y_i} = y_i - (A x)_i",
    )
    assert "wrong" not in verdicts(displayed(*lines))
