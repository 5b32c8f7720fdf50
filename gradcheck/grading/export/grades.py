"""Everything that marking found as JSON, for other tools and for whoever wants to know why.

`grades.schema.json` beside this file says what is in it.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from gradcheck.grading.evidence import Line
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Entry, Gradebook
from gradcheck.grading.marks import Marks, Reason, ResultMark

SCHEMA_VERSION = 1


def write(book: Gradebook, folder: Path) -> None:
    """Write grades.json."""
    text = json.dumps(data(book), ensure_ascii=False, indent=1) + "\n"
    save(folder / "grades.json", text)


def data(book: Gradebook) -> dict[str, Any]:
    """The gradebook as what JSON can hold."""
    return {
        "schema_version": SCHEMA_VERSION,
        "title": book.title,
        "points": number(book.rubric.points),
        "warnings": list(book.warnings),
        "students": [_student(entry) for entry in book.entries],
    }


def number(points: Fraction | None) -> float | int | None:
    """Points as a JSON number; whole ones as integers."""
    if points is None:
        return None
    return int(points) if points.denominator == 1 else round(float(points), 6)


def _student(entry: Entry) -> dict[str, Any]:
    marks = entry.marks
    return {
        "student": entry.submission.student,
        "file": str(entry.submission.path),
        "points": number(marks.points),
        "of": number(marks.full),
        "open": len(marks.open),
        "failure": marks.evidence.failure,
        "results": [_result(each, marks) for each in marks.results],
        "elsewhere": [_reason(each, marks) for each in marks.elsewhere],
        "names": [{"case": m.case, "written": m.written, "meant": m.meant} for m in marks.evidence.matches],
        "decisions": [each.said for each in marks.decisions],
    }


def _result(found: ResultMark, marks: Marks) -> dict[str, Any]:
    wanted = found.requirement
    return {
        "case": wanted.case,
        "gradient": wanted.latex,
        "quantity": wanted.quantity,
        "status": str(found.status),
        "points": number(found.points),
        "of": number(wanted.points),
        "line": _place(found.final),
        "reasons": [_reason(each, marks) for each in found.reasons],
    }


def _reason(reason: Reason, marks: Marks) -> dict[str, Any]:
    line = marks.evidence.line(reason.line) if reason.line is not None else None
    return {
        "points": number(reason.points),
        "text": reason.text,
        "line": _place(line),
        "code": None if line is None else line.code,
        "message": None if line is None else line.message,
    }


def _place(line: Line | None) -> dict[str, Any] | None:
    return (
        None
        if line is None
        else {"id": line.id, "line": line.line, "right": line.right, "verdict": line.verdict}
    )
