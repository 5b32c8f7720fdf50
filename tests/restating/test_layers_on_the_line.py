"""Layers that stand in brackets on the line, `Z[2] = W[2] A[1]`, are those that others write above."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = displayed(
    r"Z[1] = W[1] X + b[1], \quad A[1] = \tanh(Z[1])",
    r"Z[2] = W[2] A[1] + b[2], \quad A[2] = \sigma(Z[2])",
    r"J = \frac{1}{2} \|A[2] - Y\|^2",
    r"dZ[2] = (A[2] - Y) \odot A[2] \odot (1 - A[2])",
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (r"dW[2] = dZ[2] A[1]^T", "correct"),
        (r"dZ[1] = W[2]^T dZ[2] \odot (1 - A[1] \odot A[1])", "correct"),
        (r"dZ[1] = W[2]^T dZ[2] \odot (1 - A[1])", "wrong"),
        (r"\frac{\partial J}{\partial W[1]} = dZ[1] X^T", "correct"),
        (r"W[2] := W[2] + \alpha dZ[2] A[1]^T", "wrong"),
    ],
)
def test_each_layer_has_its_own_weights(line: str, said: str) -> None:
    assert verdicts(FORWARD + displayed(line))[-1] == said


def test_a_product_with_brackets_stays_one() -> None:
    assert verdicts(displayed("z[2] = 2z"))[-1] == "correct"
