"""Lines to paragraphs, list items and headings, with the mathematics that stands in them.

A display ends the paragraph around it, since what is said before and after are two remarks; inline
mathematics stays in its paragraph's text and follows it as formulas of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from gradcheck.reading.pieces import Arrow, Broken, Formula, Piece, Title, Words
from gradcheck.source import Span

_HEADING: Final = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*\r?$")
_UNDERLINE: Final = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t]*\r?$")
_ITEM: Final = re.compile(r"[ \t]*(?:\\?[-*+•]|\d{1,3}[.)])[ \t]+")
_ARROW: Final = re.compile(r"\\Rightarrow|\\implies|⇒|⟹|=>")
_SAYS_SOMETHING: Final = re.compile(r"\w")
_COMMAND: Final = re.compile(r"\\[A-Za-z]+|</?[A-Za-z][^<>]*>")

Mathematics = Formula | Broken


def blocks(text: str, mathematics: Sequence[Mathematics]) -> Iterator[Piece]:
    """Everything in the text, in order.

    mathematics   what `formulas` found, in order
    """
    starts = [whole(piece).start for piece in mathematics]

    def goes_on(line: Span) -> bool:
        """Whether a formula goes on in this line, or one begins in a line that else looks empty."""
        first = bisect_left(starts, line.start)
        if first and whole(mathematics[first - 1]).end > line.start:
            return True
        begins = first < len(starts) and starts[first] < line.end
        return begins and not text[line.start : line.end].strip()

    paragraph = Span(0, 0)
    for line in _lines(text):
        content = text[line.start : line.end]
        if goes_on(line):
            paragraph = paragraph.cover(line) if paragraph.end else line
        elif heading := _HEADING.match(content):
            yield from _paragraph(text, paragraph, mathematics, starts)
            yield Title(len(heading[1]), heading[2], line)
            yield from _inline(mathematics, starts, line)
            paragraph = Span(line.end, line.end)
        elif (underline := _UNDERLINE.match(content)) and _is_one_line(text, paragraph):
            level = 1 if underline[1][0] == "=" else 2
            yield Title(level, text[paragraph.start : paragraph.end].strip(), paragraph)
            yield from _inline(mathematics, starts, paragraph)
            paragraph = Span(line.end, line.end)
        elif not content.strip() or underline:
            yield from _paragraph(text, paragraph, mathematics, starts)
            paragraph = Span(line.end, line.end)
        elif _ITEM.match(content):
            yield from _paragraph(text, paragraph, mathematics, starts)
            paragraph = line
        else:
            paragraph = Span(paragraph.start, line.end)
    yield from _paragraph(text, paragraph, mathematics, starts)


def whole(piece: Mathematics) -> Span:
    """The span of a piece of mathematics with its delimiters."""
    return piece.whole if isinstance(piece, Formula) else piece.span


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _is_one_line(text: str, paragraph: Span) -> bool:
    content = text[paragraph.start : paragraph.end].strip()
    return bool(content) and "\n" not in content and "$$" not in content


def _inline(mathematics: Sequence[Mathematics], starts: Sequence[int], span: Span) -> Sequence[Mathematics]:
    return mathematics[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _paragraph(
    text: str, span: Span, mathematics: Sequence[Mathematics], starts: Sequence[int]
) -> Iterator[Piece]:
    """A paragraph as remarks and formulas: each remark goes from one display to the next."""
    found = _inline(mathematics, starts, span)
    start = span.start
    inline: list[Mathematics] = []
    for piece in found:
        if isinstance(piece, Formula) and not piece.display:
            inline.append(piece)
            continue
        yield from _remark(text, Span(start, whole(piece).start), inline)
        yield piece
        start = whole(piece).end
        inline = []
    yield from _remark(text, Span(start, span.end), inline)


def _remark(text: str, span: Span, inline: Sequence[Mathematics]) -> Iterator[Piece]:
    """The words of the span, then its inline formulas and the arrows between them."""
    gaps = _gaps(span, inline)
    said = any(_SAYS_SOMETHING.search(_COMMAND.sub("", text[gap.start : gap.end])) for gap in gaps)
    if said:
        yield _trimmed(text, span)
    for index, gap in enumerate(gaps):
        if match := _ARROW.search(text, gap.start, gap.end):
            yield Arrow(Span(match.start(), match.end()))
        if index < len(inline):
            yield inline[index]


def _gaps(span: Span, inline: Sequence[Mathematics]) -> list[Span]:
    starts = [span.start, *(whole(piece).end for piece in inline)]
    ends = [*(whole(piece).start for piece in inline), span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _trimmed(text: str, span: Span) -> Words:
    content = text[span.start : span.end]
    item = _ITEM.match(content.lstrip("\n"))
    start = span.start + len(content) - len(content.lstrip("\n")) + (item.end() if item else 0)
    content = text[start : span.end]
    start += len(content) - len(content.lstrip())
    return Words(content.strip(), Span(start, start + len(content.strip())))
