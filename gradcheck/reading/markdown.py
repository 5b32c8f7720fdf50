"""Markdown with LaTeX mathematics.

Code is blanked out first, except fences marked `math`, which are displays; quote marks become spaces, so
that a display in a quotation reads like any other.
"""

from __future__ import annotations

import re
from typing import Final

from gradcheck.reading.blocks import blocks, whole
from gradcheck.reading.formulas import formulas
from gradcheck.reading.front_matter import front_matter
from gradcheck.reading.mask import blank, blank_matches, fill
from gradcheck.reading.pieces import Formula, Layout
from gradcheck.source import Source, Span

_FENCE: Final = re.compile(
    r"""^[ ]{0,3} (?P<fence>`{3,}|~{3,}) [ \t]* (?P<info>[^\n`]*) \n
        (?P<code>.*?) (?: ^[ ]{0,3}(?P=fence)[`~]*[ \t\r]*$ | \Z )""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_MATH_FENCES: Final = frozenset({"math", "latex", "tex"})
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_QUOTE: Final = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)


def read_markdown(source: Source) -> Layout:
    """The layout of a Markdown file; raises ReadingError where its front matter is no YAML."""
    matter, place = front_matter(source.text, source.path)
    text = blank_matches(blank(source.text, [place]), _COMMENT)
    fences = list(_FENCE.finditer(text))
    displays = [
        Formula(Span(*fence.span("code")), Span(*fence.span()), display=True)
        for fence in fences
        if fence["info"].strip().lower() in _MATH_FENCES
    ]
    prose = blank_matches(blank(text, [Span(*fence.span()) for fence in fences]), _QUOTE)
    mathematics = sorted([*formulas(prose), *displays], key=lambda piece: whole(piece).start)
    readable = fill(prose, text, [display.span for display in displays])
    return Layout(readable, matter, tuple(blocks(prose, mathematics)))
