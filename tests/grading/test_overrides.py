"""Decisions of people: loaded with their places checked, applied after every run, shown as theirs."""

import pytest

from gradcheck.grading import overrides
from gradcheck.grading.evidence import Evidence
from gradcheck.grading.marks import Status, mark
from gradcheck.grading.places import FormError
from tests.grading.conftest import evidence_of

DECISIONS = r"""
"004":
  - {line: "34.1", verdict: correct, reason: the figure has the weights renumbered, by: Ada}
"000":
  - case: Binary classification
    gradient: \frac{\partial L}{\partial W^{[2]}}
    points: 1.5
    reason: handed in on paper
"""


def load(text, tmp_path, rubric):
    path = tmp_path / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    return overrides.load(path, rubric)


def test_decisions_count_and_are_shown(tmp_path, rubric):
    decisions = load(DECISIONS, tmp_path, rubric)
    upheld = mark("004", evidence_of("004"), rubric, decisions["004"])
    assert upheld.points == 20
    given = mark("000", evidence_of("000"), rubric, decisions["000"])
    assert str(given.points) == "25/2"
    assert Status.DECIDED in {each.status for each in given.results}
    assert any("on paper" in reason.text for each in given.results for reason in each.reasons)


def test_no_file_is_no_decision(rubric):
    assert overrides.load(None, rubric) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 3\n", ":1:4: a: must be a list"),
        ("a:\n  - {line: '1.1'}\n", "`reason` is missing"),
        ("a:\n  - {points: 21, reason: r}\n", "a submission is worth 20 points at most"),
        ("a:\n  - {line: '1.1', reason: r}\n", "has `line`, `verdict` and `reason`"),
        ("a:\n  - {line: '1.1', verdict: fine, reason: r}\n", "must be correct or"),
        ("a:\n  - {case: Regression, gradient: W^{[2]}, reason: r}\n", ""),
        ("a:\n  - {case: Regression, gradient: 'W^{[2]}', points: 9, reason: r}\n", "worth 2 points at most"),
        ("a:\n  - {case: Regression, gradient: 'Q', points: 1, reason: r}\n", "the rubric requires no Q"),
    ],
)
def test_what_is_wrong_is_told(text, said, tmp_path, rubric):
    with pytest.raises(FormError) as caught:
        load(text, tmp_path, rubric)
    assert said in str(caught.value)


def test_a_line_may_be_named_by_its_number_in_the_file(tmp_path, rubric):
    text = '"004":\n  - {line: 103, verdict: correct, reason: agreed}\n'
    upheld = mark("004", evidence_of("004"), rubric, load(text, tmp_path, rubric)["004"])
    assert upheld.points == 20
    reasons = [reason.text for each in upheld.results for reason in each.reasons]
    assert "line 103: decided by a person: agreed" in reasons


def test_what_follows_from_a_line_that_a_person_calls_right_is_right(tmp_path, rubric):
    text = '"000":\n  - {line: "18.3", verdict: correct, reason: agreed, by: Ada}\n'
    upheld = mark("000", evidence_of("000"), rubric, load(text, tmp_path, rubric)["000"])
    assert upheld.points == 12
    assert Status.FOLLOWS not in {each.status for each in upheld.results}
    assert not any(reason.points for each in upheld.results[:5] for reason in each.reasons)
    told = [reason.text for each in upheld.results for reason in each.reasons]
    assert sum("follows from line 58, decided by Ada: agreed" in text for text in told) >= 2


def test_a_line_that_a_person_calls_wrong_is_charged(tmp_path, rubric):
    before = mark("001", evidence_of("001"), rubric)
    final = before.results[1].final
    text = f'"001":\n  - {{line: {final.line}, verdict: wrong, reason: no step is shown}}\n'
    after = mark("001", evidence_of("001"), rubric, load(text, tmp_path, rubric)["001"])
    assert before.points - after.points == 1
    assert after.results[1].status is Status.WRONG


def test_points_for_all_go_before_everything(tmp_path, rubric):
    text = '"001":\n  - {points: 4.5, reason: late, by: Ada}\n'
    decisions = load(text, tmp_path, rubric)
    given = mark("001", evidence_of("001"), rubric, decisions["001"])
    assert str(given.points) == "9/2"
    unread = mark("001", Evidence(failure="nothing was read"), rubric, decisions["001"])
    assert str(unread.points) == "9/2"
    assert not unread.open


def test_a_decision_about_a_line_that_is_not_there_is_told(tmp_path, rubric):
    for line in ("99.1", "4711"):
        text = f'"001":\n  - {{line: "{line}", verdict: correct, reason: r}}\n'
        decisions = load(text, tmp_path, rubric)
        assert [each.line for each in overrides.lost(evidence_of("001"), decisions["001"])] == [line]
