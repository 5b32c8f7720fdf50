"""What is written of a gradebook: one file a format, one record each, found by the command and by the tests.

A format's module has one function, `write(book, folder)`. Every name of a file comes from the roster, so
nothing is written outside the folder. To add a format, write its module and add its record.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from gradcheck.grading.gradebook import Gradebook
from gradcheck.records import dataclass

Write = Callable[[Gradebook, Path], None]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its module, what it writes, what that is for, and a package beyond the base that it needs."""

    name: str
    writes: str
    purpose: str
    needs: str | None = None

    @property
    def is_possible(self) -> bool:
        """Whether what it needs is installed."""
        return self.needs is None or find_spec(self.needs) is not None

    def write(self, book: Gradebook, folder: Path) -> None:
        """Write the gradebook in this format below the folder."""
        module = import_module(f"gradcheck.grading.export.{self.name}")
        cast(Write, module.write)(book, folder)


EXPORTS = (
    Export("table", "gradebook.csv", "one row a student"),
    Export("grades", "grades.json", "everything, for other tools"),
    Export("person", "needs-a-person.csv", "the results that have no points yet, and why"),
    Export("lines", "lines.csv", "one row a line, for research"),
    Export("feedback_markdown", "feedback/*.md", "what each student is told"),
    Export("feedback_html", "feedback/*.html", "the same with the mathematics rendered", "jinja2"),
    Export("cohort_html", "cohort.html", "what the class has understood and what not", "jinja2"),
    Export("gradescope", "gradescope/*/results.json", "Gradescope's autograder results"),
    Export("prairielearn", "prairielearn/*/results.json", "PrairieLearn's external grading results"),
)
