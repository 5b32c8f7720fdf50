"""What a line earns: policies, follow-through and its guard, what a person has to look at."""

from dataclasses import replace
from fractions import Fraction

import pytest

from gradcheck.grading.evidence import LOSS, PART, Derivative, Deviation, Evidence, Line, Match, Unread
from gradcheck.grading.marks import Status, mark
from gradcheck.grading.overrides import Decision
from gradcheck.grading.rubric import Policies, Requirement, Rubric
from gradcheck.verdict import Verdict

W, B, Z = (Requirement("c", key, key, Fraction(2), Fraction(1)) for key in ("W", "b", "Z"))
RUBRIC = Rubric((W, B))


def line(id, by, verdict="correct", of=LOSS, uses=(), role="gradient", **more):
    """One line of a submission about ∂of/∂by."""
    number = int(id.split(".")[0])
    return Line(
        id, number, "c", role, "h", "h", "=", more.pop("right", "r"), verdict,
        derives=Derivative(of, by), uses=tuple(Derivative(*use) for use in uses), **more,
    )  # fmt: skip


def marked(*lines, rubric=RUBRIC, decisions=(), **evidence):
    return mark("s", Evidence(lines=lines, **evidence), rubric, decisions)


def points(marks):
    return [each.points for each in marks.results]


def statuses(marks):
    return [each.status for each in marks.results]


def policy(**given):
    return replace(RUBRIC, policies=Policies(**given))


def test_the_last_line_that_states_a_result_counts():
    right = marked(line("1.1", "W", "wrong"), line("2.1", "W"), line("3.1", "b"))
    assert statuses(right) == [Status.RIGHT, Status.RIGHT]
    assert points(right) == [2, 3]
    wrong = marked(line("1.1", "W"), line("2.1", "W", "wrong"), line("3.1", "b"))
    assert points(wrong) == [1, 3]
    assert statuses(wrong)[0] is Status.WRONG


def test_a_line_that_only_names_the_gradient_again_states_nothing():
    marks = marked(line("1.1", "W", uses=[(LOSS, "W")]), line("2.1", "b", uses=[("z", "b")]))
    assert statuses(marks) == [Status.MISSING, Status.MISSING]
    assert points(marks) == [1, 1], "the way there is begun"


def test_a_derivative_that_is_derived_may_be_used():
    marks = marked(line("1.1", "Z"), line("2.1", "W", uses=[(LOSS, "Z")]), line("3.1", "b"))
    assert points(marks) == [3, 3]


def test_a_fault_is_charged_once_and_what_follows_keeps_its_points():
    root = line("1.1", "Z", "wrong")
    heirs = [line(f"{n}.1", by, "follows", uses=[(LOSS, "Z")], cause="1.1") for n, by in ((2, "W"), (3, "b"))]
    marks = marked(root, *heirs)
    assert statuses(marks) == [Status.FOLLOWS, Status.FOLLOWS]
    assert points(marks) == [2, 3]
    assert points(marked(root, *heirs, rubric=policy(follow_through="part"))) == [1, 2]
    assert points(marked(root, *heirs, rubric=policy(follow_through="none"))) == [0, 1]


def test_a_trivial_early_answer_earns_no_follow_through():
    root = line("1.1", "Z", "wrong", constant=True)
    heirs = [line(f"{n}.1", by, "follows", cause="1.1") for n, by in ((2, "W"), (3, "b"))]
    marks = marked(root, *heirs)
    assert statuses(marks) == [Status.WRONG, Status.WRONG]
    assert points(marks) == [1, 1]


def test_a_repeated_misconception_costs_once_where_the_policy_says_so():
    lines = [line("1.1", "W", "wrong", code="GC201"), line("2.1", "b", "wrong", code="GC201")]
    rubric = replace(RUBRIC, deductions={"GC201": Fraction(1, 2)})
    assert points(marked(*lines, rubric=rubric)) == [Fraction(5, 2), Fraction(5, 2)]
    once = replace(rubric, policies=Policies(repeated="once"))
    assert points(marked(*lines, rubric=once)) == [Fraction(5, 2), 3]


def test_undecided_is_never_zero():
    marks = marked(line("1.1", "W", "undecided", message="out of time"), line("2.1", "b"))
    assert points(marks) == [None, 3]
    assert statuses(marks)[0] is Status.PERSON
    assert marks.points == 3
    assert [each.requirement.quantity for each in marks.open] == ["W"]


@pytest.mark.parametrize(
    "evidence",
    [
        {"unread": (Unread(7, "\\strange", "unknown command"),)},
        {"failure": "not done within 1 seconds"},
        {"deviations": (Deviation("c", "L", "0"),)},
    ],
)
def test_what_was_not_understood_needs_a_person(evidence):
    assert statuses(marked(**evidence)) == [Status.PERSON, Status.PERSON]


def test_an_undecided_line_about_nothing_known_may_be_the_result():
    strange = Line("1.1", 1, "c", "step", "?", "?", "=", "?", "undecided", message="cannot be read")
    assert statuses(marked(strange)) == [Status.PERSON, Status.PERSON]
    assert statuses(marked(replace(strange, verdict="correct"))) == [Status.MISSING, Status.MISSING]


