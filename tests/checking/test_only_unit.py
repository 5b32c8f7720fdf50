"""Components of a layer with one unit: `z_1^{[2]}` is all of `Z^{[2]}`."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.hearing.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

TEXT = r"""---
shapes:
  X: [n, m]
  V^{[1]}: [k, n]
  H^{[1]}: [k, m]
  V^{[2]}: [1, k]
  c^{[2]}: [1, 1]
  S^{[2]}: [1, m]
---
$$h_{j}^{[1](i)} = \tanh\left(\sum_{p=1}^n v_{jp}^{[1]} x_p^{(i)}\right)$$
$$s_1^{[2](i)} = \sum_{j=1}^k v_{1j}^{[2]} h_{j}^{[1](i)} + c_1^{[2]}$$
$$L = \frac{1}{2m} \sum_{i=1}^m (s_1^{[2](i)})^2$$
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial L}{\partial s_1^{[2](i)}} = \frac{1}{m} s_1^{[2](i)}", "correct"),
        (
            r"\frac{\partial L}{\partial c_1^{[2]}} = \sum_{i=1}^m \frac{\partial L}{\partial s_1^{[2](i)}}",
            "correct",
        ),
        (r"\frac{\partial L}{\partial c_1^{[2]}} = \frac{\partial L}{\partial s_1^{[2](2)}}", "wrong"),
        (
            (
                r"\frac{\partial L}{\partial v_{1j}^{[2]}}"
                r" = \sum_{i=1}^m \frac{\partial L}{\partial s_1^{[2](i)}} h_{j}^{[1](i)}"
            ),
            "correct",
        ),
    ],
)
def test_components_of_the_only_unit(line, verdict):
    document = read(Source("notes.md", f"{TEXT}$${line}$$\n"))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert found[3:] == [verdict]
