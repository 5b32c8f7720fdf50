"""The marks of a class: one record a submission, by student, and how numbers are written everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from gradcheck.grading.evidence import Evidence
from gradcheck.grading.marks import Marks, mark
from gradcheck.grading.overrides import Decisions, lost
from gradcheck.grading.roster import Submission
from gradcheck.grading.rubric import Rubric
from gradcheck.records import dataclass

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission with its marks."""

    submission: Submission
    marks: Marks


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The marks of all submissions in the order of the students; `warnings` are for staff."""

    title: str
    rubric: Rubric
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()


def gradebook(
    title: str,
    rubric: Rubric,
    examined: Iterable[tuple[Submission, Evidence]],
    decisions: Decisions,
) -> Gradebook:
    """Mark what was examined; a decision that no submission fits is a warning, never lost in silence."""
    entries: list[Entry] = []
    warnings: list[str] = []
    found = sorted(examined, key=lambda pair: pair[0])
    for submission, evidence in found:
        decided = decisions.get(submission.student, ())
        entries.append(Entry(submission, mark(submission.student, evidence, rubric, decided)))
        warnings += [
            f"{submission.student}: there is no line {each.line} to decide about"
            for each in lost(evidence, decided)
        ]
    known = {submission.student for submission, _ in found}
    warnings += [
        f"there is no submission of {name!r} to decide about" for name in decisions if name not in known
    ]
    return Gradebook(title, rubric, tuple(entries), tuple(warnings))


def shown(points: Fraction | None) -> str:
    """Points as a decimal number, without zeros at its end; empty where there are none."""
    if points is None:
        return ""
    return f"{float(points):.{_DIGITS}f}".rstrip("0").rstrip(".")


def counted(number: int, noun: str) -> str:
    """So many of something: `1 line`, `2 lines`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
