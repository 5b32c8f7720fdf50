"""Lines that are told at numbers."""

import pytest

from tests.checking.written import verdicts


@pytest.mark.parametrize(
    ("slope", "verdict"), [("3 (2)", "undecided"), ("4 (2)", "wrong"), ("3", "wrong"), ("3 x", "correct")]
)
def test_numbers_that_a_line_puts_in_itself_are_told_at_a_point(slope: str, verdict: str) -> None:
    above = r"Let $g(x, y) = x^2 + 3 x y$. Then $$\frac{\partial g}{\partial x} = 2 x + 3 y$$ and "
    assert verdicts(rf"{above}$$\frac{{\partial g}}{{\partial y}} = {slope}$$")[-1] == verdict


def test_other_numbers_than_those_told_are_wrong() -> None:
    above = "Let $g(x, y) = x^2 + 3 x y$. At $x = 5$ we have "
    assert verdicts(rf"{above}$$\frac{{\partial g}}{{\partial y}} = 3 (2)$$")[-1] == "wrong"
