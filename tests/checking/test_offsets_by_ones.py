"""An offset before a vector of ones is a number, whatever else is told of no shape."""

import pytest

from tests.checking.written import displayed, verdicts

MODEL = (r"s = X w + b \mathbf{1}", r"J = \frac{1}{2 n} \|y - s\|_2^2")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\frac{\partial J}{\partial b} = -\frac{1}{n} \mathbf{1}^\top (y - s)", "correct"),
        (r"\frac{\partial J}{\partial b} = -\mathbf{1}^\top (y - s)", "wrong"),
        (r"\nabla_w J = -\frac{1}{n} X^\top (y - s)", "correct"),
        (r"\nabla_w J = \frac{1}{n} X^\top (y - s)", "wrong"),
    ],
)
def test_an_offset_for_every_example(line: str, expected: str) -> None:
    assert verdicts(displayed(*MODEL, line)) == ["correct", "correct", expected]
