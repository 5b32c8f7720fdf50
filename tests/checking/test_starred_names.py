"""`w^*` is a name of its own, the best `w`: what is said of one is not said of the other."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

LEAST_SQUARES = r"""
$X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$

$$J = \frac12 \|X w - y\|^2$$
$$w^\star = (X^\top X)^{-1} X^\top y$$
"""


def last_verdict(line: str) -> str:
    document = read(Source("notes.md", f"{LEAST_SQUARES}$${line}$$\n"))
    return str(list(check(document, pose(document, None)).judgements())[-1][1].verdict)


@pytest.mark.parametrize(
    "line", [r"X^\top X w^\star = X^\top y", r"X^\top (y - X w^{*}) = 0", r"{w^*}^\top X^\top X = y^\top X"]
)
def test_the_solution_solves(line):
    assert last_verdict(line) == "correct"


@pytest.mark.parametrize("line", [r"X^\top X w = X^\top y", r"X^\top X w^\star = 2 X^\top y"])
def test_other_names_do_not(line):
    assert last_verdict(line) in ("wrong", "undecided")


def test_the_definition_stands():
    document = read(Source("notes.md", LEAST_SQUARES))
    assert {
        str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()
    } == {"correct"}
