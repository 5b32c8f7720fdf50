"""Identities for any matrices stand beside a problem in which one of their letters has a shape of its own."""

import pytest

from tests.checking.written import displayed, verdicts

PROBLEM = (
    "# The model\n\nThe scores are $A \\in \\mathbb{R}^{n \\times n}$ and $u \\in \\mathbb{R}^{n}$.\n\n"
    + displayed(r"L = \frac12 \|A u\|^2", r"\nabla_u L = A^\top A u")
    + "\n# Useful identities\n\n"
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\text{vec}(A X B) = (B^\top \otimes A) \text{vec}(X)", "correct"),
        (r"(A X B)^\top = B^\top X^\top A^\top", "correct"),
        (r"\text{tr}(A X B) = \text{tr}(X^\top B A)", "wrong"),
    ],
)
def test_identities_are_read_by_themselves(line: str, verdict: str) -> None:
    lines = (r"\text{vec}(A X B) = (B^\top \otimes A) \text{vec}(X)", line)
    assert verdicts(PROBLEM + displayed(*lines))[-1] == verdict
