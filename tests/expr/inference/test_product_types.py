"""Products behind an elementwise one: what stands side by side is one factor where that keeps sizes apart."""

import pytest

from tests.checking.written import displayed, verdicts

ROWS = (
    r"U = X A",
    r"H = \tanh(U)",
    r"P = \sigma(H B)",
    r"J = \frac12 \|P - T\|_F^2",
    r"E = (P - T) \odot P \odot (1 - P)",
)
COLUMNS = (
    r"U = A X",
    r"H = \tanh(U)",
    r"P = \sigma(B H)",
    r"J = \frac12 \|P - T\|_F^2",
    r"E = (P - T) \odot P \odot (1 - P)",
)


@pytest.mark.parametrize("sign", [r"\circ", r"\odot"])
def test_the_rows_of_a_layer_are_carried_back_behind_the_slope(sign: str) -> None:
    told = (*ROWS, rf"S = (1 - H^2) {sign} E B^T")
    steps = r"\frac{\partial J}{\partial A} = X^T S", r"\frac{\partial J}{\partial B} = H^T E"
    assert set(verdicts(displayed(*told, *steps))) == {"correct"}
    wrong = rf"\frac{{\partial J}}{{\partial U}} = (1 + H^2) {sign} E B^T"
    assert verdicts(displayed(*ROWS, wrong))[-1] == "wrong"


def test_a_product_that_goes_on_from_the_left_does_so() -> None:
    line = r"\frac{\partial J}{\partial A} = B^T E \odot (1 - H^2) X^T"
    assert verdicts(displayed(*COLUMNS, line))[-1] == "correct"
    assert verdicts(displayed(*COLUMNS, line.replace("1 - H^2", "1 - H")))[-1] == "wrong"
