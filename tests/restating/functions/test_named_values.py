"""Functions whose letters stand for what they give, and are derived by each other."""

import pytest

from tests.checking.written import displayed, verdicts

NEST = r"u = p(q(r(t)))"


@pytest.mark.parametrize(
    "claim",
    [
        r"\frac{du}{dt} = \frac{dp}{dq} \frac{dq}{dr} \frac{dr}{dt}",
        r"\frac{dp}{dt} = \frac{dp}{dr} \frac{dr}{dt} = \frac{dp}{dq} \frac{dq}{dr} r'(t)",
        r"\frac{\partial u}{\partial t} = p'(q(r(t))) q'(r(t)) \frac{\partial r}{\partial t}",
    ],
)
def test_a_chain_of_letters(claim: str) -> None:
    assert set(verdicts(displayed(NEST, r"\frac{dp}{dr} = \frac{dp}{dq} \frac{dq}{dr}", claim))) == {
        "correct"
    }


@pytest.mark.parametrize(
    "claim",
    [
        r"\frac{du}{dt} = \frac{dp}{dq} \frac{dq}{dt} \frac{dr}{dt}",
        r"\frac{du}{dt} = \frac{dp}{dq} \frac{dr}{dt}",
    ],
)
def test_a_chain_that_does_not_hold(claim: str) -> None:
    assert verdicts(displayed(NEST, r"\frac{dp}{dr} = \frac{dp}{dq} \frac{dq}{dr}", claim))[-1] == "wrong"


def test_the_order_of_numbers_is_free() -> None:
    assert "wrong" not in verdicts(displayed(r"u = p(q(t))", r"\frac{du}{dt} = \frac{dq}{dt} \frac{dp}{dq}"))


def test_a_function_that_is_applied_to_something_else_keeps_its_brackets() -> None:
    said = verdicts(displayed(r"u = p(q(t))", r"v = p(t)", r"\frac{du}{dt} = \frac{dp}{dq} \frac{dq}{dt}"))
    assert "wrong" not in said
