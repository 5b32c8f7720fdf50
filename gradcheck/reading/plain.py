"""Plain text that holds mathematics, as transcripts of handwriting do.

Beside LaTeX between delimiters, a line without any that reads as a formula (`dZ2 = A2 − Y`, `∂L/∂ŷ = …`) is
one: it has a relation sign, and no two words in a row. Lines that begin with `#` are headings here too; code
fences and quotations are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gradcheck.notation.vocabulary import FUNCTIONS
from gradcheck.reading.blocks import MARKDOWN, blocks, whole
from gradcheck.reading.formulas import formulas
from gradcheck.reading.front_matter import front_matter
from gradcheck.reading.mask import blank
from gradcheck.reading.pieces import Broken, Formula, Layout
from gradcheck.source import Source, Span

_LINE: Final = re.compile(r"^[ \t]*(?P<formula>[^\s#>].*?)[ \t\r.,;]*$", re.MULTILINE)
_RELATION: Final = re.compile(r"[=←≔≠≤≥≈∝]|:=|<-")
_FUNCTION: Final = re.compile(rf"\b(?:{'|'.join(sorted(FUNCTIONS))})\b|[A-Za-z_.]+(?=\()")
_SENTENCE: Final = re.compile(
    r"[A-Za-z]{2,}\s+[A-Za-z]{2,}|^[A-Za-z]{3,}[,:]\s|\b(?:is|are|we|the|of|in|to|by|a)\s"
)


def read_plain(source: Source) -> Layout:
    """The layout of a plain text file; raises ReadingError where its front matter is no YAML."""
    matter, place = front_matter(source.text, source.path)
    text = blank(source.text, [place])
    marked = list(formulas(text))
    mathematics = sorted([*marked, *_bare_formulas(text, marked)], key=lambda piece: whole(piece).start)
    return Layout(text, matter, tuple(blocks(text, mathematics)))


def _bare_formulas(text: str, marked: Sequence[Formula | Broken]) -> Iterator[Formula]:
    """Lines that are formulas without delimiters."""
    unmarked = blank(text, [whole(piece) for piece in marked])
    for line in _LINE.finditer(text):
        content = line["formula"]
        untouched = unmarked[line.start("formula") : line.end("formula")] == content
        if untouched and _reads_as_formula(content) and not MARKDOWN.item.match(content):
            span = Span(*line.span("formula"))
            yield Formula(span, span, display=True)


def _reads_as_formula(line: str) -> bool:
    return bool(_RELATION.search(line)) and not _SENTENCE.search(_FUNCTION.sub("f", line))
