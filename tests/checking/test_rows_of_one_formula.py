"""Formulas that go on in the next row of a display: after a sign, and within brackets."""

import pytest

from tests.checking.written import verdicts


def aligned(*rows: str) -> str:
    """A display of its own with rows."""
    body = " \\\\\n".join(rows)
    return f"$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$\n\n"


FORMULA = aligned(r"f &= \left( a^2 + \right.", r"& \left. \quad b^2 \right) \times", r"& \quad c")


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ((r"\frac{\partial f}{\partial a} &= 2 a \cdot", "& c"), "correct"),
        ((r"\frac{\partial f}{\partial a} &= 3 a \cdot", "& c"), "wrong"),
        ((r"\frac{\partial f}{\partial b} &= b c +", r"&\quad b c"), "correct"),
        ((r"\frac{\partial f}{\partial b} &= b c +", r"&\quad 2 b c"), "wrong"),
        ((r"\frac{\partial f}{\partial c} &= \Big(a^2 +", r"&\qquad b^2\Big)"), "correct"),
        ((r"\frac{\partial f}{\partial c} &= \Big(a^2 -", r"&\qquad b^2\Big)"), "wrong"),
        ((r"\frac{\partial f}{\partial c} &= \left[a^2 \right.", r"& \left. + b^2\right]"), "correct"),
        ((r"\frac{\partial f}{\partial c} &= \left[a^2 \right.", r"& \left. - b^2\right]"), "wrong"),
    ],
)
def test_a_row_that_ends_in_a_sign_or_in_brackets_goes_on_below(rows: tuple[str, ...], verdict: str) -> None:
    assert verdicts(FORMULA + aligned(*rows)) == ["correct", verdict]


def test_a_row_with_an_equation_of_its_own_is_no_continuation() -> None:
    text = FORMULA + aligned(
        r"\frac{\partial f}{\partial a} &= 2 a c +", r"\frac{\partial f}{\partial b} &= 2 b c"
    )
    assert verdicts(text)[1:] == ["undecided", "correct"]


def test_a_sign_in_a_script_ends_no_row() -> None:
    assert verdicts(aligned("p &= x^+", "q &= 2 x")) == ["correct", "correct"]
