r"""Support vectors: a capital that weighs a whole Σ is a number, a Σ may run over a condition."""

import pytest

from tests.checking.written import displayed, verdicts

LOSS = r"J(w, b) = \frac{1}{2} \|w\|^2 + C \sum_{i=1}^n \max(0, 1 - y_i (w^T x_i + b))"
TAKEN = (
    r"\sum_{i: y_i (w^T x_i + b) < 1}",
    r"\sum_{i=1}^n 1[y_i (w^T x_i + b) < 1]",
)


@pytest.mark.parametrize("over", TAKEN)
@pytest.mark.parametrize("weight", ["C", "K"])
def test_the_weight_is_a_number_and_the_condition_an_indicator(over: str, weight: str) -> None:
    by_w = rf"\frac{{\partial J}}{{\partial w}} = w - {weight} {over} y_i x_i"
    by_b = rf"\frac{{\partial J}}{{\partial b}} = -{weight} {over} y_i"
    loss = LOSS.replace("C", weight)
    assert set(verdicts(displayed(loss, by_w, by_b))) <= {"correct", "convention"}
    assert verdicts(displayed(loss, by_w.replace("w - ", "w + "), by_b))[1] == "wrong"
    assert verdicts(displayed(loss, by_w.replace("w - ", "2 w - "), by_b))[1] == "wrong"


def test_the_other_side_of_the_condition_is_wrong() -> None:
    line = rf"\frac{{\partial J}}{{\partial b}} = -C {TAKEN[0].replace('< 1', '> 1')} y_i"
    by_w = rf"\frac{{\partial J}}{{\partial w}} = w - C {TAKEN[0]} y_i x_i"
    assert verdicts(displayed(LOSS, by_w, line))[-1] == "wrong"
