"""A bold 1 is a square matrix where the text speaks of a matrix of ones, and a vector elsewhere."""

from __future__ import annotations

import pytest

from tests.checking.written import displayed, verdicts

CENTRED = (
    r"X \in \mathbb{R}^{N \times D}",
    r"Z = X - \frac{1}{N} \mathbf{1} X",
    r"L = \operatorname{tr}(Z^T C)",
    r"\frac{\partial L}{\partial X} = (I - \frac{1}{N} \mathbf{1})^T C",
)


@pytest.mark.parametrize(
    "said",
    ["the matrix of all ones", "the $N \\times N$ matrix of ones", "an all-ones matrix"],
)
def test_a_matrix_of_ones_is_spoken_of(said):
    text = f"Here $\\mathbf{{1}}$ is {said}.\n\n"
    assert verdicts(text + displayed(*CENTRED))[-1] == "correct"
    spoiled = CENTRED[3].replace("- \\frac", "+ \\frac")
    assert verdicts(text + displayed(*CENTRED[:3], spoiled))[-1] == "wrong"
