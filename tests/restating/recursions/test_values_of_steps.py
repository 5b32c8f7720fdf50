"""Abbreviations within one step of a recurrent cell belong to that step."""

import pytest

from gradcheck.notation.statements import Equation
from gradcheck.reading.document import read
from gradcheck.restating.recursions.families import families
from gradcheck.source import Source
from tests.checking.written import displayed, verdicts

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


CHAIN = r"""
$$s_k = A_k u_k + c_k, \qquad u_{k+1} = \sigma_k(s_k), \qquad u_1 = x$$
$$\mathcal{J} = \frac12 \|u_n - t\|^2$$

$$\bar{\mathcal{J}} = 1$$
$$\bar{A}_k = \bar{s}_k u_k^T$$
$$\bar{A}_k = \bar{u}_k s_{k-1}^T$$

If $u = e_k$ then

$$u_k^T B = e_k^T B$$
"""


def test_a_letter_that_carries_steps_already_gets_no_second_mark() -> None:
    assert verdicts(CHAIN)[4:7] == ["correct", "correct", "wrong"]


def test_what_carries_the_letter_in_other_lines_is_an_index_there() -> None:
    text = CHAIN + displayed(r"\bar{x}_k = \sum_j \bar{y}_j \frac{\partial y_j}{\partial x_k}")
    found = families(item for item in read(Source("notes.md", text)).body if isinstance(item, Equation))
    assert found is not None
    assert {"A", "s", "u", "c"} <= found.bases
    assert found.bases.isdisjoint({"x", r"\bar{x}", "y"})
