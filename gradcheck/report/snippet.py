"""The author's own lines with carets under regions of them, cut to the width of the page.

A long line shows the part around the regions; a region over several lines shows its first two lines and its
last. Columns are code points in the file and cells on the page: the caret is placed by cells, since a
wide character takes two and a combining one none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from gradcheck.diagnostic import Label, Region
from gradcheck.records import dataclass
from gradcheck.report.visible import cells, visible, wrap
from gradcheck.source import Source

_CUT = "…"
_HEAD_LINES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a snippet: a source line with its number, or the marks below one."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of a line that is shown, and the cells of the page before any offset into the line."""

    line: str
    first: int
    last: int

    def __str__(self) -> str:
        before = _CUT if self.first > 0 else ""
        after = _CUT if self.last < len(self.line) else ""
        return before + visible(self.line[self.first : self.last]) + after

    def cell(self, offset: int) -> int:
        shown = min(max(offset, self.first), self.last)
        return (self.first > 0) + cells(self.line[self.first : shown])


def snippet(source: Source, labels: Sequence[Label], width: int) -> Iterator[Row]:
    """The lines that labels cover with carets below, and below them what is said, in `width` cells."""
    for (first, last), group in groupby(labels, key=lambda label: (label.region.line, label.region.end_line)):
        on_line = list(group)
        if first == last:
            yield from _on_one_line(source, on_line, width)
        else:
            for label in on_line:
                yield from _on_lines(source, label, width)


def _on_one_line(source: Source, labels: list[Label], width: int) -> Iterator[Row]:
    """One source line with all its labels, or with one at a time where they are too far apart to be seen."""
    number = labels[0].region.line
    line = source.line(number)
    parts = [_columns(label.region, number, line) for label in labels]
    start, end = min(part[0] for part in parts), max(part[1] for part in parts)
    if len(labels) > 1 and cells(line[start:end]) > width - 2:
        for label in labels:
            yield from _on_one_line(source, [label], width)
        return
    window = _window(line, start, end, width)
    yield Row(number, str(window))
    carets = _carets(window, parts)
    said = {
        label.text: window.cell(start) for label, (start, _) in zip(labels, parts, strict=True) if label.text
    }
    yield from _said(carets, sorted(said.items(), key=itemgetter(1), reverse=True), width)


def _on_lines(source: Source, label: Label, width: int) -> Iterator[Row]:
    """A label over several lines: carets under each line that is shown, the words under the last."""
    for number in _shown_lines(label.region):
        if number is None:
            yield Row(None, _CUT)
            continue
        line = source.line(number)
        part = _columns(label.region, number, line)
        window = _window(line, *part, width)
        yield Row(number, str(window))
        said = [(label.text, window.cell(part[0]))] if label.text and number == label.region.end_line else []
        yield from _said(_carets(window, [part]), said, width)


def _shown_lines(region: Region) -> Iterator[int | None]:
    """The line numbers to show; None for the ones left out between them."""
    head = min(region.end_line, region.line + _HEAD_LINES - 1)
    yield from range(region.line, head + 1)
    if region.end_line > head + 1:
        yield None
    if region.end_line > head:
        yield region.end_line


def _columns(region: Region, number: int, line: str) -> tuple[int, int]:
    """The part of one line that a region covers, as offsets into it, without blanks around it."""
    start = region.column - 1 if number == region.line else len(line) - len(line.lstrip())
    end = region.end_column - 1 if number == region.end_line else len(line.rstrip())
    return min(start, len(line)), min(max(start, end), len(line))


def _window(line: str, start: int, end: int, width: int) -> _Window:
    """As much of a line around `line[start:end]` as fits, growing to both sides alike."""
    if cells(line) + (start == len(line)) <= width:  # a caret behind the last character takes a cell, too
        return _Window(line, 0, len(line))
    room = width - 2 * len(_CUT)
    first = last = start
    while last < end and cells(line[first : last + 1]) <= room:
        last += 1
    grows = True
    while grows:
        grows = False
        if first > 0 and cells(line[first - 1 : last]) <= room:
            first, grows = first - 1, True
        if last < len(line) and cells(line[first : last + 1]) <= room:
            last, grows = last + 1, True
    return _Window(line, first, last)


def _carets(window: _Window, parts: list[tuple[int, int]]) -> str:
    """Carets under each part; one under a part that is empty."""
    carets = ""
    for start, end in sorted(parts):
        left, right = window.cell(start), window.cell(end)
        carets = carets.ljust(left) + "^" * (max(right, left + 1) - max(left, len(carets)))
    return carets


def _said(carets: str, said: list[tuple[str, int]], width: int) -> Iterator[Row]:
    """The carets, what is said of the last of them beside it if it fits, the rest below, right to left."""
    if said and len(carets) + 1 + cells(said[0][0]) <= width:
        yield Row(None, f"{carets} {visible(said[0][0])}")
        said = said[1:]
    else:
        yield Row(None, carets)
    for text, offset in said:
        indent = " " * max(0, min(offset, width - cells(text)))
        yield from (Row(None, indent + line) for line in wrap(text, width - len(indent)))
