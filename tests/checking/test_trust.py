"""What is accused where much of a document is not understood, and what is no claim at all."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

MURKY = [r"\diamond \star X = \wp(X)", r"\Xi \bowtie X \ne \Theta \rhd 1", r"\Theta \rhd X = \bowtie"]
ALONE = [
    (r"\nabla_X \operatorname{tr}(X B X^\top) = X B^\top + X B", r"X B + X B"),
    (r"\frac{\partial}{\partial X} \operatorname{tr}(B X C) = B^\top C^\top", r"C B"),
    (r"\nabla_X \log \det X = X^{-\top}", r"X^\top"),
]


@pytest.mark.parametrize(("line", "wrong"), ALONE)
def test_a_line_that_stands_alone_is_judged_whatever_is_beside_it(line, wrong):
    square = r"X = X^{-1} X X"
    left, _, right = line.partition(" = ")
    assert verdicts(displayed(square, *MURKY, line))[-1] == "correct"
    assert verdicts(displayed(square, *MURKY, f"{left} = {wrong}"))[-1] == "wrong"
    assert right


CONDITIONS = [
    r"Q^\top Q = I",
    r"\sum_{k=1}^K \pi_k = 1",
    r"X^\top X \beta = X^\top y",
    r"A v = \lambda v",
    r"\|u\|^2 = 1",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_no_false_claim(condition):
    assert verdicts(displayed(condition, r"f(s) = s^\top s", r"\nabla f(s) = 2 s"))[0] == "undecided"


@pytest.mark.parametrize("claim", [r"(A B)^\top = A^\top B^\top", r"\tanh(s) = 2 \sigma(s) - 1"])
def test_a_false_identity_is_still_wrong(claim):
    assert verdicts(displayed(claim, r"f(s) = s^\top s", r"\nabla f(s) = 2 s"))[0] == "wrong"
