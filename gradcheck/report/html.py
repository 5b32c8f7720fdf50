"""The report as one page that needs no network and no script: mathematics as MathML, verdicts beside it.

The document is laid out as its format lays it out, every formula with its links below each other, so that a
reader sees the author's text and not a list of findings. Filters and the dark scheme are style alone. The
page is a template with autoescape; only what `mathml` and `_number_line` build is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from gradcheck.diagnostic import Diagnostic, Note, Region, Severity
from gradcheck.patterns import late_pattern
from gradcheck.reading.document import FORMATS, Format
from gradcheck.reading.pieces import Broken, Formula, Title, Words
from gradcheck.records import dataclass
from gradcheck.report.findings import evidence_line, findings, link_findings
from gradcheck.report.mathml import marked, mathml
from gradcheck.report.model import DocumentReport, LinkReport, Report, Witness, count
from gradcheck.report.running import running
from gradcheck.report.view import View
from gradcheck.report.visible import visible
from gradcheck.source import Source, Span
from gradcheck.verdict import Verdict

SIGNS = {
    Verdict.CORRECT: ("✓", "correct"),
    Verdict.CONVENTION: ("≈", "right by convention"),
    Verdict.CHARITABLE: ("~", "charitable"),
    Verdict.SLIP: ("!", "slip of the pen"),
    Verdict.WRONG: ("✗", "wrong"),
    Verdict.FOLLOWS: ("↳", "follows"),
    Verdict.UNDECIDED: ("?", "undecided"),
}
MEANINGS = {
    Verdict.CORRECT: "right as written",
    Verdict.CONVENTION: "right under a convention that the document states or keeps to",
    Verdict.CHARITABLE: "ill-shaped or ambiguous as written; right under the reading that is told",
    Verdict.SLIP: "right once a slip of the pen is undone",
    Verdict.WRONG: "wrong under every reading; the place is marked, and what belongs there",
    Verdict.FOLLOWS: "wrong, but exactly what follows from an earlier wrong line",
    Verdict.UNDECIDED: "not judged, for the reason that is told",
}
_QUOTED = late_pattern(r"`([^`]*)`")
_PLAIN = late_pattern(r"\w\[|[^\x00-\x7f]")
_BLANKS = late_pattern(r"\s+")
_ARROWS = {
    "≠": r"\neq",
    "←": r"\leftarrow",
    "⇒": r"\Rightarrow",
    "→": r"\to",
    "≈": r"\approx",
    "≡": r"\equiv",
}


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of the document."""

    level: int
    text: Markup
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class _Prose:
    """A paragraph, its inline mathematics rendered, with what is to be said of its sentences."""

    text: Markup
    reasons: tuple[Diagnostic, ...]
    kind: str = "prose"


@dataclass(frozen=True, slots=True)
class _Row:
    """One link: its verdict, the formula with the marks in it, and what is said of it.

    again  the same was said of an earlier link of the document
    """

    id: str
    begins: bool
    verdict: Verdict
    sign: str
    label: str
    certainty: str
    line: int
    formula: Markup
    found: Diagnostic | None
    again: bool
    notes: tuple[tuple[str, Markup], ...]
    headline: Markup
    repaired: Markup | None
    source: str
    evidence: str
    picture: Markup | None
    cause: LinkReport | None
    heirs: tuple[LinkReport, ...]


@dataclass(frozen=True, slots=True)
class _Equations:
    """A formula of the document with the links in it; without links it claims nothing."""

    rows: tuple[_Row, ...]
    shown: Markup
    source: str
    reasons: tuple[Diagnostic, ...]
    kind: str = "formula"


_Block = _Heading | _Prose | _Equations


def render(report: Report, view: View) -> str:
    """The report as one HTML page."""
    return _template().render(
        report=report,
        signs=SIGNS,
        meanings=MEANINGS,
        documents=[(number, each, list(_blocks(each))) for number, each in enumerate(report.documents, 1)],
        math=_math,
        counts=lambda document: count(document.links),
        name=_name,
        said=said,
        visible=visible,
        style=Markup(_resource("page.css")),
    )


