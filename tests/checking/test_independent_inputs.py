"""What stands beside a variable in one formula of a document is another input, which it does not change."""

from tests.checking.written import with_line

SQUARES = r"""
Let $B \in \mathbb{R}^{n \times p}$.

$$S(v) = (q - B v)^\top (q - B v)$$
"""


def test_another_input_of_the_same_formula_does_not_change() -> None:
    assert with_line(SQUARES, r"\frac{\partial}{\partial v} (q^\top q) = 0")[-1] == "correct"


def test_what_stands_beside_the_variable_nowhere_may_depend_on_it() -> None:
    assert with_line(SQUARES, r"\frac{\partial}{\partial v} (u^\top u) = 0")[-1] == "undecided"


def test_only_nought_is_told_by_independence() -> None:
    assert with_line(SQUARES, r"\frac{\partial}{\partial v} (q^\top q) = 2 v")[-1] != "correct"
