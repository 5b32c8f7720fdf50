"""Samples that are rows of X are numbered by rows; columns and a bare sample are left alone."""

import pytest

from tests.checking.written import displayed, verdicts

SUMS = r"""
$$E = \sum_{i=1}^n (t^{(i)} - w^\top x^{(i)})^2$$
$$\nabla_w E = -2 \sum_{i=1}^n (t^{(i)} - w^\top x^{(i)}) x^{(i)}$$
"""


def test_sums_over_samples_and_the_design_matrix_are_one() -> None:
    whole = r"$$E = \|t - X w\|^2$$ $$\nabla_w E = 2 X^\top (X w - t)$$"
    assert verdicts(SUMS + whole) == ["correct"] * 4


@pytest.mark.parametrize("gradient", [r"2 X^\top (X w + t)", r"X^\top (X w - t)", r"2 X (X w - t)"])
def test_a_wrong_line_about_the_design_matrix_is_wrong(gradient: str) -> None:
    text = f"{SUMS}$$\\nabla_w E = {gradient}$$\n$$E = \\|t - X w\\|^2$$"
    assert verdicts(text) == ["correct", "correct", "wrong", "correct"]


def test_samples_that_are_columns_stay_columns() -> None:
    whole = r"$$E = \|t - w^\top X\|^2$$ $$\nabla_w E = -2 X (t - w^\top X)^\top$$"
    assert verdicts(SUMS + whole) == ["correct"] * 4


HYPOTHESIS = displayed(
    r"h_\theta(x) = \frac{1}{1 + e^{-\theta^T x}}",
    r"\ell(\theta) = \sum_{i=1}^m y^{(i)} \log h_\theta(x^{(i)}) + (1-y^{(i)}) \log (1 - h_\theta(x^{(i)}))",
    r"h = \sigma(X \theta)",
    r"D = \operatorname{diag}(h_i (1 - h_i))",
)


def test_rows_are_told_by_what_stands_in_an_exponent() -> None:
    right = (r"\nabla_\theta \ell = X^T (y - h)", r"\nabla_\theta^2 \ell = -X^T D X")
    assert verdicts(HYPOTHESIS + displayed(*right))[-2:] == ["correct", "correct"]
    turned = (right[0], r"\nabla_\theta \ell = (y - h)^T X")
    assert verdicts(HYPOTHESIS + displayed(*turned))[-2:] == ["correct", "charitable"]


def test_a_claim_with_swapped_marks_makes_no_square_of_the_samples() -> None:
    right = r"\nabla_\theta \ell = X^T (y - h)"
    swapped = r"\frac{\partial \ell}{\partial \theta_j} = \sum_{i=1}^m (y^{(i)}-h_\theta(x^{(i)})) x_i^{(j)}"
    assert verdicts(HYPOTHESIS + displayed(right, swapped))[-2] == "correct"
    assert verdicts(HYPOTHESIS + displayed(right, swapped))[-1] not in ("correct", "charitable", "convention")


ONE = [
    r"f_w(x) = \sum_{j=0}^{p} w_j x_j = w^T x",
    r"E(w) = \frac12 \sum_{i=1}^{N} (f_w(x^{(i)}) - t^{(i)})^2",
    r"\frac{\partial}{\partial w_j} E(w) = \frac{\partial}{\partial w_j} \frac12 (f_w(x) - t)^2",
    r"\frac{\partial E}{\partial w_j} = (f_w(x) - t) \frac{\partial}{\partial w_j} (\sum_{i=0}^{p} w_i x_i)",
    r"\nabla_w E(w) = X^T X w - X^T \vec{t}",
    r"w_j := w_j - \alpha (f_w(x^{(i)}) - t^{(i)}) x_j^{(i)}",
]


def test_lines_about_one_sample_stand_beside_the_design_matrix() -> None:
    told = ["convention", "convention", "correct", "charitable"]
    assert verdicts(displayed(*ONE)) == ["correct", "correct", "correct", *told]


@pytest.mark.parametrize(
    ("place", "line", "verdict"),
    [
        (
            2,
            r"\frac{\partial}{\partial w_j} E(w) = \frac{\partial}{\partial w_j} (f_w(x) - t)^2",
            "undecided",
        ),
        (4, r"\nabla_w E(w) = X^T X w + X^T \vec{t}", "wrong"),
        (4, r"\nabla_w E(w) = 2 X^T X w - X^T \vec{t}", "wrong"),
    ],
)
def test_and_their_slips_are_told(place: int, line: str, verdict: str) -> None:
    lines = [*ONE[:place], line, *ONE[place + 1 :]]
    assert verdicts(displayed(*lines))[place + 1] == verdict


def test_the_solution_in_capitals_defines_no_weights() -> None:
    text = displayed(*ONE[:2], ONE[4]) + "\nSetting this to zero gives $w = (X^T X)^{-1} X^T \\vec{t}$.\n"
    assert verdicts(text) == ["correct"] * 5
    wrong = text.replace("(X^T X)^{-1}", "(X X^T)^{-1}")
    assert verdicts(wrong)[-1] != "correct"