def said(text: str) -> Markup:
    """A sentence with its formulas in backticks rendered; those of plain notation stay as they are."""
    parts = _QUOTED.split(text)
    shown = [_quoted(part) if index % 2 else escape(visible(part)) for index, part in enumerate(parts)]
    return Markup("").join(shown)


def _quoted(formula: str) -> Markup:
    is_plain = "\\" not in formula and _PLAIN.search(formula)
    return Markup("<code>{}</code>").format(visible(formula)) if is_plain else _math(formula)


def _math(latex: str, *, display: bool = False) -> Markup:
    """A formula rendered, or as it is written where that cannot be."""
    found = mathml(latex, display=display)
    return Markup(found) if found else Markup("<code>{}</code>").format(visible(latex))


def _blocks(document: DocumentReport) -> Iterator[_Block]:
    """The document in its own order, and last what its format would not show."""
    rows = _Rows(document)
    format_ = _format(document)
    for piece in format_.layout(document.source).pieces:
        match piece:
            case Title(level=level, text=text):
                yield _Heading(min(level + 2, 6), running(text, format_.name, _math))
            case Words(text=text, span=span):
                yield _Prose(running(text, format_.name, _math), rows.reasons(span))
            case Formula(span=span, display=display):
                block = rows.within(span)
                if display or block.rows or block.reasons:
                    yield block
            case Broken(span=span):
                yield rows.within(span)
    if rows.left_over():
        yield rows.within(Span(0, len(document.source.text)))


def _format(document: DocumentReport) -> Format:
    return FORMATS.get(Path(document.path).suffix.lower(), FORMATS[".txt"])


def _name(document: DocumentReport, scope: str) -> Markup:
    """The heading that a scope is named by, as the document sets it."""
    return running(scope, _format(document).name, _math)


def visible_lines(text: str) -> str:
    """Text of several lines, safe to show."""
    return "\n".join(map(visible, text.strip("\n").split("\n")))


class _Rows:
    """The links of a document by their places; each is shown once."""

    def __init__(self, document: DocumentReport) -> None:
        self.source = document.source
        self.found = link_findings(document)
        self.links = {link.id: link for link in document.links}
        self.waiting = list(document.links)
        self.met: set[tuple[str | None, str]] = set()
        self.unread = [each for each in findings(document) if each.kind in ("unread", "remark")]

    def left_over(self) -> bool:
        """Whether something has not been shown yet."""
        return bool(self.waiting or self.unread)

    def within(self, span: Span) -> _Equations:
        """The links whose right side begins in a span."""
        place = Region.of(self.source, span)
        links = [link for link in self.waiting if _within(link.region, place)]
        self.waiting = [link for link in self.waiting if not _within(link.region, place)]
        rows, before = [], ""
        for link in links:
            rows.append(self.row(link, shows_left=link.id.partition(".")[0] != before))
            before = link.id.partition(".")[0]
        text = self.source.slice(span)
        return _Equations(tuple(rows), _math(text, display=True), visible_lines(text), self.reasons(span))

    def reasons(self, span: Span) -> tuple[Diagnostic, ...]:
        """What is to be said of sentences and unread mathematics in a span."""
        place = Region.of(self.source, span)
        found = [each for each in self.unread if _within(each.labels[0].region, place)]
        self.unread = [each for each in self.unread if each not in found]
        return tuple(found)

    def row(self, link: LinkReport, *, shows_left: bool) -> _Row:
        """Everything there is to be shown of a link."""
        sign, label = SIGNS[link.verdict]
        found = self.found.get(link.id)
        again = found is not None and found.severity is not Severity.ERROR and self.is_again(found)
        return _Row(
            id=link.id,
            begins=shows_left,
            verdict=link.verdict,
            sign=sign,
            label=label,
            certainty=str(link.certainty or ""),
            line=link.region.line,
            formula=self.formula(link, shows_left=shows_left),
            found=found,
            again=again,
            notes=() if again else tuple((note.kind, said(note.text)) for note in _own(found, link)),
            headline=said(found.headline) if found else Markup(""),
            repaired=_math(link.repair.latex, display=True) if link.repair else None,
            source=visible(_BLANKS.sub(" ", f"{link.left} {link.relation} {link.right}")),
            evidence=evidence_line(link.evidence),
            picture=_number_line(link.evidence.witness) if link.verdict is Verdict.WRONG else None,
            cause=self.links.get(link.cause or ""),
            heirs=tuple(heir for heir in self.links.values() if heir.cause == link.id),
        )

    def is_again(self, found: Diagnostic) -> bool:
        """Whether the same was said before."""
        met_before = (key := (found.code, found.headline)) in self.met
        self.met.add(key)
        return met_before

    def formula(self, link: LinkReport, *, shows_left: bool) -> Markup:
        """`left relation right` with the places marked that a repair changes, or the whole right side."""
        relation = _ARROWS.get(link.relation, link.relation)
        left = f"{link.left} {relation} " if shows_left else f"{{}} {relation} "
        for marks in (self.marks(link), []):
            if found := mathml(left + marked(link.right, marks), display=True):
                return Markup(found)
        return Markup("<code>{}{}</code>").format(visible(left.removeprefix("{} ")), self.marked_text(link))

    def marks(self, link: LinkReport) -> list[tuple[int, int, str]]:
        """The parts of the right side to be marked, as offsets into it."""
        if link.verdict is not Verdict.WRONG:
            return []
        start = self.source.offset(link.region.line, link.region.column)
        if link.repair is None or not link.repair.edits:
            return [(0, len(link.right), "")]
        places = [(*_offsets(self.source, edit.region), edit.after) for edit in link.repair.edits]
        return [(first - start, last - start, after) for first, last, after in places if first >= start]

    def marked_text(self, link: LinkReport) -> Markup:
        """The right side as it is written, with the same places marked."""
        shown, last = [], 0
        for start, end, added in sorted(self.marks(link)):
            tag = Markup("<ins>{}</ins>") if start == end else Markup("<mark>{}</mark>")
            shown += [
                escape(visible(link.right[last:start])),
                tag.format(visible(link.right[start:end] or added)),
            ]
            last = end
        return Markup("").join([*shown, escape(visible(link.right[last:]))])


