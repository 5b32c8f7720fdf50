"""`A ∈ ℝ^{m×k} = B C`: where a thing lies is told on the way, and what it is is checked."""

from __future__ import annotations

import pytest

from tests.checking.written import with_line

FIT = r"""
Let $U \in \mathbb{R}^{r \times s}$ and $P \in \mathbb{R}^{s \times k}$.

$$O \in \mathbb{R}^{r \times k} = U P$$

$$E = \frac{1}{2} \|O - G\|^2$$

$$D \in \mathbb{R}^{r \times k} = O - G$$
"""


@pytest.mark.parametrize(
    ("factor", "verdict"), [("U^T D", "correct"), ("U^T O", "wrong"), ("-U^T D", "wrong")]
)
def test_what_stands_behind_a_space_is_checked(factor, verdict):
    found = with_line(FIT, r"\nabla_P E \in \mathbb{R}^{s \times k} = " + factor)
    assert found == ["correct"] * 8 + [verdict]
