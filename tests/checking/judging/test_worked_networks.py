"""Worked examples of networks: numbers that were rounded on the way, given in a figure, or given anew."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

UNIT = (
    "Let $x_1 = 3000$, $x_2 = 6$, $w_1 = 0.001$, $w_2 = 0.01$, $b = 0.1$ and the label $y = 0$.\n"
    + displayed(r"z = w_1 x_1 + w_2 x_2 + b = 3 + 0.06 + 0.1 = 3.16")
    + displayed(r"a = \frac{1}{1 + e^{-z}} = \frac{1}{1 + e^{-3.16}} = 0.959")
    + displayed("L = (y - a)^2")
    + displayed(r"\frac{\partial L}{\partial a} = -2 (y - a) = -2 (0 - 0.959) = 1.918")
    + displayed(r"\frac{\partial a}{\partial z} = a (1 - a) = 0.959 \cdot 0.041 = 0.039319")
)
NO_POINT = displayed("z = w_1 i_1 + w_2 i_2") + displayed(r"E = \frac{1}{2} (t - z)^2")
STEPPED = (
    "Take $x = 2$, $w = 3$ and the target $y = 10$.\n"
    + displayed(r"\hat{y} = w x")
    + displayed(r"L = (y - \hat{y})^2")
    + displayed(r"\hat{y} = 3 \cdot 2 = 6")
    + displayed(r"\frac{\partial L}{\partial w} = -2 (y - \hat{y}) x = -16")
    + displayed(r"w_{\text{new}} = 3 - 0.1 (-16) = 4.6")
)
RIGHT = {"correct", "charitable"}


@pytest.mark.parametrize(
    ("product", "is_right"),
    [
        (r"1.918 \cdot 0.039319 \cdot 6 = 0.4525", True),
        (r"0.039319 \cdot 1.918 \cdot 6 = 0.4525", True),
        (r"1.918 \cdot 0.039319 \cdot 3000 = 226.2", False),
        (r"1.918 \cdot 0.959 \cdot 6 = 11.04", False),
        (r"0.039319 \cdot 6 = 0.2359", False),
        (r"1.918 \cdot 0.039319 \cdot 6 = 0.5425", False),
    ],
)
def test_a_product_of_printed_numbers_is_what_they_were_printed_for(product: str, is_right: bool) -> None:
    line = displayed(rf"\frac{{\partial L}}{{\partial w_2}} = {product}")
    found = verdicts(UNIT + line)
    assert set(found[:-2]) <= RIGHT
    assert (set(found[-2:]) <= RIGHT) is is_right
    assert is_right or "wrong" in found[-2:]


def test_what_uses_a_number_of_a_wrong_line_follows() -> None:
    wrong = displayed(r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} = 1.918")
    line = displayed(
        r"\frac{\partial L}{\partial w_2} = \frac{\partial L}{\partial z} \cdot x_2 = 1.918 \cdot 6"
    )
    assert verdicts(UNIT + wrong + line)[-4:] == ["wrong", "follows", "correct", "follows"]


@pytest.mark.parametrize(
    ("line", "last"),
    [
        (r"\frac{\partial z}{\partial w_1} = i_1 = 0.73", "undecided"),
        (r"\frac{\partial E}{\partial z} = -(t - z) = -(0 - 0.77) = 0.77", "correct"),
        (r"\frac{\partial E}{\partial z} = -(t - z) = -(0 - 0.77) = 0.87", "wrong"),
        (r"\frac{\partial z}{\partial w_1} = 0.73", "wrong"),
        (r"\frac{\partial^2 E}{\partial z^2} = 1 = 1.5", "wrong"),
    ],
)
def test_numbers_at_a_point_that_no_text_tells(line: str, last: str) -> None:
    assert verdicts(NO_POINT + displayed(line))[-1] == last


@pytest.mark.parametrize(
    ("line", "is_right"),
    [
        (r"\hat{y} = 4.6 \cdot 2 = 9.2", True),
        (r"L = (10 - 9.2)^2 = 0.64", True),
        (r"\hat{y} = 4.6 \cdot 2 = 8.2", False),
    ],
)
def test_numbers_behind_a_step_whose_line_has_no_letters(line: str, is_right: bool) -> None:
    found = verdicts(STEPPED + displayed(line))
    assert set(found[:-2]) <= RIGHT
    assert (found[-1] in RIGHT) is is_right


@pytest.mark.parametrize(("given", "verdict"), [("0.5 > 0", "correct"), ("0.5 > 1", "undecided")])
def test_a_bound_behind_a_given_number_is_a_remark_on_it(given: str, verdict: str) -> None:
    layer = displayed(r"h = \max(0, w x)") + displayed(r"\hat{y} = v h") + displayed(r"L = (y - \hat{y})^2")
    chain = r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial \hat{y}} v \text{ReLU}'(z) x"
    example = f"\nTake $x = 1$, $w = 0.5$, $v = -1.0$, $y = 0.5$: $z = {given}$, so $h = 0.5$.\n"
    found = verdicts(layer + displayed(chain) + example)
    assert "wrong" not in found
    assert found[-2] == verdict


def test_entries_that_are_given_zero_and_one_are_no_labels() -> None:
    given = "The inputs are $x_1 = 1$, $x_2 = 0$ and the weights $w_1 = 0.3$, $w_2 = 0.1$.\n"
    value = displayed(r"z = w_1 x_1 + w_2 x_2 = 0.300")
    assert verdicts(given + value)[-1] == "correct"
    assert verdicts(given + value.replace("0.300", "0.400"))[-1] == "wrong"


def test_an_open_function_has_no_value() -> None:
    given = "Given $w = 0.3$, $x = 1$, $b = 0.2$ and the target $y = 1$.\n"
    unit = displayed("z = w x + b = 0.3 + 0.2 = 0.5") + displayed(r"a = \phi(z) = 0.6225")
    loss = displayed(r"E = \frac{1}{2} (y - a)^2 = \frac{1}{2} (1 - 0.6225)^2 = 0.0712")
    assert "wrong" not in verdicts(given + unit + loss)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\sigma(1) = \frac{1}{1 + e^{-1}} = 0.731", "correct"),
        (r"\sigma(1) = \frac{1}{1 + e^{-1}} = 0.371", "wrong"),
        (r"e^{-1} = 0.368", "correct"),
        (r"e^{-1} = 0.638", "wrong"),
        (r"\sigma'(1) = 0.731 \cdot 0.269 = 0.197", "correct"),
        (r"\sigma'(1) = 0.731 \cdot 0.731 = 0.534", "follows"),
    ],
)
def test_functions_of_numbers_that_nothing_was_given_for(line: str, verdict: str) -> None:
    assert verdicts(displayed(r"\sigma(z) = \frac{1}{1 + e^{-z}}", line))[-1] == verdict
