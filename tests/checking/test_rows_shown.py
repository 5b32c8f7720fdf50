"""Layers written `x W + b` show that vectors are rows: `y_t` of the loss lies as the output does."""

import pytest

from tests.checking.written import displayed, with_line

LAYER = displayed("z = x W + b", r"o = \text{softmax}(z)", r"L = -\sum_t y_t \log o_t")
SQUARES = displayed("z = x W + b", r"L = \frac{1}{2} \sum_k (z_k - y_k)^2")


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (LAYER, r"\frac{\partial L}{\partial z} = o - y", "convention"),
        (LAYER, r"\frac{\partial L}{\partial W} = x^T (o - y)", "convention"),
        (LAYER, r"\frac{\partial L}{\partial x} = (o - y) W^T", "convention"),
        (LAYER, r"\frac{\partial L}{\partial b} = y - o", "wrong"),
        (LAYER, r"\frac{\partial L}{\partial W} = x^T (y - o)", "wrong"),
        (SQUARES, r"\frac{\partial L}{\partial b} = z - y", "correct"),
        (SQUARES, r"\frac{\partial L}{\partial W} = x^T (z - y)", "correct"),
        (SQUARES, r"\frac{\partial L}{\partial x} = (z - y) W^T", "correct"),
        (SQUARES, r"\frac{\partial L}{\partial x} = 2 (z - y) W^T", "wrong"),
        (SQUARES, r"\frac{\partial L}{\partial b} = y - z", "wrong"),
    ],
)
def test_labels_lie_as_the_rows_of_the_layers(text, line, expected):
    assert with_line(text, line)[-1] == expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        # a matrix stands before a vector: those are columns
        (
            displayed("z = x W + b", "h = V u", r"L = \frac{1}{2} \sum_k (h_k - y_k)^2"),
            "u = V^T (h - y)",
            "u",
        ),
        (displayed(r"L = \sum_i (Y_i - a X_i - b)^2"), r"\sum_i X_i (Y_i - a X_i - b)", "a"),
    ],
)
def test_other_documents_stay_as_they_are(text, line, expected):
    right = line.replace("u = ", "") if expected == "u" else f"-2 {line}"
    wrong = f"-{right}" if expected == "u" else f"2 {line}"
    head = rf"\frac{{\partial L}}{{\partial {expected}}}"
    assert with_line(text, f"{head} = {right}")[-1] == "correct"
    assert with_line(text, f"{head} = {wrong}")[-1] == "wrong"


def test_a_row_turned_before_a_vector_shows_columns():
    """`q^T m_j` is a number: whatever one layer looks like, these vectors are columns."""
    text = displayed("q = x Q + c", "s_j = q^T m_j", r"p_j = \frac{e^{s_j}}{\sum_k e^{s_k}}")
    right = r"\frac{\partial p_j}{\partial s_k} = p_j (\delta_{jk} - p_k)"
    assert with_line(text, right)[-1] == "correct"
    assert with_line(text, right.replace("p_k)", "p_j)"))[-1] == "wrong"
