"""Of what has a number and no formula it is not known what it is a function of."""

import pytest

from tests.checking.written import displayed, verdicts

GIVEN = "\nWith n = 0.7 we get o = 0.604.\n"


@pytest.mark.parametrize(
    "claim", [r"\frac{\partial o}{\partial n} = 1 - o^2", r"\frac{\partial o}{\partial n} = o"]
)
def test_a_value_says_nothing_of_a_slope(claim: str) -> None:
    assert verdicts("The unit squashes n.\n\n" + displayed(claim) + GIVEN)[0] == "undecided"


def test_beside_a_formula_it_does() -> None:
    unit = displayed(r"o = \tanh(n)", r"\frac{\partial o}{\partial n} = 1 - o^2") + GIVEN
    assert verdicts(unit)[1] == "correct"
    assert verdicts(unit.replace("1 - o^2", "1 + o^2"))[1] == "wrong"


def test_what_has_no_slope_may_be_said_to_have_none() -> None:
    assert verdicts(displayed(r"c = 5", r"\frac{\partial c}{\partial n} = 0"))[-1] == "correct"
