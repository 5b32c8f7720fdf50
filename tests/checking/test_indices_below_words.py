"""An index below the word of a subscript counts: `v_{\\text{neg}_i}` is `v_{\\text{neg},i}`."""

import pytest

from gradcheck.verdict import Verdict
from tests.checking.written import verdicts

LOSS = r"""
Of $k$ noise words, with the vector $\mathbf{u}$ of the word in the middle:

$$J = -\log\sigma(\mathbf{v}_{pos}\cdot\mathbf{u})
- \sum_{i=1}^k \log\sigma(-\mathbf{v}_{neg_i}\cdot\mathbf{u})$$

"""


@pytest.mark.parametrize(
    ("right", "said"),
    [
        (r"\sigma(\mathbf{v}_{neg_i}\cdot\mathbf{u})\,\mathbf{u}", Verdict.CORRECT),
        (r"-\sigma(\mathbf{v}_{neg_i}\cdot\mathbf{u})\,\mathbf{u}", Verdict.WRONG),
        (r"k\,\sigma(\mathbf{v}_{neg_i}\cdot\mathbf{u})\,\mathbf{u}", Verdict.WRONG),
    ],
)
def test_the_gradient_of_one_of_several_is_that_of_its_own_term(right: str, said: Verdict) -> None:
    line = rf"$$\frac{{\partial J}}{{\partial \mathbf{{v}}_{{neg_i}}}} = {right}$$"
    assert verdicts(f"{LOSS}{line}\n")[-1] == said.value
