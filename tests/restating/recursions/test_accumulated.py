"""Gradients to which something is added line by line, or step by step."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

NETWORK = [r"u_t = A x_t + B s_{t-1} + c", r"s_t = \tanh(u_t)"]
BACK = r"\delta_t = \frac{\partial L}{\partial s_t} \odot (1 - s_t^2)"
ADDED = [("A", r"\delta_t x_t^\top"), ("B", r"\delta_t s_{t-1}^\top"), ("c", r"\delta_t")]
SLIPS = [("A", r"-\delta_t x_t^\top"), ("B", r"\delta_t s_t^\top"), ("c", r"-\delta_t")]


@pytest.mark.parametrize("head", [r"\frac{\partial L}{\partial %s}", "d%s"])
@pytest.mark.parametrize("sign", ["+=", r"\mathrel{+}="])
@pytest.mark.parametrize(("weight", "value"), ADDED)
def test_what_is_added_at_each_step_is_summed(head, sign, weight, value):
    assert verdicts(displayed(*NETWORK, BACK, f"{head % weight} {sign} {value}"))[-1] == "correct"


@pytest.mark.parametrize(("weight", "value"), SLIPS)
def test_a_wrong_thing_added_is_wrong(weight, value):
    line = rf"\frac{{\partial L}}{{\partial {weight}}} += {value}"
    assert verdicts(displayed(*NETWORK, BACK, line))[-1] == "wrong"


CELL = [
    r"k_t = f_t \odot k_{t-1} + i_t \odot g_t",
    r"s_t = o_t \odot \tanh(k_t)",
    r"\frac{\partial L}{\partial k_t} = \frac{\partial L}{\partial s_t} \odot o_t \odot (1 - \tanh^2(k_t))",
]
GATES = [
    r"\frac{\partial L}{\partial o_t} = \frac{\partial L}{\partial s_t} \odot \tanh(k_t)",
    r"\frac{\partial L}{\partial f_t} = \frac{\partial L}{\partial k_t} \odot k_{t-1}",
    r"\frac{\partial L}{\partial i_t} = \frac{\partial L}{\partial k_t} \odot g_t",
    r"\frac{\partial L}{\partial g_t} = \frac{\partial L}{\partial k_t} \odot i_t",
]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (r"f_{t+1} \odot \frac{\partial L}{\partial k_{t+1}}", {"correct", "charitable"}),
        (r"i_{t+1} \odot \frac{\partial L}{\partial k_{t+1}}", {"wrong"}),
    ],
)
def test_what_is_added_to_a_line_makes_a_whole_with_it(more, found):
    told = verdicts(displayed(*CELL, rf"\frac{{\partial L}}{{\partial k_t}} += {more}", *GATES))
    assert told[2] not in ("wrong", "follows")
    assert told[3] in found


TRACE = (
    r"f(x_1, x_2) = x_1 x_2 + \sin x_1",
    r"v_1 = x_1 = 2",
    r"v_2 = x_2 = 3",
    r"v_3 = v_1 v_2 = 6",
    r"v_4 = \sin v_1 = 0.909",
    r"v_5 = v_3 + v_4 = 6.909",
    r"f = v_5 = 6.909",
    r"\bar v_5 = \frac{\partial f}{\partial v_5} = 1",
    r"\bar v_4 = \bar v_5 \frac{\partial v_5}{\partial v_4} = 1",
    r"\bar v_3 = \bar v_5 \frac{\partial v_5}{\partial v_3} = 1",
)


@pytest.mark.parametrize("taken_up", [r"\bar v_1", "-0.416"])
def test_a_gradient_that_goes_on_with_its_own_value(taken_up: str) -> None:
    part = r"\bar v_1 = \bar v_4 \frac{\partial v_4}{\partial v_1} = \bar v_4 \cos v_1 = -0.416"
    more = (
        rf"\bar v_1 = {taken_up} + \bar v_3 \frac{{\partial v_3}}{{\partial v_1}} = {taken_up} + \bar v_3 v_2"
    )
    said = verdicts(displayed(*TRACE, part, more))
    assert "wrong" not in said
    assert "follows" not in said
    assert said[-2:] == ["correct", "correct"]
    assert verdicts(displayed(*TRACE, part, more.replace(r"v_3 v_2", r"v_3 v_1")))[-1] == "wrong"


@pytest.mark.parametrize("taken_up", ["0.416", "-0.417"])
def test_who_adds_to_another_number_told_a_part_before_all_the_same(taken_up: str) -> None:
    part = r"\bar v_1 = \bar v_4 \frac{\partial v_4}{\partial v_1} = \bar v_4 \cos v_1 = -0.416"
    more = rf"\bar v_1 = {taken_up} + \bar v_3 \frac{{\partial v_3}}{{\partial v_1}}"
    said = verdicts(displayed(*TRACE, part, more))
    assert not {"wrong", "follows"} & {*said[:-1]}
    assert said[-1] not in ("correct", "charitable")


def test_the_numbers_of_a_trace_define_no_quantity() -> None:
    said = verdicts(displayed(*TRACE))
    assert not {"wrong", "follows"} & set(said)
    assert "wrong" in verdicts(
        displayed(*TRACE[:-1], r"\bar v_3 = \bar v_5 \frac{\partial v_5}{\partial v_3} = 2")
    )