def test_a_line_that_defines_something_aside_may_be_the_result():
    strange = Line("1.1", 1, "c", "definition", "dW", "dW", "=", "x", "correct", aside=True)
    assert statuses(marked(strange)) == [Status.PERSON, Status.PERSON]
    assert statuses(marked(replace(strange, case="other"))) == [Status.MISSING, Status.MISSING]


def test_the_loss_of_one_sample_alone_needs_a_person():
    marks = marked(line("1.1", "W", of=PART), line("2.1", "b"))
    assert statuses(marks) == [Status.PERSON, Status.RIGHT]


def test_a_missing_result_is_shown_by_a_later_one_or_left_to_the_policy():
    rubric = Rubric((replace(Z, implied_by=("W",)), W))
    assert statuses(marked(line("1.1", "W"), rubric=rubric)) == [Status.IMPLIED, Status.RIGHT]
    assert points(marked(line("1.1", "W"), rubric=rubric)) == [3, 3]
    assert statuses(marked(line("1.1", "W", "wrong"), rubric=rubric)) == [Status.MISSING, Status.WRONG]
    assert statuses(marked(rubric=policy(missing="person"))) == [Status.PERSON, Status.PERSON]


def test_conventions_slips_and_charitable_lines():
    lines = [line("1.1", "W", "convention", conventions=("per-sample",)), line("2.1", "b", "slip")]
    assert points(marked(*lines)) == [3, 3]
    strict = replace(
        RUBRIC, conventions=frozenset(), deductions={"convention": Fraction(1), "slip": Fraction(1, 2)}
    )
    assert points(marked(*lines, rubric=strict)) == [2, Fraction(5, 2)]


@pytest.mark.parametrize(
    ("right", "status"),
    [
        (r"\omega^{[2] T} (u - y)", Status.ACCEPTED),
        (r"W^{[2]T} (A^{[2]} - Y)", Status.ACCEPTED),
        (r"\omega^{[1]T} (u - y)", Status.WRONG),
        (r"\omega^{[2]T} (y - u)", Status.WRONG),
    ],
)
def test_an_accepted_form_may_be_written_in_the_student_s_letters(right, status):
    rubric = Rubric((replace(W, accepted=(r"W^{[2]T} (A^{[2]} - Y)",)),))
    names = ((r"\omega^{[2]}", "W^{[2]}"), ("u", "A^{[2]}"), ("y", "Y"))
    matches = tuple(Match("c", written, meant) for written, meant in names)
    marks = marked(line("1.1", "W", "wrong", right=right), rubric=rubric, matches=matches)
    assert statuses(marks) == [status]
    elsewhere = tuple(replace(match, case="other") for match in matches)
    marks = marked(line("1.1", "W", "wrong", right=right), rubric=rubric, matches=elsewhere)
    assert statuses(marks) == [Status.ACCEPTED if right.startswith("W") else Status.WRONG]


def test_an_accepted_form_is_right_whatever_its_spacing():
    rubric = Rubric((replace(W, accepted=(r"\delta x^T",)),))
    found = marked(line("1.1", "W", "wrong", right=r"\delta  x^{T}"), rubric=rubric)
    assert statuses(found) == [Status.ACCEPTED]
    assert points(found) == [3]


def test_faults_on_no_way_are_charged_only_where_the_policy_says_so():
    stray = Line("9.1", 9, "c", "update", "b", "b", "=", "r", "wrong", code="GC601")
    rubric = replace(RUBRIC, deductions={"GC601": Fraction(1, 2)})
    assert marked(line("1.1", "W"), line("2.1", "b"), stray, rubric=rubric).points == 6
    charging = replace(rubric, policies=Policies(elsewhere="charge"))
    found = marked(line("1.1", "W"), line("2.1", "b"), stray, rubric=charging)
    assert found.points == Fraction(11, 2)
    assert [reason.line for reason in found.elsewhere] == ["9.1"]


def test_losses_never_go_below_zero():
    rubric = replace(RUBRIC, deductions={"wrong": Fraction(50)}, policies=Policies(elsewhere="charge"))
    stray = Line("9.1", 9, "c", "update", "b", "b", "=", "r", "wrong")
    found = marked(line("1.1", "W", "wrong"), stray, rubric=rubric)
    assert points(found)[0] == 0
    assert found.points == 0


def test_decisions_of_people():
    lines = [line("1.1", "W", "wrong"), line("2.1", "b", "undecided")]
    upheld = Decision("s", "read it", "Ada", line="1.1", verdict=Verdict.CORRECT)
    given = Decision("s", "fine", "Ada", case="c", quantity="b", points=Fraction(2))
    found = marked(*lines, decisions=(upheld, given))
    assert points(found) == [3, 2]
    assert statuses(found) == [Status.RIGHT, Status.DECIDED]
    assert "decided by Ada: fine" in found.results[1].reasons[0].text
