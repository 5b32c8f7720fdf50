"""Gradients per sample whose mean is taken under a later heading, by the very sign that stands for them."""

import pytest

from tests.checking.written import displayed, verdicts

FORWARD = displayed(
    r"Z_1 = W_1 X + b_1",
    r"A_1 = \tanh(Z_1)",
    r"Z_2 = W_2 A_1 + b_2",
    r"A_2 = \text{softmax}(Z_2)",
    r"J = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{K} Y_k^{(i)} \log A_{2,k}^{(i)}",
)
HEADINGS = "## Forward\n\n{}\n\n## Error\n\n{}\n\n## Weights\n\n{}\n"
ERROR, WEIGHTS = r"dZ_2 = A_2 - Y", r"dW_2 = \frac{1}{m} dZ_2 A_1^T"
CARRIED = r"dA_1 = W_2^T dZ_2"


def judged(error: str, weights: str) -> list[str]:
    return verdicts(HEADINGS.format(FORWARD, displayed(error, CARRIED), displayed(weights)))[-3::2]


def test_a_gradient_per_sample_is_right_where_a_part_below_takes_its_mean() -> None:
    assert judged(ERROR, WEIGHTS) == ["convention", "convention"]


@pytest.mark.parametrize("error", [r"dZ_2 = Y - A_2", r"dZ_2 = A_2 \odot (A_2 - Y)", r"dZ_2 = 2 (A_2 - Y)"])
def test_another_slip_is_none_of_the_mean(error: str) -> None:
    assert judged(error, WEIGHTS)[0] == "wrong"


def test_a_mean_that_no_part_takes_is_missing() -> None:
    assert judged(ERROR, r"dW_2 = dZ_2 A_1^T")[0] == "wrong"


SHAPES = (
    r"$W \in \mathbb{R}^{k \times n}$, $X \in \mathbb{R}^{n \times m}$, $b \in \mathbb{R}^{k \times 1}$, "
    r"$Y \in \mathbb{R}^{k \times m}$."
)
LAYER = displayed(
    r"Z = W X + b",
    r"A = \sigma(Z)",
    r"J = -\frac{1}{m} \sum_i \sum_k (Y_{ki} \log A_{ki} + (1 - Y_{ki}) \log(1 - A_{ki}))",
    "dZ = A - Y",
)
MEAN_OF_WEIGHTS, MEAN_OF_BIASES = r"dW = \frac{1}{m} dZ X^T", r"db = \frac{1}{m} \sum_i dZ^{(i)}"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((MEAN_OF_WEIGHTS, "db = dZ"), ["convention", "wrong"]),
        (("db = dZ", MEAN_OF_WEIGHTS), ["wrong", "convention"]),
        (("db = dZ", MEAN_OF_BIASES), ["convention", "convention"]),
    ],
)
def test_one_column_a_sample_is_a_bias_gradient_where_its_own_mean_is_taken(
    lines: tuple[str, str], found: list[str]
) -> None:
    assert verdicts(f"{SHAPES}\n\n{LAYER}\n{displayed(*lines)}")[-2:] == found
