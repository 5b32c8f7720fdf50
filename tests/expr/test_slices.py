"""A column or a row of a matrix, `A_{:,k}`, `A_{\\cdot k}`, `A_{k:}`: a transpose behind it is its own."""

from __future__ import annotations

import pytest

from tests.checking.written import with_line

LOSS = r"""
Let $A \in \mathbb{R}^{m \times n}$, $c \in \mathbb{R}^m$ and $v \in \mathbb{R}^n$.

$$F(v) = \frac12 \|A v - c\|^2$$
"""


@pytest.mark.parametrize("column", [r"A_{:,k}", r"A_{:k}", r"A_{\cdot k}", r"A_{\cdot, k}"])
def test_a_column_is_turned_as_a_whole(column: str) -> None:
    line = rf"\frac{{\partial F}}{{\partial v_k}} = {column}^\top (A v - c)"
    assert with_line(LOSS, line)[-1] == "correct"
    assert with_line(LOSS, line.replace(" - c", " + c"))[-1] == "wrong"


@pytest.mark.parametrize("row", [r"A_{i,:}", r"A_{i:}", r"A_{i \cdot}"])
def test_a_row_lies(row: str) -> None:
    line = rf"\frac{{\partial F}}{{\partial v_k}} = \sum_i ({row} v - c_i) A_{{ik}}"
    assert with_line(LOSS, line)[-1] == "correct"
    assert with_line(LOSS, line.replace("ik", "ki"))[-1] != "correct"


def test_what_a_slice_of_a_vector_selects_is_left_open() -> None:
    assert with_line(LOSS, r"\frac{\partial F}{\partial v_k} = v_{:k}")[-1] == "undecided"
