"""Sums that leave entries out: at an end, below another index, or by a condition beside the line."""

import pytest

from tests.checking.written import displayed, verdicts

CHAIN = r"Springs between neighbours, $u \in \mathbb{R}^{n}$." + "\n\n"
ENERGY = r"E = \frac12 \sum_{i=1}^{n-1} (u_{i+1} - u_i)^2"
RIDGE = r"Weights $w \in \mathbb{R}^{p}$, of which the first is left alone." + "\n\n"
PENALTY = r"R = \sum_{j=2}^{p} w_j^2"
PAIRS = r"Points on a line, $x \in \mathbb{R}^{n}$." + "\n\n"
SQUARES = r"E = \sum_{i<j} (x_i - x_j)^2"
RUNNING = r"Running sums of $x \in \mathbb{R}^{n}$." + "\n\n"
SUMS = (r"c_k = \sum_{i=1}^{k} x_i", r"L = \frac12 \sum_{k=1}^{n} c_k^2")
FIT = r"L(w) = \sum_{i=1}^{n} (w^\top x_i - y_i)^2"

CASES = [
    (CHAIN, (ENERGY, r"\frac{\partial E}{\partial u_1} = u_1 - u_2"), "correct"),
    (CHAIN, (ENERGY, r"\frac{\partial E}{\partial u_n} = u_n - u_{n-1}"), "correct"),
    (CHAIN, (ENERGY, r"\frac{\partial E}{\partial u_n} = u_{n-1} - u_n"), "wrong"),
    (
        CHAIN,
        (ENERGY, r"\frac{\partial E}{\partial u_k} = 2 u_k - u_{k-1} - u_{k+1}, \quad 1 < k < n"),
        "correct",
    ),
    (CHAIN, (ENERGY, r"\frac{\partial E}{\partial u_k} = 2 u_k - u_{k-1} - u_{k+1}"), "correct"),
    (CHAIN, (ENERGY, r"\frac{\partial E}{\partial u_k} = u_k - u_{k-1} - u_{k+1}, \quad 1 < k < n"), "wrong"),
    (
        CHAIN,
        (ENERGY, r"\frac{\partial E}{\partial u_k} = 2 u_k - u_{k-1} - u_{k+1}, \quad k = 2, \dots, n-1"),
        "correct",
    ),
    (
        CHAIN + r"Inside, $1 < k < n$:" + "\n\n",
        (ENERGY, r"\frac{\partial E}{\partial u_k} = 2 u_k - u_{k-1} - u_{k+1}"),
        "correct",
    ),
    (RIDGE, (PENALTY, r"\frac{\partial R}{\partial w_1} = 0"), "correct"),
    (RIDGE, (PENALTY, r"\frac{\partial R}{\partial w_1} = 2 w_1"), "wrong"),
    (RIDGE, (PENALTY, r"\frac{\partial R}{\partial w_k} = 2 w_k, \quad k \ge 2"), "correct"),
    (RIDGE, (PENALTY, r"\frac{\partial R}{\partial w_k} = 2 w_k"), "undecided"),
    (RIDGE, (PENALTY, r"\frac{\partial R}{\partial w_k} = w_k"), "wrong"),
    (PAIRS, (SQUARES, r"\frac{\partial E}{\partial x_k} = 2 \sum_{j=1}^{n} (x_k - x_j)"), "correct"),
    (PAIRS, (SQUARES, r"\frac{\partial E}{\partial x_k} = 4 \sum_{j=1}^{n} (x_k - x_j)"), "wrong"),
    (
        PAIRS,
        (
            r"E = \sum_{i=1}^{n} \sum_{j=i+1}^{n} (x_i - x_j)^2",
            r"\frac{\partial E}{\partial x_k} = 2 \sum_{j=1}^{n} (x_k - x_j)",
        ),
        "correct",
    ),
    (RUNNING, (*SUMS, r"\frac{\partial L}{\partial x_i} = \sum_{k=i}^{n} c_k"), "correct"),
    (RUNNING, (*SUMS, r"\frac{\partial L}{\partial x_i} = \sum_{k \ge i} c_k"), "correct"),
    (RUNNING, (*SUMS, r"\frac{\partial L}{\partial x_i} = \sum_{k=1}^{i} c_k"), "wrong"),
    (RUNNING, (*SUMS, r"\frac{\partial L}{\partial x_i} = \sum_{k=1}^{n} c_k"), "wrong"),
    ("", (FIT, r"\nabla_w L = 2 \sum_{i=1}^{n} (w^\top x_i - y_i) x_i"), "correct"),
    ("", (FIT, r"\nabla_w L = 2 \sum_{i=1}^{n-1} (w^\top x_i - y_i) x_i"), "wrong"),
]


@pytest.mark.parametrize(("words", "lines", "verdict"), CASES)
def test_a_sum_takes_the_terms_that_its_limits_tell(words: str, lines: tuple[str, ...], verdict: str) -> None:
    assert verdicts(words + displayed(*lines))[-1] == verdict


@pytest.mark.parametrize("limits", ["_{i=1}^{n}", "_{i=0}^{n-1}", "_{i=1}^{n-1}", "_{i=2}^{n}", "_{i=0}^{n}"])
def test_a_sum_that_nothing_shows_to_leave_entries_out_takes_them_all(limits: str) -> None:
    loss = rf"L = \sum{limits} (p_i - y_i)^2"
    found = verdicts(displayed(loss, r"\frac{\partial L}{\partial p_j} = 2 (p_j - y_j)"))
    assert found[-1] == "correct"


def test_entries_that_are_counted_from_zero_keep_their_first() -> None:
    lines = (
        r"L = \sum_{i=0}^{n-1} (p_i - y_i)^2",
        r"R = \sum_{i=1}^{n-1} p_i^2",
        r"\frac{\partial R}{\partial p_j} = 2 p_j, \quad j > 0",
    )
    assert verdicts(displayed(*lines))[-1] == "correct"


@pytest.mark.parametrize(("right", "verdict"), [("2 w_k", "correct"), ("w_k", "wrong")])
def test_an_order_in_the_words_before_a_line_holds_for_it(right: str, verdict: str) -> None:
    text = RIDGE + displayed(PENALTY) + "\nFor $k > 1$ we find\n\n"
    assert verdicts(text + displayed(rf"\frac{{\partial R}}{{\partial w_k}} = {right}"))[-1] == verdict


@pytest.mark.parametrize(("factor", "verdict"), [("-2", "correct"), ("-1", "wrong"), ("2", "wrong")])
def test_a_pair_of_a_set_binds_the_letter_before_it_alone(factor: str, verdict: str) -> None:
    fit = r"C = \sum_{(s, t) \in K} (m_{st} - a_s^T b_t)^2 + \kappa \sum_s \|a_s\|^2"
    line = rf"\frac{{\partial C}}{{\partial a_s}} = {factor} \sum_{{t : (s, t) \in K}}"
    assert verdicts(displayed(fit, line + r" (m_{st} - a_s^T b_t) b_t + 2 \kappa a_s"))[-1] == verdict
