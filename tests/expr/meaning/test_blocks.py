"""Matrices written out by their entries are printed as they are written."""

import pytest

from gradcheck.expr.forms.build import apply, var
from gradcheck.expr.meaning.blocks import below, beside, rows_of
from gradcheck.expr.printing.printer import latex, plain
from gradcheck.shapes import SCALAR

A, B, C, D = (var(letter, SCALAR) for letter in "abcd")
COLUMN = below(below(A, B), C)
SQUARE = beside(below(A, B), below(C, D))


def test_the_blocks_of_a_matrix_are_found_again() -> None:
    assert rows_of(COLUMN) == [[A], [B], [C]]
    assert rows_of(SQUARE) == [[A, C], [B, D]]
    assert rows_of(beside(beside(A, B), C)) == [[A, B, C]]


@pytest.mark.parametrize("expr", [A, apply("add", A, B), apply("transpose", var("W", (2, 3)))])
def test_other_formulas_have_none(expr) -> None:
    assert rows_of(expr) is None


def test_they_are_printed_in_rows() -> None:
    name = str
    assert latex(SQUARE, name) == r"\begin{pmatrix} a & c \\ b & d \end{pmatrix}"
    assert plain(COLUMN, name) == "[a; b; c]"
