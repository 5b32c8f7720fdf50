"""Matrices that plain text draws over several lines, put into one line of the same length.

    f(x) = [x1 x2] [2  1] [x1]          f(x) = [x1 x2] [2  1; 1  3] [x1; x2]
                   [1  3] [x2]

A line belongs to the drawing above it where its brackets stand below brackets, and where what stands outside
of brackets stands on one of the two: an equals sign may be drawn on any. Everything else stays as it is.
Where each character was drawn is told beside the text, so that a message points at the number that it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from gradcheck.patterns import late_pattern
from gradcheck.source import Span

_PIECE: Final = late_pattern(r"\[[^\[\]\n]*\]")
_CORNERS: Final = str.maketrans("⎡⎢⎣⎤⎥⎦", "[[[]]]")
_NEAR: Final = 3  # columns by which brackets above each other may be shifted
_MOST_LINES: Final = 12
_BESIDE: Final = late_pattern(r" {3,}(?=[^\W\d_]\S* *=)")


class _Run(NamedTuple):
    """Characters, and the place of the first of them in the file."""

    text: str
    start: int

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


class _Column(NamedTuple):
    """Brackets above each other, where in its line the first stands, and what stands before them."""

    at: int
    before: _Run
    rows: tuple[_Run, ...]


class _Line(NamedTuple):
    """Brackets beside each other in lines from one place to another, and what stands behind the last."""

    start: int
    end: int
    columns: tuple[_Column, ...]
    behind: _Run
    height: int = 1


def in_one_line(text: str, spans: Iterable[Span]) -> tuple[str, Mapping[int, int]]:
    """The text with each matrix drawn over lines of a span as `[2 1; 1 3]` in the first of them.

    Beside it, where in the file each of the characters stands that now stand elsewhere.
    """
    found = [drawing for span in spans for drawing in _drawings(text, span) if drawing.height > 1]
    parts: list[str] = []
    moved: dict[int, int] = {}
    last = 0
    for drawing in found:
        runs = list(_written(drawing))
        written = "".join(run.text for run in runs)
        parts += [text[last : drawing.start], written.ljust(drawing.end - drawing.start)]
        places = (run.start + at for run in runs for at in range(len(run.text)))
        moved |= dict(zip(range(drawing.start, drawing.end), places, strict=False))
        last = drawing.end
    return "".join([*parts, text[last:]]), moved


def _drawings(text: str, span: Span) -> Iterator[_Line]:
    """The lines of a span, those that draw one formula together as one."""
    above: _Line | None = None
    start = span.start
    for line in text[span.start : span.end].translate(_CORNERS).split("\n"):
        below = _line(line, start)
        start += len(line) + 1
        joined = None if above is None else _joined(above, below)
        if above is not None and joined is None:
            yield above
        above = joined or below
    if above is not None:
        yield above


def _line(line: str, start: int) -> _Line:
    """The brackets of one line; none where it is LaTeX."""
    found: list[_Column] = []
    end = 0
    for match in () if "\\" in line or "$" in line else _PIECE.finditer(line):
        before = _Run(line[end : match.start()], start + end)
        inside = match.group()[1:-1].rstrip()
        row = _Run(inside.lstrip(), start + match.end() - 1 - len(match.group()[1:-1].lstrip()))
        found.append(_Column(match.start(), before, (row,)))
        end = match.end()
    return _Line(start, start + len(line), tuple(found), _Run(line[end:].rstrip(), start + end))


def _joined(above: _Line, below: _Line) -> _Line | None:
    """Two lines as one formula; None where they draw no matrices together."""
    both_end = not above.behind.is_blank and not below.behind.is_blank
    if not above.columns or not below.columns or both_end or above.height == _MOST_LINES:
        return None
    found = [*above.columns]
    place = -1
    for column in below.columns:
        near = {p: abs(each.at - column.at) for p, each in enumerate(found) if p > place}
        place = min(near, key=near.__getitem__, default=-1)
        if place < 0 or near[place] > _NEAR:
            return None
        at, before, rows = found[place]
        if not before.is_blank and not column.before.is_blank:
            return None
        found[place] = _Column(at, before if column.before.is_blank else column.before, rows + column.rows)
    behind = above.behind if below.behind.is_blank else below.behind
    return _Line(above.start, below.end, tuple(found), behind, above.height + 1)


def _written(drawing: _Line) -> Iterator[_Run]:
    """What stands in one line; equations side by side, `A = [...]     x = [...]`, are parted by a comma."""
    for position, (_, before, rows) in enumerate(drawing.columns):
        apart = _BESIDE.match(before.text) if position else None
        if apart is not None:
            yield _Run(" , ", before.start)
        yield before if apart is None else _Run(before.text[apart.end() :], before.start + apart.end())
        yield _Run("[", rows[0].start - 1)
        for place, row in enumerate(rows):
            yield row
            yield _Run("; " if place < len(rows) - 1 else "]", row.start + len(row.text))
    yield drawing.behind
