"""Macros of plain TeX whose parameters stand in square brackets."""

import pytest

from gradcheck.notation.errors import NotationError
from gradcheck.notation.macros import collect
from tests.notation.trees import bare, tree

SLOPE = collect(r"\def\slope[#1]#2{\frac{\partial #2}{\partial #1}}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\slope[w]{E}", r"\frac{\partial E}{\partial w}"),
        (r"\slope[w_{ij}] E + 1", r"\frac{\partial E}{\partial w_{ij}} + 1"),
        (r"2 \slope[x[k]]{f}", r"2 \frac{\partial f}{\partial {x[k]}}"),
    ],
)
def test_the_brackets_hold_the_argument(written: str, meant: str) -> None:
    assert bare(tree(written, SLOPE)) == bare(tree(meant))


@pytest.mark.parametrize("written", [r"\slope{w}{E}", r"\slope[w", r"\slope"])
def test_an_argument_without_its_brackets_is_lacking(written: str) -> None:
    with pytest.raises(NotationError):
        tree(written, SLOPE)


def test_a_comma_ends_an_argument() -> None:
    mean = collect(r"\def\mean[#1,#2]{\frac{1}{#2} \sum_{#1=1}^{#2}}")
    assert bare(tree(r"\mean[i, n] x_i", mean)) == bare(tree(r"\frac{1}{n} \sum_{i=1}^{n} x_i"))
    with pytest.raises(NotationError):
        tree(r"\mean[i] x_i", mean)
