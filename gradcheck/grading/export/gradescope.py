"""Gradescope's results.json, one folder a student.

The form: https://gradescope-autograders.readthedocs.io/en/latest/specs/

Gradescope wants a score from every test. A result that a person has to look at is a test of 0 out of 0, so
that it neither costs nor earns; after a crash that is the only one, and why stands in a test that students
do not see.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gradcheck.grading.export.feedback_markdown import page
from gradcheck.grading.export.grades import number
from gradcheck.grading.feedback import feedback
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Entry, Gradebook
from gradcheck.grading.marks import ResultMark

_LATER = "A person will look at this; it costs no points meanwhile."


def write(book: Gradebook, folder: Path) -> None:
    """Write gradescope/STUDENT/results.json for every student."""
    for entry in book.entries:
        below = folder / "gradescope" / entry.submission.page
        text = json.dumps(results(entry, book), ensure_ascii=False, indent=1) + "\n"
        save(below / "results.json", text)


def results(entry: Entry, book: Gradebook) -> dict[str, Any]:
    """One student's results."""
    marks = entry.marks
    if marks.evidence.failure is not None:
        return {
            "output": "This submission could not be checked by the program. " + _LATER,
            "output_format": "text",
            "visibility": "visible",
            "tests": [
                {"name": "checked by a person", "score": 0, "max_score": 0, "output": _LATER},
                _hidden("why it was not checked", marks.evidence.failure),
            ],
        }
    private = [
        _hidden(
            f"{each.requirement.case}: {each.requirement.quantity}", "; ".join(r.text for r in each.reasons)
        )
        for each in marks.open
    ]
    return {
        "score": number(marks.points),
        "output": page(feedback(marks, book)),
        "output_format": "md",
        "visibility": "visible",
        "tests": [*(_test(each) for each in marks.results), *private],
    }


def _test(found: ResultMark) -> dict[str, Any]:
    wanted = found.requirement
    name = f"{wanted.case}: {wanted.quantity}"
    if found.points is None:
        return {"name": name, "score": 0, "max_score": 0, "output": _LATER, "visibility": "visible"}
    return {
        "name": name,
        "score": number(found.points),
        "max_score": number(wanted.points),
        "output": "\n".join(reason.text for reason in found.reasons),
        "visibility": "visible",
    }


def _hidden(name: str, why: str) -> dict[str, Any]:
    return {"name": name, "score": 0, "max_score": 0, "output": why, "visibility": "hidden"}
