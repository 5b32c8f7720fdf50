"""What is written: every format complete, no cell a formula, no page a way into somebody's browser."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from gradcheck.grading.cohort import cohort
from gradcheck.grading.evidence import LOSS, Derivative, Evidence, Line, from_json, to_json
from gradcheck.grading.export import EXPORTS, grades
from gradcheck.grading.export.cells import cell
from gradcheck.grading.export.gradescope import results as gradescope
from gradcheck.grading.export.prairielearn import results as prairielearn
from gradcheck.grading.gradebook import gradebook, shown
from gradcheck.grading.marks import Status
from gradcheck.grading.overrides import Decision
from gradcheck.grading.roster import Submission, roster
from gradcheck.grading.summary import summary
from gradcheck.grading.worksheet import WorksheetError, fill
from gradcheck.verdict import Verdict
from tests.grading.conftest import NAMES, evidence_of

HOSTILE = '=cmd|"/c calc"!A1<script>alert(1)</script>\u202e`</code>'


@pytest.fixture
def book(rubric):
    """The five, one that crashed, and one whose every text is hostile."""
    hostile = Line(
        "1.1", 1, "Regression", "gradient", HOSTILE, HOSTILE, "=", HOSTILE, "wrong", message=HOSTILE,
        derives=Derivative(LOSS, "W^{[2]}"), help=HOSTILE, repair=HOSTILE,
    )  # fmt: skip
    given = [(name, evidence_of(name)) for name in NAMES]
    given += [("crashed", Evidence(failure="Traceback: /secret/path")), (HOSTILE, Evidence(lines=(hostile,)))]
    examined = [
        (Submission(name, name if name.isalnum() else "hostile", Path(f"{number}.md")), evidence)
        for number, (name, evidence) in enumerate(given)
    ]
    return gradebook("Problem 1", rubric, examined, {})


def entry(book, student):
    return next(each for each in book.entries if each.submission.student == student)


@pytest.fixture
def folder(book, tmp_path):
    for export in EXPORTS:
        assert export.is_possible
        export.write(book, tmp_path)
    return tmp_path


def rows(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_every_format_writes_what_it_says(folder):
    for export in EXPORTS:
        assert list(folder.glob(export.writes)), export.name


def test_the_gradebook(folder):
    header, *students = rows(folder / "gradebook.csv")
    found = {row[0]: dict(zip(header, row, strict=True)) for row in students}
    assert [found[name]["points"] for name in NAMES] == ["11", "12", "8", "19", "19"]
    assert found["002"]["Binary classification: W^{[1]}"] == "1.5"
    assert found["crashed"]["open"] == "10"
    assert found["crashed"]["Regression: W^{[2]}"] == "", "what a person has to look at is not zero"


@pytest.mark.parametrize("name", ["gradebook.csv", "lines.csv", "needs-a-person.csv"])
def test_no_cell_is_a_formula(name, folder):
    for row in rows(folder / name):
        for text in row:
            assert not text.lstrip().startswith(("=", "+", "@", "|", "%"))
            assert not text.lstrip().startswith("-") or text.replace(".", "").lstrip("-").isdigit()


@given(st.text(max_size=20))
def test_a_cell_keeps_its_text(text):
    assert cell(text) in (text, f"'{text}")
    assert not cell(text).startswith(("=", "+", "@", "\t", "\r", "\n", " ="))


def test_pages_hold_no_foreign_markup(folder):
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "\u202e" not in text
        assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org/1998/Math/MathML", "")
    markdown = (folder / "feedback" / "hostile.md").read_text(encoding="utf-8")
    assert "<script" not in MarkdownIt("commonmark").render(markdown)


def test_gradescope_is_valid_after_a_crash_and_hides_why(book):
    found = gradescope(entry(book, "crashed"), book)
    for test in found["tests"]:
        assert test["score"] == test["max_score"] == 0
        assert ("secret" in test["output"]) == (test.get("visibility") == "hidden")
    assert "secret" not in found["output"]


def test_gradescope_adds_up(book):
    found = gradescope(entry(book, "004"), book)
    assert found["score"] == 19
    assert sum(test["score"] for test in found["tests"]) == 19
    assert sum(test["max_score"] for test in found["tests"]) == 20


def test_prairielearn_grades_only_what_is_decided(book):
    assert prairielearn(entry(book, "crashed"), book)["gradable"] is False
    assert "secret" not in json.dumps(prairielearn(entry(book, "crashed"), book))
    assert prairielearn(entry(book, "000"), book)["score"] == 0.55


def test_grades_follow_their_schema(folder):
    schema = json.loads(Path(grades.__file__).with_name("grades.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    data = json.loads((folder / "grades.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    statuses = schema["$defs"]["status"]["enum"]
    assert (set(statuses), set(schema["$defs"]["verdict"]["enum"])) == (set(Status), set(Verdict))
    data["students"][0]["results"][0]["points"] = "2"
    assert not Draft202012Validator(schema).is_valid(data)


def test_grades_hold_the_reasons(folder):
    data = json.loads((folder / "grades.json").read_text(encoding="utf-8"))
    result = next(each for each in data["students"] if each["student"] == "004")["results"][-1]
    assert (result["points"], result["of"], result["status"]) == (1, 2, "wrong")
    assert result["reasons"][0]["code"] == "GC503"


@pytest.mark.parametrize(
    ("hints", "reference", "holds", "lacks"),
    [
        ("where", False, [], ["GC503", "belongs", r"\omega_2 \cdot a_1 (1-a_1)"]),
        ("kind", False, ["GC503"], ["`ω₂`", "right would be"]),
        ("repair", False, ["GC503", "belongs"], ["right would be"]),
        ("repair", True, ["GC503", "belongs", "right would be"], []),
    ],
)
def test_hints(hints, reference, holds, lacks, book, tmp_path):
    told = replace(book, rubric=replace(book.rubric, hints=hints, reference=reference))
    next(each for each in EXPORTS if each.name == "feedback_markdown").write(told, tmp_path)
    text = (tmp_path / "feedback" / "004.md").read_text(encoding="utf-8")
    assert "line 103 is wrong" in text
    assert all(each in text for each in holds)
    assert not any(each in text for each in lacks)


def test_the_class(book):
    found = cohort(book)
    assert (found.students, found.open) == (7, 1)
    assert sum(found.shares) == 6
    first = {fault.code: (fault.students, fault.lines) for fault in found.faults}
    assert first["GC201"] == (1, 3)
    assert first["GC601"] == (1, 2)
    assert "GC201" in summary(book, found)
    assert "needs" in summary(book, found) or "need a person" in summary(book, found)


# --- sheets of other platforms --------------------------------------------------------------------

CANVAS = (
    "\ufeffStudent,ID,SIS Login ID,Section,Sheet 1 (77),Final Score\r\n"
    '    Points Possible,,,,20,(read only)\r\n"Adams, Ann",101,000,S1,,\r\n"Bell, Bo",102,004,S1,7,\r\n'
    '"Cole, Cy",103,nobody,S1,,\r\n"=SUM(1)",104,crashed,S1,,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Grade,Maximum Grade,Feedback comments\n"
    "Participant 000,Ann Adams,a@x.org,,20.00,\nParticipant 9,Bo Bell,b@x.org,,20.00,\n"
)


def test_canvas(book, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(CANVAS.encode("utf-8"))
    out = tmp_path / "out"
    out.mkdir()
    left = fill(sheet, book, out, None)
    filled = (out / "sheet.csv").read_bytes().decode("utf-8")
    assert filled == CANVAS.replace("000,S1,,", "000,S1,11,").replace("004,S1,7", "004,S1,19").replace(
        '"=SUM(1)"', "=SUM(1)"
    )
    assert {text.split(": ")[1] for text in left} == {"001", "002", "003", "crashed", HOSTILE}


def test_moodle(book, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(MOODLE, encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    fill(sheet, book, out, None)
    found = rows(out / "sheet.csv")
    assert found[0] == MOODLE.splitlines()[0].split(",")
    assert found[1][3] == "11"
    assert "Regression, W^{[1]}: 2 of 3" in found[1][5]
    assert found[2][3] == ""


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("Name,Mark\nx,1\n", None, "neither a Canvas nor a Moodle sheet"),
        (CANVAS, "Sheet 2 (78)", "there is not one column"),
        ("Student,ID,A (1),B (2)\n", None, "--column"),
        ("", None, "empty"),
    ],
)
def test_no_header_is_invented(text, column, said, book, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(text, encoding="utf-8")
    with pytest.raises(WorksheetError, match=said):
        fill(sheet, book, tmp_path / "out", column)


# --- names and numbers ----------------------------------------------------------------------------


def test_pages_of_two_students_are_two_files(tmp_path):

    paths = [tmp_path / name for name in ("in/a/hw.md", "in/b/hw.md", "in/ann.md", "in/ann.txt", "in/é ü.md")]
    found = roster(paths)
    assert len({each.page.casefold() for each in found}) == len(paths)
    assert not any("/" in each.page or each.page.startswith(".") for each in found)
    assert [each.student for each in found] == ["a/hw", "ann.md", "ann.txt", "b/hw", "é ü"]


@pytest.mark.parametrize(("points", "text"), [("19", "19"), ("3/2", "1.5"), ("1/3", "0.3333"), ("0", "0")])
def test_points_are_shown_as_decimals(points, text):
    assert shown(Fraction(points)) == text


@pytest.mark.parametrize("name", NAMES)
def test_evidence_survives_its_file(name):
    assert from_json(to_json(evidence_of(name))) == evidence_of(name)


def test_a_decision_that_fits_nothing_is_a_warning(rubric):
    where = (Submission("004", "004", Path("004.md")), evidence_of("004"))
    lost = Decision("004", "r", line="99.9", verdict=Verdict.CORRECT)
    book = gradebook("t", rubric, [where], {"004": (lost,), "nobody": ()})
    assert len(book.warnings) == 2
