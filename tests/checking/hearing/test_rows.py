"""Samples as rows where an assignment declares columns: a whole document is read so, or none of it."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.checking.hearing.rows import TURNED
from gradcheck.reading.document import read
from gradcheck.source import Source

PROBLEM = r"""---
shapes:
  X: [d, m]
  V: [k, d]
  r: [k, 1]
  P: [k, m]
  Y: [k, m]
---
$$P = V X + r$$

## Squares

$$C = \frac{1}{2m} \sum_{i=1}^m (p^{(i)} - y^{(i)})^T (p^{(i)} - y^{(i)})$$
"""
LOSS = r"$$C = \frac{1}{2m} \text{tr}((P - Y)^T (P - Y))$$"
FORWARD = r"$$P = X U + q$$"
GRADIENTS = r"""
$$\frac{\partial C}{\partial P} = \frac{1}{m} (P - Y)$$
$$\frac{\partial C}{\partial U} = X^T \frac{\partial C}{\partial P}$$
$$\frac{\partial C}{\partial q} = \sum_{i=1}^m \frac{\partial C}{\partial p^{(i)}}$$
"""


def judged(text):
    """The verdicts of a document for this problem, and its notes."""
    problem = read(Source("problem.md", PROBLEM))
    document = read(Source("rows.md", text))
    checked = check(document, pose(document, problem))
    return [str(judgement.verdict) for _, judgement in checked.judgements()], checked.notes


def written(forward=FORWARD, gradients=GRADIENTS):
    return f"{forward}\n\n## Squares\n\n{LOSS}\n{gradients}"


@pytest.mark.parametrize(
    ("product", "gradient"),
    [
        ("X U", r"X^T \frac{\partial C}{\partial P}"),
        ("X V", r"X^T \frac{\partial C}{\partial P}"),
        (r"X \cdot U", r"X^T \cdot \frac{\partial C}{\partial P}"),
        ("X U^T", r"(\frac{\partial C}{\partial P})^T X"),
        ("X V^T", r"(\frac{\partial C}{\partial P})^T X"),
    ],
)
def test_rows_are_read_as_they_are_meant(product, gradient):
    weights = product.replace("^T", "").split()[-1]
    text = written(FORWARD.replace("X U", product)).replace(r"X^T \frac{\partial C}{\partial P}", gradient)
    found, notes = judged(text.replace(r"\partial U", rf"\partial {weights}"))
    assert found == ["correct"] * 5
    assert notes == [TURNED]


def test_weights_that_are_turned_in_a_gradient_alone_lie_as_in_the_forward_pass():
    forward = "$$P = X V + r$$"
    gradients = r"""
$$dP = \frac{1}{m} (P - Y)$$
$$dX = dP V^T$$
$$dV = X^T dP$$
"""
    found, notes = judged(written(forward, gradients))
    assert found == ["correct"] * 5
    assert notes == [TURNED]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(P - Y)", "(Y - P)"),
        (r"X^T \frac{\partial C}{\partial P}", r"2 X^T \frac{\partial C}{\partial P}"),
        (r"\frac{\partial C}{\partial q} = ", r"\frac{\partial C}{\partial q} = \frac{1}{m} "),
    ],
)
def test_a_planted_error_is_caught(right, wrong):
    assert GRADIENTS.count(right) == 1
    found, _ = judged(written(gradients=GRADIENTS.replace(right, wrong)))
    assert found.count("wrong") == 1


def test_turned_shapes_convict_nobody():
    found, _ = judged(written(gradients=GRADIENTS.replace("X^T", "X")))
    assert "wrong" not in found


def test_columns_stay_columns():
    columns = GRADIENTS.replace(r"X^T \frac{\partial C}{\partial P}", r"\frac{\partial C}{\partial P} X^T")
    found, notes = judged(written("$$P = U X + q$$", columns))
    assert found == ["correct"] * 5
    assert not notes


def test_one_product_the_wrong_way_round_turns_nothing():
    columns = GRADIENTS.replace(r"X^T \frac{\partial C}{\partial P}", r"\frac{\partial C}{\partial P} X^T")
    found, notes = judged(written("$$P = X V + r$$", columns).replace("U", "V").replace(" q", " r"))
    assert "wrong" not in found
    assert not notes


def test_what_a_document_declares_itself_is_not_turned():
    matter = "---\nshapes:\n  X: [d, m]\n---\n\n"
    _, notes = judged(matter + written())
    assert not notes
