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


RULE = r"\frac{d}{dx} f(g(x)) = \frac{df}{dg} \frac{dg}{dx}"
TWO = (
    r"\frac{\partial}{\partial x} f(g(x), c(x)) = \frac{\partial f}{\partial g} \frac{\partial g}{\partial x}"
    r" + \frac{\partial f}{\partial c} \frac{\partial c}{\partial x}"
)


@pytest.mark.parametrize("rule", [RULE, TWO])
def test_letters_that_stand_for_other_values_elsewhere(rule: str) -> None:
    others = r"\frac{d}{dx} (f(x) + g(x)) = \frac{d}{dx} f(x) + \frac{d}{dx} g(x)"
    assert verdicts(displayed(rule, others)) == ["correct", "correct"]


@pytest.mark.parametrize(
    "slip",
    [
        RULE.replace(r"\frac{dg}{dx}", r"\frac{df}{dx}"),
        RULE.replace(r"\frac{dg}{dx}", ""),
        TWO.replace(" + ", " - "),
        TWO.replace(r"\frac{\partial c}{\partial x}", r"\frac{\partial g}{\partial x}"),
    ],
)
def test_a_slip_in_such_a_rule(slip: str) -> None:
    assert verdicts(displayed(slip, r"h(x) = f(x) + 1"))[0] == "wrong"


def test_one_nest_behind_another() -> None:
    first, second = r"z = f(g(x))", r"y = f(h(t))"
    above, below = (
        r"\frac{dz}{dx} = \frac{dz}{dg} \frac{dg}{dx}",
        r"\frac{dy}{dt} = \frac{df}{dh} \frac{dh}{dt}",
    )
    assert set(verdicts(displayed(first, above, second, below))) == {"correct"}
    assert verdicts(displayed(first, above, second, below.replace("dh}{dt}", "df}{dt}")))[-1] == "wrong"
