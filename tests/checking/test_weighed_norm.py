"""What weighs a norm beside numbers is a number: a loss with a penalty has no shape of its own."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = displayed(r"J = \log\det A - \operatorname{tr}(S A) - \frac{\rho}{2} \|A\|_F^2")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial J}{\partial A} = A^{-\top} - S^\top - \rho A", "correct"),
        (r"\frac{\partial J}{\partial A} = A^{-\top} - S^\top - 2 \rho A", "wrong"),
        (r"\frac{\partial J}{\partial \rho} = -\frac12 \operatorname{tr}(A^\top A)", "correct"),
        (r"\frac{\partial J}{\partial \rho} = -\operatorname{tr}(A^\top A)", "wrong"),
    ],
)
def test_a_penalty_is_a_number(line: str, verdict: str) -> None:
    assert verdicts(LOSS + displayed(line))[-1] == verdict
