"""Slopes of curves that an equation between two letters gives."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    ("curve", "steps", "slope", "other"),
    [
        ("x^2 + y^2 = 25", r"2x + 2y \frac{dy}{dx} = 0", r"-\frac{x}{y}", r"\frac{x}{y}"),
        (
            "x^3 + y^3 = 6xy",
            r"3x^2 + 3y^2 \frac{dy}{dx} = 6y + 6x \frac{dy}{dx}",
            r"\frac{2y - x^2}{y^2 - 2x}",
            r"\frac{2y - x^2}{y^2 + 2x}",
        ),
    ],
)
def test_a_slope_is_the_one_of_the_curve(curve: str, steps: str, slope: str, other: str) -> None:
    lines = (curve, steps, rf"\frac{{dy}}{{dx}} = {slope}", rf"y' = {slope}", rf"y' = {other}")
    expected = ["undecided", "correct", "correct", "correct", "undecided"]
    assert verdicts(displayed(*lines)) == expected
    later = displayed("y = x^3", "y' = 3x^2", "y' = 2x^2")
    assert verdicts(f"{displayed(*lines)}\n\n## Powers\n\n{later}")[:5] == expected
    assert verdicts(f"{displayed(*lines)}\n\n## Powers\n\n{later}")[-2:] == ["correct", "wrong"]


def test_what_follows_from_a_formula_for_y_is_no_curve() -> None:
    lines = (r"y = x^x", r"\ln y = x \ln x", r"\frac{y'}{y} = \ln x + 1", r"y' = x^x \ln x")
    assert verdicts(displayed(*lines)) == ["correct"] * 3 + ["wrong"]


def test_a_formula_written_the_other_way_round_is_one() -> None:
    assert verdicts(displayed("y = 2x + 3", r"\frac{dy}{dx} = 3"))[-1] == "wrong"
    assert verdicts(displayed("2x + 3 = y", r"\frac{dy}{dx} = 2"))[-1] != "wrong"


@pytest.mark.parametrize("words", ["The tangent plane at $(1, 2)$ is", "A normal line there is given by"])
def test_a_tangent_is_no_claim_about_the_graph(words: str) -> None:
    graph = r"Let $z = x^2 y$. Then $\frac{\partial z}{\partial x} = 2 x y$."
    tangent = "$z - 2 = 4 (x - 1) + (y - 2)$"
    assert verdicts(f"{graph} {words} {tangent}.\n")[-1] == "undecided"
    assert verdicts(f"{graph} {words} seen below. But {tangent}.\n")[-1] == "wrong"
    assert verdicts(f"{graph} {words} {tangent}, and so $z + 1 = x^2 y$.\n")[-1] == "wrong"
