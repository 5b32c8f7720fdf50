"""The step of a state from the one before may hold what else is made of that one: the gates of an LSTM."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

CELL = (
    r"f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)",
    r"i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)",
    r"g_t = \tanh(W_g x_t + U_g h_{t-1} + b_g)",
    r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
    r"h_t = \tanh(c_t)",
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial c_t}{\partial c_{t-1}} = f_t", "correct"),
        (r"\frac{\partial c_t}{\partial c_{t-1}} = \text{diag}(f_t)", "correct"),
        (r"\frac{\partial c_t}{\partial c_{t-1}} = f_{t-1}", "wrong"),
        (r"\frac{\partial c_t}{\partial c_{t-1}} = i_t", "wrong"),
    ],
)
def test_gates_are_held(line: str, expected: str) -> None:
    assert verdicts(displayed(*CELL, line))[-1] == expected


def test_what_is_passed_on_along_the_state_alone_is_not_accused() -> None:
    line = r"\frac{\partial L}{\partial c_{t-1}} = \frac{\partial L}{\partial c_t} \odot f_t"
    loss = r"L = \sum_{t=1}^T \|h_t - y_t\|^2"
    assert verdicts(displayed(*CELL, loss, line))[-1] == "undecided"
    assert verdicts(displayed(*CELL, loss, line.replace("f_t", "i_t")))[-1] == "wrong"


def test_a_state_without_gates_passes_on_all_of_it() -> None:
    lines = (
        r"h_t = \tanh(W h_{t-1} + U x_t)",
        r"L = \sum_{t=1}^T \|h_t - y_t\|^2",
        r"\frac{\partial L}{\partial h_{t-1}} = W^T (\frac{\partial L}{\partial h_t} \odot (1 - h_t^2))",
    )
    assert verdicts(displayed(*lines))[-1] == "wrong"


def test_all_paths_may_be_meant():
    lines = (r"s_t = a s_{t-1} + u_t", r"u_t = \tanh(s_{t-1})")
    total = r"\frac{\partial s_t}{\partial s_{t-1}} = a + 1 - u_t^2"
    assert verdicts(displayed(*lines, total))[-1] == "correct"
    assert verdicts(displayed(*lines, total.replace("1 - u_t^2", "u_t")))[-1] == "wrong"
