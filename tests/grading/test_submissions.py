"""The five submissions marked with the shipped rubric: the marks a teacher gives, result by result.

000  regression: σ′(1 − σ′) on line 58 costs 1 once, on the way to ∂L/∂W¹; ∂L/∂W¹ and ∂L/∂b¹ follow from it
     and lose nothing more. Classification ends at ∂L/∂z = a − y, right; four gradients are not there.
001  regression is right throughout, in parts by shapes (⊙ not written); classification ends early.
002  regression is not there. Classification: the mean is lost three times and charged once, where it enters;
     on the way to ∂L/∂W¹ a denominator t − t (0.5) and the lost W² (1). The last lines are right.
003  right in both cases, constants dropped as announced; the sum from 0 to N (0.5) and the updates without
     the learning rate (0.5, twice the same) are charged outside the results.
004  right but for ω₁ in place of ω₂ in the last line: 1 of the 2 points.
"""

from fractions import Fraction

import pytest

from gradcheck.grading.marks import mark
from tests.grading.conftest import NAMES, evidence_of

REGRESSION, BINARY = "Regression", "Binary classification"
QUANTITIES = ("Z^{[2]}", "W^{[2]}", "b^{[2]}", "W^{[1]}", "b^{[1]}")
TOTALS = {"000": "11", "001": "12", "002": "8", "003": "19", "004": "19"}
FULL = ["2", "2", "1", "3", "2"]
RESULTS = {
    ("000", REGRESSION): ["2 right", "2 right", "1 right", "2 follows", "2 follows"],
    ("000", BINARY): ["2 right", "0 missing", "0 missing", "0 missing", "0 missing"],
    ("001", REGRESSION): ["2 right", "2 right", "1 right", "3 right", "2 right"],
    ("001", BINARY): ["2 right", "0 missing", "0 missing", "0 missing", "0 missing"],
    ("002", REGRESSION): ["0 missing", "0 missing", "0 missing", "0 missing", "0 missing"],
    ("002", BINARY): ["2 implied", "2 right", "1/2 right", "3/2 right", "2 right"],
    ("003", REGRESSION): ["2 implied", "2 right", "1 right", "3 right", "2 right"],
    ("003", BINARY): ["2 implied", "2 right", "1 right", "3 right", "2 right"],
    ("004", REGRESSION): ["2 right", "2 right", "1 right", "3 right", "2 right"],
    ("004", BINARY): ["2 implied", "2 right", "1 right", "3 right", "1 wrong"],
}
# (case, quantity) -> the lines that cost something there, with what they cost
CHARGES = {
    "000": {(REGRESSION, "W^{[1]}"): {58: "-1"}},
    "001": {},
    "002": {
        (BINARY, "b^{[2]}"): {61: "-1/2"},
        (BINARY, "W^{[1]}"): {65: "-1/2", 77: "-1"},
    },
    "003": {},
    "004": {(BINARY, "b^{[1]}"): {103: "-1"}},
}
ELSEWHERE = {"000": {}, "001": {}, "002": {}, "003": {22: "-1/2", 113: "-1/2"}, "004": {}}


def charges(reasons, evidence):
    """line -> points for the reasons that cost something at a line."""
    found = {}
    for reason in reasons:
        if reason.points and reason.line is not None:
            line = evidence.line(reason.line).line
            found[line] = str(Fraction(found.get(line, 0)) + reason.points)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_total(name, rubric):
    marks = mark(name, evidence_of(name), rubric)
    assert str(marks.points) == TOTALS[name]
    assert marks.full == 20
    assert not marks.open


@pytest.mark.parametrize(("name", "case"), RESULTS)
def test_each_result(name, case, rubric):
    marks = mark(name, evidence_of(name), rubric)
    results = [each for each in marks.results if each.requirement.case == case]
    assert [each.requirement.quantity for each in results] == list(QUANTITIES)
    assert [str(each.requirement.points) for each in results] == FULL
    assert [f"{each.points} {each.status}" for each in results] == RESULTS[name, case]


@pytest.mark.parametrize("name", NAMES)
def test_each_lost_point_is_explained_by_its_line(name, rubric):
    marks = mark(name, evidence_of(name), rubric)
    found = {
        (each.requirement.case, each.requirement.quantity): lost
        for each in marks.results
        if (lost := charges(each.reasons, marks.evidence))
    }
    assert found == CHARGES[name]
    assert charges(marks.elsewhere, marks.evidence) == ELSEWHERE[name]
    for each in marks.results:
        lost = sum(reason.points for reason in each.reasons)
        assert each.points == each.requirement.points + lost
