"""A g before brackets is a factor where something moves, and a function elsewhere."""

import pytest

from tests.checking.written import displayed, verdicts

FALLING = r"L = \frac12 m \dot{\theta}^2 - g [(m + c) \cos \theta + c \theta]"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial \theta} = g (m + c) \sin \theta - g c", "correct"),
        (r"\frac{\partial L}{\partial \theta} = g (m + c) \cos \theta - g c", "wrong"),
        (r"\frac{\partial L}{\partial \theta} = -g (m + c) \sin \theta - g c", "wrong"),
    ],
)
def test_what_falls(line: str, verdict: str) -> None:
    assert verdicts(displayed(FALLING, line))[-1] == verdict


@pytest.mark.parametrize("rate", [r"v = \dot{x}", r"\dot{x} = g(w x + b) - x"])
def test_a_function_stays_one(rate: str) -> None:
    text = displayed(r"a = g(w x + b)", rate, r"\frac{\partial a}{\partial w} = g'(w x + b) x")
    assert verdicts(text)[-1] == "correct"


def test_what_tells_a_rate_is_no_factor() -> None:
    text = displayed(
        r"\dot{x} = g(w x + b) - x", r"y = g(w x + b)^2", r"\frac{\partial y}{\partial b} = 2 g (w x + b) g"
    )
    assert verdicts(text)[-1] != "correct"
