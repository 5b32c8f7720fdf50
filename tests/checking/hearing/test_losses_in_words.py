"""Losses that only the words name: cross entropy behind a sigmoid or a softmax."""

import pytest

from tests.checking.written import displayed, verdicts

UNIT = "The unit is $z = w^\\top x + c$, $q = \\sigma(z)$, trained with the cross entropy against $y$.\n\n"
CLASSES = (
    "The scores are $s = M x + c$ and $p = \\operatorname{softmax}(s)$. "
    "We minimise the negative log-likelihood of one-hot labels $t$.\n\n"
)
BATCH = (
    "# Logistic regression\n\n"
    "Let $X \\in \\mathbb{R}^{n \\times m}$ and $Y \\in \\mathbb{R}^{1 \\times m}$. "
    "Then $A = \\sigma(Z)$ with $Z = w^T X + b$.\n\n"
)
SILENT = "The unit is $z = w^\\top x + c$ with $q = \\sigma(z)$, and $y$ is given.\n\n"


@pytest.mark.parametrize(
    ("words", "lines", "verdict"),
    [
        (UNIT, (r"\frac{\partial L}{\partial z} = q - y",), "correct"),
        (UNIT, (r"\frac{\partial L}{\partial w} = (q - y) x",), "correct"),
        (UNIT, (r"\frac{\partial L}{\partial w} = (y - q) x",), "wrong"),
        (UNIT, (r"\frac{\partial L}{\partial z} = (q - y) q (1 - q)",), "wrong"),
        (CLASSES, (r"\frac{\partial L}{\partial s} = p - t",), "correct"),
        (CLASSES, (r"\frac{\partial L}{\partial M} = (p - t) x^\top",), "correct"),
        (CLASSES, (r"\frac{\partial L}{\partial c} = p",), "wrong"),
        (BATCH, (r"dZ = A - Y", r"dw = \frac{1}{m} X dZ^T"), "convention"),
        (BATCH, (r"dZ = A - Y", r"dw = \frac{1}{m} X (Y - A)^T"), "wrong"),
        (SILENT, (r"\frac{\partial L}{\partial z} = q - y",), "undecided"),
    ],
)
def test_the_words_name_the_loss(words: str, lines: tuple[str, ...], verdict: str) -> None:
    assert verdicts(words + displayed(*lines))[-1] == verdict


def test_a_written_loss_goes_before_the_words() -> None:
    lines = (r"L = \frac12 (q - y)^2", r"\frac{\partial L}{\partial z} = (q - y) q (1 - q)")
    assert verdicts(UNIT + displayed(*lines))[-1] == "correct"


def test_another_problem_below_keeps_its_own_loss() -> None:
    text = (
        UNIT.replace("The unit", "# One unit\n\nThe unit")
        + displayed(r"\frac{\partial L}{\partial z} = q - y")
        + "\n# Another\n\nHere $r = B v$, and the error of $r$ is handed down.\n\n"
        + displayed(r"\frac{\partial L}{\partial v} = B^\top \frac{\partial L}{\partial r}")
    )
    assert verdicts(text)[-1] == "correct"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            "Logistic regression with labels $y = \\pm 1$: $p = \\sigma(y w^\\top x)$.",
            r"\frac{\partial L}{\partial w} = -(1 - p) y x",
        ),
        (
            "Logistic regression by ascent: $p = \\sigma(w^\\top x)$, labels $y$.",
            r"\frac{\partial L}{\partial w} = (y - p) x",
        ),
        (
            "Regularised logistic regression: $p = \\sigma(w^\\top x)$, labels $y$.",
            r"\frac{\partial L}{\partial w} = (p - y) x + \lambda w",
        ),
    ],
)
def test_words_that_make_another_loss_of_it_are_not_overheard(words: str, line: str) -> None:
    assert verdicts(words + "\n\n" + displayed(line))[-1] != "wrong"
