"""Matrices as plain text writes them between square brackets."""

import pytest

from gradcheck.notation.parser import parse
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Matrix, Node
from gradcheck.notation.walk import of_kind


def first(text: str) -> Node:
    node = parse(text, typed=True)[0]
    assert isinstance(node, Node)
    return node


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("[2 1; 1 3]", "2 & 1 \\\\ 1 & 3"),
        ("[2 -1; -1 2]", "2 & -1 \\\\ -1 & 2"),
        ("[2 - 1; 1 + 3]", "2 - 1 \\\\ 1 + 3"),
        ("[2, 1; 1, 3]", "2 & 1 \\\\ 1 & 3"),
        ("[x1; x2]", "x_1 \\\\ x_2"),
        ("[1 2]", "1 & 2"),
        ("[x_1 x_2]", "x_1 & x_2"),
        ("[4x + 2y   y]", "4 x + 2 y & y"),
        ("[2 x   3; 1   cos y]", "2 x & 3 \\\\ 1 & \\cos y"),
    ],
)
def test_cells_and_rows_are_told_apart(typed, rows):
    node = first(typed)
    written = first(f"\\begin{{bmatrix}} {rows} \\end{{bmatrix}}")
    assert isinstance(node, Matrix)
    assert latex(node) == latex(written)


@pytest.mark.parametrize(
    "typed", ["[a, b]", "[w x]", "[w x + b]", "W[2]", "[1 2; 3]", "[;]", "[]", "[a; b, c]", "2 [x]"]
)
def test_what_else_stands_between_square_brackets_is_no_matrix(typed):
    assert not any(of_kind(part, Matrix) for part in parse(typed, typed=True) if isinstance(part, Node))


def test_between_dollar_signs_brackets_are_what_they_were():
    assert not any(of_kind(part, Matrix) for part in parse("[2 1; 1 3]") if isinstance(part, Node))
