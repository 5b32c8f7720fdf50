"""The report for a person: per document what was counted, then each fault under the author's own line.

Rows are laid out here to the cell, and rich only colours them: its own wrapping would move a caret away
from its symbol. Where there are no colours it is not asked, since it takes longer than the rest of the
writing. Colour is never the only sign. Nothing but the elapsed time depends on the machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from gradcheck.diagnostic import Diagnostic, Note, Severity
from gradcheck.patterns import late_pattern
from gradcheck.report.findings import evidence_line, findings
from gradcheck.report.model import DocumentReport, Evidence, FileError, LinkReport, Report
from gradcheck.report.snippet import snippet
from gradcheck.report.view import View
from gradcheck.report.visible import cells, listed, unbroken, visible, wrap
from gradcheck.verdict import Outcome, Role, Verdict

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_QUIET = "dim"
_COUNTED = {
    Verdict.CORRECT: "correct",
    Verdict.CONVENTION: "by convention",
    Verdict.CHARITABLE: "charitable",
    Verdict.SLIP: "by a slip",
    Verdict.WRONG: "wrong",
    Verdict.FOLLOWS: "following",
    Verdict.UNDECIDED: "undecided",
}
_TYPING = {"matrix": ", read as matrices", "component": ", read per component"}
_ORACLES = ("symbolic", "reverse mode", "differences")
_GIVEN = {Role.DEFINITION, Role.DECLARATION}
_NAME_CELLS = 28
Row = tuple[tuple[str, str], ...]  # parts of a line, each with its style
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # the screen, what was scrolled off it, the cursor to its first cell

# What a CI log would take for a command to itself, wherever a document's text begins a line.
_COMMAND = late_pattern(r"^[ \t]*::|##\[", re.MULTILINE)
_LOOKALIKE = {":": "∶", "[": "⁅"}


def render(report: Report, view: View) -> str:
    """The report as text in lines of `view.width` cells, with ANSI styles if the view has colour."""
    rows = _report(report, view) if view.height is None else _screen(report, view, view.height)
    page = _coloured(rows, view.width) if view.colour else "".join(f"{_plain(row)}\n" for row in rows)
    text = _COMMAND.sub(lambda match: match[0][:-1] + _LOOKALIKE[match[0][-1]], page)
    return text if view.height is None else _CLEAR + text


def _coloured(rows: Iterable[Row], width: int) -> str:
    from rich.console import Console
    from rich.text import Text

    page = StringIO()
    console = Console(
        file=page,
        width=width,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        _environ={},
    )
    for row in rows:
        text = Text.assemble(*row)
        text.rstrip()
        console.print(text, soft_wrap=True)
    return page.getvalue()


def _row(*parts: str | tuple[str, str]) -> Row:
    return tuple((part, "") if isinstance(part, str) else part for part in parts)


def _plain(row: Row) -> str:
    return "".join(part for part, _ in row).rstrip()


def _report(report: Report, view: View) -> Iterator[Row]:
    for document in report.documents:
        yield from _heading(document, view.width)
        yield from _counts(document, view.width)
        yield _row()
        yield from _faults(document, view)
        yield from _rest(document, view)
    yield from _end(report, view)


def _end(report: Report, view: View) -> Iterator[Row]:
    """What could not be read, and what was counted in all."""
    for error in report.errors:
        yield from _file_error(error, view.width)
    yield from _hanging("", _totals(report), view.width, "bold")
    if view.seconds is not None:
        yield _row((f"{view.seconds:.1f} s", _QUIET))


def _screen(report: Report, view: View, height: int) -> Iterator[Row]:
    """As much as a screen holds: what was counted, the faults, and only then what else there is to know."""
    rows = [*_end(report, view), _row()]
    for document in report.documents:
        rows += _faults(document, view)
    for document in report.documents:
        rows += [*_heading(document, view.width), *_counts(document, view.width), _row()]
        rows += _rest(document, view)
    while rows and not _plain(rows[-1]):
        rows.pop()
    room = height - 1  # the cursor stands in the last row
    yield from rows if len(rows) <= room else rows[: room - 1]
    if len(rows) > room:
        yield _row((f"… {len(rows) - room + 1} more lines; without --watch all are shown", _QUIET))


def _faults(document: DocumentReport, view: View) -> Iterator[Row]:
    for diagnostic in findings(document):
        if diagnostic.severity is Severity.ERROR:
            yield from _fault(document, diagnostic, view.width)
            yield _row()


def _rest(document: DocumentReport, view: View) -> Iterator[Row]:
    """What is no fault: remarks on right lines, and every link where that is asked for."""
    told = findings(document)
    if remarks := [diagnostic for diagnostic in told if diagnostic.severity is not Severity.ERROR]:
        yield from _remarks(remarks, view.width)
        yield _row()
    if view.verbose and document.links:
        yield from _links(document, view.width)
        yield _row()


def _heading(document: DocumentReport, width: int) -> Iterator[Row]:
    path = visible(document.path)
    links = _plural(len(document.links), "link") + _TYPING.get(document.typing or "", "")
    gap = width - cells(path) - cells(links)
    if gap >= 2:
        yield _row((path, "bold"), " " * gap, links)
    else:
        yield _row((path, "bold"))
        yield _row(f"  {links}")


def _counts(document: DocumentReport, width: int) -> Iterator[Row]:
    """The verdicts by scope, what the oracles could decide, and what was chosen for the whole document."""
    rows = [(scope.name or "top", _tally(scope.summary)) for scope in document.scopes]
    if document.links:
        rows.append(("compared", _compared(document.links)))
    if document.conventions:
        rows.append(("conventions", ", ".join(document.conventions)))
    rows += [("note", note) for note in document.notes]
    if not document.links:
        rows.append(("note", "no equations were found"))
    names = [wrap(name, _NAME_CELLS)[0] for name, _ in rows]
    column = max(map(cells, names))
    for name, (_, said) in zip(names, rows, strict=True):
        yield from _hanging("  " + _padded(name, column) + "  ", said, width)


def _tally(summary: Mapping[Verdict, int]) -> str:
    counted = (f"{number} {_COUNTED[verdict]}" for verdict, number in summary.items() if number)
    return ", ".join(map(unbroken, counted))


def _compared(links: Sequence[LinkReport]) -> str:
    """How many links the oracles compared, and why the others were not."""
    decided = Counter[str]()
    for evidence in (link.evidence for link in links):
        oracles = (evidence.symbolic, evidence.analytic, evidence.finite_difference)
        for name, found in zip(_ORACLES, oracles, strict=True):
            decided[name] += found is not None and found.outcome is not Outcome.UNDECIDED
    told = ", ".join(unbroken(f"{name} {decided[name]}") for name in _ORACLES)
    if len(set(decided.values())) == 1:
        told = unbroken(f"{decided[_ORACLES[0]]} by each of") + " " + ", ".join(map(unbroken, _ORACLES))
    given = sum(link.role in _GIVEN and link.evidence == Evidence() for link in links)
    return f"{told}; {unbroken(f'{given} define or declare')}" if given else told


def _fault(document: DocumentReport, diagnostic: Diagnostic, width: int) -> Iterator[Row]:
    """A fault under the author's own lines."""
    style = _STYLE[diagnostic.severity]
    yield from _headline(diagnostic, width, style)
    margin = max(len(str(label.region.end_line)) for label in diagnostic.labels)
    bar = " " * margin + " | "
    place = diagnostic.labels[0].region
    yield _row(" " * margin, ("--> ", _QUIET), f"{visible(document.path)}:{place.line}:{place.column}")
    yield _row((bar, _QUIET))
    for row in snippet(document.source, diagnostic.labels, width - len(bar)):
        if row.number is None:
            yield _row((bar, _QUIET), (row.text, style))
        else:
            yield _row((f"{row.number:>{margin}} | ", _QUIET), row.text)
    for note in diagnostic.notes:
        yield from _note(note, margin, width)


