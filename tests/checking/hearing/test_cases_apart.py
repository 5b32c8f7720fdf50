"""Lines that work out a term of a sum over `t \\neq i`: they are meant of two different ones."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = (r"q_i = \frac{e^{s_i}}{\sum_k e^{s_k}}", r"E = -\sum_k t_k \log q_k")
PARTS = r"\frac{\partial E}{\partial q_i} \frac{\partial q_i}{\partial s_i}"
APART = r"\sum_{c \neq i} \frac{\partial E}{\partial q_c} \frac{\partial q_c}{\partial s_i}"
OTHERS = r"\frac{\partial q_c}{\partial s_i} = "


@pytest.mark.parametrize(
    ("term", "verdict"),
    [("-q_c q_i", "correct"), ("q_c q_i", "wrong"), ("-q_c", "wrong"), ("q_c (1 - q_i)", "wrong")],
)
def test_a_term_of_a_sum_is_worked_out_for_it(term: str, verdict: str) -> None:
    chain = rf"\frac{{\partial E}}{{\partial s_i}} = {PARTS} + {APART}"
    assert verdicts(displayed(*MODEL, chain, OTHERS + term))[2:] == ["correct", verdict]


def test_no_sum_leaves_equal_ones_out() -> None:
    assert verdicts(displayed(*MODEL, OTHERS + "-q_c q_i"))[-1] == "wrong"
    assert verdicts(displayed(*MODEL, OTHERS + r"q_c (\delta_{ci} - q_i)"))[-1] == "correct"
