"""JUnit XML: one suite a document, one case a link, for the test views of CI systems.

What is undecided or unread is skipped, with the reason; a file that cannot be read is an error. There is no
time and no host name, so the same report gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from gradcheck.report.cases import Case, Outcome, cases
from gradcheck.report.model import FileError, Report
from gradcheck.report.view import View
from gradcheck.report.visible import visible


def render(report: Report, view: View) -> str:
    """The report as JUnit XML with a final line end."""
    suites = [(document.path, cases(document)) for document in report.documents]
    suites += [(error.path, [_unreadable(error)]) for error in report.errors]
    everything = [case for _, found in suites for case in found]
    root = Element("testsuites", {"name": report.tool.name, **_counts(everything)})
    for path, found in suites:
        suite = SubElement(root, "testsuite", {"name": visible(path), **_counts(found)})
        for case in found:
            _write(SubElement(suite, "testcase", {"classname": visible(path), "name": case.name}), case)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _unreadable(error: FileError) -> Case:
    place, message = visible(error.place), visible(error.message)
    return Case("read", error.line or 1, Outcome.UNREADABLE, message, "unreadable", place)


def _write(element: Element, case: Case) -> None:
    if case.outcome is not Outcome.PASSED:
        told = {"message": case.message} | ({} if case.outcome is Outcome.SKIPPED else {"type": case.kind})
        SubElement(element, case.outcome, told).text = case.text
    elif case.message:
        SubElement(element, "system-out").text = f"{case.kind}: {case.message}\n{case.text}"


def _counts(found: list[Case]) -> dict[str, str]:
    outcomes = Counter(case.outcome for case in found)
    return {
        "tests": str(len(found)),
        "failures": str(outcomes[Outcome.FAILED]),
        "errors": str(outcomes[Outcome.UNREADABLE]),
        "skipped": str(outcomes[Outcome.SKIPPED]),
    }
