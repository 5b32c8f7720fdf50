"""The shipped assignment and its submissions, examined once for all tests of grading."""

from functools import cache
from pathlib import Path

import pytest

from gradcheck.examination import Examination, assigned
from gradcheck.grading.evidence import Evidence
from gradcheck.grading.rubric import Rubric, load

FOLDER = Path(__file__).parents[2] / "derivations" / "two-layer"
ASSIGNMENT = FOLDER / "assignment.md"
RUBRIC = FOLDER / "rubric.yaml"
NAMES = ("000", "001", "002", "003", "004")


@cache
def evidence_of(name: str) -> Evidence:
    """The evidence of a shipped submission."""
    return Examination(ASSIGNMENT)(FOLDER / "submissions" / f"{name}.md")


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    """The shipped rubric."""
    return load(RUBRIC, assigned(ASSIGNMENT))


@pytest.fixture
def examine(tmp_path):
    """Examines a text as if it were a submission."""

    def run(text: str) -> Evidence:
        path = tmp_path / "submission.md"
        path.write_text(text, encoding="utf-8")
        return Examination(ASSIGNMENT)(path)

    return run
