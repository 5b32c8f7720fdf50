"""CSV whose cells no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from gradcheck.patterns import late_pattern

_FORMULA = late_pattern(r"\s*[=+\-@\t\r\n|%]")
_NUMBER = late_pattern(r"-?\d+(\.\d+)?")


def cell(text: str) -> str:
    """The text; with an apostrophe before it where a spreadsheet would compute it, unless it is a number."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV text with safe cells."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([cell(each) for each in row] for row in rows)
    return text.getvalue()
