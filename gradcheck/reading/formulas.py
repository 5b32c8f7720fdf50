r"""Where mathematics stands in running text: `$`, `$$`, `\(`, `\[`, `\begin{align}`.

An own scan of one pass: Markdown parsers give lines, not offsets, and disagree about `\(` and bare
environments. A delimiter that is never closed spoils its paragraph and no more; a dollar sign that cannot
be mathematics (`$5 and $6`) is text. `\\(` and `\\[` are the same with kramdown's doubled backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gradcheck.notation.vocabulary import ALIGNMENTS
from gradcheck.patterns import late_pattern
from gradcheck.reading.pieces import Broken, Formula
from gradcheck.source import Span

_ENVIRONMENTS: Final = "|".join(re.escape(name) for name in sorted(ALIGNMENTS, key=len, reverse=True))
_OPENING: Final = late_pattern(
    rf"""(?P<code> (?<!`)(?P<ticks>`+)(?!`) )
       | (?P<double> \$\$ )
       | (?P<single> \$ )
       | (?P<bracket> \\\\?[\[(] )
       | (?P<begin> \\begin\s*\{{(?P<environment>{_ENVIRONMENTS})\}} )
       | (?P<escape> \\. )""",
    re.VERBOSE | re.DOTALL,
)
_MATH_FENCE: Final = late_pattern(r"(?:math|latex|tex)[ \t]+")
_TICKS: Final = late_pattern(r"(?<!`)(?P<ticks>`+)(?!`)")
_PARAGRAPH_END: Final = late_pattern(r"\n[ \t\r]*\n")
_EDGE: Final = late_pattern(r"\\(begin|end)\s*\{")
_MOST_BLANK_LINES: Final = 20
_ALONE: Final = late_pattern(r"[ \t]*\r?\n")
_DOUBLE: Final = late_pattern(r"(?:[^$\\]|\\.|\$(?!\$))*?(\$\$)", re.DOTALL)
_SINGLE: Final = late_pattern(r"(?:[^$\\]|\\.)*?(\$)", re.DOTALL)
# Words inside of mathematics, in which dollar signs may stand again.
_WORDS: Final = late_pattern(r"\\(?:text|mbox|textrm|textbf|textit|hbox)\s*\{")
# What is mathematics between spaced dollar signs though no command shows it: `$ m $`, `$ - 1 $`.
_LITTLE: Final = late_pattern(r"(?=.{1,12}$)(?:[A-Za-z](?![A-Za-z])|[\d+\-*/().,<> ])+")
_NEAR: Final = 200  # so far, a command after an escaped bracket shows that it opens mathematics
_COMMAND: Final = late_pattern(r"\\[A-Za-z]")
_BESIDE: Final = late_pattern(r"\$\$[^$]*\$\$|</?[A-Za-z][^<>]*>|\$[^$]*\$")
_BESIDE_LENGTH: Final = 2000  # so far, words of a line are looked for: else a long line is read for each
_WORD: Final = late_pattern(r"[^\W\d_]{2}")
_MATHEMATICAL: Final = late_pattern(r"\\[A-Za-z]|[\^_=]")


def formulas(text: str) -> Iterator[Formula | Broken]:
    """All formulas in the order of the text."""
    scan = _Scan(text)
    at = 0
    while match := _OPENING.search(text, at):
        at = match.end()
        found: Formula | Broken | None = None
        if match["code"]:
            at = scan.after_code(match)
            found = scan.fenced(match, at)
        elif match["double"]:
            found = scan.dollars(match)
        elif match["single"]:
            found = scan.dollar(match)
        elif match["bracket"]:
            found = scan.bracket(match)
        elif match["begin"]:
            found = scan.environment(match)
        if found:
            at = found.whole.end if isinstance(found, Formula) else found.span.end
            yield found


def code_spans(text: str) -> Iterator[tuple[Span, Span]]:
    """Each `code span` of a text: what is in it, and the whole with its ticks."""
    scan = _Scan(text)
    at = 0
    while match := _TICKS.search(text, at):
        at = scan.after_code(match)
        if at > match.end():
            yield Span(match.end(), at - len(match["ticks"])), Span(match.start(), at)


class _Scan:
    """What closes what. It remembers where paragraphs end and which closers are missing, so that a text
    full of openers costs one search, not one each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._paragraph = Span(0, -1)
        self._absent: dict[str, Span] = {}

    def paragraph_end(self, start: int) -> int:
        """Where the paragraph of an offset ends."""
        if not self._paragraph.start <= start <= self._paragraph.end:
            match = _PARAGRAPH_END.search(self.text, start)
            self._paragraph = Span(start, match.start() if match else len(self.text))
        return self._paragraph.end

    def display_end(self, start: int) -> int:
        """How far a display may go: to the end of its paragraph, of the file where it stands alone.

        An environment that a paragraph leaves open goes on behind a blank line, and so does its display.
        """
        if _ALONE.match(self.text, start):
            return len(self.text)
        limit = self.paragraph_end(start)
        opened = 0
        at = start
        for _ in range(_MOST_BLANK_LINES):
            opened += sum(1 if m[1] == "begin" else -1 for m in _EDGE.finditer(self.text, at, limit))
            gap = _PARAGRAPH_END.match(self.text, limit) if opened > 0 else None
            if gap is None:
                break
            at = gap.end()
            following = _PARAGRAPH_END.search(self.text, at)
            limit = following.start() if following else len(self.text)
        return limit

    def find(self, closer: str, start: int, limit: int) -> int:
        """The first place of a closer between start and limit, or -1."""
        absent = self._absent.get(closer)
        if absent and absent.start <= start and limit <= absent.end:
            return -1
        place = self.text.find(closer, start, limit)
        if place < 0:
            self._absent[closer] = Span(start, limit)
        return place

    def after_code(self, match: re.Match[str]) -> int:
        """The end of a code span, or of its ticks where it is never closed."""
        limit = self.paragraph_end(match.end())
        closing = re.compile(rf"(?<!`){match['ticks']}(?!`)").search(self.text, match.end(), limit)
        return closing.end() if closing else match.end()

    def fenced(self, match: re.Match[str], end: int) -> Formula | None:
        """The formula of a fence marked `math` that is opened and closed in one line."""
        ticks = len(match["ticks"])
        opened = _MATH_FENCE.match(self.text, match.end())
        if ticks < 3 or opened is None or end <= opened.end() or "\n" in self.text[opened.end() : end]:
            return None
        return Formula(Span(opened.end(), end - ticks), Span(match.start(), end), display=True)

    def dollars(self, match: re.Match[str]) -> Formula | Broken:
        """`$$ ... $$`; blank lines inside are allowed where the delimiter stands alone on its line."""
        start = match.end()
        limit = self.display_end(start)
        closing = _DOUBLE.match(self.text, start, limit)
        if closing is None:
            return Broken(Span(match.start(), self.paragraph_end(start)), "`$$` is never closed")
        whole = Span(match.start(), closing.end())
        return Formula(Span(start, closing.start(1)), whole, display=not self._in_a_line(whole))

    def _in_a_line(self, whole: Span) -> bool:
        """Whether words stand beside a formula in its one line, where kramdown sets `$$ ... $$` inline."""
        begin = self.text.rfind("\n", 0, whole.start) + 1
        end = self.text.find("\n", whole.start)
        end = len(self.text) if end < 0 else end
        near = Span(max(begin, whole.start - _BESIDE_LENGTH), min(end, whole.end + _BESIDE_LENGTH))
        beside = self.text[near.start : whole.start] + "$$" + self.text[whole.end : near.end]
        return whole.end <= end and _WORD.search(_BESIDE.sub(" ", beside)) is not None

    def dollar(self, match: re.Match[str]) -> Formula | Broken | None:
        """`$ ... $` within a paragraph; None where the sign is money."""
        start = match.end()
        closing = self._single(start)
        if closing is None:
            line_end = self.text.find("\n", start)
            line_end = len(self.text) if line_end < 0 else line_end
            if _MATHEMATICAL.search(self.text, start, line_end):
                return Broken(Span(match.start(), line_end), "`$` is never closed")
            return None
        content = self.text[start : closing.start(1)]
        tight = bool(content) and not content[0].isspace() and not content[-1].isspace()
        money = self.text[closing.end() : closing.end() + 1].isdigit()
        if money and not _COMMAND.search(content):
            return None
        amount = self.text[match.start() - 1 : match.start()].isdigit()
        little = None if amount else _LITTLE.fullmatch(content.strip())
        if tight or little or _MATHEMATICAL.search(content):
            # GitHub's other way of marking it, $`a = b`$, has ticks inside.
            ticks = len(content) > 2 and content[0] == content[-1] == "`"
            inside = Span(start + ticks, closing.start(1) - ticks)
            return Formula(inside, Span(match.start(), closing.end()), display=False)
        return None

    def _single(self, start: int) -> re.Match[str] | None:
        """The dollar sign that closes; those around mathematics within words do not."""
        limit = self.paragraph_end(start)
        closing = _SINGLE.match(self.text, start, limit)
        while closing is not None and self._in_words(start, closing.start(1)):
            inner = _SINGLE.match(self.text, closing.end(), limit)
            closing = None if inner is None else _SINGLE.match(self.text, inner.end(), limit)
        return closing

    def _in_words(self, start: int, end: int) -> bool:
        """Whether a place stands within the braces of `\\text{...}`."""
        opened = [match.end() for match in _WORDS.finditer(self.text, start, end)]
        inside = self.text[opened[-1] : end] if opened else "}"
        return inside.count("{") >= inside.count("}")

    def bracket(self, match: re.Match[str]) -> Formula | Broken | None:
        r"""`\( ... \)` or `\[ ... \]`; None where it is an escaped bracket of the prose."""
        opening, start = match.group(), match.end()
        display = opening.endswith("[")
        closer = opening[:-1] + ("]" if display else ")")
        limit = self.display_end(start) if display else self.paragraph_end(start)
        end = self.find(closer, start, limit)
        if end >= 0:
            return Formula(Span(start, end), Span(match.start(), end + len(closer)), display)
        if _COMMAND.search(self.text, start, min(limit, start + _NEAR)):
            return Broken(Span(match.start(), self.paragraph_end(start)), f"`{opening}` is never closed")
        return None

    def environment(self, match: re.Match[str]) -> Formula | Broken:
        r"""`\begin{align} ... \end{align}` outside of dollars; the environment is part of the formula."""
        name = match["environment"]
        end = self.find(f"\\end{{{name}}}", match.end(), len(self.text))
        if end < 0:
            limit = self.paragraph_end(match.end())
            return Broken(Span(match.start(), limit), f"the environment `{name}` is never closed")
        whole = Span(match.start(), end + len(f"\\end{{{name}}}"))
        return Formula(whole, whole, display=True)
