"""Jacobians by a letter, `J_x(f)`, and vectors that are rows because the words say so."""

import pytest

from tests.checking.written import displayed, verdicts

WORDS = "We need the Jacobian of each layer.\n\n"
LAYER = (r"z = M x + c", r"a = \tanh(z)")
ROWS = "Here all of our row vectors have a Jacobian; we use row vectors throughout.\n\n"
SOFTMAX = r"p_i = \frac{e^{u_i}}{\sum_k e^{u_k}}"


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ((*LAYER, r"J_x(z) = M"), "correct"),
        ((*LAYER, r"J_z(a) = \operatorname{diag}(1 - a \odot a)"), "correct"),
        ((*LAYER, r"J_z(a) = \operatorname{diag}(1 + a \odot a)"), "wrong"),
        ((*LAYER, r"J_x(a) = \operatorname{diag}(1 - a \odot a) M"), "correct"),
        ((*LAYER, r"J_x(a) = \operatorname{diag}(1 - a) M"), "wrong"),
        ((r"g(u) = u \odot u", r"J_g(u) = 2 \operatorname{diag}(u)"), "correct"),
        ((r"g(u) = u \odot u", r"J_g(u) = \operatorname{diag}(u)"), "wrong"),
    ],
)
def test_a_jacobian_by_a_letter_is_a_derivative(lines: tuple[str, ...], verdict: str) -> None:
    assert verdicts(WORDS + displayed(*lines))[-1] == verdict


def test_without_the_word_the_letter_is_a_name() -> None:
    assert verdicts(displayed(*LAYER, r"J_x(a) = M"))[-1] == "correct"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"J_u(p) = \operatorname{diag}(p) - p^\top p", "correct"),
        (r"J_u(p) = \operatorname{diag}(p) + p^\top p", "wrong"),
        (r"J_u(p) = \operatorname{diag}(p) - p^\top \mathbf 1", "wrong"),
    ],
)
def test_vectors_are_rows_where_the_words_say_so(line: str, verdict: str) -> None:
    assert verdicts(ROWS + displayed(SOFTMAX, line))[-1] == verdict


def test_half_an_equation_is_not_read_otherwise() -> None:
    lines = (r"h(r) = f(g(r))", r"f(u) = \sin(u)", r"g(r) = r^2", r"J_h(r) = J_f(g(r)) \cdot J_g(r)")
    assert verdicts(WORDS + displayed(*lines))[-1] == "correct"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\mathcal{B}_f^x(\overline{y}) = \overline{y}^\top M", "correct"),
        (r"\mathcal{B}_f^x(\overline{y}) = \overline{y}^\top M^\top", "wrong"),
        (r"\overline{y}^\top \frac{\partial f}{\partial x} = \overline{y}^\top M", "correct"),
        (r"\overline{y}^\top \frac{\partial f}{\partial x} = \overline{y}^\top M^\top", "wrong"),
    ],
)
def test_a_pullback_is_a_row_times_the_jacobian(line: str, verdict: str) -> None:
    words = "The pullback of $f(x) = M x$ with $y = f(x)$:\n\n"
    assert verdicts(words + displayed(line))[-1] == verdict
