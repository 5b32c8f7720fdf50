"""Losses called by their initials before a list, and what a softmax is taken of."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

RIGHT = ("correct", "convention")  # that the labels add up to one is a convention
ENTROPY = (r"J = CE(y, \hat y)", r"\hat y = \text{softmax}(z)")


@pytest.mark.parametrize("beside", ["", r"P(C = c) = \hat y_c", r"K = 3"])
def test_capitals_before_a_list_are_one_name(beside):
    lines = [*ENTROPY, *filter(None, [beside])]
    assert verdicts(displayed(*lines, r"\frac{\partial J}{\partial z} = \hat y - y"))[-1] in RIGHT
    assert verdicts(displayed(*lines, r"\frac{\partial J}{\partial z} = y - \hat y"))[-1] == "wrong"


def test_a_last_letter_that_is_something_alone_is_a_function():
    lines = (r"E(a, b) = a b^2", r"L = C E(a, b)", r"\frac{\partial L}{\partial a} = C b^2")
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines[:2], lines[2].replace("b^2", "b")))[-1] == "wrong"


def test_what_a_softmax_is_taken_of_is_no_number():
    claim = r"\frac{\partial J}{\partial z} = (\hat y - y)^T"
    assert verdicts(displayed(*ENTROPY, claim))[-1] == "convention"
    assert verdicts(displayed(*ENTROPY, claim.replace(r"\hat y - y", r"y - \hat y")))[-1] not in RIGHT
