"""Gradients of parameters told step by step, without the sum over the steps."""

import pytest

from tests.checking.written import displayed, verdicts

GATED = [
    r"p_t = \sigma(A_p u_t + B_p s_{t-1})",
    r"q_t = \sigma(A_q u_t + B_q s_{t-1})",
    r"g_t = \tanh(A_g u_t + B_g (q_t \odot s_{t-1}))",
    r"s_t = (1 - p_t) \odot s_{t-1} + p_t \odot g_t",
    r"\frac{\partial L}{\partial p_t} = \frac{\partial L}{\partial s_t} \odot (g_t - s_{t-1})",
    r"\frac{\partial L}{\partial g_t} = \frac{\partial L}{\partial s_t} \odot p_t",
]
PART = r"\frac{\partial L}{\partial %s} = \left(\frac{\partial L}{\partial g_t} \odot (1 - g_t^2)\right) %s"


def last(*lines: str) -> str:
    *others, found = verdicts(displayed(*lines))
    assert set(others) == {"correct"}
    return found


@pytest.mark.parametrize(("by", "factor"), [("B_g", r"(q_t \odot s_{t-1})^T"), ("A_g", "u_t^T")])
def test_the_part_of_each_step_is_right_but_for_the_sum(by: str, factor: str) -> None:
    assert last(*GATED, PART % (by, factor)) == "charitable"


@pytest.mark.parametrize(
    ("by", "factor"), [("B_g", r"s_{t-1}^T"), ("B_g", r"(q_t \odot s_t)^T"), ("A_g", "u_{t-1}^T")]
)
def test_a_wrong_part_is_not_right(by: str, factor: str) -> None:
    assert last(*GATED, PART % (by, factor)) in ("wrong", "undecided")


def test_a_part_with_the_wrong_sign_is_wrong() -> None:
    line = (PART % ("A_g", "u_t^T")).replace(r"= \left", r"= -\left")
    assert last(*GATED, line) == "wrong"


MEMORY = [
    r"m_t = i_t \odot g_t + f_t \odot m_{t-1}",
    r"s_t = o_t \odot \tanh(m_t)",
    r"\delta o_t = \delta s_t \odot \tanh(m_t)",
    r"\delta m_t += \delta s_t \odot o_t \odot (1 - \tanh^2(m_t))",
    r"\delta i_t = \delta m_t \odot g_t",
    r"\delta m_{t-1} = \delta m_t \odot f_t",
]


def test_what_is_added_to_an_error_signal_is_only_a_part_of_it() -> None:
    found = verdicts(displayed(*MEMORY))
    assert "wrong" not in found
    assert found[3] == "undecided"
