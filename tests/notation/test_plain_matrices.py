"""Matrices of plain TeX, and those whose brackets stand around the environment."""

import pytest

from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from tests.checking.written import displayed, verdicts

TWO_ROWS = r"\begin{pmatrix} a \\ b \end{pmatrix}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\pmatrix{a \cr b}", TWO_ROWS),
        (r"\left(\begin{array}{c} a \\ b \end{array}\right)", TWO_ROWS),
        (r"\left[\matrix{a & \frac{b}{c}}\right]", r"\begin{bmatrix} a & \frac{b}{c} \end{bmatrix}"),
        (
            r"\pmatrix{\matrix{a & b} \cr c}",
            r"\begin{pmatrix} \begin{matrix} a & b \end{matrix} \\ c \end{pmatrix}",
        ),
        (r"f\left(\begin{matrix} a \\ b \end{matrix}\right)", r"f (\begin{matrix} a \\ b \end{matrix})"),
    ],
)
def test_one_matrix_in_other_spellings(written: str, meant: str) -> None:
    node = parse_one(written)
    assert node is not None
    assert latex(node) == meant


@pytest.mark.parametrize(
    "brackets",
    [
        r"\left[\begin{array}{cc} 3 & 0 \\ 0 & 5 \end{array}\right]",
        r"\left(\begin{array}{cc} 3 & 0 \\ 0 & 5 \end{array}\right)",
        r"\pmatrix{3 & 0 \cr 0 & 5}",
    ],
)
def test_a_matrix_in_brackets_is_no_list_of_one(brackets: str) -> None:
    text = r"Let $v \in \mathbb{R}^2$ and $q(v) = v^T D v$." + "\n\n"
    right, wrong = r"\nabla q(v) = \pmatrix{6 v_1 \cr 10 v_2}", r"\nabla q(v) = \pmatrix{6 v_1 \cr 5 v_2}"
    found = verdicts(text + displayed(f"D = {brackets}", right, wrong))
    assert found[-2] == "correct"
    assert found[-1] != "correct"
