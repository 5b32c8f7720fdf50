"""A quantity set equal to a number speaks of some values of what it rests on: no identity, and no fault."""

from __future__ import annotations

from tests.checking.written import displayed, with_line

UNIT = displayed(
    r"u_k = \tanh(\sum_l A_{kl} r_l + c_k)",
    r"g = \sum_k p_k u_k",
)


def test_weights_that_are_set_to_zero_in_words_make_no_fault():
    assert with_line(UNIT, r"u_k = \tanh(\sum_l A_{kl} r_l + c_k) = \tanh(0) = 0")[-2:] == ["undecided"] * 2


def test_a_derivative_is_a_number_or_is_not():
    assert with_line(UNIT, r"\frac{\partial g}{\partial p_k} = \tanh(1)")[-1] == "wrong"


def test_a_sum_is_a_number_or_is_not():
    softmax = displayed(r"q_k = \frac{e^{r_k}}{\sum_l e^{r_l}}")
    assert with_line(softmax, r"\sum_k q_k = 1")[-1] == "correct"
    assert with_line(softmax, r"\sum_k q_k = 2")[-1] == "wrong"
