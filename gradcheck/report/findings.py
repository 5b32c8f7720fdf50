"""What is to be said of a document, as diagnostics in the order of its lines.

The words are chosen here, once, for every output format. A link that is plainly right says nothing. One
that only follows from a wrong one is told at its root, so that a fault is reported once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from gradcheck.diagnostic import Diagnostic, Label, Note, Region, Severity
from gradcheck.report.model import (
    DocumentReport,
    Edit,
    Evidence,
    LinkReport,
    RemarkReport,
    Repair,
    UnreadReport,
    Value,
    Witness,
)
from gradcheck.report.visible import listed, unbroken
from gradcheck.verdict import Outcome, Role, Verdict

_SEVERITY = {
    Verdict.CORRECT: Severity.NOTE,
    Verdict.CONVENTION: Severity.NOTE,
    Verdict.CHARITABLE: Severity.NOTE,
    Verdict.SLIP: Severity.WARNING,
    Verdict.WRONG: Severity.ERROR,
    Verdict.FOLLOWS: Severity.NOTE,
    Verdict.UNDECIDED: Severity.WARNING,
}
_FALLBACK = {
    Verdict.CONVENTION: "right under a convention of the document",
    Verdict.CHARITABLE: "right under one reading",
    Verdict.SLIP: "right once a slip of the pen is undone",
    Verdict.WRONG: "the two sides differ",
    Verdict.FOLLOWS: "follows from an earlier wrong line",
    Verdict.UNDECIDED: "not decided",
}
_CONSTANTS = "constant-factor"
_AGREEMENTS = {
    "per-sample": "per sample: the mean over the samples comes later",
    "one-example": "told for one example: what all of them add up to is left out",
    _CONSTANTS: "constants are dropped, as announced",
    "asked-zero": "every side is asked to be zero, so that a number may multiply it",
    "layout": "a derivative is written as its transpose, as throughout",
    "one-hot": "the labels add up to one, as one-hot labels and probabilities do",
    "sign-labels": "each label is 1 or -1, as labels are that multiply a score",
}
_TRUTH = {Role.GRADIENT: "the gradient", Role.LOCAL_DERIVATIVE: "the derivative"}
_OUTCOME = {Outcome.EQUAL: "agrees", Outcome.DIFFERENT: "differs", Outcome.UNDECIDED: "undecided"}
_FALSE_REMARK = "GC609"
_SHOWN_ALTERNATIVES = 1
_SHOWN_HEIRS = 2
_POINT_LENGTH = 160
_LABEL_LENGTH = 70


def findings(document: DocumentReport) -> list[Diagnostic]:
    """Everything to be said of a document, from its first line to its last."""
    told = {link.id for link in document.links if link.verdict is Verdict.WRONG}
    links = {link.id: link for link in document.links}
    of_links = (
        diagnostic
        for number, diagnostic in link_findings(document).items()
        if links[number].cause not in told
    )
    found = [*of_links, *map(_of_remark, _judged(document)), *map(_of_unread, document.unread)]
    return sorted(found, key=lambda diagnostic: diagnostic.labels[0].region)


def evidence_line(evidence: Evidence) -> str:
    """What the three oracles found, in one line; empty if none was asked."""
    parts = []
    if symbolic := evidence.symbolic:
        parts.append(f"symbolic {_OUTCOME[symbolic.outcome]}")
    if analytic := evidence.analytic:
        parts.append(f"reverse mode {_error(analytic.outcome, analytic.relative_error)}")
    if difference := evidence.finite_difference:
        bound = "" if difference.bound is None else unbroken(f" ± {short(difference.bound, 1)}")
        parts.append(f"differences {_error(difference.outcome, difference.relative_error)}{bound}")
    return " · ".join(parts)


def short(number: float, digits: int = 2) -> str:
    """A number in few digits, its exponent without padding: `1.4e-1`."""
    if number == 0:
        return "0"
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent.strip("+0") else mantissa


def link_findings(document: DocumentReport) -> Mapping[str, Diagnostic]:
    """What is to be said of each link that is not plainly right, by its id."""
    heirs: dict[str, list[LinkReport]] = {}
    for link in document.links:
        if link.verdict is Verdict.FOLLOWS and link.cause is not None:
            heirs.setdefault(link.cause, []).append(link)
    return {
        link.id: Diagnostic(
            severity=_SEVERITY[link.verdict],
            kind=_kind(link),
            code=link.rule.code if link.rule else None,
            headline=_headline(link),
            labels=_labels(link),
            notes=(*_notes(link), *_help(link), *_heirs(heirs.get(link.id, []))),
        )
        for link in document.links
        if link.verdict is not Verdict.CORRECT or link.rule is not None
    }


def _kind(link: LinkReport) -> str:
    """The verdict; of a right line of which there is something to say all the same, that it is a note."""
    return "note" if link.verdict is Verdict.CORRECT else link.verdict.value


def _headline(link: LinkReport) -> str:
    if link.message or link.verdict is Verdict.FOLLOWS:
        return link.message or _FALLBACK[link.verdict]
    agreed = [_agreement(name, link.factor) for name in link.conventions]
    if said := [*filter(None, [link.reading]), *agreed]:
        return "; ".join(said)
    return link.rule.name.replace("-", " ") if link.rule else _FALLBACK[link.verdict]


def _agreement(convention: str, factor: str | None) -> str:
    """A convention in words, and how far the line is off because of it."""
    words = _AGREEMENTS.get(convention, f"right under the convention {convention}")
    return f"{words}: `{factor}` times the gradient" if factor and convention == _CONSTANTS else words


def _labels(link: LinkReport) -> tuple[Label, ...]:
    """The places to mark: the edits of the repair, or the whole right side where there is none.

    What the headline says in the same words is not said again below the place.
    """
    if link.repair is None or not link.repair.edits:
        return (Label(link.region),)
    told = _headline(link)
    said = ((edit, _stands(edit)) for edit in link.repair.edits)
    return tuple(Label(edit.region, "" if words in told else words) for edit, words in said)


def _stands(edit: Edit) -> str:
    """What is to be said under the place; nothing where the formulas are too long to be taken in there."""
    if not edit.before:
        said = f"`{edit.after}` is missing here"
    elif not edit.after:
        said = f"`{edit.before}` does not belong here"
    else:
        said = f"`{edit.before}` stands where `{edit.after}` belongs"
    return said if len(said) <= _LABEL_LENGTH else ""


def _notes(link: LinkReport) -> Iterator[Note]:
    if witness := link.evidence.witness:
        yield Note("note", _numbers(link, witness))
        if point := _point(witness):
            yield Note("note", point)
    if oracles := evidence_line(link.evidence):
        yield Note("note", oracles)
    if link.verdict is Verdict.WRONG and link.step and link.step.verdict is Verdict.CORRECT:
        yield Note("note", "the step from its left neighbour is right")
    if link.why:
        yield Note("why", link.why)


def _numbers(link: LinkReport, witness: Witness) -> str:
    """One entry that a person can check by hand."""
    entry = f", entry {witness.entry}," if witness.entry else ""
    values = [witness.got, witness.expected]
    if witness.differences is not None:
        values.append(witness.differences)
    got, expected, *differences = _apart(values)
    truth = _TRUTH.get(link.role, "expected")
    told = [
        f"this line {got}",
        f"{truth} {expected}",
        *(f"by finite differences {each}" for each in differences),
    ]
    return f"`{witness.of or link.head}`{entry} at a random point: {', '.join(map(unbroken, told))}"


def _apart(values: list[float]) -> list[str]:
    """The numbers in as many digits as it takes to tell the first two apart, at least four."""
    for digits in (4, 7, 10, 13):
        shown = [f"{value:.{digits}g}" for value in values]
        if shown[0] != shown[1]:
            return shown
    return [f"{value:.17g}" for value in values]


def _point(witness: Witness) -> str:
    """The point of the witness where it is short enough to be checked by hand."""
    equals = unbroken(" = ")
    values = ", ".join(f"`{name}`{equals}{_value(value)}" for name, value in witness.point.items())
    return f"there {values}" if 0 < len(values) <= _POINT_LENGTH else ""


def _value(value: Value) -> str:
    """A number, or rows of numbers; brackets around a single one are left out."""
    match value:
        case str():
            return value
        case float() | int():
            return f"{value:.4g}"
        case [single]:
            return _value(single)
        case _:
            return f"[{', '.join(map(_value, value))}]"


def _error(outcome: Outcome, relative_error: float | None) -> str:
    if relative_error is None or outcome is Outcome.UNDECIDED:
        return _OUTCOME[outcome]
    return short(relative_error)


def _help(link: LinkReport) -> Iterator[Note]:
    if link.repair is None:
        if link.help:
            yield Note("help", link.help)
        return
    tested = "(tested) " if link.repair.edits else ""
    yield Note("help", tested + _instruction(link.repair))
    if len(link.repair.edits) > 1:
        yield Note("note", f"the right side then reads `{link.repair.latex}`")
    for other in link.alternatives[:_SHOWN_ALTERNATIVES]:
        yield Note("help", f"(tested) or write `{other.latex}`")


def _instruction(repair: Repair) -> str:
    """What to do to the formula, in words."""
    if not repair.edits:
        return f"the right side should be `{repair.latex}`"
    times = Counter(map(_do, repair.edits))
    return ", ".join(f"{do} at {number} places" if number > 1 else do for do, number in times.items())


def _do(edit: Edit) -> str:
    if not edit.before:
        return f"insert `{edit.after}`"
    if not edit.after:
        return f"leave out `{edit.before}`"
    return f"write `{edit.after}` for `{edit.before}`"


def _heirs(heirs: list[LinkReport]) -> Iterator[Note]:
    if heirs:
        lines = listed([str(line) for line in dict.fromkeys(heir.region.line for heir in heirs)])
        yield Note("then", f"what follows from it is not charged again: line{'s' * (',' in lines)} {lines}")
    for heir in [heir for heir in heirs if heir.repair is not None][-_SHOWN_HEIRS:]:
        assert heir.repair is not None, "those without one are left out"
        reads = f"`{heir.head} = {heir.repair.latex}`"
        yield Note("then", f"with it mended, line {heir.region.line} reads {reads}")


def _judged(document: DocumentReport) -> Iterator[RemarkReport]:
    """The remarks of which there is something to say."""
    return (remark for remark in document.remarks if remark.message or remark.verdict is Verdict.WRONG)


def _of_remark(remark: RemarkReport) -> Diagnostic:
    region = Region(remark.line, remark.column, remark.line, remark.column + len(remark.text))
    verdict = remark.verdict or Verdict.UNDECIDED
    code = _FALSE_REMARK if verdict is Verdict.WRONG else None
    return Diagnostic(
        _SEVERITY[verdict], "remark", code, remark.message or _FALLBACK[verdict], (Label(region),)
    )


def _of_unread(unread: UnreadReport) -> Diagnostic:
    return Diagnostic(Severity.WARNING, "unread", None, unread.reason, (Label(unread.region),))
