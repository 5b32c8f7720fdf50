"""Numbers among letters: right with what they were given or printed for, else judged as written."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

RIGHT = ("correct", "charitable")
UNIT = "$x = 1.5$, $w = 0.4$, $b = 0.1$, $y = 0$\n\n" + displayed(
    r"z = w x + b = 0.4 \cdot 1.5 + 0.1 = 0.7",
    r"a = \sigma(z) = 0.668",
    r"L = \frac{1}{2}(a - y)^2 = 0.223",
    r"\frac{dL}{da} = a - y = 0.668",
    r"\frac{da}{dz} = a(1-a) = 0.668 \cdot 0.332 = 0.222",
    r"\frac{dL}{dz} = \frac{dL}{da} \cdot \frac{da}{dz} = 0.668 \cdot a(1-a) = 0.668 \cdot 0.222 = 0.148",
)
CHAIN = r"\frac{dL}{dw} = \frac{dL}{dz} \cdot \frac{dz}{dw}"
SIDES = [
    r"0.148 \cdot x",
    r"0.222 \cdot (a - y) x",
    r"0.668 \cdot 0.222 \cdot x",
]
OTHERS = [
    r"0.148 \cdot w",  # another letter
    r"0.222 \cdot x",  # another derivative's number
    r"0.184 \cdot x",  # digits that are swapped
    r"0.148 \cdot x^2",
    r"-0.148 \cdot x",
]


def test_every_line_of_an_example_that_is_worked_bit_by_bit_is_right():
    end = displayed(CHAIN + r" = 0.148 \cdot x = 0.148 \cdot 1.5 = 0.222")
    assert set(verdicts(UNIT + end)) <= set(RIGHT)


@pytest.mark.parametrize("side", SIDES)
def test_a_number_stands_for_what_it_was_printed_for(side):
    assert verdicts(UNIT + displayed(f"{CHAIN} = {side}"))[-1] == "correct"


@pytest.mark.parametrize("side", OTHERS)
def test_a_number_that_makes_a_line_wrong_does_not_excuse_it(side):
    assert verdicts(UNIT + displayed(f"{CHAIN} = {side}"))[-1] == "wrong"


def test_a_number_that_was_printed_nowhere_leaves_open_what_holds_at_the_numbers_given():
    assert verdicts(UNIT + displayed(rf"{CHAIN} = (a - y) \cdot 0.498 \cdot a"))[-1] == "undecided"
    assert verdicts(UNIT + displayed(rf"{CHAIN} = (a - y) \cdot 0.597 \cdot a"))[-1] == "wrong"


def test_a_constant_of_the_formula_is_put_in_for_nothing():
    told = "Let $f(x) = 0.5 x^2$ and $x = 2$.\n\n"
    assert verdicts(told + displayed("f'(x) = 0.5 x^2"))[-1] == "wrong"  # 2 like x, at 2 alone


def test_a_negative_number_stands_for_what_it_was_printed_for():
    told = UNIT.replace("y = 0$", "y = 1$").replace("0.223", "0.055")
    lines = displayed(
        r"\frac{dL}{da} = a - y = -0.332",
        r"\frac{dL}{dz} = \frac{dL}{da} \cdot \frac{da}{dz} = -0.332 \cdot a(1 - a)",
        r"\frac{dL}{dz} = \frac{dL}{da} \cdot \frac{da}{dz} = 0.332 \cdot a(1 - a)",
    )
    found = verdicts(told.split(r"$$\frac{dL}{da}")[0] + lines)
    assert found[-3] == "correct"
    assert found[-1] == "wrong"


def test_numbers_behind_a_line_that_was_misjudged_are_right_as_a_step():
    slip = UNIT.replace(r"\frac{dL}{da} = a - y = 0.668", r"\frac{dL}{da} = y - a = -0.668")
    slip = slip.replace(r"0.668 \cdot a(1-a) = 0.668 \cdot 0.222 = 0.148", "-0.148")
    found = verdicts(slip + displayed(CHAIN + r" = -0.148 \cdot x = -0.148 \cdot 1.5 = -0.222"))
    assert found[-3:].count("wrong") == 0


SAID = [
    ("Let $f(x) = x^3$ and $x = 2$.", "f'(x)", "3 x^2", "1.5 x^3"),
    ("Let $f(x) = 0.5 x^2$. Later we take $x = 2$.", "f'(x)", "x", "0.5 x^2"),
    ("Let $x = 2$, $w = 0.5$, $z = w x$ and $L = z^2$.", r"\frac{dL}{dw}", "2 z x", "z x^2"),
    (
        "Let $x = 2$, $w = 0.5$, $z = w x$ and $L = z^2$.",
        r"\frac{\partial L}{\partial w}",
        "2 x^2 w",
        "w x^3",
    ),
]


@pytest.mark.parametrize(("told", "head", "right", "other"), SAID)
def test_what_holds_for_all_values_is_no_coincidence_at_a_point(told, head, right, other):
    """The numbers that are told make both sides the same: a point is no definition of what is derived by."""
    assert verdicts(f"{told}\n\n$${head} = {right}$$")[-1] == "correct"
    assert verdicts(f"{told}\n\n$${head} = {other}$$")[-1] in ("wrong", "undecided")


PUT_IN = "Let $L = (w x - y)^2$ with $x = 2$, $y = 1$ and $w = 0.7$."


def test_a_given_number_may_be_multiplied_out():
    assert verdicts(PUT_IN + r"  $$\frac{dL}{dw} = 2(w x - y) \cdot 2 = 1.6$$")[-2:] == ["correct", "correct"]
    assert verdicts(PUT_IN + r"  $$\frac{dL}{dw} = 4(w x - y) = 1.6$$")[-2] == "undecided"
    assert verdicts(PUT_IN + r"  $$\frac{dL}{dw} = 3(w x - y)$$")[-1] == "wrong"
