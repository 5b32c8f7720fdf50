"""A diagnostic as plain lines, for formats that show text as it is: XML, annotations, test failures."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.diagnostic import Diagnostic
from gradcheck.report.snippet import snippet
from gradcheck.report.visible import visible, wrap
from gradcheck.source import Source

WIDTH = 80


def lines(source: Source, diagnostic: Diagnostic, width: int = WIDTH) -> Iterator[str]:
    """The place, the author's own lines with carets, and what is to be known; all of it safe to print."""
    place = diagnostic.labels[0].region
    yield f"{visible(source.path)}:{place.line}:{place.column}"
    yield from snippet_lines(source, diagnostic, width)
    for note in diagnostic.notes:
        first, *rest = wrap(f"{note.kind}: {note.text}", width)
        yield first
        yield from (f"  {line}" for line in rest)


def snippet_lines(source: Source, diagnostic: Diagnostic, width: int = WIDTH) -> Iterator[str]:
    """The author's own lines with carets under what is meant."""
    margin = max(len(str(label.region.end_line)) for label in diagnostic.labels)
    for row in snippet(source, diagnostic.labels, width - margin - 3):
        number = "" if row.number is None else str(row.number)
        yield f"{number:>{margin}} | {row.text}".rstrip()


def headline(diagnostic: Diagnostic) -> str:
    """What is wrong in one line, with the code in front."""
    code = f"{diagnostic.code}: " if diagnostic.code else ""
    return visible(f"{code}{' '.join(diagnostic.headline.split())}")
