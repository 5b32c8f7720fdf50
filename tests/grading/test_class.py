"""A small simulated class: right derivations lose nothing, and slips cost what they should."""

import pytest

from gradcheck.grading.marks import Status, mark
from tests.benchmarks.class_of_1000.students import SLIPS, derivation, truth
from tests.benchmarks.class_of_1000.styles import Notation

QUOTIENT = r"\frac{{\partial L}}{{\partial {}}}"
NABLA = r"\nabla_{{{}}} L"
NOTATIONS = {
    "matrix": Notation("W", "b", "Z", "A", "X", "Y", "^{{[{}]}}", "d{}", True),
    "quotients": Notation("V", "c", "S", "H", "X", "Y", "^{{[{}]}}", QUOTIENT, True),
    "greek": Notation(r"\Theta", "b", "U", "A", "X", "Y", "^{{[{}]}}", "d{}", False),
    "subscripts": Notation("V", "b", "S", "A", "X", "Y", "_{}", NABLA, False),
    "samples": Notation("V", "c", "S", "H", "X", "Y", "^{{[{}]}}", QUOTIENT, True, "samples"),
    "samples-late": Notation("U", "b", "T", "A", "X", "Y", "_{}", NABLA, False, "samples"),
    "units": Notation("W", "b", "Z", "A", "X", "Y", "^{{[{}]}}", QUOTIENT, True, "units"),
    "units-late": Notation("W", "c", "T", "H", "X", "Y", "^{{[{}]}}", "d{}", False, "units"),
    "rows": Notation("W", "b", "Z", "A", "X", "Y", "^{{[{}]}}", QUOTIENT, True, "rows"),
    "rows-late": Notation("V", "c", "S", "H", "X", "Y", "_{}", "d{}", False, "rows"),
    "signals": Notation("V", "b", "U", "A", "X", "Y", "_{}", NABLA, False, "signals"),
    "entries": Notation("W", "b", "Z", "A", "X", "Y", "^{{[{}]}}", QUOTIENT, True, "entries"),
    "plain": Notation("V", "b", "S", "H", "X", "Y", "_{}", QUOTIENT, False, "plain"),
}
EACH = pytest.mark.parametrize("notation", NOTATIONS.values(), ids=NOTATIONS)


@EACH
def test_right_derivations_lose_nothing(notation, examine, rubric):
    marks = mark("s", examine(derivation(notation, {})), rubric)
    assert not marks.open
    assert marks.points == marks.full


@EACH
def test_a_lost_mean_and_a_wrong_sign(notation, examine, rubric):
    """Where the mean comes at the output, its place is not at the parameters."""
    lost = next(slip for slip in SLIPS if slip.code == ("GC501" if notation.mean_first else "GC201"))
    sign = next(slip for slip in SLIPS if slip.line == "b1" and slip.code == "GC501")
    made = {"Regression": lost, "Binary classification": sign}
    marks = mark("s", examine(derivation(notation, made)), rubric)
    assert points(marks) == truth(rubric, list(made.items()))


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        pytest.param(name, slip, id=f"{name}-{slip.code}-{slip.line}")
        for name in ("quotients", "greek", "samples-late", "units-late", "rows-late", "signals", "entries")
        for slip in SLIPS
        if not (NOTATIONS[name].mean_first and slip.code == "GC201")
    ],
)
def test_a_slip_costs_what_the_rubric_says(name, slip, examine, rubric):
    made = {"Binary classification": slip}
    marks = mark("s", examine(derivation(NOTATIONS[name], made)), rubric)
    assert points(marks) == truth(rubric, list(made.items()))


def test_what_was_matched_with_nothing_is_never_missing(examine, rubric):
    """Letters of components that no line relates to the assignment's: a person looks."""
    notation = Notation("U", "b", "Z", "H", "X", "Y", "^{{[{}]}}", NABLA, False, "units")
    results = mark("s", examine(derivation(notation, {})), rubric).results
    assert not [each for each in results if each.status is Status.MISSING]


def points(marks):
    return {(each.requirement.case, each.requirement.quantity): each.points for each in marks.results}
