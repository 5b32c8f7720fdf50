"""Formulas that converters left in brackets within their dollars."""

from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import verdicts

TEXT = r"""
$[
f(w) = w^\top S w - c (w^\top w - 1)
]$

The derivative for symmetric S and positive class $(y = 1)$ is

$[
\frac{\partial f}{\partial w} = (S + S^\top) w - %s c w
]$
"""


def test_an_equation_in_brackets_is_one_and_a_case_is_none() -> None:
    body = read(Source("notes.md", TEXT % "2")).body
    assert sum(isinstance(item, Equation) for item in body) == 2


def test_it_is_judged() -> None:
    assert verdicts(TEXT % "2") == ["correct", "correct"]
    assert verdicts(TEXT % "3") == ["correct", "wrong"]
