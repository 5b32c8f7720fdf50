"""A letter that names a composition and its outer function: what is said of the other one is left open."""

import pytest

from tests.checking.written import displayed, verdicts

TOLD = displayed("f(x) = (4x - 1)^3") + "Outside stands $f(u) = u^3$ and inside $g(x) = 4x - 1$.\n\n"


@pytest.mark.parametrize("line", ["f(x) = f(g(x))", r"\frac{df}{du} = 3 u^2"])
def test_what_is_said_of_the_outer_function_is_left_open(line: str) -> None:
    assert verdicts(TOLD + displayed(line))[-1] == "undecided"


@pytest.mark.parametrize(("factor", "verdict"), [("12", "correct"), ("3", "wrong")])
def test_the_slope_of_the_composition_is_judged(factor: str, verdict: str) -> None:
    assert verdicts(TOLD + displayed(rf"\frac{{df}}{{dx}} = {factor} (4x - 1)^2"))[-1] == verdict


def test_one_function_in_two_letters() -> None:
    told = displayed(r"p(x) = \frac{1}{1 + e^{-x}}", r"p(u) = \frac{e^u}{1 + e^u}")
    assert verdicts(told + displayed(r"\frac{dp}{du} = 2 p(u) (1 - p(u))"))[-2:] == ["correct", "wrong"]


def test_one_function_at_another_place() -> None:
    told = displayed("q(x) = x^2 + x")
    assert verdicts(told + displayed("q(-x) = q(x)"))[-1] == "wrong"
