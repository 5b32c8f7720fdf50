"""The gradebook as CSV: one row a student, one column a required result.

An empty cell is a result without points: a person has to look. It must not read as zero.
"""

from __future__ import annotations

from pathlib import Path

from gradcheck.grading.export.cells import table
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Gradebook, shown


def write(book: Gradebook, folder: Path) -> None:
    """Write gradebook.csv."""
    wanted = book.rubric.requirements
    header = [
        "student",
        "points",
        "of",
        "open",
        *(f"{each.case}: {each.quantity}" for each in wanted),
        "elsewhere",
    ]
    rows = [
        [
            entry.submission.student,
            shown(entry.marks.points),
            shown(entry.marks.full),
            str(len(entry.marks.open)),
            *(shown(each.points) for each in entry.marks.results),
            shown(sum((each.points for each in entry.marks.elsewhere), start=entry.marks.full * 0)),
        ]
        for entry in book.entries
    ]
    save(folder / "gradebook.csv", table([header, *rows]))
