"""Samples that are rows of X are numbered by rows; columns and a bare sample are left alone."""

import pytest

from tests.checking.written import verdicts

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
