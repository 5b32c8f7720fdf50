"""Annotations in the log of a GitHub workflow: one command a line for each fault and each doubt.

What a document says is data: every line end, percent, colon and comma in it is escaped as the runner
undoes it, so that no text of a document becomes a command or a property of one. What is only to be known
(conventions, charitable readings) is left out, since GitHub shows ten annotations a step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradcheck.diagnostic import Diagnostic, Region, Severity
from gradcheck.report.findings import findings
from gradcheck.report.model import DocumentReport, Report
from gradcheck.report.plain import headline
from gradcheck.report.view import View
from gradcheck.report.visible import visible

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
_TOLD = (Severity.ERROR, Severity.WARNING)


def render(report: Report, view: View) -> str:
    """Workflow commands, faults before doubts."""
    commands = [
        _command(
            "error", {"file": error.path, "line": error.line or 1, "title": "cannot be read"}, error.message
        )
        for error in report.errors
    ]
    for severity in _TOLD:
        for document in report.documents:
            commands += _of_document(document, severity)
    return "".join(f"{command}\n" for command in commands)


def _of_document(document: DocumentReport, severity: Severity) -> Iterator[str]:
    for diagnostic in findings(document):
        if diagnostic.severity is severity:
            place: dict[str, str | int] = {
                "file": document.path,
                **_place(diagnostic.labels[0].region),
                "title": diagnostic.kind,
            }
            yield _command(severity.value, place, _message(diagnostic))


def _place(region: Region) -> dict[str, int]:
    """GitHub takes columns only of a place on one line."""
    lines = {"line": region.line, "endLine": region.end_line}
    if region.line != region.end_line:
        return lines
    return lines | {"col": region.column, "endColumn": max(region.column, region.end_column - 1)}


def _message(diagnostic: Diagnostic) -> str:
    notes = (f"{note.kind}: {note.text}" for note in diagnostic.notes)
    return "\n".join([headline(diagnostic), *map(visible, notes)])


def _command(name: str, properties: Mapping[str, str | int], message: str) -> str:
    said = ",".join(f"{key}={visible(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    shown = "\n".join(map(visible, message.split("\n")))
    return f"::{name} {said}::{shown.translate(_DATA)}"
