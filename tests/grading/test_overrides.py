"""Decisions of people: loaded with their places checked, applied after every run, shown as theirs."""

import pytest

from gradcheck.grading import overrides
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
