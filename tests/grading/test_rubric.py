"""A rubric is checked when it is loaded, and what is wrong is told with its place."""

from fractions import Fraction

import pytest

from gradcheck.examination import assigned
from gradcheck.grading.places import FormError
from gradcheck.grading.rubric import KEYS, load
from gradcheck.verdict import Verdict
from tests.grading.conftest import ASSIGNMENT, RUBRIC

REQUIRED = "required:\n  Regression:\n    - W^{[2]}\n"


@pytest.fixture
def loaded(tmp_path):
    def run(text):
        path = tmp_path / "rubric.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path, assigned(ASSIGNMENT))

    return run


def test_shipped(rubric):
    assert rubric.points == 20
    assert rubric.deduction(Verdict.WRONG, "GC401", "sigmoid-prime-for-sigmoid") == 1
    assert rubric.deduction(Verdict.WRONG, "GC201", None) == Fraction(1, 2)
    assert rubric.deduction(Verdict.SLIP, "GC701", None) == 0


def test_the_assignment_alone_is_a_rubric():
    rubric = load(ASSIGNMENT, assigned(ASSIGNMENT))
    assert [each.quantity for each in rubric.requirements] == ["W^{[2]}", "b^{[2]}", "W^{[1]}", "b^{[1]}"] * 2
    assert rubric.conventions == {"per-sample", "constant-factor", "component"}


def test_the_nearest_deduction_counts(loaded):
    rubric = loaded(REQUIRED + "deductions: {wrong: all, GC4: 2, GC401: 0.25, missing-transpose: 1}\n")
    assert rubric.deduction(Verdict.WRONG, "GC401", "sigmoid-prime-for-sigmoid") == Fraction(1, 4)
    assert rubric.deduction(Verdict.WRONG, "GC402", "activation-for-derivative") == 2
    assert rubric.deduction(Verdict.WRONG, "GC101", "missing-transpose") == 1
    assert rubric.deduction(Verdict.WRONG, None, None) is None


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", "rubric.yaml", "`required` is missing"),
        ("required: [", ":1:", "no YAML"),
        ("required: 3\n", ":1:11", "must be a mapping"),
        ("required: {}\n", ":1:11", "nothing is required"),
        ("required:\n  Ranking:\n    - W\n", ":3:5", "no such case"),
        ("required:\n  Regression:\n    - Q^{[7]}\n", ":3:7", "is no quantity of the assignment"),
        ("required:\n  Regression:\n    - 1 + 2\n", ":3:7", "must be a gradient"),
        ("required:\n  Regression:\n    - {result: 1}\n", ":3:7", "`gradient` is missing"),
        ("required:\n  Regression:\n    - {gradient: W^{[2]}, pints: 1}\n", ":3:2", ""),
        (REQUIRED + "    - W^{[2]}\n", ":4:7", "required twice"),
        (REQUIRED + "deductions:\n  GC999: 1\n", ":5:10", "no misconception's code"),
        (REQUIRED + "deductions:\n  GC401: -1\n", ":5:10", "must be a number from 0"),
        (REQUIRED + "deductions:\n  GC401: 1e9\n", ":5:10", "must be a number"),
        (REQUIRED + "deductions:\n  GC401: 1\n  GC401: 2\n", ":6:3", "stands here twice"),
        (REQUIRED + "policies:\n  follow-through: maybe\n", ":5:19", "must be full or part or none"),
        (REQUIRED + "policies:\n  kindness: full\n", ":5:3", "unknown; known are"),
        (REQUIRED + "polices: {}\n", ":4:1", "unknown; known are"),
        (REQUIRED + "conventions: [lucky]\n", ":4:15", "must be per-sample or"),
        (REQUIRED + "points: {result: !!python/object/apply:os.getcwd []}\n", ":4:18", "must be a text"),
        (REQUIRED + "feedback: {hints: everything}\n", ":4:19", "must be where or kind or repair"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, place, said, loaded):
    with pytest.raises(FormError) as caught:
        loaded(text)
    assert place in str(caught.value)
    assert said in str(caught.value)


def test_a_place_in_front_matter_counts_the_file_s_lines(tmp_path):
    text = ASSIGNMENT.read_text(encoding="utf-8")
    assert "required:\n  Regression:" in text
    broken = text.replace("required:\n  Regression:", "required:\n  Regresion:")
    path = tmp_path / "assignment.md"
    path.write_text(broken, encoding="utf-8")
    line = broken.splitlines().index("  Regresion:") + 2
    with pytest.raises(FormError, match=f"assignment.md:{line}:"):
        load(path, assigned(ASSIGNMENT))


def test_shipped_rubric_says_what_each_deduction_is_for():
    commented = [line for line in RUBRIC.read_text(encoding="utf-8").splitlines() if line.startswith("  GC")]
    assert commented
    assert all("#" in line for line in commented)


def test_every_key_is_documented():
    text = (ASSIGNMENT.parents[1] / "README.md").read_text(encoding="utf-8")
    section = text.partition("## Rubrics")[2].partition("\n## ")[0]
    assert not [key for key in KEYS if key != "title" and f"| `{key}` |" not in section]


def test_the_documented_entries_are_read(loaded):
    text = (ASSIGNMENT.parents[1] / "README.md").read_text(encoding="utf-8")
    example = text.partition("## Rubrics")[2].partition("```yaml\n")[2].partition("```")[0]
    plain, mapping = loaded(
        example.replace("W}", "W^{[2]}}").replace("b}", "b^{[2]}}").replace("[b]", "['b^{[2]}']")
    ).requirements
    assert (plain.result, plain.working) == (1, 0)
    assert (mapping.result, mapping.working, mapping.implied_by) == (2, 1, ("b^{[2]}",))


def test_a_rubric_in_the_front_matter(tmp_path):
    text = ASSIGNMENT.read_text(encoding="utf-8")
    entry = r"    - \frac{\partial L}{\partial W^{[2]}}"
    path = tmp_path / "assignment.md"
    path.write_text(
        text.replace(entry, "    - {gradient: 'W^{[2]}', result: 3}").replace(
            "sizes:", "points: {result: 2}\nsizes:"
        ),
        encoding="utf-8",
    )
    assert [each.points for each in load(path, assigned(path)).requirements] == [3, 2, 2, 2] * 2
