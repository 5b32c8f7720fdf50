"""Abbreviations within one step of a recurrent cell belong to that step."""

import pytest

from tests.checking.written import verdicts

GATED = r"""
Let $C \in \mathbb{R}^{n \times p}$ and $D \in \mathbb{R}^{n \times n}$.

- `u_t = σ(A x_t + B s_{t-1})`
- `v_t = tanh(C x_t + D (u_t ⊙ s_{t-1}))`
- `s_t = (1 - u_t) ⊙ s_{t-1} + u_t ⊙ v_t`

Given `ds_t = ∂L/∂s_t`:

- `dv_t = ds_t ⊙ u_t`
- `e_v = dv_t ⊙ (1 - v_t ⊙ v_t)`
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("dD = e_v (u_t ⊙ s_{t-1})ᵀ", {"charitable"}),
        ("dD = e_v s_{t-1}ᵀ", {"wrong"}),
        ("dD = e_v (1 - u_t)ᵀ", {"wrong"}),
    ],
)
def test_an_error_signal_of_the_step_has_no_mark(line: str, verdict: set[str]) -> None:
    assert verdicts(f"{GATED}- `{line}`\n")[-1] in verdict
