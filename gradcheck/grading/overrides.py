"""A person's decisions, kept in a file of their own, so that they survive every run.

A decision is about a line (its verdict) or about a result (its points), by student. It is applied to the
evidence before marks are computed, or to the marks, and stays visible as a person's. One that fits nothing
any more is an error: a decision must not get lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from gradcheck.grading.evidence import Evidence, Line
from gradcheck.grading.places import Value, document
from gradcheck.grading.rubric import Requirement, Rubric
from gradcheck.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: the verdict of a line, or the points of a result; as the person put it."""

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
    if not {"case", "gradient", "points"} <= set(given):
        entry.fail("a decision about a result has `case`, `gradient`, `points` and `reason`")
    wanted = _requirement(given["case"], given["gradient"], rubric)
    points = given["points"].number()
    if points > wanted.points:
        given["points"].fail(f"this result is worth {wanted.points} points at most")
    return Decision(student, reason, by, case=wanted.case, quantity=wanted.quantity, points=points)


def _requirement(case: Value, gradient: Value, rubric: Rubric) -> Requirement:
    wanted = gradient.text()
    fitting = [each for each in rubric.requirements if wanted in (each.latex, each.quantity)]
    found = next((each for each in fitting if each.case == case.text()), None)
    if found is None:
        gradient.fail(f"the rubric requires no {wanted} in {case.text()!r}; write it as the rubric does")
    return found


def applied(evidence: Evidence, decisions: tuple[Decision, ...]) -> Evidence:
    """The evidence with the verdicts that a person decided, and nothing concluded from them."""
    verdicts = {each.line: each for each in decisions if each.line is not None}
    return replace(evidence, lines=tuple(_decided(line, verdicts.get(line.id)) for line in evidence.lines))


def _decided(line: Line, decision: Decision | None) -> Line:
    if decision is None or decision.verdict is None:
        return line
    return replace(
        line,
        verdict=str(decision.verdict),
        code=None,
        name=None,
        cause=None,
        certainty=None,
        message=decision.said,
        why=None,
        help=None,
        repair=None,
    )


def lost(evidence: Evidence, decisions: tuple[Decision, ...]) -> Iterator[Decision]:
    """The decisions about lines that the submission does not have."""
    known = {line.id for line in evidence.lines}
    yield from (each for each in decisions if each.line is not None and each.line not in known)
