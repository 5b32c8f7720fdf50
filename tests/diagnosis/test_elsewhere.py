"""Wrong lines that no edit mends: another derivative that stands there, a sum that cannot be meant."""

from tests.diagnosis.told import told_of_last

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


def test_the_derivative_of_the_line_above_is_told_with_that_line(tmp_path):
    telling = told_of_last(
        tmp_path,
        TRACES
        + r"""
$$\frac{\partial}{\partial X} \operatorname{tr}(Q X P X) = P X Q + P^T X Q^T$$
""",
    )
    assert telling.code == "GC508"
    assert "of line 8" in telling.message


def test_the_derivative_by_another_variable_is_told(tmp_path):
    telling = told_of_last(
        tmp_path,
        UNITS
        + r"""
$$\frac{\partial L}{\partial u_2} = (z - y) \, v_1 \, (1 - \tanh^2(u_1 x)) \, x$$
""",
    )
    assert telling.code == "GC508"
    assert "`∂L/∂u₁`" in telling.message


def test_one_slip_is_named_before_another_derivative(tmp_path):
    telling = told_of_last(
        tmp_path,
        UNITS
        + r"""
$$\frac{\partial L}{\partial v_2} = (z - y) \tanh(u_1 x)$$
""",
    )
    assert telling.code == "GC503"


def test_zero_is_the_derivative_of_much_and_tells_nothing(tmp_path):
    telling = told_of_last(
        tmp_path, TRACES + r"$$\frac{\partial}{\partial X} \operatorname{tr}(P X Q X^T) = P X - P X$$"
    )
    assert telling.code != "GC508"


def test_a_sum_of_what_does_not_depend_on_its_index(tmp_path):
    telling = told_of_last(
        tmp_path,
        ENTRIES
        + r"""
$$\frac{\partial L}{\partial U_{ji}} = \sum_{l=1}^{k} (z_j - y_j)^2 x_i U_{ji}$$
""",
    )
    assert telling.code == "GC505"


def test_a_sum_whose_index_is_free_on_the_left(tmp_path):
    telling = told_of_last(
        tmp_path,
        ENTRIES
        + r"""
$$\frac{\partial L}{\partial U_{ji}} = \sum_{j=1}^{k} (z_j - y_j)^2 x_i U_{ji}$$
""",
    )
    assert telling.code == "GC505"
    assert "`j`" in telling.message
