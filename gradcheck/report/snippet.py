"""The author's own lines with a caret under a region of them, cut to the width of the page.

A long line shows the part around the region; a region over several lines shows its first two lines and its
last. Columns are code points in the file and cells on the page: the caret is placed by cells, since a
wide character takes two and a combining one none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gradcheck.diagnostic import Label, Region
from gradcheck.report.visible import cells, visible, wrap
from gradcheck.source import Source

_CUT = "…"
_HEAD_LINES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a snippet: a source line with its number, the marks below one, or a gap with neither."""

    number: int | None
    text: str = ""
    marks: str = ""


def snippet(source: Source, label: Label, width: int) -> Iterator[Row]:
    """The lines a label covers, each with its marks below it, in at most `width` cells after the gutter."""
    region = label.region
    for number in _lines(region):
        if number is None:
            yield Row(None, text=_CUT)
            continue
        line = source.line(number)
        start, end = _columns(region, number, line)
        text, offset = _window(line, start, end, width)
        yield Row(number, text=text)
        marked = min(max(1, cells(line[start:end])), width - offset)
        last = number == region.end_line
        yield from _marks(offset, marked, label.text if last else "", width)


def gutter(labels: tuple[Label, ...]) -> int:
    """The cells that the largest line number of these labels takes."""
    return max(len(str(label.region.end_line)) for label in labels)


def _lines(region: Region) -> Iterator[int | None]:
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


def _window(line: str, start: int, end: int, width: int) -> tuple[str, int]:
    """The visible part of a line around `line[start:end]`, and the cells before that part's `start`."""
    if cells(line) <= width:
        return visible(line), cells(line[:start])
    room = width - 2
    first = last = start
    while last < len(line) and last < end and cells(line[first : last + 1]) <= room:
        last += 1
    while True:
        grown = first
        if first > 0 and cells(line[first - 1 : last]) <= room:
            first -= 1
        if last < len(line) and cells(line[first : last + 1]) <= room:
            last += 1
        elif grown == first:
            break
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(line) else ""
    return before + visible(line[first:last]) + after, len(before) + cells(line[first:start])


def _marks(offset: int, length: int, text: str, width: int) -> Iterator[Row]:
    """Carets under a region and what is said of it: beside them if it fits, else below."""
    carets = " " * offset + "^" * length
    if not text:
        yield Row(None, marks=carets)
    elif cells(carets) + 1 + cells(text) <= width:
        yield Row(None, marks=f"{carets} {visible(text)}")
    else:
        yield Row(None, marks=carets)
        indent = " " * max(0, min(offset, width - cells(text)))
        for line in wrap(text, width - len(indent)):
            yield Row(None, marks=indent + line)
