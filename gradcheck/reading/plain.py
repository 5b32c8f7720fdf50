"""Plain text that holds LaTeX mathematics, as transcripts of handwriting do.

Lines that begin with `#` are headings here too; code fences and quotations are not looked for.
"""

from __future__ import annotations

from gradcheck.reading.blocks import blocks
from gradcheck.reading.formulas import formulas
from gradcheck.reading.front_matter import front_matter
from gradcheck.reading.mask import blank
from gradcheck.reading.pieces import Layout
from gradcheck.source import Source


def read_plain(source: Source) -> Layout:
    """The layout of a plain text file; raises ReadingError where its front matter is no YAML."""
    matter, place = front_matter(source.text, source.path)
    text = blank(source.text, [place])
    return Layout(text, matter, tuple(blocks(text, list(formulas(text)))))
