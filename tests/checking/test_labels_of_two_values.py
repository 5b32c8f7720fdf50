"""A line that is told for one value of a label is judged there, and only there."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = displayed(r"q = \sigma(s)", r"E = -t \log q - (1 - t) \log(1 - q)")
AT_ZERO, AT_ONE = (
    r"\frac{\partial E}{\partial q} = \frac{1}{1 - q}",
    r"\frac{\partial E}{\partial q} = -\frac{1}{q}",
)


def told(first: str, second: str, zero: str = AT_ZERO, one: str = AT_ONE) -> list[str]:
    text = f"Labels are $t \\in \\{{0, 1\\}}$.\n\n{LOSS}\n{first}\n\n{displayed(zero)}\n{second}\n\n"
    return verdicts(text + displayed(one))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("If $t = 0$:", "If $t = 1$:"),
        ("For a negative sample ($t = 0$):", "For a positive sample ($t = 1$):"),
        ("When $t=0$ we have", "and when $t=1$ we have"),
    ],
)
def test_each_value_has_its_own_line(first: str, second: str) -> None:
    found = told(first, second)
    assert [v for v in found if v != "correct"] == []
    assert told(first, second, zero=AT_ONE)[-3:].count("wrong") == 1
    assert told(first, second, one=r"\frac{\partial E}{\partial q} = \frac{1}{q}")[-1] == "wrong"


def test_what_only_words_recall_is_not_wrong() -> None:
    assert "wrong" not in told("For a negative sample ($t = 0$):", "For those of the other kind:")


@pytest.mark.parametrize(("sign", "verdict"), [("-", "correct"), ("+", "wrong")])
def test_a_gradient_may_be_told_by_cases(sign: str, verdict: str) -> None:
    cases = (
        rf"\frac{{\partial E}}{{\partial s}} = \begin{{cases}} q & t = 0 \\ q {sign} 1 & t = 1 \end{{cases}}"
    )
    assert verdicts(LOSS + "\n" + displayed(cases))[2] == verdict


def test_a_loss_may_be_told_by_cases() -> None:
    loss = r"E = \begin{cases} -\log q & \text{if } t = 1 \\ -\log(1 - q) & \text{if } t = 0 \end{cases}"
    claims = [r"\frac{\partial E}{\partial s} = q - t", r"\frac{\partial E}{\partial s} = q + t"]
    assert verdicts(displayed(r"q = \sigma(s)", loss, *claims))[-2:] == ["correct", "wrong"]


@pytest.mark.parametrize(("score", "verdict"), [("-x", "correct"), ("x", "wrong")])
def test_labels_may_be_signs(score: str, verdict: str) -> None:
    loss = displayed(
        r"s = w x", r"E = \log(1 + e^{-t s})", r"\frac{\partial E}{\partial s} = -t \sigma(-t s)"
    )
    text = f"Here $t \\in \\{{-1, 1\\}}$.\n\n{loss}\nIf $t = 1$:\n\n"
    text += displayed(rf"\frac{{\partial E}}{{\partial w}} = \sigma(-s) ({score})")
    assert verdicts(text)[-1] == verdict


def test_one_value_alone_is_no_label() -> None:
    text = displayed(r"f = x^2 + x") + "\nIf $x = 0$:\n\n" + displayed(r"\frac{\partial f}{\partial x} = 3")
    assert verdicts(text)[-1] != "correct"
