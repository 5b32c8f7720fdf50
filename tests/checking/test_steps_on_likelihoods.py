"""Steps on a log-likelihood go up: that it is one is told by a formula or by the words."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = r"h(x) = \frac{1}{1 + e^{-w^T x}}"
SUM = r"\sum_{i=1}^m (y_i \log h(x_i) + (1 - y_i) \log(1 - h(x_i)))"
STEP = r"\sum_{i=1}^m (y_i - h(x_i)) x_i"
TOLD = rf"\ell(w) = \log L(w) = {SUM}"


@pytest.mark.parametrize(
    "lines",
    [
        (TOLD, rf"w := w + \alpha {STEP}"),
        (TOLD, rf"\nabla_w \ell(w) = {STEP}", rf"w := w + \alpha {STEP}"),
        (TOLD, r"w := w + \alpha \nabla_w \ell(w)"),
        (rf"\ln L(w) = {SUM}", r"\ell(w) = \ln L(w)", rf"w := w + \alpha {STEP}"),
    ],
)
def test_what_is_the_logarithm_of_a_likelihood_is_climbed(lines: tuple[str, ...]) -> None:
    assert set(verdicts(displayed(MODEL, *lines))) == {"correct"}
    *before, step = lines
    turned = step.replace(r"+ \alpha", r"- \alpha")
    assert verdicts(displayed(MODEL, *before, turned))[-1] == "wrong"


def test_its_negative_is_descended() -> None:
    lines = MODEL, TOLD, r"J(w) = -\ell(w)"
    assert verdicts(displayed(*lines, r"w := w - \alpha \nabla_w J(w)"))[-1] == "correct"
    assert verdicts(displayed(*lines, rf"w := w + \alpha {STEP}"))[-1] == "correct"
    assert verdicts(displayed(*lines, rf"w := w - \alpha {STEP}"))[-1] == "wrong"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The log-likelihood of the sample is", "correct"),
        ("The negative log-likelihood, up to its sign, is", "wrong"),
        ("The objective is", "wrong"),
    ],
)
def test_the_words_say_that_a_log_likelihood_is_climbed(words: str, expected: str) -> None:
    text = f"$${MODEL}$$\n\n{words}\n\n$$\\ell(w) = {SUM}$$\n\nThe rule is\n\n$$w := w + \\alpha {STEP}$$\n"
    assert verdicts(text)[-1] == expected
