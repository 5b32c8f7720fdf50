"""Small documents end to end: a tiny error is found, and what only looks like one is not."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

NETWORK = r"""---
shapes:
  X: [n, m]
  W: [h, n]
  b: [h, 1]
  v: [1, h]
  Y: [1, m]
---

$$Z = W X + b$$

$$H = \sigma(Z)$$

$$T = v H$$

$$L = \frac{1}{2 m} \sum_{i=1}^{m} (t^{(i)} - y^{(i)})^2$$
"""


def verdicts(text: str, seed: int = 0) -> list[str]:
    """The verdicts of the claims of a document, in order."""
    document = read(Source("document.md", text))
    found = check(document, pose(document, None), seed).judgements()
    return [str(j.verdict) for _, j in found if j.claim.role != "definition"]


def by(name: str, formula: str) -> str:
    return rf"$$\frac{{\partial L}}{{\partial {name}}} = {formula}$$" + "\n\n"


RIGHT = {
    "v": r"\frac{1}{m} (T - Y) H^T",
    "W": r"\frac{1}{m} \left( (v^T (T - Y)) \odot H \odot (1 - H) \right) X^T",
    "b": r"\frac{1}{m} \sum_{\text{columns}} (v^T (T - Y)) \odot \sigma'(Z)",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_is_right(name):
    assert verdicts(NETWORK + by(name, RIGHT[name])) == ["correct"]


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize(
    "factor", ["1.000000000001", "0.999999999999", "1.0000001", r"\frac{1000000000001}{1000000000000}"]
)
def test_a_relative_error_of_1e12_is_found(name, factor):
    assert verdicts(NETWORK + by(name, rf"{factor} \cdot {RIGHT[name]}")) == ["wrong"]


@pytest.mark.parametrize(
    "factor", ["1.000000000000", r"\frac{2}{2}", r"\frac{10^{12}}{1000000000000}", r"(3 - 2)"]
)
def test_one_in_other_words_is_one(factor):
    assert verdicts(NETWORK + by("v", rf"{factor} \cdot {RIGHT['v']}")) == ["correct"]


@pytest.mark.parametrize("scale", ["30", "-30", "1000000", "0.000001", r"10^{-6}", r"10^{6}"])
@pytest.mark.parametrize("activation", [r"\sigma", r"\tanh", r"\text{ReLU}", r"\log"])
def test_scales_and_saturation_raise_no_alarm(activation, scale):
    """z = c w with c from 1e-6 to 1e6: saturated units, tiny and huge derivatives."""
    if activation == r"\log" and scale.startswith("-"):
        scale = scale[1:]
    text = rf"""
$$z = {scale} w$$

$$a = {activation}(z)$$

$$L = \frac{{1}}{{2}} (a - y)^2$$

$$\frac{{\partial L}}{{\partial w}} = (a - y) {activation}'(z) \cdot {scale}$$

$$\frac{{\partial L}}{{\partial w}} = (y - a) {activation}'(z) \cdot {scale}$$
"""
    found = verdicts(text)
    assert found[0] == "correct"
    assert found[1] != "correct"


@pytest.mark.parametrize("seed", range(8))
def test_a_kink_raises_no_alarm(seed):
    text = r"""---
shapes:
  X: [n, m]
  W: [h, n]
---

$$Z = W X$$

$$H = \max(0, Z)$$

$$L = \frac{1}{2} \sum_{i,j} H_{ij}^2$$

$$\frac{\partial L}{\partial W} = (H \odot \mathbb{1}[Z > 0]) X^T$$

$$\frac{\partial L}{\partial W} = (H \odot \text{ReLU}'(Z)) X^T$$

$$\frac{\partial L}{\partial W} = Z X^T$$
"""
    assert verdicts(text, seed) == ["correct", "correct", "wrong"]
