"""What a report means as an exit status, for a shell and for CI."""

from __future__ import annotations

from pathlib import Path

from gradcheck.config import Config
from gradcheck.records import replace
from gradcheck.report.model import DocumentReport, Report
from gradcheck.verdict import Verdict

FINE, WRONG, FAILED, NOTHING = 0, 1, 2, 5

_WRONG = frozenset({Verdict.WRONG, Verdict.FOLLOWS})
_DOUBTFUL = frozenset({Verdict.UNDECIDED, Verdict.CHARITABLE, Verdict.SLIP})


def charged(report: Report, config: Config) -> Report:
    """The report with links as right whose codes the settings ignore; these are shown and not charged."""
    return replace(report, documents=tuple(_charged(document, config) for document in report.documents))


def _charged(document: DocumentReport, config: Config) -> DocumentReport:
    ignored = config.ignored(Path(document.path))
    links = (
        replace(link, verdict=Verdict.CORRECT) if link.rule and link.rule.code in ignored else link
        for link in document.links
    )
    return replace(document, links=tuple(links)) if ignored else document


def exit_status(report: Report, *, strict: bool = False) -> int:
    """2 if a file could not be read, else 1 if something is wrong, else 5 if there was nothing, else 0."""
    if report.errors:
        return FAILED
    charged = _WRONG | _DOUBTFUL if strict else _WRONG
    remarks = {remark.verdict for document in report.documents for remark in document.remarks}
    unread = any(document.unread for document in report.documents)
    if charged & remarks or any(report.summary[verdict] for verdict in charged) or (strict and unread):
        return WRONG
    return FINE if unread or any(document.links for document in report.documents) else NOTHING
