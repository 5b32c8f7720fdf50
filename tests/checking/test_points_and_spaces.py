"""Points on the line multiply, and wide spaces part two equations."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = (r"y = w.x + b", r"E = \frac{1}{2}.(y - t)^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial w} = (y - t).x", "correct"),
        (r"\frac{\partial E}{\partial w} = \frac{\partial E}{\partial y}.x", "correct"),
        (r"\frac{\partial E}{\partial b} = (y - t).1", "correct"),
        (r"\frac{\partial E}{\partial w} = (y - t).w", "wrong"),
        (r"\frac{\partial E}{\partial w} = 2.(y - t).x", "wrong"),
    ],
)
def test_a_point_multiplies(line: str, verdict: str) -> None:
    assert verdicts(displayed(*GIVEN, line)) == ["correct", "correct", verdict]


def test_a_point_before_brackets_applies_a_function_to_each_entry() -> None:
    given = r"h = \sigma.(W x + b)", r"E = \frac{1}{2} \|h - t\|^2"
    line = r"\frac{\partial E}{\partial W} = ((h - t) \odot h \odot (1 - h)) x^T"
    assert verdicts(displayed(*given, line)) == ["correct"] * 3
    assert verdicts(displayed(*given, line.replace("1 - h", "1 + h")))[-1] == "wrong"


@pytest.mark.parametrize("space", [r"\ \ \ \ ", "~~~~", r"\hspace{1cm}", r"\;\;\;"])
def test_a_wide_space_parts_equations(space: str) -> None:
    line = rf"\frac{{d}}{{dx}} x^2 = 2x {space} \frac{{d}}{{dx}} x^3 = 3x^2"
    assert verdicts(displayed(line)) == ["correct", "correct"]
    assert verdicts(displayed(line.replace("= 3x^2", "= 3x"))) == ["correct", "wrong"]
