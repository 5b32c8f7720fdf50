"""Lines to paragraphs, list items and headings, with the mathematics that stands in them.

A display ends the paragraph around it, since what is said before and after are two remarks; inline
mathematics stays in its paragraph's text and follows it as formulas of its own. A paragraph that begins with
`**Example 2.**` or with another such word poses a problem of its own, as one below a heading does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from gradcheck.notation.statements import POSED_LEVEL
from gradcheck.patterns import late_pattern
from gradcheck.reading.pieces import Arrow, Broken, Formula, Piece, Title, Words
from gradcheck.records import dataclass
from gradcheck.source import Span

_UNDERLINE: Final = late_pattern(r"[ ]{0,3}(=+|-{3,})[ \t]*\r?$")
_ARROW: Final = late_pattern(r"\\Rightarrow|\\implies|⇒|⟹|=>")
_SAYS_SOMETHING: Final = late_pattern(r"\w")
_COMMAND: Final = late_pattern(r"\\[A-Za-z]+|</?[A-Za-z][^<>]*>")

# Words that begin a paragraph and pose a problem of their own: in bold, or numbered.
_POSED: Final = late_pattern(
    r"""[ ]{0,3}(?P<bold>\*\*|__)?
        (?P<title>(?:examples?|exercise|problem|question|beispiel|aufgabe|exemple|exercice|ejemplo|ejercicio
                    |esempio|exemplo|пример|例题?|例題?|예제?)
            (?(bold)(?:(?!\*\*|__)[^\n]){0,80}|[ ]?\d{1,2}(?:\.\d{1,2})?[.:)]))
        (?(bold)(?P=bold))(?=[^\n]*\w)""",
    re.IGNORECASE | re.VERBOSE,
)
Mathematics = Formula | Broken


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a format marks headings and list items.

    heading      a line that is a heading, with groups `mark` and `title`
    level        the level of a heading by its mark, 1 the highest
    item         what begins a list item
    underlined   whether a line of `===` or `---` makes a heading of the line above
    """

    heading: re.Pattern[str]
    level: Callable[[str], int]
    item: re.Pattern[str]
    underlined: bool


MARKDOWN: Final = Syntax(
    heading=late_pattern(r"[ ]{0,3}(?P<mark>#{1,6})[ \t]+(?P<title>.*?)[ \t]*#*[ \t]*\r?$"),
    level=len,
    item=late_pattern(r"[ \t]*(?:\\?[-*+•]|\d{1,3}[.)])[ \t]+"),
    underlined=True,
)


def blocks(text: str, mathematics: Sequence[Mathematics], syntax: Syntax = MARKDOWN) -> Iterator[Piece]:
    """Everything in the text, in order.

    mathematics   what `formulas` found in it, in order
    """
    page = _Page(text, mathematics, syntax)
    for block in page.blocks():
        if isinstance(block, Title):
            yield block
            yield from page.within(block.span)
        else:
            yield from page.paragraph(block)


def whole(piece: Mathematics) -> Span:
    """The span of a piece of mathematics with its delimiters."""
    return piece.whole if isinstance(piece, Formula) else piece.span


class _Page:
    """A text and the mathematics in it."""

    def __init__(self, text: str, mathematics: Sequence[Mathematics], syntax: Syntax) -> None:
        self.text = text
        self.mathematics = mathematics
        self.starts = [whole(piece).start for piece in mathematics]
        self.syntax = syntax

    def blocks(self) -> Iterator[Title | Span]:
        """Headings, and the spans of the paragraphs between them."""
        paragraph = Span(0, 0)
        for line in _lines(self.text):
            content = self.text[line.start : line.end]
            underline = _UNDERLINE.match(content) if self.syntax.underlined else None
            if self.goes_on(line):
                paragraph = Span(paragraph.start, line.end)
            elif heading := self.syntax.heading.match(content):
                yield paragraph
                yield Title(self.syntax.level(heading["mark"]), heading["title"], line)
                paragraph = Span(line.end, line.end)
            elif underline and self.is_one_line(paragraph):
                title = self.text[paragraph.start : paragraph.end].strip()
                yield Title(1 if underline[1][0] == "=" else 2, title, paragraph)
                paragraph = Span(line.end, line.end)
            elif underline or not content.strip():
                yield paragraph
                paragraph = Span(line.end, line.end)
            elif self.syntax.item.match(content):
                yield paragraph
                paragraph = line
            elif (posed := _POSED.match(content)) and not self.text[paragraph.start : line.start].strip():
                yield Title(POSED_LEVEL, posed["title"].strip(), Span(line.start, line.start + posed.end()))
                paragraph = Span(line.start + posed.end(), line.end)
            else:
                paragraph = Span(paragraph.start, line.end)
        yield paragraph

    def goes_on(self, line: Span) -> bool:
        """Whether a formula goes on in this line, or one begins in a line that else looks empty."""
        first = bisect_left(self.starts, line.start)
        if first and whole(self.mathematics[first - 1]).end > line.start:
            return True
        begins = first < len(self.starts) and self.starts[first] < line.end
        return begins and not self.text[line.start : line.end].strip()

    def is_one_line(self, span: Span) -> bool:
        """Whether the span holds one line of words, which an underline can make a heading."""
        content = self.text[span.start : span.end].strip()
        return bool(content) and "\n" not in content and "$$" not in content

    def within(self, span: Span) -> Sequence[Mathematics]:
        """The mathematics that begins in the span."""
        return self.mathematics[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def paragraph(self, span: Span) -> Iterator[Piece]:
        """A paragraph as remarks and formulas: each remark goes from one display to the next."""
        start = span.start
        inline: list[Mathematics] = []
        for piece in self.within(span):
            if isinstance(piece, Formula) and not piece.display:
                inline.append(piece)
                continue
            yield from self.remark(Span(start, whole(piece).start), inline)
            yield piece
            start = whole(piece).end
            inline = []
        yield from self.remark(Span(start, max(start, span.end)), inline)

    def remark(self, span: Span, inline: Sequence[Mathematics]) -> Iterator[Piece]:
        """The words of the span, then its inline formulas and the arrows between them."""
        starts = [span.start, *(whole(piece).end for piece in inline)]
        ends = [*(whole(piece).start for piece in inline), span.end]
        gaps = [self.text[start:end] for start, end in zip(starts, ends, strict=True)]
        if any(_SAYS_SOMETHING.search(_COMMAND.sub("", gap)) for gap in gaps):
            yield self.words(span)
        for index, (start, gap) in enumerate(zip(starts, gaps, strict=True)):
            if match := _ARROW.search(gap):
                yield Arrow(Span(start + match.start(), start + match.end()))
            if index < len(inline):
                yield inline[index]

    def words(self, span: Span) -> Words:
        """The span's text without blanks around it and without the mark of a list item."""
        start = span.start + _leading_blanks(self.text[span.start : span.end], "\n")
        item = self.syntax.item.match(self.text, start, span.end)
        start = item.end() if item else start
        start += _leading_blanks(self.text[start : span.end], None)
        content = self.text[start : span.end].rstrip()
        return Words(content, Span(start, start + len(content)))


def _leading_blanks(text: str, blanks: str | None) -> int:
    return len(text) - len(text.lstrip(blanks))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 1
