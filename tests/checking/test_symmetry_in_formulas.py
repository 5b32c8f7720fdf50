"""A condition of symmetry that stands in the display itself, behind the line that needs it."""

import pytest

from tests.checking.written import verdicts

FORM = r"\frac{\partial}{\partial v} v^\top Q v = 2 Q v"


@pytest.mark.parametrize(
    ("behind", "verdict"),
    [
        (r"\text{ if $Q = Q^\top$}", "correct"),
        (r"\quad \text{if } Q = Q^\top", "correct"),
        (r"\quad \text{(for Q symmetric)}", "correct"),
        (r"\quad (Q \text{ symmetric})", "correct"),
        (r"\quad (Q = Q^\top)", "correct"),
        (r"\quad \text{if } Q \text{ is symmetric}", "correct"),
        (r"\quad \text{if } Q \text{ is not symmetric}", "wrong"),
        (r"\quad \text{if } Q \text{ is square}", "wrong"),
        (r"\quad \text{if } Q = P^\top", "wrong"),
    ],
)
def test_a_condition_behind_the_line(behind: str, verdict: str) -> None:
    assert verdicts(f"$${FORM} {behind}$$")[0] == verdict


def test_a_wrong_line_is_wrong_for_a_symmetric_matrix_too() -> None:
    assert verdicts(rf"$${FORM.replace('2 Q', '3 Q')} \quad \text{{if }} Q = Q^\top$$")[0] == "wrong"
