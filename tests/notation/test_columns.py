"""A column of an alignment that begins or ends with an operator goes on with the one before it."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = displayed(r"u = a w", r"v = \sin(u)", r"s = v k", r"q = s^2")


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (r"\frac{dq}{ds} &\times& \frac{ds}{dv} &\times& \frac{dv}{du}", "correct"),
        (r"\frac{dq}{ds} \cdot & \frac{ds}{dv} \cdot & \frac{dv}{du}", "correct"),
        (r"2 s &\cdot& k &\cdot& \cos(u)", "correct"),
        (r"2 s &\cdot& k &\cdot& \sin(u)", "wrong"),
        (r"s k \cos(u) & + & s k \cos(u)", "correct"),
        (r"s k \cos(u) & + & s k \sin(u)", "wrong"),
    ],
)
def test_an_operator_joins_two_columns(row: str, verdict: str) -> None:
    line = rf"\begin{{aligned}} \frac{{dq}}{{du}} &= {row} \end{{aligned}}"
    assert verdicts(MODEL + displayed(line))[-1] == verdict


def test_a_signed_column_may_begin_an_equation() -> None:
    line = r"\begin{aligned} \frac{dq}{ds} &= 2 s & -\frac{ds}{dv} &= -k \end{aligned}"
    assert verdicts(MODEL + displayed(line))[-2:] == ["correct", "correct"]
