"""Undeclared sizes are not told by `A (1 - A)`, which goes entry by entry whatever stands between."""

import pytest

from tests.checking.written import displayed, verdicts

NET = (r"U = X R", r"S = \sigma(U)", r"O = S Q", r"E = \frac12 \|O - T\|^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial E}{\partial U} = (O - T) Q^T \odot S (1 - S)", "charitable"),
        (r"\frac{\partial E}{\partial U} = (O - T) Q^T \cdot S (1 - S)", "charitable"),
        (r"\frac{\partial E}{\partial U} = (O - T) \cdot Q^T \cdot \sigma'(U)", "charitable"),
        (r"\frac{\partial E}{\partial U} = (O - T) Q^T \odot S \odot (1 - S)", "correct"),
        (r"\frac{\partial E}{\partial U} = (O - T) Q^T \odot S (1 + S)", "wrong"),
        (r"\frac{\partial E}{\partial U} = (O - T) Q^T \odot U (1 - U)", "wrong"),
        (r"\frac{\partial E}{\partial U} = (T - O) Q^T \cdot \sigma'(U)", "wrong"),
    ],
)
def test_a_slope_is_taken_entry_by_entry(line: str, verdict: str) -> None:
    assert verdicts(displayed(*NET, line)) == ["correct"] * 4 + [verdict]
