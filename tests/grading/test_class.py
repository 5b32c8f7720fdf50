"""A small simulated class: right derivations lose nothing, and slips cost what they should."""

import pytest

from gradcheck.grading.marks import mark
from tests.benchmarks.class_of_1000.students import SLIPS, Notation, derivation, truth

NOTATIONS = [
    Notation("W", "b", "Z", "A", "X", "Y", "^{{[{}]}}", "d{}", True),
    Notation("V", "c", "S", "H", "X", "Y", "^{{[{}]}}", r"\frac{{\partial L}}{{\partial {}}}", True),
    Notation(r"\Theta", "b", "U", "A", "X", "Y", "^{{[{}]}}", r"\nabla_{{{}}} L", True),
]
MEANS_FIRST = [slip for slip in SLIPS if slip.code != "GC201"]


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda each: each.weight.strip("\\"))
def test_right_derivations_lose_nothing(notation, examine, rubric):
    marks = mark("s", examine(derivation(notation, {})), rubric)
    assert not marks.open
    assert marks.points == marks.full


@pytest.mark.parametrize("slip", MEANS_FIRST, ids=lambda each: f"{each.code}-{each.line}")
def test_a_slip_costs_what_the_rubric_says(slip, examine, rubric):
    made = {"Binary classification": slip}
    marks = mark("s", examine(derivation(NOTATIONS[1], made)), rubric)
    expected = truth(rubric, list(made.items()))
    found = {(each.requirement.case, each.requirement.quantity): each.points for each in marks.results}
    assert found == expected
