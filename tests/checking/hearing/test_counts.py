"""The letter above a Σ is the size that its index runs over, wherever else the letter stands."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

ONE = r"""
$$\mu = \frac{1}{N} \sum_{i=1}^{N} x_i$$
$$v = \frac{1}{N} \sum_{i=1}^{N} (x_i - \mu)^2$$
"""
TWO = r"""
$$f = \frac{1}{p} \sum_{i=1}^{p} u_i^2 + \frac{1}{q} \sum_{j=1}^{q} w_j^2$$
"""


def verdict(text, line):
    document = read(Source("notes.md", f"{text}$${line}$$\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (ONE, r"\frac{\partial v}{\partial x_k} = \frac{2}{N} (x_k - \mu)"),
        (ONE, r"\frac{\partial \mu}{\partial x_k} = \frac{1}{N}"),
        (TWO, r"\frac{\partial f}{\partial u_k} = \frac{2}{p} u_k"),
        (TWO, r"\frac{\partial f}{\partial w_k} = \frac{2 w_k}{q}"),
    ],
)
def test_right(text, line):
    assert verdict(text, line) == "correct"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (ONE, r"\frac{\partial v}{\partial x_k} = 2 (x_k - \mu)"),
        (ONE, r"\frac{\partial \mu}{\partial x_k} = \frac{1}{N - 1}"),
        (TWO, r"\frac{\partial f}{\partial u_k} = \frac{2}{q} u_k"),
        (TWO, r"\frac{\partial f}{\partial w_k} = \frac{2 w_k}{p}"),
    ],
)
def test_wrong(text, line):
    assert verdict(text, line) == "wrong"
