"""The textbook form: error signals per sample, the mean where the parameters are.

Every line is right, also those that carry a per-sample signal on, and whatever letter the weights have.
"""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

NETWORK = r"""
$$Z^{[1]} = W^{[1]} X + b^{[1]}$$
$$A^{[1]} = \sigma(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$
$$A^{[2]} = \sigma(Z^{[2]})$$
$$\hat Y = A^{[2]}$$
$$L = -\frac{1}{m} \sum_{i=1}^m (y^{(i)} \log \hat y^{(i)} + (1 - y^{(i)}) \log(1 - \hat y^{(i)}))$$
$$dZ^{[2]} = A^{[2]} - Y$$
$$dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}$$
$$dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot A^{[1]} \odot (1 - A^{[1]})$$
$$dW^{[1]} = \frac{1}{m} dZ^{[1]} X^T$$
$$db^{[1]} = \frac{1}{m} \text{np.sum}(dZ^{[1]}, \text{axis}=1, \text{keepdims}=\text{True})$$
"""


def verdicts(text):
    document = read(Source("notes.md", text))
    return [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]


@pytest.mark.parametrize("letter", ["W", "V", "U"])
def test_nothing_is_accused(letter):
    found = verdicts(NETWORK.replace("W^", f"{letter}^").replace("dW", f"d{letter}"))
    assert set(found) <= {"correct", "convention"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"(1 - A^{[1]})", r"(1 + A^{[1]})"),
        (r"\frac{1}{m} dZ^{[1]} X^T", r"\frac{2}{m} dZ^{[1]} X^T"),
        (r"dZ^{[2]} = A^{[2]} - Y", r"dZ^{[2]} = Y - A^{[2]}"),
    ],
)
def test_a_slip_in_it_is_found(right, wrong):
    assert right in NETWORK
    assert "wrong" in verdicts(NETWORK.replace(right, wrong))
