r"""reStructuredText: `.. math::` blocks, :math:`...` roles, underlined headings.

Each paragraph of a `.. math::` block is a display of its own, as Sphinx sets it; options (`:label:`) and
other directives are no mathematics. Literal blocks are left out; between delimiters nothing is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.reading.blocks import Syntax, blocks, whole
from gradcheck.reading.mask import blank, blank_matches, hide
from gradcheck.reading.pieces import Formula, Layout
from gradcheck.reading.unmarked import in_prose
from gradcheck.source import Source, Span

_BLOCK: Final = late_pattern(
    r"^(?P<margin>[ \t]*)\.\.[ ]math::(?P<content>[^\n]*(?:\n(?:[ \t]*|(?P=margin)[ \t]+[^\n]*)(?=\n|\Z))*)",
    re.MULTILINE,
)
_ROLE: Final = late_pattern(r":math:`(?P<formula>[^`]+)`")
_OPTION: Final = late_pattern(r"^[ \t]*:\w+:[^\n]*$", re.MULTILINE)
_PARAGRAPH: Final = late_pattern(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_SETTING: Final = late_pattern(r"^[ \t]*\.\.[ ][^\n]*$|^[=\-~^\"'*+#.]{3,}[ \t]*$|``|\*\*", re.MULTILINE)
_LEVELS: Final = "=-~^\"'*+#"

RESTRUCTURED: Final = Syntax(
    heading=late_pattern(r"(?!)(?P<mark>)(?P<title>)"),
    level=len,
    item=late_pattern(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+"),
    underlined=True,
)


def read_restructured(source: Source) -> Layout:
    """The layout of a reStructuredText file."""
    text = source.text
    displays = [formula for match in _BLOCK.finditer(text) for formula in _displays(text, match)]
    roles = [
        Formula(Span(*match.span("formula")), Span(*match.span()), display=False)
        for match in _ROLE.finditer(hide(text, [piece.whole for piece in displays]))
    ]
    marked = [*displays, *roles]
    running = blank_matches(hide(text, [piece.whole for piece in marked]), _SETTING)
    mathematics = sorted([*marked, *in_prose(running)], key=lambda piece: whole(piece).start)
    return Layout(blank_matches(text, _OPTION), {}, tuple(blocks(text, mathematics, RESTRUCTURED)))


def _displays(text: str, block: re.Match[str]) -> Iterator[Formula]:
    """The paragraphs of a block; the first one takes the directive with it."""
    start = block.start()
    content = Span(*block.span("content"))
    options = [Span(*match.span()) for match in _OPTION.finditer(text, content.start, content.end)]
    readable = blank(text, options)
    for paragraph in _PARAGRAPH.finditer(readable, content.start, content.end):
        yield Formula(Span(*paragraph.span()), Span(start, paragraph.end()), display=True)
        start = paragraph.end()
