r"""LaTeX files: sections, `\item`s, and the mathematics between.

Comments and verbatim text are blanked out; environments that only arrange prose lose their `\begin` and
`\end`. The preamble is not prose, but its macros count. `\title` is the title.
"""

from __future__ import annotations

import re
from typing import Final

from gradcheck.notation.vocabulary import ALIGNMENTS
from gradcheck.patterns import late_pattern
from gradcheck.reading.blocks import Syntax, blocks
from gradcheck.reading.formulas import formulas
from gradcheck.reading.mask import blank, blank_matches
from gradcheck.reading.pieces import Layout
from gradcheck.source import Source, Span

_COMMENT: Final = late_pattern(r"(?:(?<!\\)|(?<=\\\\))%[^\n]*")
_VERBATIM: Final = late_pattern(
    r"\\begin\{(verbatim|lstlisting|minted|comment)\*?\}.*?(?:\\end\{\1\*?\}|\Z)", re.DOTALL
)
_ARRANGEMENT: Final = late_pattern(
    rf"\\(?:begin|end)\s*\{{(?!(?:{'|'.join(re.escape(name) for name in sorted(ALIGNMENTS))})\}})"
    r"[A-Za-z]+\*?\}(?:\[[^\]\n]*\])?"
)
_COMMANDS: Final = late_pattern(
    r"\\(?:maketitle|tableofcontents|newpage|clearpage|label\{[^}\n]*\}|noindent)"
)
_BODY: Final = late_pattern(r"\\begin\s*\{document\}")
_TITLE: Final = late_pattern(r"\\title\s*\{([^{}\n]*)\}")
_LEVELS: Final = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
}

LATEX: Final = Syntax(
    heading=late_pattern(rf"[ \t]*\\(?P<mark>{'|'.join(_LEVELS)})\*?\s*\{{(?P<title>.*)\}}[ \t]*\r?$"),
    level=_LEVELS.__getitem__,
    item=late_pattern(r"[ \t]*\\item(?:\[[^\]\n]*\])?[ \t]*"),
    underlined=False,
)


def read_latex(source: Source) -> Layout:
    """The layout of a LaTeX file."""
    text = blank_matches(blank_matches(source.text, _VERBATIM), _COMMENT)
    body = _BODY.search(text)
    prose = blank(text, [Span(0, body.end())]) if body else text
    mathematics = list(formulas(prose))
    title = _TITLE.search(text)
    arranged = blank_matches(blank_matches(prose, _ARRANGEMENT), _COMMANDS)
    pieces = tuple(blocks(arranged, mathematics, LATEX))
    return Layout(text, {"title": title[1].strip()} if title else {}, pieces)
