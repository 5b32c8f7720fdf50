"""The report as Markdown for a comment on a pull request.

Text of a document stands in code, where GitHub neither links, mentions, renders nor runs anything; in our
own sentences every mark of Markdown is escaped, and what GitHub would link is written with a lookalike.
A comment holds 65,536 characters: what goes beyond is counted, not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradcheck.diagnostic import Diagnostic, Severity
from gradcheck.patterns import late_pattern
from gradcheck.report.findings import findings
from gradcheck.report.model import DocumentReport, Report, count
from gradcheck.report.plain import snippet_lines
from gradcheck.report.view import View
from gradcheck.report.visible import listed, visible
from gradcheck.verdict import Verdict

_ROOM = 60_000
_COLUMNS = {
    Verdict.CORRECT: "correct",
    Verdict.CONVENTION: "by convention",
    Verdict.CHARITABLE: "charitable",
    Verdict.SLIP: "slips",
    Verdict.WRONG: "wrong",
    Verdict.FOLLOWS: "following",
    Verdict.UNDECIDED: "undecided",
}
_MARKS = late_pattern(r"([\\`*_{}\[\]<>|~$&])")
_LINKED = {"@": "＠", "#": "＃", "://": "∶//", "www.": "www․"}
_QUOTED = late_pattern(r"`([^`]*)`")


def render(report: Report, view: View) -> str:
    """The report as GitHub-flavoured Markdown."""
    page = "\n".join(_summary(report)) + "\n"
    left_out = 0
    for document in report.documents:
        told = "\n".join(_document(document))
        if told and len(page) + len(told) > _ROOM:
            left_out += 1
        elif told:
            page += f"\n{told}\n"
    if left_out:
        page += f"\n{left_out} more documents have findings; the full report tells them.\n"
    return page


def _summary(report: Report) -> Iterator[str]:
    wrong = report.summary[Verdict.WRONG]
    yield f"## gradcheck: {f'{wrong} wrong' if wrong else 'nothing wrong'}"
    yield ""
    used = [verdict for verdict, number in report.summary.items() if number] or [Verdict.CORRECT]
    yield f"| document | links | {' | '.join(_COLUMNS[verdict] for verdict in used)} |"
    yield f"|---|--:|{'--:|' * len(used)}"
    for document in report.documents:
        found = count(document.links)
        numbers = " | ".join(str(found[verdict]) for verdict in used)
        path = _code(document.path).replace("|", r"\|")
        yield f"| {path} | {len(document.links)} | {numbers} |"
    for error in report.errors:
        yield ""
        yield f"**cannot be read** {_code(error.place)}: {_prose(error.message)}"


def _document(document: DocumentReport) -> Iterator[str]:
    """Faults in full, doubts and readings folded."""
    told = findings(document)
    faults = [each for each in told if each.severity is Severity.ERROR]
    others = [each for each in told if each.severity is not Severity.ERROR]
    if not told:
        return
    yield f"### {_code(document.path)}"
    for fault in faults:
        yield from _fault(document, fault)
    if others:
        yield ""
        yield f"<details><summary>{len(others)} more to be known</summary>"
        yield ""
        for (lead, said), lines in _grouped(others).items():
            yield f"- {lead}, line{'s' * (len(lines) > 1)} {listed([str(each) for each in lines])}: {said}"
        yield ""
        yield "</details>"


def _grouped(told: list[Diagnostic]) -> dict[tuple[str, str], list[int]]:
    """The lines of which the same is said."""
    same: dict[tuple[str, str], dict[int, None]] = {}
    for each in told:
        helped = "".join(f". {_prose(note.text)}" for note in each.notes if note.kind == "help")
        lines = same.setdefault((_lead(each), f"{_prose(each.headline)}{helped}"), {})
        lines[each.labels[0].region.line] = None
    return {key: list(lines) for key, lines in same.items()}


def _fault(document: DocumentReport, fault: Diagnostic) -> Iterator[str]:
    yield ""
    yield f"**{_lead(fault)}, line {fault.labels[0].region.line}:** {_prose(fault.headline)}"
    yield ""
    shown = list(snippet_lines(document.source, fault))
    fence = "`" * max(3, 1 + max((len(run) for line in shown for run in re.findall("`+", line)), default=0))
    yield f"{fence}text"
    yield from shown
    yield fence
    for note in fault.notes:
        yield f"- {note.kind}: {_prose(note.text)}"


def _lead(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.kind} {diagnostic.code}" if diagnostic.code else diagnostic.kind


def _prose(text: str) -> str:
    """A sentence of ours: its quoted formulas as code, all else without marks."""
    parts = _QUOTED.split(" ".join(text.split()))
    return "".join(_code(part) if index % 2 else _plain(part) for index, part in enumerate(parts))


def _plain(text: str) -> str:
    text = visible(text)
    for linked, lookalike in _LINKED.items():
        text = text.replace(linked, lookalike)
    return _MARKS.sub(r"\\\1", text)


def _code(text: str) -> str:
    """A code span that holds the text whatever backticks are in it."""
    text = visible(" ".join(text.split()))
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""
