"""Displays between brackets that stand alone on their lines, as they are left where backslashes were lost."""

from __future__ import annotations

from gradcheck.reading.document import Equation, read
from gradcheck.source import Source
from tests.checking.written import verdicts

FIT = r"""
The model:

[
\hat{t}_i = p u_i + q
]

The error:
[
E = \frac{1}{n} \sum_{i=1}^n (t_i - \hat{t}_i)^2
]

so that

[
\boxed{
\frac{\partial E}{\partial p} = -\frac{2}{n} \sum_{i=1}^n u_i (t_i - \hat{t}_i)
}
]
"""


def equations(text):
    return [item for item in read(Source("notes.md", text)).body if isinstance(item, Equation)]


def test_they_are_displays():
    assert verdicts(FIT) == ["correct"] * 3
    assert verdicts(FIT.replace(r"-\frac{2}{n}", r"\frac{2}{n}"))[-1] == "wrong"


def test_a_chain_goes_on_in_the_next_one():
    first, *others = equations("[\na = \\frac{b}{c}\n]\n\nor\n\n[\n= b c^{-1}\n]\n")
    assert len(first.links) == 2
    assert not others


def test_lists_of_programs_and_matrices_are_none():
    assert equations('[\n"a_1", "b^2"\n]\n') == []
    (only,) = equations("$$\nA = \\left\n[\n\\begin{array}{c} a \\\\ b \\end{array}\n\\right\n]\n$$\n")
    assert len(only.links) == 1
    assert equations("[\n1, 2\n]\n") == []
