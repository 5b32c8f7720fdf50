"""A derivative by an undeclared column may be written as a row."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    "head", [r"\frac{d}{d\mathbf{x}}(\mathbf{x}^\top A \mathbf{x})", r"\nabla_x x^\top A x"]
)
def test_a_row_makes_no_variable_square(head: str) -> None:
    letter = r"\mathbf{x}" if "mathbf" in head else "x"
    assert verdicts(displayed(rf"{head} = {letter}^\top (A + A^\top)"))[-1] in ("correct", "charitable")
    assert verdicts(displayed(rf"{head} = (A + A^\top) {letter}"))[-1] == "correct"
    assert verdicts(displayed(rf"{head} = {letter}^\top (A - A^\top)"))[-1] == "wrong"
