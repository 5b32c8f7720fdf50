"""The letters of a list beside a matrix of written numbers are numbers."""

import pytest

from tests.checking.written import displayed, verdicts

FORM = (
    r"g(x) = \begin{bmatrix} x_1 & x_2 \end{bmatrix} \begin{bmatrix} 3 & -1 \\ -1 & 2 \end{bmatrix}"
    r" \begin{bmatrix} x_1 \\ x_2 \end{bmatrix} = 3 x_1^2 - 2 x_1 x_2 + 2 x_2^2"
)


@pytest.mark.parametrize(("factor", "verdict"), [(4, "correct"), (3, "wrong")])
def test_a_quadratic_form_of_numbers_is_derived_by_its_letters(factor, verdict):
    slope = rf"\frac{{\partial g}}{{\partial x_2}} = {factor} x_2 - 2 x_1"
    assert verdicts(displayed(FORM, slope)) == ["correct", "correct", verdict]


def test_letters_beside_a_matrix_of_letters_may_be_blocks():
    blocks = r"r = \begin{bmatrix} A & B \end{bmatrix} \begin{bmatrix} u \\ v \end{bmatrix} = A u + B v"
    assert "wrong" not in verdicts(displayed(blocks))
