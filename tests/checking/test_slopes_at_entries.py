r"""`g'(w_j^T x)` of a function by formula: a derivative for each j, and numbers for each entry."""

import pytest

from tests.checking.written import displayed, verdicts

UNITS = (
    r"With $V \in \mathbb{R}^{p \times n}$, $u \in \mathbb{R}^n$ and $h(t) = 1/(1 + e^{-t})$ let"
    "\n\n" + displayed(r"R(V) = \sum_j \log h'(v_j^T u)") + "\nwhere $v_j$ are the rows of $V$. Then\n\n"
)
INPUTS = r"Inputs are $x \in \mathbb{R}^d$." + "\n\n"
SQUARES = (
    r"With $V \in \mathbb{R}^{p \times n}$ and $u \in \mathbb{R}^n$ let"
    "\n\n" + displayed(r"L(V) = \sum_j (v_j^T u)^2") + "\nwhere $v_j$ are the rows of $V$. Then\n\n"
)


@pytest.mark.parametrize(("factor", "verdict"), [("1 - 2", "correct"), ("1 - ", "wrong"), ("2 - 2", "wrong")])
def test_a_slope_has_a_value_for_each_row(factor: str, verdict: str) -> None:
    line = rf"\frac{{\partial R}}{{\partial V}} = ({factor} h(V u)) u^T"
    assert verdicts(UNITS + displayed(line))[-1] == verdict


@pytest.mark.parametrize(("number", "verdict"), [("2", "correct"), ("3", "wrong")])
def test_a_number_is_the_slope_at_each_entry(number: str, verdict: str) -> None:
    assert verdicts(INPUTS + displayed(r"s = w^T x", rf"k(x) = 2x, \quad k'(x) = {number}"))[-1] == verdict


def test_a_number_is_no_gradient_by_a_vector() -> None:
    assert verdicts(INPUTS + displayed(r"L = c^T x", r"\frac{\partial L}{\partial x} = 1"))[-1] != "correct"


@pytest.mark.parametrize(("factor", "verdict"), [("2 ", "correct"), ("", "wrong"), ("4 ", "wrong")])
def test_what_stands_turned_in_a_square_is_a_row(factor: str, verdict: str) -> None:
    line = rf"\frac{{\partial L}}{{\partial V}} = {factor}V u u^T"
    assert verdicts(SQUARES + displayed(line))[-1] == verdict