def _own(found: Diagnostic | None, link: LinkReport) -> Iterator[Note]:
    """The notes that nothing else of a row shows: not the heirs, the oracles, nor what should stand there."""
    repaired = "" if link.repair is None else f"`{link.repair.latex}`"
    shown = {evidence_line(link.evidence)}
    edits = link.repair is not None and bool(link.repair.edits)
    for note in found.notes if found else ():
        numbers = note.kind != "note" or link.verdict is Verdict.WRONG
        again = note.text in shown or (note.kind == "note" and repaired and note.text.endswith(repaired))
        if numbers and not again and note.kind != "then" and (note.kind != "help" or not repaired or edits):
            yield note


def _within(inner: Region, outer: Region) -> bool:
    start = (outer.line, outer.column) <= (inner.line, inner.column)
    return start and (inner.line, inner.column) <= (outer.end_line, outer.end_column)


def _offsets(source: Source, region: Region) -> tuple[int, int]:
    return source.offset(region.line, region.column), source.offset(region.end_line, region.end_column)


def _number_line(witness: Witness | None) -> Markup | None:
    """Zero, what the line gives and what it should give, to scale."""
    if witness is None or not all(abs(value) < 1e300 for value in (witness.expected, witness.got)):
        return None
    low, high = min(0.0, witness.expected, witness.got), max(0.0, witness.expected, witness.got)
    if high == low:
        return None
    places = {
        name: round(20 + 260 * (value - low) / (high - low), 1)
        for name, value in {"zero": 0.0, "expected": witness.expected, "got": witness.got}.items()
    }
    numbers = {"expected": f"{witness.expected:.4g}", "got": f"{witness.got:.4g}"}
    return Markup(_picture().render(places=places, **numbers))


def _resource(name: str) -> str:
    return (files("gradcheck.report") / "page" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _template() -> Template:
    return _environment().from_string(_resource("page.html.jinja"))


@cache
def _picture() -> Template:
    return _environment().from_string(_resource("number_line.svg.jinja"))
