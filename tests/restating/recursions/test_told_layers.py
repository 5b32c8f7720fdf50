"""Networks whose letters are their layers, the loss told of the last; names that a chain brings in."""

import pytest

from tests.checking.test_index_layers import verdicts

EXPLICIT = r"""
$$u_q = \tanh\left(\sum_p v_{pq} u_p\right), \qquad u_r = \tanh\left(\sum_q v_{qr} u_q\right)$$
$$C = \sum_r (u_r - d_r)^2$$
"""
OF_ANY_UNIT = r"""
$$s_j = \sum_i v_{ij} u_i + c_j, \qquad u_j = \frac{1}{1 + e^{-s_j}}$$
$$C = \frac12 \sum_k (d_k - u_k)^2$$
$$e_k = -\frac{\partial C}{\partial s_k} = (d_k - u_k) u_k (1 - u_k)$$
"""
ONE_OUTPUT = r"""
$L_i = \sigma(\sum v_{hi} L_h) = \sigma(sum_i)$, where $\sigma$ is the sigmoid, and then

$L_j = \sigma(\sum v_{ij} L_i) = \sigma(sum_j)$

$$E = \frac{(L_j - G)^2}{2}$$
"""
BROUGHT_IN = r"""
$$p = \tanh(A x + c) = \tanh(s), \qquad J = \frac12 \|p - y\|^2$$
"""
ONE_OUTPUT_GRADIENT = r"\frac{\partial E}{\partial v_{ij}} = (L_j - G) L_j (1 - L_j) L_i"
RIGHT = [
    (EXPLICIT, r"\frac{\partial C}{\partial v_{qr}} = 2 (u_r - d_r) (1 - u_r^2) u_q"),
    (EXPLICIT, r"\frac{\partial C}{\partial u_q} = 2 \sum_r (u_r - d_r) (1 - u_r^2) v_{qr}"),
    (EXPLICIT, r"\frac{\partial C}{\partial v_{pq}} = \frac{\partial C}{\partial u_q} (1 - u_q^2) u_p"),
    (OF_ANY_UNIT, r"\frac{\partial C}{\partial v_{jk}} = -e_k u_j"),
    (OF_ANY_UNIT, r"\frac{\partial C}{\partial c_k} = -e_k"),
    (OF_ANY_UNIT, r"\frac{\partial C}{\partial v_{ij}} = -u_j (1 - u_j) u_i \sum_k v_{jk} e_k"),
    (ONE_OUTPUT, ONE_OUTPUT_GRADIENT),
    (ONE_OUTPUT, r"\frac{\partial E}{\partial L_i} = \frac{\partial E}{\partial sum_j} v_{ij}"),
    (ONE_OUTPUT, r"\frac{\partial E}{\partial v_{hi}} = (L_j - G) L_j (1 - L_j) v_{ij} L_i (1 - L_i) L_h"),
    (BROUGHT_IN, r"\frac{\partial J}{\partial s} = (p - y) \odot (1 - p \odot p)"),
    (BROUGHT_IN, r"\frac{\partial J}{\partial A} = \frac{\partial J}{\partial s} x^T"),
]
WRONG = [
    (EXPLICIT, r"\frac{\partial C}{\partial v_{qr}} = (u_r - d_r) (1 - u_r^2) u_q"),
    (EXPLICIT, r"\frac{\partial C}{\partial u_q} = 2 \sum_r (u_r - d_r) (1 - u_q^2) v_{qr}"),
    (EXPLICIT, r"\frac{\partial C}{\partial v_{pq}} = \frac{\partial C}{\partial u_q} (1 - u_q^2) u_q"),
    (OF_ANY_UNIT, r"\frac{\partial C}{\partial v_{jk}} = e_k u_j"),
    (OF_ANY_UNIT, r"\frac{\partial C}{\partial v_{ij}} = -u_j (1 - u_j) u_j \sum_k v_{jk} e_k"),
    (ONE_OUTPUT, r"\frac{\partial E}{\partial v_{ij}} = (L_j - G) L_j (1 - L_i) L_i"),
    (ONE_OUTPUT, r"\frac{\partial E}{\partial L_i} = -\frac{\partial E}{\partial sum_j} v_{ij}"),
    (BROUGHT_IN, r"\frac{\partial J}{\partial s} = (p - y) \odot (1 + p \odot p)"),
    (BROUGHT_IN, r"\frac{\partial J}{\partial A} = 2 \frac{\partial J}{\partial s} x^T"),
]


@pytest.mark.parametrize(("text", "line"), RIGHT)
def test_right_lines_are_right(text: str, line: str) -> None:
    assert set(verdicts(text, line)) == {"correct"}


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_a_wrong_line_is_wrong_and_no_other(text: str, line: str) -> None:
    *others, last = verdicts(text, line)
    assert (set(others), last) == ({"correct"}, "wrong")


def test_a_name_that_is_defined_is_not_brought_in() -> None:
    text = r"$$s = A x + 2 c, \qquad p = \tanh(A x + c) = \tanh(s), \qquad J = \frac12 \|p - y\|^2$$"
    assert verdicts(text, r"\frac{\partial J}{\partial p} = p - y") == [
        *("correct", "correct", "wrong", "correct", "correct")
    ]


def test_a_word_gives_entries_no_value() -> None:
    *found, last = verdicts(r"$L_h = input$" + ONE_OUTPUT, ONE_OUTPUT_GRADIENT)
    assert (found.count("undecided"), found.count("correct"), last) == (1, 5, "correct")


TURNED = r"""
$$p_j = \sum_i v_{ji} u_i, \qquad u_j = \tanh(p_j)$$
$$p_k = \sum_j v_{kj} u_j, \qquad u_k = \tanh(p_k)$$
$$E = \frac12 \sum_k (u_k - t_k)^2$$
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial p_j}{\partial v_{ij}} = u_i", "convention"),
        (r"\frac{\partial E}{\partial v_{jk}} = (u_k - t_k) (1 - u_k^2) u_j", "convention"),
        (r"\frac{\partial E}{\partial v_{jk}} = (u_k - t_k) (1 - u_k) u_j", "wrong"),
    ],
)
def test_letters_of_a_weight_the_other_way_round_are_between_the_same_layers(line: str, verdict: str) -> None:
    assert verdicts(TURNED, line)[-1] == verdict
