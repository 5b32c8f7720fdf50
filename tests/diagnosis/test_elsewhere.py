"""Wrong lines that no edit mends: another derivative that stands there, a sum that cannot be meant."""

import pytest

from gradcheck.checking.check import check
from gradcheck.checking.problem import pose
from gradcheck.diagnosis.telling import tell
from gradcheck.reading.document import read

TRACES = r"""---
shapes:
  P: [n, n]
  Q: [n, n]
  X: [n, n]
---

$$\frac{\partial}{\partial X} \operatorname{tr}(X^T P X Q) = P X Q + P^T X Q^T$$
"""
UNITS = r"""---
shapes:
  u_1: [1, 1]
  u_2: [1, 1]
  v_1: [1, 1]
  v_2: [1, 1]
  x: [1, 1]
  y: [1, 1]
---

$$z = v_1 \tanh(u_1 x) + v_2 \tanh(u_2 x)$$
$$L = \frac{1}{2} (z - y)^2$$
"""
ENTRIES = r"""---
shapes:
  U: [k, n]
  x: [n, 1]
  y: [k, 1]
---

$$z_j = \sum_{i=1}^{n} U_{ji} x_i$$
$$L = \sum_{j=1}^{k} (z_j - y_j)^4$$
"""


@pytest.fixture
def told(tmp_path):
    def of(text: str):
        """What is told of the last link."""
        path = tmp_path / "lines.md"
        path.write_text(text, encoding="utf-8")
        document = read(path)
        checked = check(document, pose(document, None))
        last = [judgement for _, judgement in checked.judgements()][-1]
        return tell(checked).get(last.claim.id)

    return of


def test_the_derivative_of_the_line_above_is_told_with_that_line(told):
    telling = told(
        TRACES
        + r"""
$$\frac{\partial}{\partial X} \operatorname{tr}(Q X P X) = P X Q + P^T X Q^T$$
"""
    )
    assert telling.code == "GC508"
    assert "of line 8" in telling.message


def test_the_derivative_by_another_variable_is_told(told):
    telling = told(
        UNITS
        + r"""
$$\frac{\partial L}{\partial u_2} = (z - y) \, v_1 \, (1 - \tanh^2(u_1 x)) \, x$$
"""
    )
    assert telling.code == "GC508"
    assert "`∂L/∂u₁`" in telling.message


def test_one_slip_is_named_before_another_derivative(told):
    telling = told(
        UNITS
        + r"""
$$\frac{\partial L}{\partial v_2} = (z - y) \tanh(u_1 x)$$
"""
    )
    assert telling.code == "GC503"


def test_zero_is_the_derivative_of_much_and_tells_nothing(told):
    telling = told(TRACES + r"$$\frac{\partial}{\partial X} \operatorname{tr}(P X Q X^T) = P X - P X$$")
    assert telling.code != "GC508"


def test_a_sum_of_what_does_not_depend_on_its_index(told):
    telling = told(
        ENTRIES
        + r"""
$$\frac{\partial L}{\partial U_{ji}} = \sum_{l=1}^{k} (z_j - y_j)^2 x_i U_{ji}$$
"""
    )
    assert telling.code == "GC505"


def test_a_sum_whose_index_is_free_on_the_left(told):
    telling = told(
        ENTRIES
        + r"""
$$\frac{\partial L}{\partial U_{ji}} = \sum_{j=1}^{k} (z_j - y_j)^2 x_i U_{ji}$$
"""
    )
    assert telling.code == "GC505"
    assert "`j`" in telling.message
