"""Brackets that a line opens and does not close, or closes and never opened."""

from __future__ import annotations

import pytest

from gradcheck.notation.lost_brackets import NOT_CLOSED, NOT_OPENED
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Unread
from gradcheck.notation.tree import Text
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

LOSS = r"L = -(y \log(a) + (1 - y) \log(1 - a))"
SIGMOID = r"a = \sigma(z)"


def only(line: str) -> Equation:
    (item,) = read(Source("notes.md", displayed(line))).body
    assert isinstance(item, Equation)
    return item


@pytest.mark.parametrize(
    ("written", "meant", "said"),
    [
        ("u = 2 (v + w", "u = 2 (v + w)", NOT_CLOSED),
        ("u = (v + w = x", "u = (v + w) = x", NOT_CLOSED),
        (r"\frac{f(x}{g(x)} = y", r"\frac{f(x)}{g(x)} = y", NOT_CLOSED),
        (r"u = \left( f(x \right) y", r"u = \left( f(x) \right) y", NOT_CLOSED),
        ("u = a [b + (c - d]", "u = a [b + (c - d)]", NOT_CLOSED),
        ("u = [(v + w = x", "u = [(v + w)] = x", NOT_CLOSED),
        ("u = v + w)", "u = v + w", NOT_OPENED),
        ("u = v) = w", "u = v = w", NOT_OPENED),
        ("u = ((v + w", "u = ((v + w))", NOT_CLOSED),
    ],
)
def test_a_lost_bracket_is_closed_where_what_it_stands_in_ends(written: str, meant: str, said: str) -> None:
    item = only(written)
    assert [latex(side) for side in item.sides] == [latex(side) for side in only(meant).sides]
    assert {node.content for node in item.context if isinstance(node, Text)} == {said}


@pytest.mark.parametrize("written", ["u = v) w + x", "u = (((v", "(u + v", "u = (v } + w"])
def test_what_could_be_meant_in_many_ways_is_not_read(written: str) -> None:
    body = read(Source("notes.md", displayed(written))).body
    assert any(isinstance(item, Unread) for item in body)


def test_of_two_bad_rows_one_may_open_what_the_other_closes() -> None:
    rows = r"\begin{aligned} u &= (v + w \\ v &= (x + y \\ w &= 2 \end{aligned}"
    body = read(Source("notes.md", displayed(rows))).body
    assert sum(isinstance(item, Unread) for item in body) == 2


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial z} = (a - y", "charitable"),
        (r"\frac{\partial L}{\partial z} = a - y)", "charitable"),
        (r"\frac{\partial L}{\partial z} = (y - a", "undecided"),
        (r"\frac{\partial L}{\partial z} = (a - y)", "correct"),
        (r"\frac{\partial L}{\partial z} = (y - a)", "wrong"),
    ],
)
def test_nothing_is_called_wrong_by_a_guess(line: str, verdict: str) -> None:
    assert verdicts(displayed(SIGMOID, LOSS, line))[-1] == verdict


@pytest.mark.parametrize(("value", "verdict"), [("a - y", "correct"), ("y - a", "undecided")])
def test_what_rests_on_a_guess_is_not_called_wrong(value: str, verdict: str) -> None:
    claim = rf"\frac{{\partial L}}{{\partial z}} = {value}"
    assert verdicts(displayed(SIGMOID, LOSS[:-1], claim))[-1] == verdict
