"""Wrong gradients of which a term is right for a quantity on the way to the variable."""

import pytest

from tests.checking.written import verdicts
from tests.diagnosis.told import told_of_last

SPREAD = r"""---
shapes:
  B: [n, n]
  a: [n, 1]
---

$$S = B B^T$$
$$C = \log |S| + a^T S^{-1} a$$
"""
CHAIN = r"""---
shapes:
  U: [n, n]
  K: [n, n]
  v: [n, 1]
---

$$M = K U K$$
$$J = \operatorname{tr}(M M^T) + v^T M v$$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong", "said"),
    [
        (
            SPREAD,
            r"\frac{\partial C}{\partial B} = 2 (S^{-1} - S^{-1} a a^T S^{-1}) B",
            r"\frac{\partial C}{\partial B} = S^{-1} - S a a^T B S",
            "`S⁻¹` is derived by `S`, where `B` is asked for",
        ),
        (
            CHAIN,
            r"\frac{\partial J}{\partial U} = 2 K^T M K^T + K^T v v^T K^T",
            r"\frac{\partial J}{\partial U} = 2 M + K v v^T U K^T K",
            "`2M` is derived by `M`, where `U` is asked for",
        ),
    ],
)
def test_a_term_of_another_derivative_is_told(tmp_path, text, right, wrong, said):
    assert verdicts(f"{text}$${right}$$\n")[-1] == "correct"
    telling = told_of_last(tmp_path, f"{text}$${wrong}$$\n")
    assert telling.code == "GC508"
    assert telling.message == said


def test_terms_that_are_no_derivative_tell_nothing(tmp_path):
    telling = told_of_last(
        tmp_path, SPREAD + "$$\\frac{\\partial C}{\\partial B} = S a a^T B S - B S B S$$\n"
    )
    assert telling.code != "GC508"
