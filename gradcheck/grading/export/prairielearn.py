"""PrairieLearn's results.json for external grading, one folder a student.

A score there is final and a share of 1, so a submission that cannot be read, or in which a person has to
look at a result, is not gradable yet: that costs a student neither points nor an attempt.
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


def write(book: Gradebook, folder: Path) -> None:
    """Write prairielearn/STUDENT/results.json for every student."""
    for entry in book.entries:
        below = folder / "prairielearn" / entry.submission.page
        text = json.dumps(results(entry, book), ensure_ascii=False, indent=1) + "\n"
        save(below / "results.json", text)


def results(entry: Entry, book: Gradebook) -> dict[str, Any]:
    """One student's results."""
    marks = entry.marks
    if marks.evidence.failure is not None:
        return {"gradable": False, "message": "This submission could not be read; a person will look at it."}
    told = page(feedback(marks, book))
    if marks.open:
        return {"gradable": False, "message": "A person will look at a part of this.", "output": told}
    return {
        "gradable": True,
        "score": round(float(marks.points / marks.full), 6) if marks.full else 0,
        "message": f"{number(marks.points)} of {number(marks.full)} points",
        "output": told,
        "tests": [
            {
                "name": f"{each.requirement.case}: {each.requirement.quantity}",
                "points": number(each.points),
                "max_points": number(each.requirement.points),
                "message": "; ".join(reason.text for reason in each.reasons),
            }
            for each in marks.results
        ],
    }
