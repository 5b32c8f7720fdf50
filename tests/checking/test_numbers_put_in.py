"""A line told at numbers put in right before it is held against the gradient there, and no other is."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

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


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_counts_that_only_words_give_are_put_in(sign: str, verdict: str) -> None:
    text = displayed(r"Q = p^{a_H} (1 - p)^{a_T}") + "For seven heads and five tails the slope is\n\n"
    slope = rf"\frac{{d Q}}{{d p}} = 7 p^6 (1 - p)^5 {sign} 5 p^7 (1 - p)^4"
    assert verdicts(text + displayed(slope))[-1] == verdict


def test_a_lone_letter_has_the_number_that_stands_for_it_at_each_place() -> None:
    text = displayed(r"g = e^{a x}", r"J = \frac{\lambda}{2} w^2 + 3 w")
    lines = (r"\frac{dg}{dx} = 2 e^{2 x}", r"\frac{dg}{dx} = 2 e^{3 x}", r"\frac{dJ}{dw} = 2 w + 3")
    assert verdicts(text + displayed(*lines))[-3:] == ["correct", "wrong", "wrong"]


@pytest.mark.parametrize(("counts", "verdict"), [("HT", "correct"), ("TH", "wrong")])
def test_a_count_with_a_letter_below_is_no_entry_of_the_size(counts: str, verdict: str) -> None:
    sized = displayed(r"L = \sum_{i=1}^n (x_i - \mu)^2", r"Q = p^{n_H} (1 - p)^{n_T}")
    one, other = counts
    slope = rf"\frac{{d}}{{dp}} \log Q = \frac{{n_{one}}}{{p}} - \frac{{n_{other}}}{{1 - p}}"
    assert verdicts(sized + displayed(slope))[-1] == verdict
