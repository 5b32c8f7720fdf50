"""A loss that nobody defines is any function of what it is derived by: lines about it can be wrong."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

LAYER = r"""
$W \in \mathbb{R}^{k \times n}$, $x \in \mathbb{R}^n$, $b \in \mathbb{R}^k$

$$z = W x + b$$
$$a = \tanh(z)$$

Some loss $E$ follows.

$$\frac{\partial E}{\partial z} = \frac{\partial E}{\partial a} \odot (1 - a \odot a)$$
"""


def last_verdict(line: str) -> str:
    document = read(Source("notes.md", f"{LAYER}\n$${line}$$\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial E}{\partial b} = \frac{\partial E}{\partial z}",
        r"\frac{\partial E}{\partial x} = W^T \frac{\partial E}{\partial z}",
        r"\frac{\partial E}{\partial W} = \frac{\partial E}{\partial z} x^T",
    ],
)
def test_a_right_line_is_right(line: str) -> None:
    assert last_verdict(line) == "correct"


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial E}{\partial b} = \frac{\partial E}{\partial a}",
        r"\frac{\partial E}{\partial x} = -W^T \frac{\partial E}{\partial z}",
        r"\frac{\partial E}{\partial W} = 2 \frac{\partial E}{\partial z} x^T",
    ],
)
def test_a_wrong_line_is_wrong(line: str) -> None:
    assert last_verdict(line) == "wrong"
