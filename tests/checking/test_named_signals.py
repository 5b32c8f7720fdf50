"""A name for a derivative, `δ = ∂L/∂S = Q - Y`, has the author's value: the mean may come later."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

TEXT = r"""---
shapes:
  X: [n, m]
  Y: [1, m]
  V: [k, n]
  u: [1, k]
  c: [1, 1]
---
$$R = \tanh(V X)$$
$$Q = u R + c$$
$$L = \frac{1}{2m} \sum_{i=1}^m (q^{(i)} - y^{(i)})^2$$
$$\delta_2 = \frac{\partial L}{\partial Q} = FIRST$$
$$\frac{\partial L}{\partial u} = WEIGHTS \delta_2 R^T$$
$$\frac{\partial L}{\partial c} = \frac{1}{m} \sum_{i=1}^m \delta_2^{(i)}$$
$$\delta_1 = u^T \delta_2 \odot (1 - R \odot R)$$
$$\frac{\partial L}{\partial V} = BACK \delta_1 X^T$$
"""
MEAN = r"\frac{1}{m}"


@pytest.mark.parametrize(
    ("first", "weights", "back", "wanted"),
    [
        ("Q - Y", MEAN, MEAN, ["convention"] * 3 + ["correct", "convention"]),
        ("Q - Y", "", MEAN, ["convention", "wrong", "convention", "correct", "convention"]),
        ("Q - Y", MEAN, "", ["convention"] * 3 + ["correct", "wrong"]),
        ("Q - Y", MEAN, r"\frac{2}{m}", ["convention"] * 3 + ["correct", "wrong"]),
        ("Y - Q", MEAN, MEAN, ["wrong", "convention", "convention", "correct", "convention"]),
        (rf"{MEAN} (Q - Y)", MEAN, "", ["correct", "wrong", "wrong", "correct", "correct"]),
    ],
)
def test_the_mean_may_come_after_a_named_derivative(first, weights, back, wanted):
    text = TEXT.replace("FIRST", first).replace("WEIGHTS", weights).replace("BACK", back)
    document = read(Source("notes.md", text))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert found[4:] == wanted
