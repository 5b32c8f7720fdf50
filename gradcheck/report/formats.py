"""The output formats: one record each, found by the command line and by the tests.

A format's module has one function, `render(report, view) -> str`. It is named here and imported when it
is used, so that JSON does not pay for rich. To add a format, write its module and add its record.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import cast

from gradcheck.records import dataclass
from gradcheck.report.model import Report
from gradcheck.report.view import View

Render = Callable[[Report, View], str]


class MissingPackageError(Exception):
    """A format needs a package that is not installed; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Format:
    """An output format.

    name     on the command line
    module   that writes it
    purpose  what it is for
    file     its name in a directory of reports; empty where it is not kept there
    """

    name: str
    module: str
    purpose: str
    file: str = ""

    def load(self) -> None:
        """Import what writes it, if that is installed."""
        with suppress(ModuleNotFoundError):
            import_module(self.module)

    def render(self, report: Report, view: View) -> str:
        """The report as text in this format; raises MissingPackageError where an extra is not installed."""
        try:
            render = cast(Render, import_module(self.module).render)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("gradcheck"):
                raise
            message = f"--format {self.name} needs {error.name}: pip install 'gradcheck[{self.name}]'"
            raise MissingPackageError(message) from error
        return render(report, view)


FORMATS = {
    each.name: each
    for each in (
        Format(
            "terminal",
            "gradcheck.report.terminal",
            "for a person, in a terminal or a text file",
            "report.txt",
        ),
        Format("json", "gradcheck.report.json", "for other tools, by a versioned schema", "report.json"),
        Format(
            "html",
            "gradcheck.report.html",
            "one page with the mathematics rendered, for a browser",
            "report.html",
        ),
        Format("markdown", "gradcheck.report.markdown", "for a comment on a pull request", "report.md"),
        Format("junit", "gradcheck.report.junit", "JUnit XML, one test case a link"),
        Format("sarif", "gradcheck.report.sarif", "SARIF 2.1.0, for code scanning"),
        Format("github", "gradcheck.report.github", "annotations in the log of a GitHub workflow"),
    )
}
