"""Amounts that are chosen best: conditions with a multiplier, what they give, and what is told below."""

import pytest

from tests.checking.written import displayed, verdicts

COST = r"F = 15 u + 5 v - \lambda (u^{0.7} v^{0.3} - 3)"
BY_U = r"\frac{\partial F}{\partial u} = 15 - 0.7 \lambda u^{-0.3} v^{0.3} = 0"
BY_V = r"\frac{\partial F}{\partial v} = 5 - 0.3 \lambda u^{0.7} v^{-0.7} = 0"
SOLVED = r"u = \frac{7}{9} v"


@pytest.mark.parametrize("sign", [r"\partial", r"\delta"])
def test_what_the_conditions_give_is_no_definition(sign: str) -> None:
    lines = [line.replace(r"\partial", sign) for line in (COST, BY_U, BY_V, SOLVED)]
    assert "wrong" not in verdicts(displayed(*lines))
    lines[2] = lines[2].replace("u^{0.7}", "u^{0.3}")
    assert verdicts(displayed(*lines))[3] == "wrong"


def test_a_multiplier_may_be_gone() -> None:
    """λ stands in both conditions, and nothing is derived by it: neither gradient is zero at its solution."""
    assert verdicts(displayed(COST, BY_U, BY_V, r"\frac{9}{7} = \frac{v}{u}", SOLVED))[-1] != "wrong"


@pytest.mark.parametrize(("solution", "verdict"), [("u = a", "correct"), ("u = 2 b", "wrong")])
def test_a_letter_of_one_condition_alone_is_not_gone(solution: str, verdict: str) -> None:
    lines = (
        r"L = (u - a)^2 + (v - b)^2",
        r"\frac{\partial L}{\partial v} = 2 (v - b) = 0",
        r"\frac{\partial L}{\partial u} = 2 (u - a) = 0",
    )
    assert verdicts(displayed(*lines, solution))[-1] == verdict


def test_a_cost_that_is_told_anew_is_a_new_problem() -> None:
    anew = [line.replace("15", "30") for line in (COST, BY_U, BY_V)]
    found = verdicts(displayed(COST, BY_U, BY_V, SOLVED, *anew))
    assert "wrong" not in found
    anew[1] = anew[1].replace("30", "15")
    assert "wrong" in verdicts(displayed(COST, BY_U, BY_V, SOLVED, *anew))


UTILITY = r"u(x_1, x_2) = x_1^{1/3} x_2^{2/3}"
MARGINAL = r"\frac{\partial u}{\partial x_2} = \frac{2}{3} x_1^{1/3} x_2^{-1/3}"


def test_an_argument_with_an_index_is_held() -> None:
    """`x_1 = …` tells which amounts are chosen; u has both as arguments."""
    chosen = r"x_1 = \frac{p_2 x_2}{2 p_1}"
    assert "wrong" not in verdicts(displayed(UTILITY, MARGINAL, chosen))
    assert verdicts(displayed(UTILITY, MARGINAL.replace("1/3} x_2", "2/3} x_2"), chosen))[1] == "wrong"


@pytest.mark.parametrize(("last", "verdict"), [(r"\frac{y}{6}", "correct"), (r"\frac{y}{7}", "wrong")])
def test_a_line_that_tells_its_head_anew_goes_on_from_what_it_tells(last: str, verdict: str) -> None:
    """Numbers stand for letters that nothing gives: what is right of them is asked of the line itself."""
    other = r"\frac{p x}{a} = \frac{y}{b}", r"x = \frac{a y}{p b}", r"p x + y = 1"
    text = displayed("p = 2", *other, rf"x = \frac{{y}}{{2 \times 3}} = {last}")
    assert verdicts(text)[-1] == verdict


BUDGET = "2 u + v = 12"
CHOSEN = r"u = \frac{a v}{p b}"


def test_a_budget_before_what_is_chosen_is_no_claim() -> None:
    assert verdicts(displayed(BUDGET, CHOSEN))[0] == "undecided"
    assert verdicts(displayed(CHOSEN, BUDGET))[1] == "wrong"


@pytest.mark.parametrize("line", [r"\frac{\partial y}{\partial u} = 3", "2 + 1 = 12"])
def test_what_binds_nothing_is_judged_before_a_formula(line: str) -> None:
    assert verdicts(displayed(line, "y = 2 u + v", "v = 3 a", "a = 5", "u = 1"))[0] == "wrong"


@pytest.mark.parametrize(("quarter", "verdict"), [("4", "correct"), ("5", "wrong")])
def test_a_demand_that_is_told_anew_in_numbers(quarter: str, verdict: str) -> None:
    text = displayed(
        r"v(s, t) = s^{\frac13} t^{\frac23}",
        r"2 s + t = 12",
        r"\frac{\partial V}{\partial s} = \frac{t^{\frac23}}{3 s^{\frac23}}",
        r"\frac{\partial V}{\partial t} = \frac{2 s^{\frac13}}{3 t^{\frac13}}",
        r"\frac{p s}{a} = \frac{q t}{b} \to s = \frac{a q t}{p b}",
        rf"s = \frac{{\frac13 \times 1 \times t}}{{2 \times \frac23}} = \frac{{t}}{{{quarter}}}",
    )
    assert verdicts(text)[-1] == verdict
