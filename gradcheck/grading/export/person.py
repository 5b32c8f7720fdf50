"""What a person has to look at, as CSV: one row a result that has no points yet."""

from __future__ import annotations

from pathlib import Path

from gradcheck.grading.export.cells import table
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Entry, Gradebook, shown
from gradcheck.grading.marks import ResultMark


def write(book: Gradebook, folder: Path) -> None:
    """Write needs-a-person.csv, with its header alone where nothing is open."""
    header = ["student", "file", "case", "result", "points at stake", "line", "why"]
    rows = [_row(entry, each) for entry in book.entries for each in entry.marks.open]
    save(folder / "needs-a-person.csv", table([header, *rows]))


def _row(entry: Entry, found: ResultMark) -> list[str]:
    return [
        entry.submission.student,
        str(entry.submission.path),
        found.requirement.case,
        found.requirement.latex,
        shown(found.requirement.points),
        str(found.final.line) if found.final else "",
        "; ".join(reason.text for reason in found.reasons),
    ]
