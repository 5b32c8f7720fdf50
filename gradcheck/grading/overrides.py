"""A person's decisions, kept in a file of their own, so that they survive every run.

A decision is about a line (its verdict), about a result (its points), or about a whole submission (its
points). It is applied to the evidence before marks are computed, or to the marks, and stays visible as a
person's. A line is named by the id of a link, or by its number in the file, as feedback names it. What
follows from a line that a person calls right is right as well. A decision that fits nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from gradcheck.grading.evidence import Evidence, Line
from gradcheck.grading.places import Value, document
from gradcheck.grading.rubric import Requirement, Rubric
from gradcheck.records import dataclass, replace
from gradcheck.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the verdict of a line, or the points of a result or of all; as the person put it."""

    student: str
    reason: str
    by: str = ""
    line: str | None = None
    verdict: Verdict | None = None
    case: str | None = None
    quantity: str | None = None
    points: Fraction | None = None

    @property
    def said(self) -> str:
        """The decision in words, with who made it."""
        return f"decided by {self.by or 'a person'}: {self.reason}"

    @property
    def is_total(self) -> bool:
        """Whether it is about the whole submission."""
        return self.line is None and self.case is None


_RIGHT = frozenset({Verdict.CORRECT, Verdict.CONVENTION, Verdict.CHARITABLE, Verdict.SLIP})

Decisions = Mapping[str, tuple[Decision, ...]]


def load(path: Path | None, rubric: Rubric) -> Decisions:
    """The decisions of a file by student; none without a file.

    Raises FormError, with the place, for anything that is not of their form or fits no requirement.
    """
    found = document(path) if path is not None else None
    if found is None:
        return {}
    return {
        student: tuple(_decision(student, entry, rubric) for entry in entries.entries())
        for student, entries in found.items()
    }


def _decision(student: str, entry: Value, rubric: Rubric) -> Decision:
    given = dict(entry.items("line", "verdict", "case", "gradient", "points", "reason", "by"))
    if "reason" not in given:
        entry.fail("`reason` is missing")
    reason, by = given["reason"].text(), given["by"].text() if "by" in given else ""
    if set(given) & {"line", "verdict"}:
        if not {"line", "verdict"} <= set(given) or set(given) & {"case", "gradient", "points"}:
            entry.fail("a decision about a line has `line`, `verdict` and `reason`")
        verdict = Verdict(given["verdict"].choice(*Verdict))
        return Decision(student, reason, by, line=given["line"].text(), verdict=verdict)
    if "points" in given and not set(given) & {"case", "gradient"}:
        return Decision(student, reason, by, points=_points(given["points"], rubric.points, "a submission"))
    if not {"case", "gradient", "points"} <= set(given):
        entry.fail(
            "a decision about a result has `case`, `gradient`, `points` and `reason`,"
            " one about a whole submission `points` and `reason`"
        )
    wanted = _requirement(given["case"], given["gradient"], rubric)
    points = _points(given["points"], wanted.points, "this result")
    return Decision(student, reason, by, case=wanted.case, quantity=wanted.quantity, points=points)


def _points(value: Value, most: Fraction, what: str) -> Fraction:
    points = value.number()
    if points > most:
        value.fail(f"{what} is worth {most} points at most")
    return points


def _requirement(case: Value, gradient: Value, rubric: Rubric) -> Requirement:
    wanted = gradient.text()
    fitting = [each for each in rubric.requirements if wanted in (each.latex, each.quantity)]
    found = next((each for each in fitting if each.case == case.text()), None)
    if found is None:
        gradient.fail(f"the rubric requires no {wanted} in {case.text()!r}; write it as the rubric does")
    return found


def applied(evidence: Evidence, decisions: tuple[Decision, ...]) -> Evidence:
    """The evidence with the verdicts that a person decided; what follows from a right line is right."""
    decided = {id: each for each in decisions for id in _meant(evidence, each)}
    lines = tuple(_decided(line, decided.get(line.id)) for line in evidence.lines)
    right = {line.id: line for line in lines if line.decided and line.verdict in _RIGHT}
    return replace(evidence, lines=tuple(_freed(line, right.get(line.cause or "")) for line in lines))


def _meant(evidence: Evidence, decision: Decision) -> tuple[str, ...]:
    """The links that a decision is about.

    By a line of the file: what it comes to, its last link; where it is called right, all that was not.
    """
    here = [line for line in evidence.lines if decision.line in (line.id, str(line.line))]
    if not here:
        return ()
    faulty = [line.id for line in here if line.verdict not in _RIGHT]
    return tuple(faulty) if faulty and decision.verdict in _RIGHT else (here[-1].id,)


def _decided(line: Line, decision: Decision | None) -> Line:
    if decision is None or decision.verdict is None:
        return line
    said = f"line {line.line}: {decision.said}"
    return replace(_bare(line, str(decision.verdict)), message=decision.said, decided=said)


def _freed(line: Line, cause: Line | None) -> Line:
    """A line without its fault, where it only follows from one that a person calls right."""
    if cause is None or line.verdict != Verdict.FOLLOWS:
        return line
    said = f"line {line.line} follows from line {cause.line}"
    bare = _bare(line, cause.verdict)
    return replace(bare, cause=cause.id, message=cause.message, decided=f"{said}, {cause.message}")


def _bare(line: Line, verdict: str) -> Line:
    """A line with a verdict and nothing that was found of it."""
    return replace(
        line,
        verdict=verdict,
        code=None,
        name=None,
        cause=None,
        certainty=None,
        why=None,
        help=None,
        repair=None,
        conventions=(),
        reading=None,
    )


def lost(evidence: Evidence, decisions: tuple[Decision, ...]) -> Iterator[Decision]:
    """The decisions about lines that the submission does not have."""
    yield from (each for each in decisions if each.line is not None and not _meant(evidence, each))
