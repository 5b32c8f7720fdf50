import pytest
from hypothesis import given

from gradcheck.notation.printer import latex
from tests.notation.trees import FORMULAS, NOTATION, bare, tree


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_is_printed_reads_back(formula: str) -> None:
    node = tree(formula)
    assert bare(tree(latex(node))) == bare(node)


@given(NOTATION)
def test_what_is_printed_of_any_notation_reads_back(formula: str) -> None:
    node = tree(formula)
    assert bare(tree(latex(node))) == bare(node), latex(node)


@given(NOTATION)
def test_printing_is_normal(formula: str) -> None:
    once = latex(tree(formula))
    assert latex(tree(once)) == once


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"W^{[2]T}(A-Y)", r"W^{[2] T} (A - Y)"),
        (r"{a+b} c", r"{a + b} c"),
        (r"{a} b", "a b"),
        ("∂L/∂W", r"\frac{\partial L}{\partial W}"),
        (r"\log x y", r"{\log {x}} y"),
        (r"\sum_i {\sum_j x_j} y", r"\sum_{i} {\sum_{j} x_{j}} y"),
        (r"\cancel{-} x", r"\cancel{-} x"),
        ("Loss_MSE", r"\text{Loss\_MSE}"),
    ],
)
def test_braces_stand_only_where_they_are_needed(written: str, printed: str) -> None:
    assert latex(tree(written)) == printed
