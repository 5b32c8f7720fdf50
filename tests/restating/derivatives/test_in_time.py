"""Derivatives by time go through all that has a dot."""

import pytest

from tests.checking.written import displayed, verdicts

SWING = r"L = \frac12 m r^2 \dot{\phi}^2 + m g r \cos \phi"
PLANE = r"L = \frac12 m (\dot{x}^2 + \dot{y}^2) - m g y"
SPRING = r"E = \frac12 m \dot{x}^2 + \frac12 k x^2"
MOTION = r"\frac{d}{dt} \left( \frac{\partial L}{\partial \dot{y}} \right) - \frac{\partial L}{\partial y}"
ARM = r"x = a \cos \theta_1 + b \cos(\theta_1 + \theta_2)"
TURNED = r"- a \sin(\theta_1) \dot{\theta}_1 - b \sin(\theta_1 + \theta_2)"


@pytest.mark.parametrize(
    ("told", "line", "verdict"),
    [
        (SWING, r"\frac{d}{dt} \frac{\partial L}{\partial \dot{\phi}} = m r^2 \ddot{\phi}", "correct"),
        (SWING, r"\frac{d}{dt} \frac{\partial L}{\partial \dot{\phi}} = m r^2 \dot{\phi}", "wrong"),
        (PLANE, r"\frac{d}{dt} \left( \frac{\partial L}{\partial \dot{x}} \right) = m \ddot{x}", "correct"),
        (
            PLANE,
            rf"{MOTION} = m \ddot{{y}} + m g",
            "correct",
        ),
        (
            PLANE,
            rf"{MOTION} = m \ddot{{y}} - m g",
            "wrong",
        ),
        (PLANE, r"\frac{d}{dt} (x^2 y) = 2 x \dot{x} y + x^2 \dot{y}", "correct"),
        (PLANE, r"\frac{d}{dt} (x^2 y) = 2 x \dot{x} y + x^2", "wrong"),
        (SPRING, r"\frac{dE}{dt} = m \dot{x} \ddot{x} + k x \dot{x}", "correct"),
        (SPRING, r"\frac{dE}{dt} = m \ddot{x} + k x \dot{x}", "wrong"),
        (SPRING, r"\frac{d}{dt} k x \dot{x} = k \dot{x}^2 + k x \ddot{x}", "correct"),
        (ARM, rf"\frac{{dx}}{{dt}} = {TURNED} (\dot{{\theta}}_1 + \dot{{\theta}}_2)", "correct"),
        (ARM, rf"\frac{{dx}}{{dt}} = {TURNED} \dot{{\theta}}_2", "wrong"),
    ],
)
def test_a_derivative_by_time(told: str, line: str, verdict: str) -> None:
    assert verdicts(displayed(told, line))[-1] == verdict


@pytest.mark.parametrize(("rate", "verdict"), [(r"-A w \sin(w t)", "correct"), (r"A w \sin(w t)", "wrong")])
def test_what_is_told_of_time_itself_is_derived_by_it(rate: str, verdict: str) -> None:
    lines = (r"x = A \cos(w t)", rf"\frac{{dx}}{{dt}} = {rate}", r"v = \dot{x}")
    assert verdicts(displayed(*lines))[1] == verdict


@pytest.mark.parametrize(("mass", "verdict"), [("c", "correct"), ("m", "wrong")])
def test_one_rate_in_two_spellings(mass: str, verdict: str) -> None:
    """A dot over a letter with an index, and one over the letter; a dot over ∂ is a slip."""
    told = r"L = m \dot{\theta}_1^2 + c \dot{\theta_1} \dot{\theta}_2 \cos(\theta_1)"
    law = r"\frac{ d }{d t } \frac{ \partial L }{ \dot{\partial} q } = \frac{ \partial L }{ \partial q }"
    by_rate = r"\frac{ d }{d t } \frac{ \partial L }{ \partial \dot{\theta}_2 }"
    right = rf"c \ddot{{\theta}}_1 \cos(\theta_1) - {mass} \dot{{\theta_1}}^2 \sin(\theta_1)"
    assert verdicts(displayed(told, law, f"{by_rate} = {right}"))[-1] == verdict
