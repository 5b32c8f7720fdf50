"""A term or a scale that a gradient lost is named as that, and as no rule that was broken."""

from pathlib import Path

import pytest

from tests.checking.written import verdicts
from tests.diagnosis.told import told_of_last

PATHS = r"""
$$f = \sigma(p s), \qquad g = \tanh(p s), \qquad z = f g + c p, \qquad E = \frac12 (z - t)^2$$

$$\frac{dE}{dp} = (z - t) \left( g f (1 - f) s + f (1 - g^2) s LOST \right)$$
"""
SCORES = r"""
$$s_j = \frac{u^\top k_j}{\sqrt{d}}, \qquad a_j = \frac{e^{s_j}}{\sum_l e^{s_l}}, \qquad o = \sum_j a_j v_j$$

With $g = \partial L / \partial o$:

$$\frac{\partial L}{\partial u} = SCALE \sum_j \frac{\partial L}{\partial s_j} k_j$$
"""


@pytest.mark.parametrize(
    ("text", "mark", "right", "wrong", "said"),
    [
        (PATHS, "LOST", "+ c", "", "the term `(z - t) c` is missing"),
        (SCORES, "SCALE", r"\frac{1}{\sqrt{d}}", "", "the factor `1/√(d)` is missing"),
    ],
)
def test_what_was_lost_is_named(
    text: str, mark: str, right: str, wrong: str, said: str, tmp_path: Path
) -> None:
    assert told_of_last(tmp_path, text.replace(mark, wrong)).message == said
    assert verdicts(text.replace(mark, right))[-1] == "correct"


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
