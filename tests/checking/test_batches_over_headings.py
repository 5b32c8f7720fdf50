"""Gradients of a batch that go on under another heading, and outputs whose loss nobody writes."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = (
    r"U = W_1 X + b_1, \quad G = g_{\text{ReLU}}(U)",
    r"V = W_2 G + b_2",
    r"Q = \text{softmax}(V) = \frac{e^{V}}{\sum e^{V}}",
)
LOSS = r"L = -\frac{1}{m} \sum \sum Y \log Q"
OUTPUT = (r"dV = Q - Y", r"dW_2 = \frac{1}{m} dV G^T", r"db_2 = \frac{1}{m} \sum_{\text{axis}=1} dV")
HIDDEN = (
    r"dU = W_2^T dV \odot g_{\text{ReLU}}'(U)",
    r"dW_1 = \frac{1}{m} dU X^T",
    r"db_1 = \frac{1}{m} \sum_{\text{axis}=1} dU",
)


def under_headings(*parts: tuple[str, ...]) -> str:
    return "\n\n".join(f"## Part {n}\n\n{displayed(*lines)}" for n, lines in enumerate(parts))


@pytest.mark.parametrize("loss", [(LOSS,), ()])
def test_the_mean_comes_later_under_another_heading_too(loss):
    found = verdicts(under_headings((*FORWARD, *loss), OUTPUT, HIDDEN))
    assert set(found) <= {"correct", "convention"}


def test_a_mean_that_is_lost_under_another_heading_is_missed():
    lost = (HIDDEN[0], r"dW_1 = dU X^T", HIDDEN[2])
    assert verdicts(under_headings((*FORWARD, LOSS), OUTPUT, lost))[-2] == "wrong"


def test_a_mean_that_was_taken_above_is_not_taken_again():
    given = (r"dV = \frac{1}{m} (Q - Y)", r"dW_2 = dV G^T", r"db_2 = \sum_{\text{axis}=1} dV")
    assert verdicts(under_headings((*FORWARD, LOSS), given, HIDDEN))[-2:] == ["wrong", "wrong"]


def test_a_part_that_takes_the_mean_itself_takes_it_once():
    anew = (r"dV = \frac{1}{m} (Q - Y)", *HIDDEN)
    assert verdicts(under_headings((*FORWARD, LOSS), OUTPUT, anew))[-2:] == ["wrong", "wrong"]


@pytest.mark.parametrize("line", [r"dV = Q + Y", r"dV = Y - Q", r"dV = (Q - Y) \odot Q"])
def test_nobody_is_accused_by_a_loss_that_is_only_customary(line):
    found = verdicts(displayed(*FORWARD, line, *OUTPUT[1:], *HIDDEN))
    assert "wrong" not in found
    assert found[-6] == "undecided"


def test_what_is_wrong_of_every_loss_stays_so_beside_the_customary_one():
    wrong = (r"dU = W_2 dV \odot g_{\text{ReLU}}'(U)", r"dU = W_2^T dV \odot g_{\text{ReLU}}(U)")
    assert verdicts(displayed(*FORWARD, *OUTPUT, wrong[1]))[-1] == "wrong"
    assert verdicts(displayed(*FORWARD, *OUTPUT, wrong[0]))[-1] not in ("correct", "convention")


def test_the_word_below_a_letter_says_what_function_it_is():
    lines = (r"a = \sigma_{tanh}(w x)", r"\frac{da}{dw} = (1 - a^2) x")
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(lines[0], r"\frac{da}{dw} = a (1 - a) x"))[-1] == "wrong"


def test_a_spread_with_a_word_below_it_is_no_function():
    lines = (r"z = \frac{x - \mu}{\sigma_{tanh}}", r"\frac{dz}{dx} = \frac{1}{\sigma_{tanh}}")
    assert verdicts(displayed(*lines))[-1] == "correct"
