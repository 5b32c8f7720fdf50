"""Shapes that a document declares in its mathematics."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

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
