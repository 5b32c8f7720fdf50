"""A loss by a function that nothing defines, and by matrices beside it."""

import pytest

from tests.checking.written import displayed, verdicts

BOTH = r"E(\beta) = \frac12 \sum_{i=1}^{n} (f_\beta(s^i) - t^i)^2 = \frac12 (S \beta - t)^T (S \beta - t)"
PLAIN = r"E(\beta) = \frac12 (S \beta - t)^T (S \beta - t)"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_\beta E(\beta) = S^T S \beta - S^T t", "correct"),
        (r"\nabla_\beta E(\beta) = S^T (S \beta - t)", "correct"),
        (r"\nabla_\beta E(\beta) = S^T (S \beta + t)", "wrong"),
        (r"\nabla_\beta E(\beta) = 2 S^T (S \beta - t)", "wrong"),
    ],
)
def test_the_formula_that_can_be_differentiated_is_taken(line: str, verdict: str) -> None:
    assert verdicts(displayed(BOTH, line)) == ["correct", "correct", verdict]


def test_a_loss_that_is_told_twice_may_be_solved() -> None:
    solved = r"\nabla_\beta E(\beta) = 0 => \beta = (S^T S)^{-1} S^T t"
    found = verdicts(displayed(PLAIN, BOTH, r"\nabla_\beta E(\beta) = S^T S \beta - S^T t", solved))
    assert "wrong" not in found
    assert found[-1] == "correct"
