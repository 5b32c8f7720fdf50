"""Letters for arguments that only derivatives name: what stands in the brackets of the function."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

UNIT = displayed(r"a = \sigma(w x + b)", r"L = \frac{1}{2} (a - y)^2")
CHAIN = displayed(
    r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a}"
    r" \frac{\partial a}{\partial z} \frac{\partial z}{\partial w}"
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial a}{\partial z} = a (1 - a)", "correct"),
        (r"\frac{\partial a}{\partial z} = a (1 + a)", "wrong"),
        (r"\frac{\partial L}{\partial z} = (a - y) \sigma'(z)", "correct"),
        (r"\frac{\partial L}{\partial z} = (a - y) \sigma'(a)", "wrong"),
        (r"\frac{\partial z}{\partial w} = x", "correct"),
        (r"\frac{\partial z}{\partial w} = w", "wrong"),
    ],
)
def test_what_stands_in_the_brackets(line: str, verdict: str) -> None:
    assert verdicts(UNIT + CHAIN + displayed(line))[-2:] == ["correct", verdict]


@pytest.mark.parametrize(
    "text",
    [
        displayed(r"V = \log(r h)", r"\frac{dV}{dt} = \frac{1}{r} \frac{dr}{dt} + \frac{1}{h} \frac{dh}{dt}"),
        UNIT + CHAIN + CHAIN.replace("z", "u"),  # two letters for one argument
        UNIT + displayed(r"c = \tanh(v x)") + CHAIN + CHAIN.replace("a}", "c}"),  # one letter for two
    ],
)
def test_other_letters_are_left_open(text: str) -> None:
    assert "wrong" not in verdicts(text)
    assert verdicts(text)[-1] == "undecided"
