"""What is said of a matrix as a case: the derivation for any matrix takes no use of it."""

import pytest

from tests.checking.written import verdicts

CASE = r"(Special case: if $Q$ is symmetric, this is $2 Q v$.)"
FIRM = r"The matrix $Q$ is symmetric."


def _note(remark: str, last: str, below: str = "") -> list[str]:
    return verdicts(
        rf"""
$$f = v^\top Q v$$

$$\frac{{\partial f}}{{\partial v}} = (Q + Q^\top) v$$

{remark}

{below}

$$\frac{{\partial f}}{{\partial v}} = {last}$$
"""
    )


def test_a_line_that_writes_the_transpose_is_told_of_any_matrix() -> None:
    assert _note(CASE, r"(Q^\top + Q) v")[-1] == "correct"
    assert _note(CASE, r"(Q^\top + Q^\top) v")[-1] == "undecided"
    assert _note(FIRM, r"(Q^\top + Q^\top) v")[-1] == "correct"


def test_a_line_behind_the_condition_is_told_of_the_case() -> None:
    assert _note("If $Q$ is symmetric:", "2 Q v")[-1] == "correct"
    assert _note("If $Q$ is symmetric:", "3 Q v")[-1] == "wrong"


def test_a_case_ends_at_a_heading() -> None:
    assert _note(CASE, "2 Q v", "# The general gradient")[-1] == "undecided"
    assert _note(CASE, "(Q + Q^\\top) v", "# The general gradient")[-1] == "correct"
    assert _note(FIRM, "2 Q v", "# The gradient")[-1] == "correct"


def test_a_line_above_the_condition_is_told_of_any_matrix() -> None:
    above = r"$$f = v^\top Q v$$ $$\frac{\partial f}{\partial v} = 2 Q v$$ For large $v$ this grows."
    assert verdicts(f"{above}\n\n{CASE}")[-1] == "undecided"
    assert (
        verdicts(rf"$$f = v^\top Q v$$ $$\frac{{\partial f}}{{\partial v}} = 2 Q v$$ {CASE}")[-1] == "correct"
    )
    assert verdicts(f"{above}\n\n{FIRM}")[-1] == "correct"


FORM = r"""
$$y = u^\top M u$$

$$\frac{\partial y}{\partial u} = LINE$$

The two halves differ in general.

**Special case:** if $M$ equals its transpose, $M = M^\top$, then

$$\frac{\partial y}{\partial u} = 2 M u$$
"""


@pytest.mark.parametrize(("line", "verdict"), [(r"(M + M^\top) u", "correct"), (r"(M + M) u", "undecided")])
@pytest.mark.parametrize("case", ["if $M$ equals its transpose", "如果 $M$ 是对称矩阵"])
def test_an_equation_behind_an_if_speaks_of_its_case_alone(line: str, verdict: str, case: str) -> None:
    text = FORM.replace("LINE", line).replace("if $M$ equals its transpose", case)
    assert verdicts(text)[1:] == [verdict, "correct", "correct"]


HALF = r"Let $g(v) = \frac{1}{2} v^\top Q v - c^\top v$."


@pytest.mark.parametrize(
    ("above", "gradient", "verdict"),
    [
        (HALF, "Q v - c", "undecided"),
        (HALF, "Q v + c", "wrong"),
        (HALF, "2 Q v - c", "wrong"),
        (HALF.replace(r"\frac{1}{2} ", ""), "Q v - c", "wrong"),
        (HALF.replace(r"\frac{1}{2} ", ""), "2 Q v - c", "wrong"),
        (HALF + " Here $Q$ need not be symmetric.", "Q v - c", "wrong"),
        (HALF + " Here $Q$ is symmetric.", "Q v - c", "correct"),
    ],
)
def test_the_half_before_a_form_lets_expect_a_symmetric_matrix(
    above: str, gradient: str, verdict: str
) -> None:
    assert verdicts(rf"{above} Then $$\nabla g(v) = {gradient}$$")[-1] == verdict


def test_who_turns_the_matrix_means_any() -> None:
    general = r"$$\nabla g(v) = \frac{1}{2} (Q + Q^\top) v - c$$"
    assert verdicts(rf"{HALF} Then {general} and $$\nabla g(v) = Q v - c$$")[-2:] == ["correct", "wrong"]
