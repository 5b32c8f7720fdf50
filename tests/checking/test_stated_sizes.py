"""Sizes that a document gives as large numbers: they are computed with at other values, numbers follow."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

CENTRED = r"""
$x \in \mathbb{R}^{256}$, $\mathbf 1 \in \mathbb{R}^{256}$

$$c = \frac{1}{256} \mathbf{1}^T x$$
$$v = x - c \mathbf 1$$
$$E = \frac12 v^T v$$
"""
FITTED = r"""---
shapes: {X: [40, 50], w: [50, 1], y: [40, 1]}
---
$$E = \frac{1}{40} \|X w - y\|^2$$
"""
SPREAD = r"""---
shapes: {A: [20, 30]}
---
$$E = \frac{1}{600} \|A\|_F^2$$
"""


def last_verdict(text: str, line: str) -> str:
    document = read(Source("notes.md", f"{text}$${line}$$\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


RIGHT = [
    (CENTRED, r"\nabla_x E = x - c \mathbf{1}"),
    (CENTRED, r"\sum_i x_i = 256 c"),
    (CENTRED, r"\operatorname{tr}(x x^T - I_{256}) = x^T x - 256"),
    (FITTED, r"\nabla_w E = \frac{2}{40} X^T (X w - y)"),
    (FITTED, r"\nabla_w E = \frac{1}{20} X^T (X w - y)"),
    (FITTED, r"\nabla_w E = 0.05 X^T (X w - y)"),
    (SPREAD, r"\nabla_A E = \frac{1}{300} A"),
]
WRONG = [
    (CENTRED, r"\nabla_x E = x + c \mathbf{1}"),
    (CENTRED, r"\sum_i x_i = 255 c"),
    (CENTRED, r"\operatorname{tr}(x x^T - I_{256}) = x^T x - 1"),
    (FITTED, r"\nabla_w E = \frac{2}{50} X^T (X w - y)"),
    (FITTED, r"\nabla_w E = \frac{1}{40} X^T (X w - y)"),
    (FITTED, r"\nabla_w E = X^T (X w - y)"),
    (SPREAD, r"\nabla_A E = \frac{1}{30} A"),
]


@pytest.mark.parametrize(("text", "line"), RIGHT)
def test_a_number_follows_the_size_that_it_stands_for(text: str, line: str) -> None:
    assert last_verdict(text, line) == "correct"


def test_what_holds_at_the_stated_sizes_alone_is_not_called_wrong() -> None:
    assert last_verdict(FITTED, r"\nabla_w E = \frac{1}{4} \frac{1}{5} X^T (X w - y)") == "undecided"


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_another_number_is_found_wrong(text: str, line: str) -> None:
    assert last_verdict(text, line) == "wrong"
