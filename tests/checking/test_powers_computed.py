"""The power rule as it is taught, with its exponent computed on the way: `3 w^{(3-1)}`."""

import pytest

from tests.checking.written import displayed, verdicts

CUBE = r"y = w^3 x"
LINE = r"z = w x + b"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial y}{\partial w} = 3 w^{(3-1)} x", "correct"),
        (r"\frac{\partial y}{\partial w} = 3 w^{(3+1)} x", "wrong"),
        (r"\frac{\partial z}{\partial w} = 1 \cdot x \cdot w^{(1-1)} + 0", "correct"),
        (r"\frac{\partial z}{\partial w} = 1 \cdot x \cdot w^{(2-1)} + 0", "wrong"),
    ],
)
def test_a_difference_of_numbers_is_an_exponent_and_no_layer(line: str, verdict: str) -> None:
    assert verdicts(displayed(CUBE, LINE, line))[-1] == verdict
