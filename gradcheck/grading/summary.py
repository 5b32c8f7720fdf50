"""The class in a few lines for a terminal: marks, what is open, what was not understood."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.grading.cohort import Cohort
from gradcheck.grading.gradebook import Gradebook, counted, shown
from gradcheck.report.visible import visible

_MOST = 8
_BAR = 20


def summary(book: Gradebook, found: Cohort) -> str:
    """The summary as text, at most 80 columns wide but for names."""
    parts = [
        *_marks(book),
        "",
        *_results(book, found),
        *_faults(found),
        *_constructs(found),
        *_end(book, found),
    ]
    return "".join(f"{visible(line)}\n" for line in parts)


def _marks(book: Gradebook) -> Iterator[str]:
    few = len(book.entries) <= 40
    yield f"{book.title}: {counted(len(book.entries), 'submission')}, {shown(book.rubric.points)} points"
    if not few:
        return
    width = max(len(entry.submission.student) for entry in book.entries)
    for entry in book.entries:
        marks = entry.marks
        left = f"  {len(marks.open)} results need a person" if marks.open else ""
        yield f"  {entry.submission.student:<{width}}  {shown(marks.points):>6} of {shown(marks.full)}{left}"


def _results(book: Gradebook, found: Cohort) -> Iterator[str]:
    case = None
    for wanted, mean in zip(book.rubric.requirements, found.means, strict=True):
        if wanted.case != case:
            case = wanted.case
            yield case
        told = "not decided" if mean is None else f"{'#' * round(mean * _BAR):<{_BAR}} {mean:4.0%}"
        yield f"  {wanted.quantity:<12} {told}"


def _faults(found: Cohort) -> Iterator[str]:
    if found.faults:
        yield ""
        yield "most frequent faults"
    for fault in found.faults[:_MOST]:
        often = f"{counted(fault.students, 'submission')}, {counted(fault.lines, 'line')}"
        yield f"  {fault.code or '-':<6} {fault.name:<36} {often}"


def _constructs(found: Cohort) -> Iterator[str]:
    if found.constructs:
        yield ""
        yield "not read or not decided"
    for each in found.constructs[:_MOST]:
        yield f"  {each.count:>4}  {each.reason[:60]}"


def _end(book: Gradebook, found: Cohort) -> Iterator[str]:
    yield ""
    mean = "" if found.mean is None else f", mean {found.mean:.0%} of the points"
    waiting = f", {found.open} with results that need a person" if found.open else ""
    yield f"{counted(len(book.entries), 'submission')}{mean}{waiting}"
