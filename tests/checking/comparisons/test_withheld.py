"""A definition without values keeps only those lines undecided that rest on it."""

import pytest

from tests.checking.written import displayed, verdicts

SQUARES = displayed(r"p = w u", r"L = \frac12 (p - y)^2")
RIGHT = r"\frac{\partial L}{\partial w} = (p - y) u"
WRONG = r"\frac{\partial L}{\partial u} = (p - y) u"


@pytest.mark.parametrize("without", [r"a = \log(-x^2)", r"a = \frac{1}{x - x}", r"a = \sqrt{-1 - x^2}"])
def test_lines_that_do_not_use_it_are_judged(without: str) -> None:
    found = verdicts(displayed(without) + SQUARES + displayed(RIGHT, RIGHT, RIGHT, WRONG))
    assert found == ["undecided", "correct", "correct", "correct", "correct", "correct", "wrong"]


def test_lines_that_use_it_stay_open() -> None:
    rests = displayed(r"a = \log(-x^2)", r"c = a + 3 x")
    claims = displayed(r"\frac{\partial a}{\partial x} = \frac{5}{x}", r"\frac{\partial c}{\partial x} = 7")
    assert verdicts(SQUARES + rests + claims)[-2:] == ["undecided", "undecided"]


def test_several_of_them_are_left_out() -> None:
    without = displayed(r"a = \log(-x^2)", r"c = \sqrt{-2 - v^2}", r"d = a c")
    found = verdicts(without + SQUARES + displayed(RIGHT))
    assert found == ["undecided", "undecided", "correct", "correct", "correct", "correct"]
