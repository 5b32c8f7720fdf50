"""Matrices that are written out by the names of their entries, beside formulas for the whole and for one."""

import pytest

from tests.checking.written import displayed, verdicts

LISTED = (
    r"A = \begin{bmatrix} a_{11} & a_{12} \\ a_{21} & a_{22} \\ a_{31} & a_{32} \end{bmatrix}",
    r"B = \begin{bmatrix} b_{11} & b_{12} & b_{13} \\ b_{21} & b_{22} & b_{23} \end{bmatrix}",
    r"C = A B",
)
TERMS = " + ".join(
    rf"\frac{{\partial L}}{{\partial c_{{{row}2}}}} {entry}"
    for row, entry in enumerate(("a_{11}", "?", "a_{31}"), start=1)
)
RIGHT = [
    r"\frac{\partial L}{\partial B} = A^T \frac{\partial L}{\partial C}",
    r"c_{11} = a_{11} b_{11} + a_{12} b_{21}",
    r"\frac{\partial c_{11}}{\partial b_{21}} = a_{12}",
    r"\frac{\partial L}{\partial b_{12}} = " + TERMS.replace("?", "a_{21}"),
]
WRONG = [
    r"\frac{\partial L}{\partial B} = \frac{\partial L}{\partial C} A^T",
    r"c_{11} = a_{11} b_{11} + a_{21} b_{21}",
    r"\frac{\partial c_{11}}{\partial b_{21}} = a_{21}",
    r"\frac{\partial L}{\partial b_{12}} = " + TERMS.replace("?", "a_{12}"),
]


def apart(formula: str) -> str:
    """The two numbers below each entry with a comma between them."""
    for letter in "abc":
        formula = formula.replace(f"{letter}_{{", f"{letter}_{{,")
    return "".join(
        f"{formula[at + 1]}{char}" if char == "," else "" if at and formula[at - 1] == "," else char
        for at, char in enumerate(formula)
    )


@pytest.mark.parametrize("spelt", [str, apart])
def test_an_entry_told_beside_the_whole_formula_is_a_claim(spelt) -> None:
    right = verdicts(displayed(*map(spelt, [*LISTED, *RIGHT])))
    assert set(right) == {"correct"}
    for line in WRONG[1:]:
        assert verdicts(displayed(*map(spelt, [*LISTED, line])))[-1] == "wrong"
    assert verdicts(displayed(*LISTED, WRONG[0]))[-1] != "correct"


def test_entries_that_alone_tell_their_matrix_define_it() -> None:
    told = (
        r"y_{11} = k x_{11}",
        r"y_{12} = k x_{12}",
        r"y_{21} = k x_{21}",
        r"y_{22} = k x_{22}",
        r"Y = \begin{bmatrix} y_{11} & y_{12} \\ y_{21} & y_{22} \end{bmatrix}",
    )
    line = r"\frac{\partial y_{12}}{\partial k} = x_{12}"
    assert verdicts(displayed(*told, line))[-1] == "correct"
    assert verdicts(displayed(*told, line.replace("= x_{12}", "= k")))[-1] == "wrong"


def test_a_list_of_derivatives_names_entries_and_a_list_of_entries_its_row() -> None:
    text = displayed(
        *LISTED,
        r"\frac{\partial L}{\partial C} = \begin{bmatrix}"
        + r" \\ ".join(
            " & ".join(rf"\frac{{\partial L}}{{\partial c_{{{row}{column}}}}}" for column in (1, 2, 3))
            for row in (1, 2, 3)
        )
        + r"\end{bmatrix}",
        r"C_1 = (c_{11}, c_{12}, c_{13})",
        r"\frac{\partial L}{\partial B} = A^T \frac{\partial L}{\partial C}",
    )
    assert set(verdicts(text)) == {"correct"}


def test_a_size_that_a_list_gives_as_a_number_is_that_number() -> None:
    text = r"Here $A \in \mathbb{R}^{N \times D}$ and $B \in \mathbb{R}^{D \times M}$." + "\n\n"
    assert set(verdicts(text + displayed(*LISTED, *RIGHT))) == {"correct"}
    assert verdicts(text + displayed(*LISTED, WRONG[3]))[-1] == "wrong"
