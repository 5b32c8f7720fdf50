"""A slope that is told once stands for the function's prime, and is multiplied entry by entry like it."""

import pytest

from tests.checking.written import displayed, verdicts

NET = [
    r"u = A x + c, \quad h = \sigma(u), \quad v = B h + d, \quad y = \sigma(v)",
    r"\sigma'(t) = \sigma(t)(1 - \sigma(t))",
    r"E = \frac{1}{2} \|y - x\|^2",
    r"\epsilon = (y - x) SIGN \sigma'(v), \quad \eta = (B^T \epsilon) SIGN \sigma'(u)",
]


@pytest.mark.parametrize("sign", [r"\cdot", r"\bullet", r"\odot"])
def test_a_slope_weighs_entries_whatever_sign_is_written(sign: str) -> None:
    net = [line.replace("SIGN", sign) for line in NET]
    claims = [r"\nabla_{B} E = \epsilon h^T", r"\nabla_{d} E = \epsilon", r"\nabla_{A} E = \eta x^T"]
    assert verdicts(displayed(*net, *claims))[-3:] == ["correct"] * 3
    assert verdicts(displayed(*net, r"\nabla_{A} E = \eta h^T"))[-1] == "wrong"
