"""The command: what it writes, what it tells, and that new marks need no new checking."""

import csv
import json
from pathlib import Path

import pytest

from gradcheck.cli import main
from gradcheck.grading.cache import Cache
from tests.grading.conftest import ASSIGNMENT, FOLDER, RUBRIC, evidence_of


@pytest.fixture
def output(tmp_path):
    """An output folder in which submission 004 is examined already."""
    folder = tmp_path / "out"
    cache = Cache.of(folder / "evidence", ASSIGNMENT, 0)
    cache.put(cache.key(FOLDER / "submissions" / "004.md"), evidence_of("004"))
    return folder


def grade(output: Path, *more: str, rubric: Path = RUBRIC) -> int:
    submission = str(FOLDER / "submissions" / "004.md")
    return main(
        [
            "grade",
            submission,
            "--assignment",
            str(ASSIGNMENT),
            "--rubric",
            str(rubric),
            "-o",
            str(output),
            *more,
        ]
    )


def points(output: Path) -> list[str]:
    with (output / "gradebook.csv").open(encoding="utf-8") as file:
        return [row["points"] for row in csv.DictReader(file)]


@pytest.fixture
def no_checking(monkeypatch):
    """Fails whoever examines a submission."""

    def examined(*given):
        raise AssertionError("nothing is to be checked again")

    monkeypatch.setattr("gradcheck.grading.workers.examined", examined)


@pytest.mark.usefixtures("no_checking")
def test_marks_follow_the_rubric_and_the_decisions_without_checking(output, tmp_path, capsys):
    assert grade(output) == 0
    assert points(output) == ["19"]
    assert "19 of 20" in capsys.readouterr().out
    strict = tmp_path / "strict.yaml"
    strict.write_text(RUBRIC.read_text(encoding="utf-8").replace("GC503: 1 ", "GC503: 2 "), encoding="utf-8")
    assert grade(output, rubric=strict) == 0
    assert points(output) == ["18"]
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(
        '"004": [{line: "34.1", verdict: correct, reason: seen, by: Ada}]\n', encoding="utf-8"
    )
    assert grade(output, "--overrides", str(decisions)) == 0
    assert points(output) == ["20"]
    assert "decided by Ada" in (output / "grades.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_checking")
def test_the_same_input_gives_the_same_bytes(output):
    assert grade(output) == 0
    files = [path for path in output.rglob("*") if path.is_file()]
    first = {path: path.read_bytes() for path in files}
    assert grade(output) == 0
    assert {path: path.read_bytes() for path in files} == first
    assert json.loads((output / "grades.json").read_text(encoding="utf-8"))["points"] == 20


@pytest.mark.usefixtures("no_checking")
def test_what_is_wrong_with_the_rubric_is_told_before_anything_is_checked(tmp_path, capsys):
    broken = tmp_path / "rubric.yaml"
    broken.write_text("required:\n  Regression: [Q]\n", encoding="utf-8")
    assert grade(tmp_path / "out", rubric=broken) == 2
    assert "rubric.yaml:2:16" in capsys.readouterr().err


def test_no_submission_is_told(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    given = ["grade", str(tmp_path / "in"), "--assignment", str(ASSIGNMENT), "-o", str(tmp_path / "out")]
    assert main(given) == 5
    assert "no submission" in capsys.readouterr().err


@pytest.mark.usefixtures("no_checking")
def test_a_sheet_that_cannot_be_filled_is_told(output, tmp_path, capsys):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("a,b\n", encoding="utf-8")
    assert grade(output, "--fill", str(sheet)) == 2
    assert "neither a Canvas nor a Moodle sheet" in capsys.readouterr().err
