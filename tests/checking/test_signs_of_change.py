"""A lone δ is a sign of derivatives where it can be nothing else."""

from pathlib import Path

import pytest

from tests.checking.written import displayed, verdicts

UNIT = displayed(r"z = w x + b", r"a = \sigma(z)", r"E = \frac{1}{2} (a - y)^2")
LSTM = Path(__file__).parents[2] / "derivations/sequences/lstm-by-steps.md"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\delta E}{\delta a} = a - y", "correct"),
        (r"\frac{\delta E}{\delta w} = (a - y) a (1 - a) x", "correct"),
        (
            r"\frac{\delta E}{\delta z} = \frac{\delta E}{\delta a} \frac{\delta a}{\delta z}",
            "correct",
        ),
        (r"\frac{\delta E}{\delta a} = y - a", "wrong"),
        (r"\frac{\delta E}{\delta w} = (a - y) a (1 - a) w", "wrong"),
        (
            r"\frac{\delta E}{\delta z} = \frac{\delta E}{\delta z} \frac{\delta a}{\delta z}",
            "wrong",
        ),
    ],
)
def test_a_fraction_of_deltas_is_a_derivative(line: str, verdict: str) -> None:
    assert verdicts(UNIT + displayed(line))[-1] == verdict


SIGNS = [
    r"\delta a = a - y",
    r"\delta z = \delta a \odot \sigma'(z)",
    r"\delta w = x\, \delta z",
    r"\delta b = \delta z",
]


def test_deltas_before_names_are_errors_where_the_left_sides_are_written_so() -> None:
    assert set(verdicts(UNIT + displayed(*SIGNS))) == {"correct"}
    assert verdicts(UNIT + displayed(*SIGNS[:2], r"\delta w = w\, \delta z"))[-1] == "wrong"
    assert verdicts(UNIT + displayed(SIGNS[0], r"\delta z = \delta a \odot \sigma(z)"))[-1] == "wrong"


def test_an_error_by_itself_is_a_quantity() -> None:
    lines = [r"\delta = (a - y) \sigma'(z)", r"\frac{\partial E}{\partial w} = \delta x"]
    assert set(verdicts(UNIT + displayed(*lines))) == {"correct"}
    assert verdicts(UNIT + displayed(lines[0], r"\frac{\partial E}{\partial w} = \delta w"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\delta h_t \odot \tanh(c_t)", r"\delta h_t \odot \tanh(o_t)"),
        (r"\delta c_{t+1} \odot f_{t+1}", r"\delta c_{t+1} \odot f_t"),
        (r"\delta c_t \odot c_{t-1}", r"\delta c_t \odot c_t"),
        (r"\delta c_t \odot g_t", r"\delta c_t \odot i_t"),
        (r"(1 - \tanh^2(c_t))", r"(1 - \tanh(c_t))"),
    ],
)
def test_a_planted_error_in_the_steps_of_a_cell_is_found(right: str, wrong: str) -> None:
    text = LSTM.read_text()
    assert right in text
    found = verdicts(text.replace(right, wrong))
    assert found.count("wrong") + found.count("follows") == 1


def test_the_square_of_a_function_is_taken_entry_by_entry() -> None:
    lines = [r"A = \tanh(Z)", r"L = \sum A", r"\frac{\partial L}{\partial Z} = 1 - \tanh^2(Z)"]
    assert verdicts(displayed(r"Z \in \mathbb{R}^{n \times n}", *lines))[-1] == "correct"


CHANGES = [r"E = \frac{1}{2} (y - t)^2", r"y = w x", r"\frac{\partial E}{\partial w} = (y - t) x"]


@pytest.mark.parametrize(
    "line",
    [
        r"\Delta w = -\eta \frac{\partial E}{\partial w}",
        r"\Delta w = \eta (t - y) x",
        r"\Delta w_{ij} = -\eta \frac{\partial E}{\partial w}",
        r"w \leftarrow w + \Delta w",
    ],
)
def test_a_step_is_a_name_of_its_own_and_no_product(line: str) -> None:
    assert verdicts(displayed(*CHANGES, line))[-1] in ("correct", "undecided")


def test_changes_that_go_forward_are_no_errors() -> None:
    lines = [*CHANGES, r"\delta y = w\, \delta x", r"\delta E = (y - t)\, \delta y"]
    found = verdicts(displayed(*lines))
    assert found[:3] == ["correct"] * 3
    assert set(found[3:]) <= {"correct", "undecided"}


def test_a_margin_is_a_factor() -> None:
    lines = [r"u = s + \Delta", r"E = u^2 + \Delta s", r"\frac{\partial E}{\partial s} = 2 u + \Delta"]
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(*lines[:2], r"\frac{\partial E}{\partial s} = 2 u"))[-1] == "wrong"


ONE_STEP = r"""
$$k_t = \sigma(A x_t + B h_{t-1})$$
$$s_t = k_t \odot s_{t-1} + (1 - k_t) \odot v_t$$
$$h_t = \tanh(s_t)$$

The error $\delta h_t = \frac{\partial E}{\partial h_t}$ is given.

$$\delta s_t = \delta h_t \odot (1 - \tanh^2(s_t))$$

$$\delta k_t = \delta s_t \odot (s_{t-1} - v_t)$$
$$\delta v_t = \delta s_t \odot (1 - k_t)$$
$$\delta s_{t-1} = \delta s_t \odot k_t$$
"""


def test_one_step_of_a_recursion_is_not_accused_of_what_comes_behind_it() -> None:
    assert not {"wrong", "follows"} & {str(verdict) for verdict in verdicts(ONE_STEP)}
