"""Losses of steps that have no formula."""

from __future__ import annotations

import pytest

from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.restating.recursions.unsaid_losses_of_steps import with_losses_of_steps_told
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

CELL = [r"s_t = \tanh(A s_{t-1} + B u_t + c)", r"p_t = D s_t + e"]
TOTAL = r"J = \sum_{t=1}^N J_t"
CLAIMS = [
    r"\frac{\partial J_t}{\partial s_t} = D^T \frac{\partial J_t}{\partial p_t}",
    r"\frac{\partial J}{\partial D} = \sum_{t=1}^N \frac{\partial J_t}{\partial p_t} s_t^T",
    r"\frac{\partial J}{\partial c} = \sum_{t=1}^N \text{diag}(1 - s_t^2) \frac{\partial J}{\partial s_t}",
    r"\frac{\partial J}{\partial B} = \sum_t \text{diag}(1 - s_t^2) \frac{\partial J}{\partial s_t} u_t^T",
]
GATES = [
    r"f_t = \sigma(A u_t + B h_{t-1})",
    r"g_t = \tanh(M u_t + K h_{t-1})",
    r"o_t = \sigma(P u_t + Q h_{t-1})",
    r"c_t = f_t \odot c_{t-1} + g_t",
    r"h_t = o_t \odot \tanh(c_t)",
    r"\mathcal{L} = \sum_t \mathcal{L}_t",
    r"\frac{\partial \mathcal{L}}{\partial o_t} = \frac{\partial \mathcal{L}}{\partial h_t} \odot \tanh(c_t)",
    r"\frac{\partial \mathcal{L}}{\partial f_t} = \frac{\partial \mathcal{L}}{\partial c_t} \odot c_{t-1}",
    r"\frac{\partial \mathcal{L}}{\partial g_t} = \frac{\partial \mathcal{L}}{\partial c_t}",
]


@pytest.mark.parametrize("lines", [[*CELL, TOTAL, *CLAIMS], [*CELL, *CLAIMS], GATES])
def test_what_holds_for_any_loss_of_a_step_is_right(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) <= {"correct", "charitable"}


@pytest.mark.parametrize(
    ("lines", "at", "right", "slip"),
    [
        ([*CELL, TOTAL, *CLAIMS], 3, "D^T", "2 D^T"),
        ([*CELL, TOTAL, *CLAIMS], 4, "s_t^T", "s_{t-1}^T"),
        ([*CELL, TOTAL, *CLAIMS], 5, "(1 - s_t^2)", "(1 + s_t^2)"),
        ([*CELL, TOTAL, *CLAIMS], 6, r"\partial J}{\partial s_t} u", r"\partial J_t}{\partial s_t} u"),
        ([*CELL, TOTAL, *CLAIMS], 6, r"\text{diag}(1 - s_t^2) ", ""),
        (GATES, 7, "c_{t-1}", "c_t"),
        (GATES, 6, r"\tanh(c_t)", r"c_t"),
    ],
)
def test_a_slip_is_found_for_any_loss_of_a_step(lines: list[str], at: int, right: str, slip: str) -> None:
    changed = [*lines]
    changed[at] = lines[at].replace(right, slip)
    assert changed[at] != lines[at]
    assert verdicts(displayed(*changed))[at] == "wrong"


def test_a_sum_over_derivatives_tells_the_loss_of_all_steps() -> None:
    bodies = read(Source("notes.md", displayed(*CELL, *CLAIMS))).body
    after = with_losses_of_steps_told(bodies)
    made = [item for item in after if item not in bodies]
    assert [latex(item.head) for item in made if isinstance(item, Equation)] == ["J_{t}", "J"]


@pytest.mark.parametrize(
    "certain",
    [
        r"\frac{\partial J_t}{\partial p_t} = p_t - q_t",
        r"\delta_t = p_t - q_t",
        r"\frac{\partial J}{\partial D} = \sum_t (p_t - q_t) s_t^T",
        r"J_t = \|p_t - q_t\|^2",
    ],
)
def test_one_certain_loss_is_no_open_one(certain: str) -> None:
    body = read(Source("notes.md", displayed(*CELL, certain, CLAIMS[0]))).body
    assert with_losses_of_steps_told(body) is body


def test_no_right_line_about_a_certain_loss_is_accused() -> None:
    lines = [*CELL, r"\frac{\partial J_t}{\partial p_t} = p_t - q_t", *CLAIMS]
    assert "wrong" not in verdicts(displayed(*lines))


def test_a_recursion_that_begins_with_zero_is_not_accused() -> None:
    summand = r"\text{diag}(1 - s_t^2) \frac{\partial J}{\partial s_t} s_{t-1}^T"
    given = r"\frac{\partial J}{\partial A} = \sum_{t=%s}^N " + summand
    shorter = verdicts(displayed(*CELL, TOTAL, *CLAIMS, given % "2"))
    assert verdicts(displayed(*CELL, TOTAL, *CLAIMS, given % "1"))[-1] in ("correct", "charitable")
    assert shorter[-1] == "undecided"
    assert verdicts(displayed(*CELL, TOTAL, *CLAIMS, given % "3"))[-1] == "wrong"
