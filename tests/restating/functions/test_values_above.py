"""Functions that are derived without their arguments, where a letter is applied to several things."""

import pytest

from tests.checking.written import displayed, verdicts

ONE = r"y = f(u)", r"u = g(s)"
TWO = r"z = f(v, w)", r"v = p(t)", r"w = q(t)"
DERIVED = r"\frac{\partial f}{\partial v} \frac{dv}{dt} + \frac{\partial f}{\partial w} \frac{dw}{dt}"
CHAIN = rf"\frac{{dz}}{{dt}} = {DERIVED}"


def test_the_value_told_last_above() -> None:
    said = verdicts(displayed(*ONE, r"\frac{dy}{ds} = \frac{df}{du} \frac{du}{ds}", *TWO, CHAIN))
    assert said[2] == said[-1] == "correct"


@pytest.mark.parametrize("slip", [CHAIN.replace(" + ", " - "), CHAIN.replace(r"\frac{dv}{dt}", "")])
def test_a_slip_in_the_derivative_of_that_value(slip: str) -> None:
    assert verdicts(displayed(*ONE, *TWO, slip))[-1] == "wrong"


def test_a_heading_ends_what_was_told() -> None:
    text = f"# One\n\n{displayed(*ONE, *TWO)}\n\n# Two\n\n{displayed(CHAIN)}"
    assert verdicts(text)[-1] == "undecided"


def test_a_quantity_that_is_told_twice_tells_nothing() -> None:
    again = r"w = f(v(t))", r"\frac{dw}{dt} = \frac{df}{dv} \frac{dv}{dt}"
    said = verdicts(
        displayed(*again, r"z = f(v, w)", r"v = v(t)", r"w = w(t)", CHAIN.replace("partial f", "partial z"))
    )
    assert "wrong" not in said
