"""Lines of a submission that look like equations, or show a picture, and that no reader took anything from.

A result that nobody finds may stand there: in a code cell, in a listing, in a scanned page. Marking asks a
person then, instead of giving nothing for it. So this errs on the side of the student: any line with an
equals sign counts, what it says is not looked at, and where all results are found it changes nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from gradcheck.grading.evidence import Unread
from gradcheck.notation import statements
from gradcheck.patterns import late_pattern
from gradcheck.reading.document import Document, Equation, Fragment

_PICTURE = late_pattern(r"!\[|\\includegraphics|<img\b", re.IGNORECASE)
_TAG = late_pattern(r"<[^<>]*>")
_EQUATION = late_pattern(r"[^\s=<>!]\s*(?::=|=|←)\s*[^\s=]")
_MATTER = late_pattern(r"\A---\s*\n.*?\n---\s*\n|\A.*?\\begin\{document\}", re.DOTALL)
_LONGEST = 120


def unseen(document: Document) -> Iterator[Unread]:
    """What was not read, line by line, in order."""
    text = document.source.text
    matter = _MATTER.match(text)
    first = text.count("\n", 0, matter.end()) if matter else 0
    read = set(_lines_read(document, text))
    for number, line in enumerate(text.split("\n"), 1):
        if number <= first or number in read:
            continue
        if _PICTURE.search(line):
            yield Unread(number, line.strip()[:_LONGEST], "pictures are not read")
        elif _EQUATION.search(_TAG.sub(" ", line)):
            yield Unread(number, line.strip()[:_LONGEST], "this line looks like an equation and was not read")


def _lines_read(document: Document, text: str) -> Iterator[int]:
    """The lines on which something stands that was read, or whose reader said why it could not be."""
    ends = [match.start() for match in re.finditer("\n", text)]
    for item in document.body:
        if isinstance(item, Equation | Fragment | statements.Unread):
            first, last = (bisect_left(ends, place) + 1 for place in (item.span.start, item.span.end))
            yield from range(first, last + 1)
