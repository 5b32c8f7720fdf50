"""Every line of every submission as CSV, for research: one row a link, in the order of the documents."""

from __future__ import annotations

from pathlib import Path

from gradcheck.grading.evidence import Line
from gradcheck.grading.export.cells import table
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Gradebook

_TEXTS = (
    "id", "case", "role", "head", "left", "relation", "right", "verdict", "certainty", "code", "name",
    "cause", "message",
)  # fmt: skip


def write(book: Gradebook, folder: Path) -> None:
    """Write lines.csv."""
    rows = [["student", "line", *_TEXTS, "conventions", "derived quantity"]]
    for entry in book.entries:
        rows += [_row(entry.submission.student, line) for line in entry.marks.evidence.lines]
    save(folder / "lines.csv", table(rows))


def _row(student: str, line: Line) -> list[str]:
    texts = [str(getattr(line, name) or "") for name in _TEXTS]
    derives = line.derives.by if line.derives is not None else ""
    return [student, str(line.line), *texts, " ".join(line.conventions), derives]
