"""Steps of gradient descent in numbers: right where they are the true step at the numbers given."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

RIGHT = ("correct", "charitable")
TOLD = r"""Let $L(w) = (w - 3)^2$, so $\frac{dL}{dw} = 2(w - 3)$. At $w = 1$ and $\eta = 0.1$:

"""
STEPS = [
    (r"w_{new} = w - 0.1 \cdot (-4)", "1.4", ("-4", "4"), "0.6"),
    (r"w^{+} = w - 0.1 (-4)", "1.4", ("-4", "-8"), "1.7"),
    (r"w_{\text{new}} = w - \eta \cdot (-4)", "1.4", ("-4", "4"), "2.4"),
]


@pytest.mark.parametrize(("step", "value", "slip", "other"), STEPS)
def test_a_number_stands_for_the_gradient(step, value, slip, other):
    assert verdicts(f"{TOLD}$${step} = {value}$$")[-2:] == ["correct", "correct"]
    assert verdicts(f"{TOLD}$${step.replace(*slip)} = {value}$$")[-2] == "wrong"
    assert verdicts(f"{TOLD}$${step} = {other}$$")[-1] == "wrong"


def test_a_step_is_written_out_in_numbers():
    line = r"w \leftarrow w - \eta \frac{dL}{dw} = 1 - 0.1 \cdot (-4) = 1.4"
    assert verdicts(f"{TOLD}$${line}$$")[-3:] == ["correct"] * 3
    assert verdicts(f"{TOLD}$${line.replace('1.4', '0.6')}$$")[-1] == "wrong"
    assert verdicts(f"{TOLD}$${line.replace('(-4)', '4')}$$")[-2] not in RIGHT


STEPPED = (
    r"w \leftarrow w - \eta \frac{dL}{dw} = 1 - 0.1 \cdot (-4) = 1.4",
    r"w \leftarrow w - \eta \frac{dL}{dw} = 1.4 - 0.1 \cdot (-3.2) = 1.72",
    r"w_{new} = w - 0.1 \cdot (-2.56) = 1.976",
)
TWO = TOLD + displayed(*STEPPED)


def test_the_next_step_begins_where_the_last_one_ended():
    assert set(verdicts(TWO)) == {"correct"}
    assert verdicts(TWO.replace("-2.56", "2.56"))[-2] not in RIGHT
    assert verdicts(TWO.replace("-3.2", "3.2"))[-4] not in RIGHT


def test_parameters_stepped_in_turn_are_stepped_at_the_old_numbers():
    text = (
        r"Let $L = (2 w + b - 5)^2$. At $w = 1$, $b = 0.5$ and $\eta = 0.01$:"
        "\n\n"
        r"$$w \leftarrow w - \eta \frac{\partial L}{\partial w} = 1 - 0.01 \cdot (-10) = 1.1$$"
        "\n\n"
        r"$$b_{new} = b - 0.01 \cdot (-5) = 0.55$$"
    )
    assert verdicts(text)[-2:] == ["correct", "correct"]
    assert verdicts(text.replace("(-5)", "5"))[-2] not in RIGHT


def test_a_rate_that_nobody_told_is_read_off_the_step():
    text = TOLD.replace(r" and $\eta = 0.1$", "")
    assert verdicts(text + r"$$w_{new} = w - 0.2 \cdot (-4) = 1.8$$")[-2] == "correct"
    assert verdicts(text + r"$$w_{new} = w - 0.2 \cdot (-6) = 2.2$$")[-2] not in RIGHT
