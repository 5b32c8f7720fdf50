"""What a document recalls of its own definitions is held against them."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = "The unit has $z = w x + c$ and $a = \\sigma(z)$ with $L = (a - t)^2$.\n\n"
GRADIENT = displayed(r"\frac{\partial L}{\partial w} = 2 (a - t) a (1 - a) x")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Recall that $z = c + x w$.", "correct"),
        ("Recall that $z = w x - c$.", "wrong"),
        ("As before, $a = 1 / (1 + e^{-z})$.", "correct"),
        ("As before, $a = 1 / (1 - e^{-z})$.", "wrong"),
        ("## Summary\n\n$$L = a^2 - 2 a t + t^2$$", "correct"),
        ("## Summary\n\n$$L = a - t$$", "wrong"),
    ],
)
def test_what_is_recalled_is_a_claim(words: str, verdict: str) -> None:
    assert verdicts(f"{MODEL}{GRADIENT}\n\n{words}\n")[-1] == verdict


def test_a_recalled_slip_does_not_change_the_problem() -> None:
    assert verdicts(f"{MODEL}Recall that $z = w x - c$.\n\n{GRADIENT}")[-1] == "correct"


@pytest.mark.parametrize(
    "words",
    [
        "We recall the sigmoid. Now let $a = \\tanh(z)$.",
        "For a second unit, $a = \\tanh(z)$.",
        "Recall the notation, but now $a = \\tanh(z)$.",
    ],
)
def test_what_begins_anew_is_a_definition(words: str) -> None:
    gradient = displayed(r"\frac{\partial a}{\partial z} = 1 - a^2")
    assert verdicts(f"{MODEL}{GRADIENT}\n\n{words}\n\n{gradient}")[-2:] == ["correct", "correct"]


@pytest.mark.parametrize("words", ["Comparing to", "Compare this with the form", "Matching it to"])
def test_a_form_to_compare_with_claims_nothing_of_a_letter_used_before(words: str) -> None:
    above = "Let $M = K^T$ and $g = \\operatorname{tr}(M^T X)$.\n\n" + displayed(
        r"\frac{\partial g}{\partial X} = M", r"f = \operatorname{tr}(X^T X)"
    )
    form = "$df = \\operatorname{tr}(M^T dX)$"
    below = displayed(r"\frac{\partial f}{\partial X} = 2 X")
    *_, told, gradient = verdicts(f"{above}\n{words} {form}, we obtain\n\n{below}")
    assert told != "wrong"
    assert gradient == "correct"
    *_, told, _ = verdicts(f"{above}\nThe differential is {form}, and so\n\n{below}")
    assert told == "wrong"


@pytest.mark.parametrize(
    "words", ["if the class is $k$, and 0 otherwise", "when it shows $k$", "for the class, else 0"]
)
def test_a_value_that_some_examples_have_defines_no_label(words: str) -> None:
    text = f"Let $p_k = \\sigma(z_k)$, where $y_k = 1$ {words}.\n\n" + displayed(r"E_k = -y_k \log p_k")
    head = r"\frac{\partial E_k}{\partial z_k} = "
    assert verdicts(text + displayed(head + "-y_k (1 - p_k)", head + "p_k - y_k"))[-2:] == [
        "correct",
        "wrong",
    ]


def test_a_value_that_is_told_of_no_case_defines_its_name() -> None:
    text = "Let $p = \\sigma(z)$, where $y = 1$ and the loss is binary.\n\n" + displayed(r"E = -y \log p")
    assert verdicts(text + displayed(r"\frac{\partial E}{\partial z} = p - y"))[-1] == "correct"
