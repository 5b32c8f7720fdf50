"""The findings of a document as test cases: one a link, and one for each thing unread or falsely said.

A case keeps its name when lines are added above it: scope and formula, numbered where they are equal. JUnit
and the pytest plugin show the same cases under the same names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from gradcheck.diagnostic import Diagnostic, Severity
from gradcheck.records import dataclass, replace
from gradcheck.report.findings import findings, link_findings
from gradcheck.report.fingerprint import one_line
from gradcheck.report.model import DocumentReport, LinkReport
from gradcheck.report.plain import headline, lines
from gradcheck.report.visible import visible
from gradcheck.verdict import Verdict

_LONGEST = 160
_FAILED = {Verdict.WRONG, Verdict.FOLLOWS}


class Outcome(StrEnum):
    """What becomes of a case, by the names of JUnit."""

    PASSED = "passed"
    FAILED = "failure"
    SKIPPED = "skipped"
    UNREADABLE = "error"


@dataclass(frozen=True, slots=True)
class Case:
    """One test case; `message`, `kind` and `text` say what is to be known of it, and are safe to print."""

    name: str
    line: int
    outcome: Outcome
    message: str = ""
    kind: str = ""
    text: str = ""


def cases(document: DocumentReport) -> list[Case]:
    """The cases of a document, under names that are all different."""
    seen = Counter[str]()
    named = []
    for case in _cases(document):
        seen[case.name] += 1
        again = seen[case.name] > 1
        named.append(replace(case, name=f"{case.name} ({seen[case.name]})") if again else case)
    return named


def _cases(document: DocumentReport) -> Iterator[Case]:
    found = link_findings(document)
    for link in document.links:
        yield _of_link(document, link, found.get(link.id))
    for diagnostic in findings(document):
        if diagnostic.kind in ("remark", "unread"):
            outcome = Outcome.FAILED if diagnostic.severity is Severity.ERROR else Outcome.SKIPPED
            yield _told(document, diagnostic.kind, outcome, diagnostic)


def _of_link(document: DocumentReport, link: LinkReport, found: Diagnostic | None) -> Case:
    formula = _cut(one_line(f"{link.head} {link.relation} {link.right}"))
    name = visible(f"{link.scope or 'top'}: {formula}")
    if found is None:
        return Case(name, link.region.line, Outcome.PASSED)
    if link.verdict is Verdict.UNDECIDED:
        return _told(document, name, Outcome.SKIPPED, found)
    return _told(document, name, Outcome.FAILED if link.verdict in _FAILED else Outcome.PASSED, found)


def _told(document: DocumentReport, name: str, outcome: Outcome, found: Diagnostic) -> Case:
    text = "\n".join(lines(document.source, found))
    line = found.labels[0].region.line
    return Case(name, line, outcome, headline(found), found.code or found.kind, text)


def _cut(text: str) -> str:
    """A name that a list can show; the middle of a long formula tells the least."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"
