"""Labels that multiply a score are 1 or -1, whether or not the document says so."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"L(w) = \sum_{i=1}^n \log(1 + \exp(-y_i w^\top x_i))"
SHORT = r"\nabla^2 L(w) = \sum_{i=1}^n \sigma(w^\top x_i) \sigma(-w^\top x_i) x_i x_i^\top"
HINGE = r"L(w) = \sum_{i=1}^n \max(0, 1 - t_i w^\top x_i)^2"


@pytest.mark.parametrize(
    ("text", "claim", "verdict"),
    [
        ("", r"\nabla L(w) = -\sum_{i=1}^n y_i \sigma(-y_i w^\top x_i) x_i", "correct"),
        ("", SHORT, "convention"),
        ("The labels are $y_i \\in \\{-1, 1\\}$.\n\n", SHORT, "correct"),
        ("", r"\nabla L(w) = \sum_{i=1}^n y_i \sigma(-y_i w^\top x_i) x_i", "wrong"),
        ("", r"\nabla L(w) = -\sum_{i=1}^n \sigma(-y_i w^\top x_i) x_i", "wrong"),
        ("", SHORT.replace("x_i x_i", "y_i x_i x_i"), "wrong"),
    ],
)
def test_their_squares_are_one(text: str, claim: str, verdict: str) -> None:
    assert verdicts(text + displayed(LOSS, claim))[-1] == verdict


def test_an_input_that_multiplies_a_score_is_no_label() -> None:
    loss, wrong = r"L = \log(1 + \exp(-y w x))", r"\frac{d^2 L}{dw^2} = \sigma(w x) \sigma(-w x)"
    assert verdicts(displayed(loss, wrong))[-1] == "wrong"
    assert verdicts(displayed(loss, wrong + " x^2"))[-1] == "convention"


def test_of_a_squared_hinge() -> None:
    right = r"\nabla L(w) = -2 \sum_{i=1}^n t_i \max(0, 1 - t_i w^\top x_i) x_i"
    short = r"\nabla L(w) = 2 \sum_{i: t_i w^\top x_i < 1} (w^\top x_i - t_i) x_i"
    assert verdicts(displayed(HINGE, right))[-1] == "correct"
    assert verdicts(displayed(HINGE, short))[-1] in ("convention", "undecided")
