"""Derivatives by hatted names, as they are typed on a keyboard."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

LEAST_SQUARES = """y_hat = w*x + b
L = (1/2)*(y_hat - y)^2

{left} = {right}
"""


def verdict(left, right):
    document = read(Source("notes.txt", LEAST_SQUARES.format(left=left, right=right)))
    judged = check(document, pose(document, None)).judgements()
    return str([judgement.verdict for _, judgement in judged][-1])


@pytest.mark.parametrize("left", ["dL/dy_hat", "dL/dyhat", "dL_dy_hat", "dL_dyhat"])
def test_the_hat_belongs_to_the_letter_behind_the_d(left):
    assert verdict(left, "y_hat - y") == "correct"
    assert verdict(left, "y - y_hat") == "wrong"


@pytest.mark.parametrize("left", ["dy_hat/dw", "dy_hat_dw"])
def test_a_hatted_letter_is_differentiated(left):
    assert verdict(left, "x") == "correct"
    assert verdict(left, "w") == "wrong"


@pytest.mark.parametrize("left", ["dL/dpred", "dL_dpred"])
def test_a_word_behind_the_d_is_differentiated_by(left):
    text = LEAST_SQUARES.replace("y_hat", "pred")
    for right, expected in {"pred - y": "correct", "y - pred": "wrong"}.items():
        document = read(Source("notes.txt", text.format(left=left, right=right)))
        judged = check(document, pose(document, None)).judgements()
        assert str([judgement.verdict for _, judgement in judged][-1]) == expected
