"""Chain rules between letters of which nothing else tells what they depend on."""

import pytest

from tests.checking.written import displayed, verdicts

TWO_WAYS = (
    r"\frac{\partial u}{\partial r} = \frac{\partial u}{\partial x} \frac{\partial x}{\partial r}"
    r" + \frac{\partial u}{\partial y} \frac{\partial y}{\partial r}"
)
THREE = r"\frac{dy}{dt} = \frac{dy}{du} \frac{du}{dv} \frac{dv}{dt}"
LAYER = r"z = W x", r"L = \|z - y\|^2", r"\frac{\partial L}{\partial W} = 2 (z - y) x^T"


@pytest.mark.parametrize(
    "rule",
    [
        r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial v} \frac{\partial v}{\partial w}",
        r"\frac{df}{dt} = \frac{df}{dg} \cdot \frac{dg}{dt}",
        r"\frac{dy}{dt} = \frac{dv}{dt} \frac{dy}{dv}",
        THREE,
        TWO_WAYS,
    ],
)
def test_a_rule_alone(rule: str) -> None:
    assert verdicts(displayed(rule)) == ["correct"]


def test_rules_that_agree() -> None:
    assert set(verdicts(displayed(THREE, r"\frac{dy}{dt} = \frac{dy}{dv} \frac{dv}{dt}"))) == {"correct"}


@pytest.mark.parametrize(
    ("rule", "slip"),
    [
        (TWO_WAYS, TWO_WAYS.replace(" + ", " - ")),
        (TWO_WAYS, r"\frac{\partial u}{\partial r} = 2 \frac{\partial u}{\partial x}"),
        (THREE, r"\frac{dy}{dt} = \frac{dy}{du} \frac{dv}{du} \frac{dv}{dt}"),
        (THREE, r"\frac{dy}{dt} = \frac{dy}{du} + \frac{du}{dv} \frac{dv}{dt}"),
        (
            TWO_WAYS,
            r"\frac{\partial u}{\partial r} = \frac{\partial u}{\partial x} \frac{\partial x}{\partial r}",
        ),
    ],
)
def test_what_is_no_chain_is_not_right(rule: str, slip: str) -> None:
    assert verdicts(displayed(rule, slip))[-1] in ("wrong", "undecided")


def test_a_sign_is_wrong() -> None:
    assert verdicts(displayed(TWO_WAYS, TWO_WAYS.replace(" + ", " - "))) == ["correct", "wrong"]


def test_headings_part_rules_that_do_not_agree() -> None:
    text = f"# One\n\n{displayed(THREE)}\n\n# Two\n\n" + displayed(
        r"\frac{dy}{dt} = \frac{dy}{du} \frac{du}{dt} + \frac{dy}{dv} \frac{dv}{dt}"
    )
    assert set(verdicts(text)) == {"correct"}


def test_a_rule_that_leaves_out_a_way_and_one_that_takes_it_tell_nothing() -> None:
    part = r"\frac{\partial u}{\partial r} = \frac{\partial u}{\partial x} \frac{\partial x}{\partial r}"
    assert set(verdicts(displayed(TWO_WAYS, part))) == {"undecided"}


def test_letters_of_a_rule_are_its_own_between_its_ends() -> None:
    assert "wrong" not in verdicts(displayed(TWO_WAYS, *LAYER))
    assert verdicts(displayed(TWO_WAYS, *LAYER))[-1] == "correct"


def test_what_another_line_says_of_a_letter_stands() -> None:
    told = r"\frac{dy}{du} = 2 u", r"\frac{dy}{dt} = \frac{dy}{du} \frac{du}{dt}", r"\frac{dy}{dt} = 2 u"
    assert "wrong" not in verdicts(displayed(*told))
