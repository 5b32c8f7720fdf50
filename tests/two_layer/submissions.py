"""The five submissions, their assignment, and what a teacher says of them; each judged once for all tests."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.checking.check import check
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.hearing.problem import pose
from gradcheck.diagnosis.telling import Telling, tell
from gradcheck.reading.document import Document, read

FOLDER = Path(__file__).parents[2] / "derivations" / "two-layer"
ASSIGNMENT = FOLDER / "assignment.md"
NAMES = ("000", "001", "002", "003", "004")


@dataclass(frozen=True, slots=True)
class Expected:
    """One row of a table: what is said of one relation sign, and why where that is not plain."""

    n: int
    line: int
    left: str
    right: str
    verdict: str
    head: str | None = None
    step: str | None = None
    code: str | None = None
    cause: int | None = None
    reason: str | None = None


def path_of(name: str) -> Path:
    """The file of a submission."""
    return FOLDER / "submissions" / f"{name}.md"


@cache
def expected(name: str) -> tuple[Expected, ...]:
    """A submission's table, in the order of the document."""
    table = Path(__file__).parent / "expected" / f"{name}.toml"
    return tuple(Expected(**row) for row in tomllib.loads(table.read_text(encoding="utf-8"))["link"])


@cache
def assignment() -> Document:
    """The problem that all of them answer."""
    return read(ASSIGNMENT)


@cache
def judged(name: str, seed: int = 0) -> Checked:
    """A submission, judged."""
    return judge(read(path_of(name)), seed)


def judge(document: Document, seed: int = 0) -> Checked:
    """A document, judged against the assignment."""
    return check(document, pose(document, assignment()), seed)


def found(name: str, seed: int = 0) -> list[tuple[Case, Judgement]]:
    """The judgements of a submission in the order of the document."""
    return list(judged(name, seed).judgements())


@cache
def told(name: str) -> dict[str, Telling]:
    """What is told of a submission's links, by their ids."""
    return dict(tell(judged(name)))
