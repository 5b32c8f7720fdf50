"""Sums over the steps that use a shared parameter: each derivative of a state holds those before it."""

import pytest

from tests.checking.written import displayed, verdicts

CELL = [r"s_t = \tanh(A s_{t-1} + B u_t)", r"p_t = C s_t", r"E_t = \frac{1}{2} \|p_t - q_t\|^2"]
SUMMED = (
    r"\frac{\partial E_t}{\partial A} = \sum_{k=1}^{t} \frac{\partial E_t}{\partial p_t} "
    r"\frac{\partial p_t}{\partial s_t} \frac{\partial s_t}{\partial s_k} \frac{\partial s_k}{\partial A}"
)
CLASSES = [*CELL[:2], r"\hat{q}_t = \text{softmax}(p_t)", r"E_t = -q_t^T \log \hat{q}_t", r"E = \sum_t E_t"]
OF_CLASSES = (
    r"\frac{\partial E_t}{\partial A} = \sum_{k=0}^{t} \frac{\partial E_t}{\partial \hat{q}_t} "
    r"\frac{\partial \hat{q}_t}{\partial s_t} \frac{\partial s_t}{\partial s_k} "
    r"\frac{\partial s_k}{\partial A}"
)
LAST = (
    r"\frac{\partial L}{\partial w} = \sum_{t=1}^{T} \frac{\partial L}{\partial h_t} "
    r"\frac{\partial h_t}{\partial w}"
)
NUMBERS = [r"h_t = w h_{t-1} + v x_t", r"L = \frac{1}{2} (h_T - y)^2", LAST]


@pytest.mark.parametrize("lines", [[*CELL, SUMMED], [*CLASSES, OF_CLASSES], NUMBERS])
def test_the_sum_over_the_steps_is_right(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        (r"\frac{\partial s_t}{\partial s_k} ", ""),
        (r"\frac{\partial p_t}{\partial s_t}", r"2 \frac{\partial p_t}{\partial s_t}"),
        (r"= \sum", r"= -\sum"),
        (r"\frac{\partial s_k}{\partial A}", r"\frac{\partial s_t}{\partial A}"),
    ],
)
def test_a_slip_in_the_sum_is_not_right(right: str, slip: str) -> None:
    assert right in SUMMED
    assert verdicts(displayed(*CELL, SUMMED.replace(right, slip)))[-1] in ("wrong", "undecided")


def test_a_single_derivative_is_a_total_one() -> None:
    line = (
        r"\frac{\partial E_t}{\partial A} = \frac{\partial E_t}{\partial s_t} \frac{\partial s_t}{\partial A}"
    )
    assert verdicts(displayed(*CELL, line))[-1] == "correct"
