"""Where a report goes, and how wide and colourful it may be there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gradcheck.cli import UsageError
from gradcheck.records import replace
from gradcheck.report.formats import FORMATS
from gradcheck.report.model import Report
from gradcheck.report.view import View

_PAGE = 80
_NARROWEST, _WIDEST = 40, 140
_SHORTEST = 8


def view(output: Path | None, *, verbose: bool, seconds: float, one_screen: bool = False) -> View:
    """A terminal's own width and colours; for a file or a pipe a page without colour and without the time.

    one_screen  show what one screen of a terminal holds, what was there before cleared
    """
    if output is None and sys.stdout.isatty():
        from shutil import get_terminal_size

        colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        size = get_terminal_size()
        width = max(_NARROWEST, min(size.columns, _WIDEST))
        return View(width, colour, verbose, max(_SHORTEST, size.lines) if one_screen else None, seconds)
    columns = os.environ.get("COLUMNS", "") if output is None else ""
    width = max(_NARROWEST, int(columns)) if columns.isdigit() else _PAGE
    return View(width, verbose=verbose)


def write(text: str, output: Path | None = None) -> None:
    """To the file, or to standard output; UTF-8 in both, whatever the locale."""
    encoded = text.encode("utf-8", "backslashreplace")
    if output is None:
        sys.stdout.flush()
        rest = memoryview(encoded)
        while rest:  # an unbuffered stream (PYTHONUNBUFFERED) may take only a part at a time
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.flush()
        return
    try:
        output.write_bytes(encoded)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {(error.strerror or 'it failed').lower()}") from error


def write_all(report: Report, seen_as: View, directory: Path) -> None:
    """The reports that a repository keeps, each in its format's file."""
    for each in FORMATS.values():
        if each.file:
            write(each.render(report, replace(seen_as, seconds=None)), directory / each.file)
