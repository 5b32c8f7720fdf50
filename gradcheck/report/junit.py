"""JUnit XML: one suite a document, one case a link, for the test views of CI systems.

A case keeps its name when lines are added above it: scope and formula, numbered where they are equal. What
is undecided or unread is skipped, with the reason; there is no time, so the same report gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gradcheck.diagnostic import Diagnostic, Severity
from gradcheck.report.findings import findings, link_findings
from gradcheck.report.fingerprint import one_line
from gradcheck.report.model import DocumentReport, FileError, LinkReport, Report
from gradcheck.report.plain import headline, lines
from gradcheck.report.view import View
from gradcheck.report.visible import visible
from gradcheck.verdict import Verdict

_LONGEST = 160
_FAILED = {Verdict.WRONG, Verdict.FOLLOWS}


@dataclass(frozen=True, slots=True)
class _Case:
    """A test case: what became of it (`failure`, `skipped`, `error`, nothing), and what is said of it."""

    name: str
    outcome: str | None
    message: str = ""
    kind: str = ""
    text: str = ""


def render(report: Report, view: View) -> str:
    """The report as JUnit XML with a final line end."""
    suites = [(document.path, list(_cases(document))) for document in report.documents]
    suites += [(error.path, [_unreadable(error)]) for error in report.errors]
    root = Element(
        "testsuites", {"name": report.tool.name, **_counts([c for _, cases in suites for c in cases])}
    )
    for path, cases in suites:
        suite = SubElement(root, "testsuite", {"name": visible(path), **_counts(cases)})
        for case in _numbered(cases):
            _write(SubElement(suite, "testcase", {"classname": visible(path), "name": case[0]}), case[1])
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _cases(document: DocumentReport) -> Iterator[_Case]:
    found = link_findings(document)
    for link in document.links:
        yield _of_link(document, link, found.get(link.id))
    for diagnostic in findings(document):
        if diagnostic.kind in ("remark", "unread"):
            outcome = "failure" if diagnostic.severity is Severity.ERROR else "skipped"
            yield _told(document, diagnostic.kind, outcome, diagnostic)


def _of_link(document: DocumentReport, link: LinkReport, found: Diagnostic | None) -> _Case:
    formula = one_line(f"{link.head} {link.relation} {link.right}")
    name = visible(f"{link.scope or 'top'}: {_cut(formula)}")
    if found is None:
        return _Case(name, None)
    if link.verdict is Verdict.UNDECIDED:
        return _told(document, name, "skipped", found)
    return _told(document, name, "failure" if link.verdict in _FAILED else None, found)


def _told(document: DocumentReport, name: str, outcome: str | None, found: Diagnostic) -> _Case:
    text = "\n".join(lines(document.source, found))
    return _Case(name, outcome, headline(found), found.code or found.kind, text)


def _unreadable(error: FileError) -> _Case:
    return _Case("read", "error", visible(error.message), "unreadable", visible(error.place))


def _numbered(cases: list[_Case]) -> Iterator[tuple[str, _Case]]:
    """The cases by names that are all different."""
    seen = Counter[str]()
    for case in cases:
        seen[case.name] += 1
        yield (case.name if seen[case.name] == 1 else f"{case.name} ({seen[case.name]})"), case


def _write(element: Element, case: _Case) -> None:
    if case.outcome is not None:
        told = {"message": case.message} | ({"type": case.kind} if case.outcome != "skipped" else {})
        SubElement(element, case.outcome, told).text = case.text
    elif case.message:
        SubElement(element, "system-out").text = f"{case.kind}: {case.message}\n{case.text}"


def _counts(cases: list[_Case]) -> dict[str, str]:
    outcomes = Counter(case.outcome for case in cases)
    return {
        "tests": str(len(cases)),
        "failures": str(outcomes["failure"]),
        "errors": str(outcomes["error"]),
        "skipped": str(outcomes["skipped"]),
    }


def _cut(text: str) -> str:
    """A name that a list can show; the middle of a long formula tells the least."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"
