"""One letter in two examples of any loss, and letters whose definition tells another shape than before."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

FIRST = (r"p = S u", r"\frac{\partial L}{\partial S} = \frac{\partial L}{\partial p} u^T")
SECOND = (r"P = S \odot T", r"\frac{\partial L}{\partial S} = \frac{\partial L}{\partial P} \odot T")
SIZES = r"S, T \in \mathbb{R}^{n \times m}"


def test_two_examples_of_one_letter_are_not_accused_of_each_other():
    found = verdicts(displayed(SIZES, *FIRST, *SECOND))
    assert found[-1] == found[-3] == "undecided"


def test_one_line_that_leaves_a_path_out_is_wrong():
    other = r"\frac{\partial L}{\partial T} = \frac{\partial L}{\partial P} \odot S"
    assert verdicts(displayed(SIZES, FIRST[0], SECOND[0], other, FIRST[1]))[-1] == "wrong"


def test_parts_that_do_not_make_up_the_whole_are_wrong():
    slip = r"\frac{\partial L}{\partial S} = 2 \frac{\partial L}{\partial P} \odot T"
    assert verdicts(displayed(SIZES, *FIRST, SECOND[0], slip))[-1] == "wrong"


@pytest.mark.parametrize("word", ["exp", r"\tanh"])
def test_a_definition_that_tells_another_shape_takes_the_letter_anew(word):
    text = rf"""
Let $Y = S X$ where $S \in \mathbb{{R}}^{{n \times m}}$ and $X \in \mathbb{{R}}^{{m \times 1}}$.

$$
\begin{{align*}}
S &= Q K^T \in \mathbb{{R}}^{{n \times n}} \\
R &= {word}(S) \in \mathbb{{R}}^{{n \times n}} \\
C &= R V
\end{{align*}}
$$

$$\frac{{\partial L}}{{\partial V}} = R^T \frac{{\partial L}}{{\partial C}}$$
$$\frac{{\partial L}}{{\partial R}} = %s$$
"""
    assert "wrong" not in verdicts(text % r"\frac{\partial L}{\partial C} V^T")
    assert verdicts(text % r"\frac{\partial L}{\partial C} V^T")[-2:] == ["correct", "correct"]
    assert verdicts(text % r"-\frac{\partial L}{\partial C} V^T")[-1] == "wrong"
