"""One example's entries beside a capital that is declared for all examples: `y_k` beside `Y` of N × K."""

import pytest

from tests.checking.written import displayed, verdicts

DECLARED = r"Let $Y \in \mathbb{R}^{N \times K}$, $Q \in \mathbb{R}^{N \times K}$ and $s \in \mathbb{R}^K$."
SQUARES = r"L = \frac12 \sum_{k=1}^K (s_k - y_k)^2"
LOGARITHMS = r"L = -\sum_{k=1}^K y_k \log s_k"


@pytest.mark.parametrize(
    ("loss", "line", "verdict"),
    [
        (SQUARES, r"\frac{\partial L}{\partial s_k} = s_k - y_k", "correct"),
        (SQUARES, r"\frac{\partial L}{\partial s} = s - y", "correct"),
        (SQUARES, r"\frac{\partial L}{\partial s} = y - s", "wrong"),
        (LOGARITHMS, r"\frac{\partial L}{\partial s_k} = -\frac{y_k}{s_k}", "correct"),
        (LOGARITHMS, r"\frac{\partial L}{\partial s_k} = \frac{y_k}{s_k}", "wrong"),
    ],
)
def test_what_a_loss_adds_up_are_numbers(loss: str, line: str, verdict: str) -> None:
    assert verdicts(DECLARED + "\n\n" + displayed(loss, line))[-1] == verdict


def test_small_letters_of_all_examples_stay_their_capitals() -> None:
    declared = r"Let $Y \in \mathbb{R}^{K \times m}$ and $A \in \mathbb{R}^{K \times m}$."
    text = displayed(r"L = -\sum_{k=1}^K y_k \log a_k", r"\frac{\partial L}{\partial A} = -\frac{Y}{A}")
    assert "wrong" not in verdicts(declared + "\n\n" + text)


def test_arrays_that_nothing_makes_speak_of_another_loss() -> None:
    batch = r"\frac{\partial L}{\partial s} = (Q - Y)^T \mathbf{1}"
    assert verdicts(DECLARED + "\n\n" + displayed(SQUARES, batch))[-1] == "undecided"


def test_one_letter_that_does_not_belong_is_still_wrong() -> None:
    declared = DECLARED + r" Let $v \in \mathbb{R}^K$."
    wrong = r"\frac{\partial L}{\partial s} = s - v"
    assert verdicts(declared + "\n\n" + displayed(SQUARES, wrong))[-1] == "wrong"
