"""What a line asks for, and what it takes for granted: zeros of gradients, labels that sum to one."""

import pytest

from tests.checking.single_lines import last_verdict
from tests.checking.written import displayed, verdicts

CROSS_ENTROPY = r"p = \operatorname{softmax}(x) ;; L = -\sum_k y_k \log p_k ;; "
INLINE = r"L = -\sum_k y_k \log \frac{e^{x_k}}{\sum_j e^{x_j}} ;; "

ASKED = [
    r"f = s^2 ;; \frac{df}{ds} = 0",
    r"f = \frac12 \|X w - y\|^2 ;; X^T (X w + y) = 0",
    r"f = \frac12 \|X w - y\|^2 ;; \frac{\partial f}{\partial w_j} = 0",
]
RIGHT = [
    r"f = \frac12 \|X w - y\|^2 ;; X^T (X w - y) = 0",
    r"f = x^T x ;; \nabla_y f = 0",
    r"f = x^T x - x^T y ;; \nabla_x f = 2 x - y = 0",
    r"A - A = 0",
    r"f := x^T x ;; \nabla_x f := 2 x",
    CROSS_ENTROPY + r"\frac{\partial L}{\partial x} = p - y",
    INLINE + r"\frac{\partial L}{\partial x_k} = \frac{e^{x_k}}{\sum_j e^{x_j}} - y_k",
    r"P = \operatorname{softmax}(M) ;; L = -\sum_{i,k} N_{ik} \log P_{ik} ;; \nabla_M L = P - N",
]
WRONG = [
    r"f = x^T x ;; \nabla_x f = 1",
    r"f := x^T x ;; \nabla_x f := x",
    r"p = \operatorname{softmax}(x) ;; \frac{\partial p_i}{\partial x_j} = 0",
    CROSS_ENTROPY + r"\frac{\partial L}{\partial x} = y - p",
    CROSS_ENTROPY + r"\frac{\partial L}{\partial x} = p - \mathbf{1}",
    CROSS_ENTROPY + r"\frac{\partial L}{\partial p_k} = p_k - y_k",
    r"P = \operatorname{softmax}(M) ;; L = -\sum_{i,k} N_{ik} \log P_{ik} ;; \nabla_M L = P \odot P - N",
]


@pytest.mark.parametrize("lines", ASKED)
def test_a_gradient_that_is_set_to_zero_accuses_nobody(lines: str) -> None:
    assert last_verdict(lines) == "undecided"


@pytest.mark.parametrize("lines", RIGHT)
def test_a_right_line_is_right(lines: str) -> None:
    assert last_verdict(lines) in ("correct", "convention")


@pytest.mark.parametrize("lines", WRONG)
def test_a_wrong_line_is_wrong(lines: str) -> None:
    assert last_verdict(lines) == "wrong"


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (r"\frac{B}{a}", "undecided"),
        (r"\frac{1}{a} \sum_{j=1}^K \sum_{i=1}^B r_{ij}", "correct"),
        (r"\frac{2}{a} \sum_{j=1}^K \sum_{i=1}^B r_{ij}", "wrong"),
    ],
)
def test_a_sum_of_entries_that_becomes_a_number_is_a_condition_on_them(given, verdict):
    loss = r"J = \sum_{i=1}^B \sum_{j=1}^K r_{ij} \log u_j - a \sum_{j=1}^K u_j ;; "
    assert (
        last_verdict(loss + rf"\frac{{1}}{{a}} \sum_{{i=1}}^B \sum_{{j=1}}^K r_{{ij}} = {given}") == verdict
    )


def test_the_solution_of_a_condition_that_was_not_judged_is_not_judged():
    asked = r"$$\frac{\partial \ell}{\partial q} = \frac{n}{q} + \kappa = 0 \implies q = -\frac{n}{\kappa}$$"
    assert verdicts(asked)[-1] == "undecided"
    told = r"$$\ell = n \log q + \kappa (q - 1)$$" + "\n\n"
    assert verdicts(told + asked)[-1] == "correct"
    assert verdicts(told + asked.replace(r"q = -", "q = "))[-1] == "wrong"


@pytest.mark.parametrize(
    ("middle", "last", "verdict"),
    [
        (r"- \frac{1}{2 s} \sum_{i=1}^n -2 (x_i - c)", r"\frac{1}{s} \sum_{i=1}^n (x_i - c)", "correct"),
        (r"- \frac{1}{2} \sum_{i=1}^n -2 (x_i - c)", r"\sum_{i=1}^n (x_i - c)", "undecided"),
        (r"\frac{1}{2 s} \sum_{i=1}^n (x_i - c)", r"\frac{1}{2 s} \sum_{i=1}^n (x_i - c)", "convention"),
        (r"- \frac{1}{2 s} \sum_{i=1}^n -3 (x_i - c)", r"\frac{1}{s} \sum_{i=1}^n (x_i - c)", "wrong"),
    ],
)
def test_a_number_that_multiplies_a_gradient_asked_to_be_zero_stays(middle, last, verdict):
    loss = r"F = - \frac{1}{2 s} \sum_{i=1}^n (x_i - c)^2"
    derived = r"- \frac{1}{2 s} \frac{\partial}{\partial c} \sum_{i=1}^n (x_i - c)^2"
    chain = rf"0 = \frac{{\partial F}}{{\partial c}} = {derived} = {middle} = {last}"
    assert verdicts(displayed(loss, chain))[3] == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"w^T w = 1", "undecided"),
        (r"\|w\|^2 = 1", "undecided"),
        (r"w^T M w = 1", "undecided"),
        (r"w^T w = 2 w^T w", "wrong"),
        (r"f(w) = 2 w^T M w", "wrong"),
    ],
)
def test_a_length_that_is_asked_for_is_a_constraint(line: str, verdict: str) -> None:
    given = r"$w \in \mathbb{R}^d$, $M \in \mathbb{R}^{d \times d}$ symmetric." + "\n\n"
    assert verdicts(given + displayed(r"f(w) = w^T M w", line))[-1] == verdict
