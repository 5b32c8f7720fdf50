"""Filling in the sheet that a learning platform exported: Canvas's gradebook, Moodle's grading worksheet.

Only cells of the points column, and of a feedback column that is there, change; headers, order, quoting of
other cells' content and unknown rows stay. A row is a student's if one of its identifiers is the submission's
name, or a part of it as the platforms build file names. What fits no row, or several, is told and not filled.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from gradcheck.grading.export.cells import cell
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Entry, Gradebook, shown
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass


class WorksheetError(Exception):
    """A sheet that cannot be filled; the message tells why."""


@dataclass(frozen=True, slots=True)
class Platform:
    """How a platform's sheet is recognised: the columns that name a student, where points and words go."""

    name: str
    marks: frozenset[str]
    identifiers: tuple[str, ...]
    points: str | None
    words: str | None = None


PLATFORMS = (
    Platform(
        "Moodle",
        frozenset({"Identifier", "Grade"}),
        ("Identifier", "ID number", "Email address", "Username", "Full name"),
        "Grade",
        "Feedback comments",
    ),
    Platform(
        "Canvas",
        frozenset({"Student", "ID"}),
        ("SIS Login ID", "SIS User ID", "ID", "Student"),
        None,
    ),
)
_CANVAS_COLUMN = late_pattern(r".+ \(\d+\)")


def fill(path: Path, book: Gradebook, folder: Path, column: str | None) -> list[str]:
    """Write a filled copy of a sheet into the folder; what was left out, in sentences.

    Raises WorksheetError if the sheet is of no known platform or has not the one column that is meant.
    """
    rows, dialect, mark = _read(path)
    header = rows[0]
    platform = next((each for each in PLATFORMS if each.marks <= set(header)), None)
    if platform is None:
        raise WorksheetError(
            f"{path}: neither a Canvas nor a Moodle sheet: its columns are {', '.join(header)}"
        )
    target = header.index(_points_column(path, header, platform, column))
    words = header.index(platform.words) if platform.words in header and platform.words else None
    left = []
    for entry in book.entries:
        fitting = [row for row in rows[1:] if _is_row_of(row, header, platform, entry)]
        if len(fitting) != 1:
            why = "no row" if not fitting else f"{len(fitting)} rows"
            left.append(f"{path.name}: {entry.submission.student}: {why} of this student, not filled")
        elif entry.marks.open:
            left.append(f"{path.name}: {entry.submission.student}: needs a person, not filled")
        else:
            _enter(fitting[0], target, words, entry)
    target_path = folder / path.name
    if target_path.exists() and target_path.samefile(path):
        raise WorksheetError(f"{path}: the filled sheet would take its place; choose another output folder")
    _write(target_path, rows, dialect, mark)
    return left


def _points_column(path: Path, header: Sequence[str], platform: Platform, wanted: str | None) -> str:
    if wanted is not None:
        if header.count(wanted) != 1:
            raise WorksheetError(f"{path}: there is not one column {wanted!r}; there are {', '.join(header)}")
        return wanted
    if platform.points is not None:
        return platform.points
    candidates = [name for name in header if _CANVAS_COLUMN.fullmatch(name)]
    if len(candidates) != 1:
        raise WorksheetError(
            f"{path}: name the column of the assignment with --column: {', '.join(candidates)}"
        )
    return candidates[0]


def _is_row_of(row: Sequence[str], header: Sequence[str], platform: Platform, entry: Entry) -> bool:
    student = entry.submission.student
    names = {_folded(student), *(_folded(part) for part in re.split(r"[_/]", student))}
    for name, value in zip(header, row, strict=False):
        if name in platform.identifiers and value.strip():
            folded = _folded(value)
            if folded in names or folded.removeprefix("participant") in names:
                return True
    return False


def _folded(text: str) -> str:
    """A name without case, blanks and commas, as the platforms build file names from it."""
    return re.sub(r"[\s,]+", "", text).casefold()


def _enter(row: list[str], target: int, words: int | None, entry: Entry) -> None:
    row[target] = shown(entry.marks.points)
    if words is not None:
        row[words] = cell("; ".join(_told(entry)))


def _told(entry: Entry) -> Iterator[str]:
    for each in entry.marks.results:
        wanted = each.requirement
        yield f"{wanted.case}, {wanted.quantity}: {shown(each.points)} of {shown(wanted.points)}"


def _read(path: Path) -> tuple[list[list[str]], str, str]:
    """The rows, the line end, and the byte order mark if there is one."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorksheetError(f"{path}: cannot be read: {error}") from error
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix(mark), newline="")))
    except csv.Error as error:
        raise WorksheetError(f"{path}: no CSV: {error}") from error
    if not rows:
        raise WorksheetError(f"{path}: empty")
    return rows, "\r\n" if "\r\n" in text else "\n", mark


def _write(path: Path, rows: Sequence[Sequence[str]], line_end: str, mark: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    save(path, mark + text.getvalue())
