"""The loss of the step in hand, written without the mark of the step."""

from __future__ import annotations

import pytest

from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.restating.recursions.losses_of_steps import with_losses_of_steps
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

CELL = [r"s_t = \tanh(A s_{t-1} + B u_t)", r"p_t = C s_t"]
SQUARES = [
    r"J = \frac{1}{2} \|p_t - q_t\|^2",
    r"\frac{\partial J}{\partial p_t} = p_t - q_t",
    r"\frac{\partial J}{\partial C} = (p_t - q_t) s_t^T",
    r"\frac{\partial J}{\partial s_t} = C^T (p_t - q_t)",
    r"\frac{\partial J}{\partial u_t} = B^T ((1 - s_t \odot s_t) \odot C^T (p_t - q_t))",
]
ENTROPY = [
    r"\hat{q}_t = \text{softmax}(p_t)",
    r"\mathcal{L} = -q_t^T \log \hat{q}_t",
    r"\frac{\partial \mathcal{L}}{\partial p_t} = \hat{q}_t - q_t",
    r"\frac{\partial \mathcal{L}}{\partial C} = (\hat{q}_t - q_t) s_t^T",
]
LAYERS = [
    r"a_i^{l} = \sum_j v_{ij}^{l} a_j^{l-1}",
    r"E = \frac{1}{2} \sum_i (a_i^l - t_i)^2",
    r"\frac{\partial E}{\partial v_{ij}^{l}} = (a_i^l - t_i) a_j^{l-1}",
    r"\frac{\partial E}{\partial a_j^{l-1}} = \sum_i (a_i^l - t_i) v_{ij}^l",
]


def restated(*lines: str) -> list[str]:
    """The left sides of some lines with the steps of their losses."""
    body = with_losses_of_steps(read(Source("notes.md", displayed(*lines))).body)
    return [latex(item.head) for item in body if isinstance(item, Equation)]


@pytest.mark.parametrize("lines", [[*CELL, *SQUARES], LAYERS], ids=["squares", "layers"])
def test_every_line_about_the_loss_of_a_step_is_right(lines: list[str]) -> None:
    assert set(verdicts(displayed(*lines))) == {"correct"}


def test_a_cross_entropy_of_a_step_is_right_where_labels_are_one_hot() -> None:
    text = "The labels $q_t$ are one-hot.\n\n" + displayed(*CELL, *ENTROPY)
    assert set(verdicts(text)) <= {"correct", "convention"}


@pytest.mark.parametrize(
    ("lines", "at", "right", "slip"),
    [
        ([*CELL, *SQUARES], 3, "p_t - q_t", "q_t - p_t"),
        ([*CELL, *SQUARES], 4, "s_t^T", "s_{t-1}^T"),
        ([*CELL, *SQUARES], 4, "s_t^T", "u_t^T"),
        ([*CELL, *SQUARES], 5, "(p_t - q_t)", "(p_t - q_{t-1})"),
        ([*CELL, *SQUARES], 6, "(1 - s_t", "(1 + s_t"),
        (LAYERS, 2, "a_j^{l-1}$", "a_j^{l}$"),
        (LAYERS, 3, r"v_{ij}^l", r"v_{ij}^{l-1}"),
    ],
)
def test_a_slip_is_found(lines: list[str], at: int, right: str, slip: str) -> None:
    changed = f"{lines[at]}$".replace(right, slip)[:-1]
    assert changed != lines[at]
    found = verdicts(displayed(*lines[:at], changed, *lines[at + 1 :]))
    assert found[at] == "wrong"


def test_the_loss_gets_the_mark_of_its_formula() -> None:
    assert restated(*CELL, *SQUARES[:1]) == ["s_{t}", "p_{t}", "J_{t}"]


@pytest.mark.parametrize(
    "more",
    [
        r"\frac{\partial J}{\partial s_t} = A^T \frac{\partial J}{\partial s_{t+1}}",
        r"\frac{\partial J}{\partial C} = \sum_t (p_t - q_t) s_t^T",
        r"J = \sum_t \|p_t - q_t\|^2",
    ],
)
def test_a_loss_that_may_be_of_all_steps_keeps_its_name(more: str) -> None:
    assert "J_{t}" not in restated(*CELL, *SQUARES[:1], more)


def test_a_loss_beside_no_recursion_keeps_its_name() -> None:
    assert restated(CELL[1], SQUARES[0]) == ["p_{t}", "J"]


def _network(limit: str, slope: str) -> str:
    """A recurrent network whose loss is told by the entries of what it gives."""
    return displayed(
        r"s_t = \tanh(U x_t + V s_{t-1} + c)",
        r"o_t = A s_t + d",
        r"q_t = \text{softmax}(o_t)",
        r"E_t = -\sum_k r_{t,k} \log q_{t,k}",
        rf"E = \sum_{{t=1}}^{{{limit}}} E_t",
        rf"\frac{{\partial E}}{{\partial A}} = \sum_{{t=1}}^{{{limit}}} {slope}",
    )


@pytest.mark.parametrize("limit", ["T", "T_x", r"n_{\text{steps}}"])
def test_entries_of_what_a_step_gives_are_those_of_that_step(limit: str) -> None:
    assert verdicts(_network(limit, r"(q_t - r_t) s_t^\top"))[-1] in ("correct", "convention")
    assert verdicts(_network(limit, r"(r_t - q_t) s_t^\top"))[-1] == "wrong"
    assert verdicts(_network(limit, r"(q_t - r_t) s_{t-1}^\top"))[-1] == "wrong"


def test_what_is_no_vector_in_its_part_has_no_entries_and_breaks_nothing() -> None:
    state = "## State\n\n" + displayed(r"h_t = \tanh(x_t U + h_{t-1} V)") + "\n## Output\n\n"
    sizes = "with $W \\in \\mathbb{R}^{d \\times K}$, $b \\in \\mathbb{R}^K$ and the loss\n\n"
    scores = displayed(r"z_t = h_t W + b", r"p_t = \text{softmax}(z_t)")
    loss = displayed(r"E_t = -\sum_k y_{t,k} \log p_{t,k}", r"\frac{\partial E_t}{\partial z_t} = p_t - y_t")
    found = verdicts(state + scores + sizes + loss)
    assert len(found) > 4
    assert "wrong" not in found
