"""A line told at numbers put in right before it is held against the gradient there, and no other is."""

from __future__ import annotations

import pytest

from tests.checking.written import verdicts

FIT = r"""
$$L = \sum_{i=1}^n (t_i - k v_i - c)^2$$

$$\frac{dL}{dc} = -2 \sum_{i=1}^n (t_i - k v_i - c)$$
"""
WITHOUT_OFFSET = r"$$\frac{dL}{dc} = -2 \sum_{i=1}^n (t_i - k v_i)$$"


def test_a_line_behind_the_number_that_is_put_in():
    assert verdicts(FIT + "\nSubstitute $c = 0$:\n\n" + WITHOUT_OFFSET)[-1] == "correct"


def test_a_line_that_goes_on_from_it():
    start = "\nWith $c = 2$:\n\n" + r"$$\frac{dL}{dc} = -2 \sum_{i=1}^n (t_i - k v_i - 2)$$"
    going_on = "\n\n" + r"$$\frac{dL}{dc} = 4 n - 2 \sum_{i=1}^n (t_i - k v_i)$$"
    assert verdicts(FIT + start + going_on)[-2:] == ["correct", "correct"]


@pytest.mark.parametrize("words", ["", "\nSubstitute $c = 1$:\n"])
def test_the_same_line_without_that_number_is_wrong(words):
    assert verdicts(FIT + words + "\n" + WITHOUT_OFFSET)[-1] == "wrong"


def test_numbers_that_were_told_further_up_are_not_put_in():
    text = FIT + "\nWe begin at $c = 0$.\n\n" + r"$$\frac{dL}{dk} = -2 \sum_{i=1}^n v_i (t_i - k v_i - c)$$"
    assert verdicts(text + "\n\n" + WITHOUT_OFFSET)[-1] == "wrong"
