"""What a gradient lost is named with what to write: a scale, a place among neighbours."""

from pathlib import Path

from tests.checking.written import verdicts
from tests.diagnosis.told import told_of_last

SCORES = r"""
$$s_j = \frac{u^\top k_j}{\sqrt{d}}, \qquad a_j = \frac{e^{s_j}}{\sum_l e^{s_l}}, \qquad o = \sum_j a_j v_j$$

With $g = \partial L / \partial o$:

$$\frac{\partial L}{\partial u} = SCALE \sum_j \frac{\partial L}{\partial s_j} k_j$$
"""


def test_a_scale_that_was_lost_is_named(tmp_path: Path) -> None:
    assert told_of_last(tmp_path, SCORES.replace("SCALE", "")).message == "the factor `1/√(d)` is missing"
    assert verdicts(SCORES.replace("SCALE", r"\frac{1}{\sqrt{d}}"))[-1] == "correct"


COOLED = r"""
Let $y$ be one-hot, $u = V h + c$.

$$q_i = \frac{e^{u_i/\tau}}{\sum_j e^{u_j/\tau}}, \qquad L = -\sum_i y_i \log q_i$$

$$\frac{\partial L}{\partial c} = SCALE (q - y)$$
"""


def test_a_given_number_that_is_divided_by_is_a_scale(tmp_path: Path) -> None:
    told = told_of_last(tmp_path, COOLED.replace("SCALE", ""))
    assert told.message == "the factor `1/τ` is missing"
    assert verdicts(COOLED.replace("SCALE", r"\frac{1}{\tau}"))[-1] == "correct"


CONVOLVED = r"""
$$z_i = \sum_{j=1}^{3} k_j x_{i+j-1} + b$$

$$s = \sum_{i=1}^{n} u_i z_i, \qquad C = \frac{1}{2} (s - t)^2$$

$$\frac{\partial C}{\partial k_j} = \sum_{i=1}^n \frac{\partial C}{\partial z_i} x_{PLACE}$$
"""


def test_an_entry_beside_the_one_that_belongs_is_named(tmp_path: Path) -> None:
    told = told_of_last(tmp_path, CONVOLVED.replace("PLACE", "i+j"))
    assert told.code == "GC505"
    assert str(told.right).endswith("x_{i+j-1}")
    assert verdicts(CONVOLVED.replace("PLACE", "i+j-1"))[-1] == "correct"
