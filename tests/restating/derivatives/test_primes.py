"""Primes that are applied to nothing: transposes, new values, other letters, derivatives."""

import pytest

from tests.checking.written import displayed, verdicts

SQUARES = r"S(b) = (y - X b)'(y - X b)"
TWO_LAYERS = (r"h = \tanh(W x)", r"o = W' h", r"L = \frac12 \|o - t\|^2")
ERROR = r"e_{ij} = r_{ij} - \sum_{k=1}^K u_{ik} v_{kj}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial S}{\partial b} = -2X'y + 2X'X b", "correct"),
        (r"\frac{\partial S}{\partial b} = -2X'(y - X b)", "correct"),
        (r"\frac{\partial S}{\partial b} = 2X'(y - X b)", "wrong"),
        (r"\frac{\partial^2 S}{\partial b \, \partial b'} = 2X'X", "correct"),
    ],
)
def test_primes_transpose_where_nothing_else_does(line: str, expected: str) -> None:
    assert verdicts(displayed(SQUARES, line))[-1] == expected


def test_a_form_with_primes_may_be_expanded() -> None:
    assert verdicts(displayed(SQUARES + r" = y'y - 2 b'X'y + b'X'X b")) == ["correct"] * 2
    assert verdicts(displayed(SQUARES + r" = y'y - b'X'y + b'X'X b")) == ["correct", "wrong"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial L}{\partial W'} = (o - t) h^T", "correct"),
        (r"\frac{\partial L}{\partial W'} = (t - o) h^T", "wrong"),
        (r"\frac{\partial L}{\partial x} = W^T (W'^T (o - t) \odot (1 - h \odot h))", "correct"),
        (r"\frac{\partial L}{\partial x} = W'^T (W^T (o - t) \odot (1 - h \odot h))", "wrong"),
    ],
)
def test_a_letter_with_a_prime_is_another_one(line: str, expected: str) -> None:
    assert verdicts(displayed(*TWO_LAYERS, line)) == ["correct"] * 3 + [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"u'_{ik} = u_{ik} - \alpha \frac{\partial}{\partial u_{ik}} e_{ij}^2", "correct"),
        (r"u'_{ik} = u_{ik} + \alpha \frac{\partial}{\partial u_{ik}} e_{ij}^2", "wrong"),
    ],
)
def test_the_next_value_is_a_step(line: str, expected: str) -> None:
    assert verdicts(displayed(ERROR, line)) == ["correct", expected]


def test_a_step_without_a_loss_asks_for_it() -> None:
    assert verdicts(displayed(ERROR, r"u'_{ik} = u_{ik} + 2 \alpha e_{ij} v_{kj}"))[-1] == "undecided"


def test_a_new_value_that_is_used_is_defined() -> None:
    lines = (r"h = W x", r"h' = h + x", r"L = \frac12 \|h' - t\|^2")
    right = r"\frac{\partial L}{\partial x} = (W + I)^T (h' - t)"
    assert verdicts(displayed(*lines, right)) == ["correct"] * 4
    assert verdicts(displayed(*lines, r"\frac{\partial L}{\partial x} = W^T (h' - t)"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("line", "expected"),
    [(r"f(x)' = 3 c x^2", "correct"), (r"f(x)' = 3 x^2", "wrong"), (r"f(x)' = c x^3", "wrong")],
)
def test_a_prime_behind_a_value_derives(line: str, expected: str) -> None:
    assert verdicts(displayed(r"f(x) = c x^3", line)) == ["correct", expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial}{\partial u_{ik}} e_{ij}^2 = -2 e_{ij} v_{kj}", "correct"),
        (r"\frac{\partial}{\partial u_{ik}} e_{ij}^2 = 2 e_{ij} v_{kj}", "wrong"),
    ],
)
def test_what_is_squared_has_the_sign_it_is_written_with(line: str, expected: str) -> None:
    square = r"e_{ij}^2 = (r_{ij} - \sum_{k=1}^K u_{ik} v_{kj})^2"
    assert verdicts(displayed(square, line)) == ["correct", expected]