def _headline(diagnostic: Diagnostic, width: int, style: str) -> Iterator[Row]:
    code = f"[{diagnostic.code}]" if diagnostic.code else ""
    lead = f"{diagnostic.severity}{code}: "
    first, *rest = wrap(diagnostic.headline, width - len(lead))
    yield _row((lead, style), (first, "bold"))
    yield from (_row((" " * len(lead) + line, "bold")) for line in rest)


def _note(note: Note, margin: int, width: int) -> Iterator[Row]:
    if note.kind == "help":
        yield from _hanging("help: ", note.text, width, "green")
    else:
        yield from _hanging(f"{' ' * margin} = {note.kind + ':':<6}", note.text, width)


def _remarks(diagnostics: list[Diagnostic], width: int) -> Iterator[Row]:
    """What is to be known of lines that are not wrong: one row for each thing said, with its places."""
    same: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in diagnostics:
        kind = f"{each.kind} {each.code}" if each.code else each.kind
        same.setdefault((kind, each.headline), []).append(each)
    column = max(cells(kind) for kind, _ in same)
    for (kind, headline), found in same.items():
        places = listed([_place(each) for each in found])
        helped = [note.text for note in found[0].notes if note.kind == "help"]
        said = ". ".join([headline, *helped])
        style = _STYLE[found[0].severity]
        yield from _hanging(f"  {_padded(kind, column)}  ", f"{said} ({places})", width, style)


def _place(diagnostic: Diagnostic) -> str:
    region = diagnostic.labels[0].region
    return f"{region.line}:{region.column}"


def _links(document: DocumentReport, width: int) -> Iterator[Row]:
    """Every link: where, the verdict and how sure, the formula, what each oracle found."""
    numbers = max(len(link.id) for link in document.links)
    for link in document.links:
        place = f"{link.region.line}:{link.region.column}"
        certainty = f", {link.certainty}" if link.certainty else ""
        step = f", step {link.step.verdict}" if link.step and link.step.verdict != link.verdict else ""
        lead = f"  {link.id:>{numbers}}  {place:<8}"
        yield from _hanging(lead, f"{link.verdict}{certainty}{step} ({link.role})", width)
        formula = f"{link.left} {link.relation} {link.right}"
        indent = " " * len(lead)
        yield from _hanging(indent, formula, width, said=_QUIET)
        if oracles := evidence_line(link.evidence):
            yield from _hanging(indent, oracles, width)


def _file_error(error: FileError, width: int) -> Iterator[Row]:
    yield from _hanging("error: ", error.message, width, _STYLE[Severity.ERROR])
    yield _row(f"  --> {visible(error.place)}")
    yield _row()


def _totals(report: Report) -> str:
    links = sum(report.summary.values())
    parts = [_plural(links, "link"), _tally(report.summary)]
    unread = sum(len(document.unread) for document in report.documents)
    if unread:
        parts.append(f"{unread} unread")
    if report.errors:
        parts.append(f"{_plural(len(report.errors), 'file')} not readable")
    return f"{_plural(len(report.documents), 'document')}: {', '.join(filter(None, parts))}"


def _hanging(lead: str, text: str, width: int, style: str = "", said: str = "") -> Iterator[Row]:
    """Wrapped text beside a lead of its own style, later lines indented to the same column."""
    room = width - cells(lead)
    first, *rest = wrap(text, room)
    yield _row((lead, style), (first, said))
    yield from (_row(" " * cells(lead), (line, said)) for line in rest)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
