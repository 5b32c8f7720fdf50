"""How far a derivative's sign reaches over the factors behind it."""

import pytest

from tests.checking.written import displayed, verdicts

PENALTY = r"R = \lambda \sum_j \sum_k V_{jk}^2"


@pytest.mark.parametrize(("slope", "verdict"), [("2", "correct"), ("3", "wrong")])
def test_the_weight_of_a_penalty_is_derived_with_it(slope: str, verdict: str) -> None:
    line = (
        rf"\frac{{\partial}}{{\partial V_{{jk}}}} \lambda \sum_j \sum_k V_{{jk}}^2 = {slope} \lambda V_{{jk}}"
    )
    assert verdicts(displayed(PENALTY, line))[-1] == verdict


def test_a_function_before_brackets_is_derived_alone() -> None:
    line = r"\frac{d}{du} \sigma(u) (3) = 3 \sigma(u) (1 - \sigma(u))"
    assert verdicts(displayed(line))[-1] == "correct"
