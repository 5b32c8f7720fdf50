"""A derivative by a quantity may go through another one that a second formula makes of it."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = (
    r"m = \frac{1}{n} \sum_{i=1}^n x_i",
    r"v = \frac{1}{n} \sum_{i=1}^n (x_i - m)^2",
    "r = x - m",
    r"v = \frac{1}{n} r^T r",
    r"z = \frac{r}{v + 1}",
    "L = w^T z",
)
TOLD = r"Let $x \in \mathbb{R}^n$ and $w \in \mathbb{R}^n$." + "\n\n"
GRADIENT = r"\frac{\partial L}{\partial r} = "


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        (r"\frac{w}{v + 1}", "correct"),
        (r"\frac{w}{v + 1} - \frac{2}{n} \frac{w^T r}{(v + 1)^2} r", "correct"),
        (r"\frac{2 w}{v + 1}", "wrong"),
        (r"\frac{w}{v + 1} - \frac{1}{n} \frac{w^T r}{(v + 1)^2} r", "wrong"),
    ],
)
def test_it_may_be_held_or_not(right: str, expected: str) -> None:
    assert verdicts(TOLD + displayed(*MODEL, GRADIENT + right))[-1] == expected


def test_it_is_held_where_nothing_else_is_told_of_it() -> None:
    lines = [line for line in MODEL if r"r^T r" not in line]
    through = r"\frac{w}{v + 1} - \frac{2}{n} \frac{w^T r}{(v + 1)^2} r"
    assert verdicts(TOLD + displayed(*lines, GRADIENT + through))[-1] == "wrong"
