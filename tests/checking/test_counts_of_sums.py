"""The letter at which a sum ends is a number wherever it stands, also where nothing is declared."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

TEXT = r"""
$$S = V X + c$$
$$Q = \sigma(S)$$
$$L = -\frac{1}{M} \sum_{i=1}^{M} \left(y^{(i)} \log q^{(i)} + (1 - y^{(i)}) \log(1 - q^{(i)})\right)$$
$$\frac{\partial L}{\partial S} = \frac{1}{M} (Q - Y)$$
$$\frac{\partial L}{\partial V} = RIGHT$$
"""


@pytest.mark.parametrize("count", ["m", "N"])
@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\frac{\partial L}{\partial S} X^T", "correct"),
        (r"\frac{1}{M} (Q - Y) X^T", "correct"),
        (r"(Q - Y) X^T", "wrong"),
        (r"\frac{1}{M} (Y - Q) X^T", "wrong"),
    ],
)
def test_a_mean_over_the_samples_leaves_the_targets_their_shape(count, right, verdict):
    text = TEXT.replace("RIGHT", right).replace("M", count)
    document = read(Source("notes.md", text))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert found[3:] == ["correct", verdict]
