"""`W -= ...` takes a step; `+=` on a derivative adds a part of it, of which nothing is told."""

import pytest

from tests.checking.written import displayed, verdicts

SQUARE = (r"z = W x", r"L = \frac12 \|z - t\|^2")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"W -= \eta \frac{\partial L}{\partial W}", "correct"),
        (r"W \mathrel{-}= \eta (z - t) x^T", "correct"),
        (r"W += -\eta (z - t) x^T", "correct"),
        (r"W += \eta \frac{\partial L}{\partial W}", "wrong"),
        (r"W -= \eta (t - z) x^T", "wrong"),
        (r"\frac{\partial L}{\partial W} += (z - t) x^T", "undecided"),
    ],
)
def test_steps_with_a_sign(line: str, expected: str) -> None:
    assert verdicts(displayed(*SQUARE, line)) == ["correct", "correct", expected]


@pytest.mark.parametrize(("sign", "expected"), [("-", "correct"), ("+", "wrong")])
def test_what_is_known_of_a_function_is_claimed_below_a_heading(sign: str, expected: str) -> None:
    stable = rf"\log \sigma(x) = -\max(-x, 0) {sign} \log(1 + e^{{-|x|}})"
    text = displayed(r"\sigma(x) = \frac{1}{1 + e^{-x}}") + "\n## Stable\n\n" + displayed(stable)
    assert verdicts(text) == ["correct", expected]
