"""Formulas that only numbers tell: the name for which a number was printed stands in its place."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = "Let $x = 2$, $w = 0.7$, $b = 0.1$, $y = 1$ and $\\eta = {rate}$.\n"
SUM = displayed("z = w x + b = 0.7 \\cdot 2 + 0.1 = 1.5")
LOSS = displayed(r"E = \frac{1}{2} (y - a)^2")
SLOPES = displayed(
    r"\frac{\partial a}{\partial z} = a (1 - a)", r"\frac{\partial E}{\partial w} = -(y - a) a (1 - a) x"
)
UNITS = [
    r"a = \frac{1}{1 + e^{-1.5}} = 0.818",
    r"a = \sigma(1.5) = 0.818",
    r"a = \phi(z) = \frac{1}{1 + e^{-1.5}} = 0.818",
]


@pytest.mark.parametrize("unit", UNITS)
def test_derivatives_through_such_a_formula(unit: str) -> None:
    found = verdicts(GIVEN.format(rate="0.2") + SUM + displayed(unit) + LOSS + SLOPES)
    assert set(found) <= {"correct", "charitable"}


@pytest.mark.parametrize("unit", UNITS)
def test_slips_in_them(unit: str) -> None:
    text = GIVEN.format(rate="0.2") + SUM + displayed(unit) + LOSS
    assert verdicts(text + SLOPES.replace("(1 - a)", "(1 + a)"))[-2:] == ["wrong", "wrong"]
    assert verdicts(text + SLOPES.replace("-(y - a)", "(y - a)"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("unit", "rate"),
    [
        (UNITS[0], "1.5"),  # another quantity has the number, too
        (r"a = \frac{1}{1 + e^{-1.6}} = 0.832", "0.2"),  # nothing has it
        (r"a = \frac{0.3}{1 + e^{-1.5}} = 0.245", "0.2"),  # another decimal beside it
        (r"a = (1.5 - 1)^2 = 0.25", "0.2"),  # no function
    ],
)
def test_nothing_is_put_in_where_it_could_be_another(unit: str, rate: str) -> None:
    found = verdicts(GIVEN.format(rate=rate) + SUM + displayed(unit) + LOSS + SLOPES)
    assert found[-1] == "undecided"


def test_a_function_is_told_by_the_argument_that_it_has() -> None:
    text = GIVEN.format(rate="1.5") + SUM + displayed(UNITS[2]) + LOSS + SLOPES
    assert set(verdicts(text)) <= {"correct", "charitable"}
