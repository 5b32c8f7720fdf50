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
from gradcheck.reading.pieces import Broken, Formula
from gradcheck.source import Span

_ENVIRONMENTS: Final = "|".join(re.escape(name) for name in sorted(ALIGNMENTS, key=len, reverse=True))
_OPENING: Final = re.compile(
    rf"""(?P<code> (?<!`)(?P<ticks>`+)(?!`) )
       | (?P<double> \$\$ )
       | (?P<single> \$ )
       | (?P<bracket> \\\\?[\[(] )
       | (?P<begin> \\begin\s*\{{(?P<environment>{_ENVIRONMENTS})\}} )
       | (?P<escape> \\. )""",
    re.VERBOSE | re.DOTALL,
)
_PARAGRAPH_END: Final = re.compile(r"\n[ \t\r]*\n")
_ALONE: Final = re.compile(r"[ \t]*\r?\n")
_DOUBLE: Final = re.compile(r"(?:[^$\\]|\\.|\$(?!\$))*?(\$\$)", re.DOTALL)
_SINGLE: Final = re.compile(r"(?:[^$\\]|\\.)*?(\$)", re.DOTALL)
_MATHEMATICAL: Final = re.compile(r"\\[A-Za-z]|[\^_=]")


def formulas(text: str) -> Iterator[Formula | Broken]:
    """All formulas in the order of the text."""
    at = 0
    while match := _OPENING.search(text, at):
        found: Formula | Broken | None = None
        at = match.end()
        if match["code"]:
            at = _after_code(text, match)
        elif match["double"]:
            found = _dollars(text, match)
        elif match["single"]:
            found = _dollar(text, match)
        elif match["bracket"]:
            found = _bracket(text, match)
        elif match["begin"]:
            found = _environment(text, match)
        if found:
            at = found.whole.end if isinstance(found, Formula) else found.span.end
            yield found


def _paragraph_end(text: str, start: int) -> int:
    match = _PARAGRAPH_END.search(text, start)
    return match.start() if match else len(text)


def _after_code(text: str, match: re.Match[str]) -> int:
    """The end of a code span, or of its ticks where it is never closed."""
    limit = _paragraph_end(text, match.end())
    closing = re.compile(rf"(?<!`){match['ticks']}(?!`)").search(text, match.end(), limit)
    return closing.end() if closing else match.end()


def _dollars(text: str, match: re.Match[str]) -> Formula | Broken:
    """`$$ ... $$`; blank lines inside are allowed where the delimiter stands alone on its line."""
    start = match.end()
    limit = len(text) if _ALONE.match(text, start) else _paragraph_end(text, start)
    closing = _DOUBLE.match(text, start, limit)
    if closing is None:
        return Broken(Span(match.start(), _paragraph_end(text, start)), "`$$` is never closed")
    return Formula(Span(start, closing.start(1)), Span(match.start(), closing.end()), display=True)


def _dollar(text: str, match: re.Match[str]) -> Formula | Broken | None:
    """`$ ... $` within a paragraph; None where the sign is money."""
    start = match.end()
    closing = _SINGLE.match(text, start, _paragraph_end(text, start))
    if closing is None:
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        if _MATHEMATICAL.search(text, start, line_end):
            return Broken(Span(match.start(), line_end), "`$` is never closed")
        return None
    end = closing.start(1)
    content = text[start:end]
    tight = bool(content) and not content[0].isspace() and not content[-1].isspace()
    money = text[closing.end() : closing.end() + 1].isdigit()
    if _MATHEMATICAL.search(content) or (tight and not money):
        return Formula(Span(start, end), Span(match.start(), closing.end()), display=False)
    return None


def _bracket(text: str, match: re.Match[str]) -> Formula | Broken | None:
    r"""`\( ... \)` or `\[ ... \]`; None where it is an escaped bracket of the prose."""
    opening = match.group()
    display = opening.endswith("[")
    closer = opening[:-1] + ("]" if display else ")")
    start = match.end()
    limit = len(text) if display and _ALONE.match(text, start) else _paragraph_end(text, start)
    end = text.find(closer, start, limit)
    if end < 0:
        limit = _paragraph_end(text, start)
        if re.compile(r"\\[A-Za-z]").search(text, start, limit):
            return Broken(Span(match.start(), limit), f"`{opening}` is never closed")
        return None
    return Formula(Span(start, end), Span(match.start(), end + len(closer)), display)


def _environment(text: str, match: re.Match[str]) -> Formula | Broken:
    """`\\begin{align} ... \\end{align}` outside of dollars; the environment is part of the formula."""
    name = match["environment"]
    closing = re.compile(rf"\\end\s*\{{{re.escape(name)}\}}").search(text, match.end())
    if closing is None:
        limit = _paragraph_end(text, match.end())
        return Broken(Span(match.start(), limit), f"the environment `{name}` is never closed")
    whole = Span(match.start(), closing.end())
    return Formula(whole, whole, display=True)
