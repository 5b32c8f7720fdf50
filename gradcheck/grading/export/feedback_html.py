"""Feedback as one HTML page a student, with the mathematics rendered."""

from __future__ import annotations

from pathlib import Path

from gradcheck.grading.feedback import feedback
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Gradebook
from gradcheck.grading.pages import page


def write(book: Gradebook, folder: Path) -> None:
    """Write feedback/STUDENT.html for every student."""
    below = folder / "feedback"
    for entry in book.entries:
        text = page("feedback.html.jinja", told=feedback(entry.marks, book))
        save(below / f"{entry.submission.page}.html", text)
