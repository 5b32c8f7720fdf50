"""Shapes that a document declares in its mathematics."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source
from tests.checking.written import displayed

LEAST_SQUARES = r"""---
shapes: {Y: [n, k]}
---
$$X \in \mathbb{R}^{n \times d}$$
$$W \in \mathbb{R}^{d \times k}$$
$$Y \in \mathbb{R}^{n \times k}$$
$$L = \frac{1}{2} \|X W - Y\|_F^2$$
$$\nabla_W L = X^\top (X W - Y)$$
"""


def verdicts(text):
    document = read(Source("notes.md", text))
    return [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]


def test_declared_shapes_are_taken():
    assert verdicts(LEAST_SQUARES) == ["correct"] * 5


def test_a_declaration_against_the_front_matter_is_wrong():
    assert (
        verdicts(LEAST_SQUARES.replace(r"Y \in \mathbb{R}^{n \times k}", r"Y \in \mathbb{R}^{n \times d}"))[2]
        == "wrong"
    )


@pytest.mark.parametrize("line", [r"X (X W - Y)", r"(X W - Y) X^\top", r"X^\top (X W - Y) W"])
def test_declared_shapes_that_do_not_fit_are_never_right(line):
    found = verdicts(LEAST_SQUARES.replace(r"X^\top (X W - Y)$$", line + "$$"))
    assert found[-1] != "correct"


SET_NET = (
    r"H = \tanh(X V)",
    r"q = \sigma(H u)",
    r"L = -\frac{1}{N} \sum_{i=1}^N [g_i \log q_i + (1 - g_i) \log (1 - q_i)]",
)
SET_SHAPES = (
    r"$X \in \mathbb{R}^{N \times D}$ $(5 \times 3)$, $V \in \mathbb{R}^{D \times K} (3 \times 4)$,"
    r" $u \in \mathbb{R}^{K \times R} (4 \times 1)$, $g \in \{0, 1\}^{N \times 1}$ for $K = 4$ and $R = 1$."
)


def test_sets_of_two_numbers_and_sizes_of_one_declare_shapes():
    """`\\{0, 1\\}^{N \\times 1}` beside a size that is told to be 1, with all sizes again in brackets."""
    right = r"\frac{\partial L}{\partial u} = \frac{1}{N} H^T (q - g)"
    wrong = r"\frac{\partial L}{\partial u} = \frac{1}{N} H^T (q + g)"
    text = SET_SHAPES + "\n\n" + displayed(*SET_NET)
    assert verdicts(text + displayed(right))[-1] == "correct"
    assert verdicts(text + displayed(wrong))[-1] == "wrong"
