"""Residuals and the losses that they make: a word with its argument, an e that is no number, a Σ up to N."""

import pytest

from tests.checking.written import displayed, verdicts

LETTERS = ("e", "u", r"\epsilon")


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("loss", [r"\text{RSS}(v)", "SSE(v)", "J(v)"])
@pytest.mark.parametrize("added", [r"\sum_i R_i^2", r"\sum^N R_i^2", r"\sum_{i=1}^N R_i^2"])
def test_squares_of_residuals_are_added(letter: str, loss: str, added: str) -> None:
    lines = (f"{letter} = t - A v", f"{loss} = {letter}^T {letter} = {added.replace('R', letter)}")
    right = rf"\frac{{\partial {loss}}}{{\partial v}} = -2 A^T {letter}"
    assert set(verdicts(displayed(*lines, right))) == {"correct"}
    assert verdicts(displayed(*lines, right.replace("= -", "= ")))[-1] == "wrong"
    assert verdicts(displayed(*lines, right.replace("2 A", "A")))[-1] == "wrong"


def test_a_loss_by_its_word_enters_another() -> None:
    lines = (
        "r = t - A v",
        r"\text{RSS}(v) = r^T r",
        r"L(v) = \frac12 \text{RSS}(v) + \frac{\mu}{2} v^T v",
        r"\nabla L(v) = -A^T (t - A v) + \mu v",
    )
    assert set(verdicts(displayed(*lines))) == {"correct"}
    assert verdicts(displayed(*lines[:3], r"\nabla L(v) = A^T (t - A v) + \mu v"))[-1] == "wrong"


def test_a_loss_of_residuals_that_nothing_tells_accuses_nobody() -> None:
    lines = (
        r"SSE(v) = \|\epsilon\|^2",
        r"L(v) = \frac12 SSE(v) = \frac12 (t - A v)^T (t - A v)",
        r"\frac{\partial L(v)}{\partial v} = -A^T (t - A v)",
    )
    assert "wrong" not in verdicts(displayed(*lines))
