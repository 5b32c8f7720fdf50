"""A sum along an axis takes that axis away: what it gives is no size of the whole."""

import pytest

from tests.checking.written import displayed, verdicts

ROWS = (
    r"Z = X W + b",
    r"P = softmax(Z)",
    r"L = -\frac{1}{N} \sum_{i=1}^{N} \sum_{k=1}^{K} Y_{ik} \log P_{ik}",
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"db = np.sum(dZ, axis=0)", "correct"),
        (r"db = \frac{1}{N} np.sum(dZ, axis=0)", "wrong"),
        (r"dW = X^T dZ", "correct"),
        (r"\frac{\partial L}{\partial W} = X^T (Y - P)", "wrong"),
    ],
)
def test_rows_of_samples_keep_their_number(line: str, expected: str) -> None:
    found = verdicts(displayed(*ROWS, r"dZ = \frac{1}{N} (P - Y)", r"db = np.sum(dZ, axis=0)", line))
    assert found[:5] == ["correct", "correct", "correct", "convention", "correct"]
    assert found[5] == expected


def test_the_mean_may_not_be_lost() -> None:
    assert verdicts(displayed(*ROWS, r"db = np.sum(dZ, axis=0)", r"dZ = P + Y"))[-1] == "wrong"
