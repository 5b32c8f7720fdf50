"""Feedback as Markdown, one page a student.

What a student wrote stands in code, fenced longer than any fence in it, so that it cannot become a heading,
a link or HTML on somebody's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gradcheck.grading.feedback import Feedback, Remark, ResultFeedback, feedback
from gradcheck.grading.files import save
from gradcheck.grading.gradebook import Gradebook
from gradcheck.patterns import late_pattern
from gradcheck.report.visible import visible

_SPECIAL = late_pattern(r"([\\`*_\[\]<>#|~&])")
_BLANKS = late_pattern(r"\s+")


def write(book: Gradebook, folder: Path) -> None:
    """Write feedback/STUDENT.md for every student."""
    below = folder / "feedback"
    for entry in book.entries:
        text = page(feedback(entry.marks, book))
        save(below / f"{entry.submission.page}.md", text)


def page(told: Feedback) -> str:
    """One student's page."""
    return "\n".join([*_heading(told), *_results(told.results), *_rest(told)]) + "\n"


def _heading(told: Feedback) -> Iterator[str]:
    yield f"# {_plain(told.title)}"
    yield ""
    yield f"{_plain(told.student)}: **{told.points} of {told.full} points**"
    if told.open_points:
        yield f"(and {told.open_points} more that a person will look at)"
    yield ""


def _results(results: Iterable[ResultFeedback]) -> Iterator[str]:
    case = None
    for each in results:
        if each.case != case:
            case = each.case
            yield f"## {_plain(case)}"
            yield ""
        earned = each.points or "?"
        yield f"- ${each.latex}$: {earned} of {each.full}, {each.status}"
        for remark in each.remarks:
            yield from _remark(remark)
        yield ""


def _rest(told: Feedback) -> Iterator[str]:
    if told.elsewhere:
        yield "## Elsewhere"
        yield ""
        for remark in told.elsewhere:
            yield from _remark(remark)
        yield ""
    if told.notes:
        yield "## How your letters were read"
        yield ""
        yield from (f"- {_said(note)}" for note in told.notes)
        yield ""


def _remark(remark: Remark) -> Iterator[str]:
    cost = f" ({remark.points.replace('-', '−')})" if remark.points.startswith("-") else ""
    yield f"  - {_said(remark.text)}{cost}"
    if remark.formula is not None:
        yield f"    {_code(remark.formula)}"
    yield from (f"    - {_said(sentence)}" for sentence in remark.sentences)
    if remark.reference is not None:
        yield f"    - right would be {_code(remark.reference)}"


def _code(text: str) -> str:
    """A formula as it is written, as inline code."""
    flat = " ".join(visible(text).split())
    longest = max((len(run) for run in re.findall(r"`+", flat)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {flat} {fence}"


def _said(text: str) -> str:
    """A sentence; what stands in backticks stays code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _plain(text)
    return "".join(_code(part) if index % 2 else _plain(part) for index, part in enumerate(parts))


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _BLANKS.sub(" ", visible(text)))
