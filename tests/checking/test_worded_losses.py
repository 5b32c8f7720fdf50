"""Losses with a word below them, and the bare letter afterwards."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize("word", [r"\text{fit}", "MSE", r"\rm half-square", r"\mathrm{sq}"])
@pytest.mark.parametrize(("line", "verdict"), [("(w x - t) x", "correct"), ("(w x + t) x", "wrong")])
def test_the_bare_letter_is_the_loss_with_a_word(word: str, line: str, verdict: str) -> None:
    lines = (rf"J_{{{word}}} = \frac12 (w x - t)^2", rf"\frac{{\partial J}}{{\partial w}} = {line}")
    assert verdicts(displayed(*lines)) == ["correct", verdict]


TERMS = (
    r"L_{\text{fit}} = \frac12 (w x - t)^2",
    r"L_{\text{size}} = \frac12 w^2",
    r"L_{\text{all}} = L_{\text{fit}} + L_{\text{size}}",
)


@pytest.mark.parametrize(("line", "verdict"), [("(w x - t) x + w", "correct"), ("(w x - t) x", "wrong")])
def test_a_term_of_another_is_not_the_loss(line: str, verdict: str) -> None:
    assert verdicts(displayed(*TERMS, rf"\frac{{\partial L}}{{\partial w}} = {line}"))[-1] == verdict


def test_each_section_may_have_a_loss_of_its_own() -> None:
    first = "## Fit\n\n" + displayed(TERMS[0], r"\frac{\partial L}{\partial w} = (w x - t) x")
    second = "## Size\n\n" + displayed(TERMS[1], r"\frac{\partial L}{\partial w} = w")
    assert verdicts(first + second) == ["correct"] * 4


@pytest.mark.parametrize(("line", "verdict"), [("a_d - 1", "correct"), ("a_d + 1", "wrong")])
def test_a_word_below_a_loss_is_no_index(line: str, verdict: str) -> None:
    lines = (
        r"J_{\text{own}} = -u_d + \log \sum_k e^{u_k}",
        r"a_k = \frac{e^{u_k}}{\sum_l e^{u_l}}",
        rf"\frac{{\partial J_{{\text{{own}}}}}}{{\partial u_d}} = {line}",
    )
    assert verdicts(displayed(*lines))[-1] == verdict
