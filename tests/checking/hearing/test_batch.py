"""A letter that only divides counts the samples, be they rows or columns."""

import pytest

from tests.checking.written import displayed, verdicts

FINE = {"correct", "convention", "charitable"}
ROWS = [
    r"Z = X W + b",
    r"A = \sigma(Z)",
    r"L = -\frac{1}{m} \sum \left( Y \log A + (1 - Y) \log(1 - A) \right)",
    r"dZ = A - Y",
    r"dW = \frac{1}{m} X^\top dZ",
    r"db = \frac{1}{m} \sum dZ",
    r"dX = dZ\, W^\top",
]
TYPED = """- `Z = X @ W + b`
- `A = np.tanh(Z)`
- `J = np.sum((A - Y)**2) / (2*n)`
- `dZ = (A - Y) * (1 - A**2)`
- `dW = X.T @ dZ / n`
- `db = np.sum(dZ, axis=0) / n`
- `dX = dZ @ W.T`
"""
COLUMNS = [
    r"Z = W X + b",
    r"A = \tanh(Z)",
    r"J = \frac{1}{2 N} \|A - Y\|^2",
    r"dZ = (A - Y) \odot (1 - A \odot A)",
    r"dW = \frac{1}{N} dZ X^\top",
    r"dX = W^\top dZ",
]


def test_rows_may_be_samples() -> None:
    assert set(verdicts(displayed(*ROWS))) <= FINE
    assert set(verdicts(TYPED)) <= FINE


def test_and_so_may_columns() -> None:
    assert set(verdicts(displayed(*COLUMNS))) <= FINE


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (3, r"dZ = Y - A"),
        (4, r"dW = \frac{1}{m} X^\top (A - Y) + W"),
        (4, r"dW = -\frac{1}{m} X^\top dZ"),
        (5, r"db = \frac{1}{m} \sum A"),
        (6, r"dX = 2 dZ\, W^\top"),
    ],
)
def test_a_wrong_line_is_found(place: int, wrong: str) -> None:
    found = verdicts(displayed(*ROWS[:place], wrong, *ROWS[place + 1 :]))
    assert found[place] == "wrong"


def test_a_mean_that_is_lost_is_found() -> None:
    lost = [*ROWS[:3], r"dZ = \frac{1}{m} (A - Y)", r"dW = X^\top dZ", r"db = \sum \frac{1}{m} dZ"]
    found = verdicts(displayed(*lost))[3:]
    assert found[:2] == ["correct", "correct"]
    assert found[2] in ("wrong", "undecided")
    assert verdicts(TYPED.replace("axis=0) / n", "axis=0)"))[-2] in ("wrong", "undecided")


def test_the_axis_of_a_sum_tells_what_is_many() -> None:
    assert verdicts(TYPED.replace("axis=0", "axis=1"))[-2] != "correct"


def test_a_letter_that_stands_elsewhere_counts_nothing() -> None:
    text = displayed(*ROWS[:3], r"dW = \frac{1}{m} X^\top (A - Y) + m W")
    assert verdicts(text)[-1] != "correct"


UNNAMED = """- A[0] = X
- Z[1] = dot(W[1], A[0]) + B[1]
- A[1] = g(Z[1])
- Z[2] = dot(W[2], A[1]) + B[2]
- A[2] = sigmoid(Z[2])
- dW[2] = dot(dZ[2], A[1].T) / m
- dB[2] = np.sum(dZ[2], axis=1, keepdims=True) / m
- dZ[1] = dot(W[2].T, dZ[2]) * g'(Z[1])
- dW[1] = dot(dZ[1], A[0].T) / m
"""


def test_of_any_loss_the_mean_may_come_at_the_parameters() -> None:
    assert set(verdicts(UNNAMED)) <= FINE


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("dot(dZ[2], A[1].T) / m", "dot(dZ[2], A[2].T) / m"),
        ("dot(W[2].T, dZ[2]) * g'(Z[1])", "dot(W[2].T, dZ[2]) * g(Z[1])"),
        ("dot(dZ[1], A[0].T) / m", "-dot(dZ[1], A[0].T) / m"),
    ],
)
def test_and_nothing_else(right: str, wrong: str) -> None:
    found = verdicts(UNNAMED.replace(right, wrong))
    assert found.count("wrong") + found.count("undecided") == 1


def test_but_not_twice() -> None:
    twice = UNNAMED.replace("dot(W[2].T, dZ[2]) * g'(Z[1])", "dot(W[2].T, dZ[2]) * g'(Z[1]) / m")
    assert verdicts(twice)[-1] not in FINE


def test_logarithms_of_what_is_turned_are_added_up() -> None:
    lines = [r"E = -y \log p^\top", r"\frac{\partial E}{\partial p} = -\frac{y}{p}"]
    assert verdicts(displayed(*lines))[-1] == "correct"
    assert verdicts(displayed(lines[0], r"\frac{\partial E}{\partial p} = \frac{y}{p}"))[-1] == "wrong"


METHODS = """- `Z1 = W1.dot(X) + b1`
- `A1 = relu(Z1)`
- `Z2 = W2.dot(A1) + b2`
- `A2 = softmax(Z2)`
- `dZ2 = A2 - Y`
- `dW2 = 1/m * dZ2.dot(A1.T)`
- `db2 = 1/m * np.sum(dZ2, axis=1, keepdims=True)`
- `dZ1 = W2.T.dot(dZ2) * relu'(Z1)`
- `dW1 = 1/m * dZ1.dot(X.T)`
"""


@pytest.mark.parametrize(
    "spelled", [METHODS, METHODS.replace(".dot(A1.T)", " A1.T").replace(".dot(X)", " X")]
)
def test_what_only_divides_is_a_number_beside_methods_too(spelled: str) -> None:
    """m gives no shape to what it divides, whatever the product is written with."""
    assert set(verdicts(spelled)) <= FINE


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("dZ1.dot(X.T)", "dZ2.dot(X.T)"), ("dZ2.dot(A1.T)", "dZ2.dot(Z1.T)"), ("relu'(Z1)", "relu'(A2)")],
)
def test_a_wrong_method_call_is_not_called_right(right: str, wrong: str) -> None:
    lines = METHODS.splitlines()
    place = next(k for k, line in enumerate(lines) if right in line)
    assert verdicts(METHODS.replace(right, wrong))[place] not in FINE
