"""Plain text that holds mathematics, as transcripts of handwriting do.

Beside LaTeX between delimiters, what reads as a formula without any (`dZ2 = A2 − Y`, `∂L/∂ŷ = …`) is one.
Lines that begin with `#` are headings here too; code fences and quotations are not looked for.
"""

from __future__ import annotations

import re
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.reading.blocks import blocks, whole
from gradcheck.reading.drawn import in_one_line
from gradcheck.reading.formulas import formulas
from gradcheck.reading.front_matter import front_matter
from gradcheck.reading.mask import blank, blank_matches, hide
from gradcheck.reading.pieces import Layout
from gradcheck.reading.unmarked import in_prose
from gradcheck.source import Source, Span

_MARKS: Final = late_pattern(
    r"^[ \t]*(?:```.*|~~~.*|#{1,6}(?=[ \t])|(?:[-*+•>]|\d{1,3}[.)])(?=[ \t]))", re.MULTILINE
)


def read_plain(source: Source) -> Layout:
    """The layout of a plain text file; raises ReadingError where its front matter is no YAML."""
    matter, place = front_matter(source.text, source.path)
    text, moved = in_one_line(blank(source.text, [place]), [Span(0, len(source.text))])
    marked = list(formulas(text))
    running = blank_matches(hide(text, [whole(piece) for piece in marked]), _MARKS)
    mathematics = sorted([*marked, *in_prose(running, listed=True)], key=lambda piece: whole(piece).start)
    return Layout(text, matter, tuple(blocks(text, mathematics)), moved)
