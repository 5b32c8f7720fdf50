"""A line for `w_j` beside one for `w_{y_i}` is told of the other classes alone."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"H_n = \sum_{k \neq y_n} \max(0, 1 + v_k^T s_n - v_{y_n}^T s_n)"
STEP = r"\mathbb{1}(1 + v_k^T s_n - v_{y_n}^T s_n > 0) s_n"
OWN = r"\frac{\partial H_n}{\partial v_{y_n}} = -\sum_{k \neq y_n} " + STEP
OTHERS = r"\frac{\partial H_n}{\partial v_k} = " + STEP


def test_beside_the_line_for_the_right_class() -> None:
    assert verdicts(displayed(LOSS, OWN, OTHERS)) == ["correct"] * 3
    assert verdicts(displayed(LOSS, OTHERS, OWN)) == ["correct"] * 3


@pytest.mark.parametrize("slip", [(r"= \mathbb", r"= -\mathbb"), ("> 0) s_n", "> 0) v_k"), ("1 + v", "v")])
def test_a_slip_is_found_all_the_same(slip: tuple[str, str]) -> None:
    assert verdicts(displayed(LOSS, OWN, OTHERS.replace(*slip)))[-1] == "wrong"


def test_alone_it_may_be_told_of_those_that_the_loss_sums_over() -> None:
    assert verdicts(displayed(LOSS, OTHERS)) == ["correct", "undecided"]
    assert verdicts(displayed(LOSS, OTHERS.replace("> 0) s_n", "> 0) v_k")))[-1] == "wrong"
