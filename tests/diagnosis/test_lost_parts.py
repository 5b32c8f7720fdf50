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
