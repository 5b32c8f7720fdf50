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


def test_a_list_of_two_is_not_held_against_any_number_of_entries() -> None:
    """Another part declares x in ℝⁿ: here a function of two entries has as many."""
    lists = r"\nabla f(x) = \begin{bmatrix} 8 + 2 x_1 \\ 12 - 4 x_2 \end{bmatrix}"
    here = (r"f(x) = 8 x_1 + 12 x_2 + x_1^2 - 2 x_2^2", lists)
    there = (r"a, x \in \mathbb{R}^n", r"f(x) = a^T x", r"\nabla f(x) = a")
    assert "wrong" not in verdicts(displayed(*here, *there))
