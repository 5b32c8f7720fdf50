"""From judgements to the report: the judge's findings in words and places, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradcheck.calculus.evidence import Evidence as Found
from gradcheck.checking.cases.checked import Case, Checked
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.sayings import sayings
from gradcheck.diagnosis.telling import Telling
from gradcheck.diagnostic import Region
from gradcheck.expr.forms.reading import LITERAL
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Link, Unread
from gradcheck.notation.tree import Node
from gradcheck.reading.front_matter import misspelt
from gradcheck.report.model import (
    AnalyticEvidence,
    DefinitionReport,
    DifferenceEvidence,
    DocumentReport,
    Edit,
    Evidence,
    LinkReport,
    RemarkReport,
    Repair,
    Rule,
    Step,
    SymbolicEvidence,
    UnreadReport,
    Value,
    Witness,
)
from gradcheck.report.smallest import smallest
from gradcheck.source import Source, Span
from gradcheck.verdict import Outcome, Verdict

# (number of the equation, number of the link) → both as the author wrote them
Written = Mapping[tuple[int, int], tuple[Equation, Link]]
_SYMBOLIC = {"identity": Outcome.EQUAL, "different": Outcome.DIFFERENT, "unknown": Outcome.UNDECIDED}


def document_report(checked: Checked, tellings: Mapping[str, Telling]) -> DocumentReport:
    """The report of one checked document."""
    document = checked.document
    matter = document.front_matter
    written = {
        (item.number, link.number): (item, link)
        for item in checked.as_written
        if isinstance(item, Equation)
        for link in item.links
    }
    links = tuple(
        _link(document.source, case, judgement, tellings.get(judgement.claim.id, Telling()), written)
        for case, judgement in checked.judgements()
    )
    return DocumentReport(
        source=document.source,
        title=None if matter.get("title") is None else str(matter["title"]),
        assignment=None if matter.get("assignment") is None else str(matter["assignment"]),
        typing=checked.typing if links else None,
        conventions=tuple(dict.fromkeys(name for link in links for name in link.conventions)),
        notes=(*checked.notes, *misspelt(matter, document.source.text)),
        definitions=tuple(_definitions(checked)),
        links=links,
        remarks=tuple(
            RemarkReport(*document.source.position(s.remark.span.start), s.remark.text, s.verdict, s.message)
            for s in sayings(checked)
        ),
        unread=tuple(
            UnreadReport(Region.of(document.source, item.span), item.latex, item.reason)
            for item in document.body
            if isinstance(item, Unread)
        ),
    )


def _definitions(checked: Checked) -> Iterator[DefinitionReport]:
    source = checked.document.source
    seen: set[tuple[int, int]] = set()
    for case in checked.cases:
        own = {(e.number, link.number): link for e in case.segment.equations for link in e.links}
        for key, definition in case.scope.chosen.items():
            link = own.get(definition.place)  # an assignment's equations have the same numbers
            if link is None or definition.right not in (link.left, link.right) or definition.place in seen:
                continue
            seen.add(definition.place)
            shape = case.scope.shapes.get(key)
            line = source.position(definition.right.span.start)[0]
            yield DefinitionReport(case.scope.latex_of(key), source.slice(definition.right.span), shape, line)


def _link(source: Source, case: Case, judgement: Judgement, told: Telling, written: Written) -> LinkReport:
    claim = judgement.claim
    # What is judged may be a part of what is written: one entry of a tuple, one layer of a recursion.
    equation, link = written.get((claim.equation.number, claim.link.number), (claim.equation, claim.link))
    assumed = tuple(note for note in judgement.notes if note.kind not in LITERAL or note.kind == "struck")
    step = None if judgement.step is None else Step(judgement.step)
    return LinkReport(
        id=claim.id,
        region=Region.of(source, link.span),
        head=_shown(source, equation.head),
        left=_shown(source, link.left),
        relation=link.relation.sign,
        right=source.slice(link.right.span),
        role=claim.role,
        scope=case.name,
        verdict=judgement.verdict,
        certainty=None if judgement.verdict is Verdict.UNDECIDED else judgement.certainty,
        step=step,
        rule=None if told.code is None or told.name is None else Rule(told.code, told.name),
        message=told.message or _message(judgement),
        why=told.why,
        help=told.help,
        repair=_repair(source, told, claim.link.right.span, link.right.span),
        alternatives=tuple(Repair(formula) for formula in told.alternatives),
        cause=judgement.cause,
        conventions=judgement.conventions,
        factor=str(judgement.factor) if judgement.factor is not None and judgement.conventions else None,
        reading="; ".join(dict.fromkeys(note.text for note in assumed)) or None,
        evidence=_evidence(judgement, case, source),
    )


def _shown(source: Source, side: Node) -> str:
    """A side as it stands in the file; what only a table's header says stands nowhere."""
    return source.slice(side.span) or latex(side)


def _repair(source: Source, told: Telling, judged: Span, written: Span) -> Repair | None:
    """The repair of what was judged, within all that the author wrote."""
    if told.right is None:
        return None
    right = told.right
    if written.start <= judged.start and judged.end <= written.end:
        text = source.text
        right = text[written.start : judged.start] + right + text[judged.end : written.end]
    changes = (smallest(source, change) for change in told.changes)
    edits = tuple(Edit(Region.of(source, c.span), c.before, c.after) for c in changes)
    return Repair(right, edits)


def _message(judgement: Judgement) -> str | None:
    if judgement.message is not None:
        return judgement.message
    if judgement.verdict is Verdict.UNDECIDED:
        return "not decided"
    return None


def _evidence(judgement: Judgement, case: Case, source: Source) -> Evidence:
    found = judgement.evidence
    if found is None:
        return Evidence()
    return Evidence(
        SymbolicEvidence(_SYMBOLIC[found.symbolic.outcome], found.symbolic.method),
        AnalyticEvidence(Outcome(found.analytic.outcome), found.analytic.relative_error),
        DifferenceEvidence(
            Outcome(found.finite_difference.outcome),
            found.finite_difference.relative_error,
            found.finite_difference.bound,
        ),
        _witness(judgement, found, case, source),
    )


def _witness(judgement: Judgement, found: Found, case: Case, source: Source) -> Witness | None:
    """The witness with quantities named as the author names them, and the differences as the judge."""
    witness = found.witness
    if witness is None:
        return None
    entry = f"({witness.entry[0]}, {witness.entry[1]})"
    if witness.indices:
        entry += " at " + ", ".join(f"{name} = {value}" for name, value in sorted(witness.indices.items()))
    point = {case.scope.latex_of(key): _nested(value) for key, value in witness.point.items()}
    of = _shown(source, judgement.claim.equation.head)
    return Witness(point, entry, witness.expected, witness.got, witness.stepped, of)


def _nested(value: object) -> Value:
    if isinstance(value, list):
        return tuple(_nested(item) for item in value)
    assert isinstance(value, (int, float)), "a point holds numbers"
    return float(value)
