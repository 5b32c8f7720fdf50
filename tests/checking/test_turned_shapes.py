"""Samples in rows where columns are declared: shapes alone convict nobody, a wrong value still does."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.problem import pose
from gradcheck.reading.document import read
from gradcheck.source import Source

TEXT = r"""---
shapes:
  X: [n, m]
  V: [k, n]
  S: [k, m]
  Y: [k, m]
  c: [k, 1]
---
$$S = PRODUCT + c$$
$$L = \frac{1}{2} \sum_{i=1}^m (s^{(i)} - y^{(i)})^T (s^{(i)} - y^{(i)})$$
$$\frac{\partial L}{\partial S} = SIGNAL$$
$$\frac{\partial L}{\partial c} = \text{np.sum}(\frac{\partial L}{\partial S}, \text{axis}=0)$$
"""


@pytest.mark.parametrize(
    ("product", "signal", "wanted"),
    [
        ("X V", "S - Y", ["correct", "undecided"]),
        ("X V", "Y - S", ["wrong", "undecided"]),
        ("V X", "S - Y", ["correct", "wrong"]),
    ],
)
def test_an_axis_convicts_only_where_the_arrays_lie_as_declared(product, signal, wanted):
    document = read(Source("notes.md", TEXT.replace("PRODUCT", product).replace("SIGNAL", signal)))
    found = [str(judgement.verdict) for _, judgement in check(document, pose(document, None)).judgements()]
    assert found[2:] == wanted
