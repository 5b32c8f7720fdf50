"""Rules of differentiation whose functions stand without their argument."""

import pytest

from tests.checking.written import displayed, verdicts


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\frac{d}{dt} \left( \frac{p}{q} \right) = \frac{q \frac{dp}{dt} - p \frac{dq}{dt}}{q^2}",
            r"\frac{d}{dt} \left( \frac{p}{q} \right) = \frac{q \frac{dp}{dt} + p \frac{dq}{dt}}{q^2}",
        ),
        (
            r"\frac{d(pq)}{dt} = p \frac{dq}{dt} + q \frac{dp}{dt}",
            r"\frac{d(pq)}{dt} = \frac{dq}{dt} \frac{dp}{dt}",
        ),
        (r"\frac{d}{dt} p^3 = 3 p^2 \frac{dp}{dt}", r"\frac{d}{dt} p^3 = 3 p \frac{dp}{dt}"),
    ],
)
def test_rules_with_quotients(right: str, wrong: str) -> None:
    assert verdicts(displayed(right)) == ["correct"]
    assert verdicts(displayed(wrong)) == ["wrong"]


def test_a_letter_with_a_formula_is_no_open_function() -> None:
    rule = r"\frac{d}{dt} (p q) = p \frac{dq}{dt} + q \frac{dp}{dt} = 2 t^2 + t^2"
    assert verdicts(displayed(r"p = 2 t", r"q = \frac{t^2}{2}", rule)) == ["correct"] * 4
