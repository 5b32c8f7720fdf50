"""What a student is told: the same content for every format, as much as the rubric's hints allow.

    where   the lines that are not right
    kind    and what kind of fault it is, why people make it, how to see it
    repair  and what is wrong in this very line, and what to write

The right formula as a whole is given only where the rubric asks for the reference. What an oracle, a crash
or a time limit says is for staff and stands in no feedback.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.checking.hearing.rows import TURNED as SAMPLES_IN_ROWS
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.grading.evidence import Line
from gradcheck.grading.gradebook import Gradebook, shown
from gradcheck.grading.marks import Marks, Reason, ResultMark, Status
from gradcheck.grading.rubric import Rubric
from gradcheck.records import dataclass
from gradcheck.verdict import Verdict

_SAID = {
    Status.RIGHT: "right",
    Status.IMPLIED: "right, shown by a later result",
    Status.ACCEPTED: "right, in an accepted form",
    Status.FOLLOWS: "follows from an earlier fault",
    Status.WRONG: "not right yet",
    Status.MISSING: "not found",
    Status.DECIDED: "decided by a person",
    Status.PERSON: "a person will look at this",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is said of a line: its formula, the points it cost, and sentences about it."""

    points: str
    text: str
    line: int | None = None
    formula: str | None = None
    sentences: tuple[str, ...] = ()
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ResultFeedback:
    """What is said of one required result."""

    case: str
    latex: str
    status: str
    points: str
    full: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """One student's feedback; `open_points` says how many points a person still has to give."""

    title: str
    student: str
    points: str
    full: str
    open_points: str
    results: tuple[ResultFeedback, ...]
    elsewhere: tuple[Remark, ...]
    notes: tuple[str, ...]


def feedback(marks: Marks, book: Gradebook) -> Feedback:
    """What one student is told."""
    rubric = book.rubric
    open_points = sum((each.requirement.points for each in marks.open), start=marks.full - marks.full)
    return Feedback(
        title=book.title,
        student=marks.student,
        points=shown(marks.points),
        full=shown(marks.full),
        open_points=shown(open_points) if marks.open else "",
        results=tuple(_result(each, marks, rubric) for each in marks.results),
        elsewhere=tuple(_elsewhere(marks, rubric)),
        notes=tuple(_notes(marks)),
    )


def _elsewhere(marks: Marks, rubric: Rubric) -> Iterator[Remark]:
    """What is charged outside the results, and what a person said of all."""
    yield from (_remark(each, marks, rubric) for each in marks.elsewhere)
    if marks.total is not None:
        yield Remark("", f"{shown(marks.points)} points for the whole, {marks.total.said}")


def told(line: Line, rubric: Rubric) -> Iterator[str]:
    """The sentences about a faulty line that the hints allow."""
    record = MISCONCEPTIONS.get(line.code or "")
    if rubric.hints == "where":
        return
    if record is not None:
        yield f"{record.code} {record.name}: {record.meaning}"
        yield record.cause if rubric.hints == "kind" else line.why or record.cause
        yield f"How to see it: {record.sign}"
    if rubric.hints == "repair":
        yield from (text for text in (line.message, _as_formula(line.help)) if text)


def _as_formula(help: str | None) -> str | None:
    """What to write, set as the formula that it is: `write x^T` has no word behind the first."""
    asked = "write "
    if help is None or not help.startswith(asked) or "`" in help:
        return help
    return f"{asked}`{help.removeprefix(asked)}`"


def _result(found: ResultMark, marks: Marks, rubric: Rubric) -> ResultFeedback:
    wanted = found.requirement
    private = found.status is Status.PERSON
    later = private and marks.total is None
    return ResultFeedback(
        case=wanted.case,
        latex=wanted.latex,
        status=_SAID[found.status] if later or not private else "not looked at by itself",
        points=shown(found.points),
        full=shown(wanted.points),
        remarks=() if private else tuple(_remark(each, marks, rubric) for each in found.reasons),
    )


def _remark(reason: Reason, marks: Marks, rubric: Rubric) -> Remark:
    line = marks.evidence.line(reason.line) if reason.line is not None else None
    if line is None:
        return Remark(shown(reason.points), reason.text)
    faulty = line.verdict == Verdict.WRONG
    return Remark(
        points=shown(reason.points),
        text=reason.text,
        line=line.line,
        formula=f"{line.left} {line.relation} {line.right}",
        sentences=tuple(told(line, rubric)) if faulty else (),
        reference=line.repair if faulty and rubric.reference else None,
    )


def _notes(marks: Marks) -> Iterator[str]:
    """How the student's letters and arrays were understood, case by case."""
    cases: dict[str, list[str]] = {}
    for match in marks.evidence.matches:
        cases.setdefault(match.case, []).append(f"`{match.written}` as `{match.meant}`")
    for case, names in cases.items():
        yield f"{case}: read {', '.join(names)}" if case else f"read {', '.join(names)}"
    if SAMPLES_IN_ROWS in marks.evidence.notes:
        yield SAMPLES_IN_ROWS
