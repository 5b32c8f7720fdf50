"""Losses that only the text names, told by the residual that gradients begin with."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.named_losses import NOTE
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

CLASSIFIER = r"""
The scores are $u = V r + c$, and $q = \operatorname{softmax}(u)$ is trained with the cross-entropy loss $L$.

$$\frac{\partial L}{\partial u} = q - t$$
"""
LOGISTIC = r"""
Let $L$ be the negative log-likelihood of the labels $t$ in logistic regression.

$$\frac{\partial L}{\partial \mathbf{v}} = \mathbf{R}^T (\sigma(\mathbf{R v}) - \mathbf{t})$$
"""
LINEAR = r"""
We fit $\hat t_i = v r_i + c$ by least squares, so $J$ is the mean of the squared errors.

$$\frac{\partial J}{\partial v} = \frac{2}{n} \sum_{i=1}^n (\hat t_i - t_i) r_i$$
"""
BATCH = r"""
With $A = \tanh(R V_1)$ and $Q = \operatorname{softmax}(A V_2)$ cross entropy is averaged over $N$ samples.

$$\frac{\partial L}{\partial V_2} = \frac{1}{N} A^T (Q - T)$$
"""
BY_NAME = r"""
Forward: $U_1 = W_1 X + c_1$, $G_1 = \tanh(U_1)$, $U_2 = W_2 G_1 + c_2$, $G_2 = \sigma(U_2)$. The cost is the
binary cross-entropy over $m$ examples.

$$dU_2 = G_2 - T$$
$$dW_2 = \frac{1}{m} dU_2 G_1^T$$
$$dU_1 = W_2^T dU_2 \odot (1 - G_1 \odot G_1)$$
"""
RIGHT = [
    (BY_NAME, r"dW_1 = \frac{1}{m} dU_1 X^T"),
    (CLASSIFIER, r"\frac{\partial L}{\partial V} = (q - t) r^T"),
    (CLASSIFIER, r"\frac{\partial L}{\partial r} = V^T (q - t)"),
    (
        LOGISTIC,
        r"\nabla_{\mathbf{v}} L = \sum_{i=1}^{n} (\sigma(\mathbf{v}^T \mathbf{r}_i) - t_i) \mathbf{r}_i",
    ),
    (LINEAR, r"\frac{\partial J}{\partial c} = \frac{2}{n} \sum_{i=1}^n (\hat t_i - t_i)"),
    (
        BATCH,
        r"\frac{\partial L}{\partial V_1} = \frac1N R^T \left((Q - T) V_2^T \odot (1 - A \odot A)\right)",
    ),
]
WRONG = [
    (BY_NAME, r"dW_1 = -\frac{1}{m} dU_1 X^T"),
    (CLASSIFIER, r"\frac{\partial L}{\partial c} = t - q"),
    (CLASSIFIER, r"\frac{\partial L}{\partial r} = V^T (q - t) \odot r"),
    (
        LOGISTIC,
        r"\nabla_{\mathbf{v}} L = \sum_{i=1}^{n} (t_i - \sigma(\mathbf{v}^T \mathbf{r}_i)) \mathbf{r}_i",
    ),
    (LINEAR, r"\frac{\partial J}{\partial c} = -\frac{2}{n} \sum_{i=1}^n (\hat t_i - t_i)"),
    (
        BATCH,
        r"\frac{\partial L}{\partial V_1} = \frac1N R^T \left((Q - T) V_2^T \odot (1 + A \odot A)\right)",
    ),
]


def verdicts(text: str, line: str) -> list[str]:
    """The verdicts of the derivatives of a text with one more line."""
    document = read(Source("notes.md", f"{text}\n$${line}$$\n"))
    judged = check(document, pose(document, None)).judgements()
    return [str(j.verdict) for _, j in judged if j.claim.role.value == "gradient"]


@pytest.mark.parametrize(("text", "line"), RIGHT)
def test_right_lines_are_right(text: str, line: str) -> None:
    assert set(verdicts(text, line)) <= {"correct", "convention"}


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_a_wrong_line_is_wrong_and_no_other(text: str, line: str) -> None:
    *others, last = verdicts(text, line)
    assert (set(others) <= {"correct", "convention"}, last) == (True, "wrong")


def test_a_constant_that_nobody_says_accuses_nobody() -> None:
    line = r"\frac{\partial J}{\partial c} = \frac{1}{n} \sum_{i=1}^n (\hat t_i - t_i)"
    assert sorted(verdicts(LINEAR, line)) == ["correct", "undecided"]


@pytest.mark.parametrize(
    "text",
    [
        CLASSIFIER.replace("the cross-entropy loss", "a loss"),
        CLASSIFIER.replace("trained with", "regularized and trained with"),
        CLASSIFIER + r"$$L = -\sum_k t_k \log q_k + \lambda \|V\|^2$$",
    ],
)
def test_a_loss_that_is_not_named_or_is_another_is_not_taken(text: str) -> None:
    document = read(Source("notes.md", text))
    assert NOTE not in check(document, pose(document, None)).notes
