"""Feedback as one HTML page a student, with the mathematics rendered."""

from __future__ import annotations

from pathlib import Path

from gradcheck.grading.feedback import feedback
from gradcheck.grading.gradebook import Gradebook
from gradcheck.grading.pages import page


def write(book: Gradebook, folder: Path) -> None:
    """Write feedback/STUDENT.html for every student."""
    below = folder / "feedback"
    below.mkdir(exist_ok=True)
    for entry in book.entries:
        text = page("feedback.html.jinja", told=feedback(entry.marks, book))
        (below / f"{entry.submission.page}.html").write_text(text, encoding="utf-8")
