"""Formulas in components of pages: `<BlockMath math="E = \\frac12 u^2" />`, `<M>{String.raw`u = w x`}</M>`.

Pages that mix Markdown with components hand LaTeX to them as an attribute or between their tags. In a plain
attribute and behind `String.raw` it stands as it is; in quotes or ticks within braces each backslash is
doubled, and read as a blank and one, so that columns stay what they are. A value that is a variable of the
page's program says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.reading.pieces import Formula
from gradcheck.source import Span

_MOST: Final = 4_000
_TAG: Final = late_pattern(r"<(?P<name>[A-Z]\w*)(?=[\s/>])")
_OF_MATHEMATICS: Final = late_pattern(
    r"Math|Tex$|TeX|KaTeX|Katex|Latex|LaTeX|Formula|Equation|^(?:M|MB|BM|IM|Eq|K)$"
)
_DISPLAYED: Final = late_pattern(r"Block|Display|Formula|Equation|^(?:MB|BM)$")
_ATTRIBUTE: Final = late_pattern(
    r"""\s+(?: (?P<formula>math|tex|latex|formula|equation|expression|expr)\s*=\s*
             | (?P<other>[\w-]+)(?:\s*=\s*(?:"[^"]{0,500}"|'[^']{0,500}'|\{[^{}`]{0,500}\}))? )""",
    re.VERBOSE,
)
_SET_APART: Final = frozenset({"block", "display", "displayMode"})
_RAW: Final = late_pattern(rf"\{{\s*String\.raw\s*`(?P<raw>[^`]{{1,{_MOST}}})`\s*\}}")
_CODED: Final = late_pattern(
    rf"""\{{\s*(?: "(?P<double>(?:[^"\\\n]|\\.){{1,{_MOST}}})" | '(?P<single>(?:[^'\\\n]|\\.){{1,{_MOST}}})'
               | `(?P<ticks>(?:[^`\\$]|\\.|\$(?!\{{)){{1,{_MOST}}})` )\s*\}}""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN: Final = late_pattern(rf""""(?P<double>[^"]{{1,{_MOST}}})"|'(?P<single>[^']{{1,{_MOST}}})'""")
_TAG_END: Final = late_pattern(r"\s*(/?)>\s*")
_ESCAPED: Final = late_pattern(r"\\{4}|\\([\\\"'`$])")


def formula_components(text: str) -> Iterator[tuple[Formula, str]]:
    """Each formula of a component, and the text to read in its place, of the same length."""
    end = 0
    while tag := _TAG.search(text, end):
        end = tag.end()
        found = _of_tag(text, tag)
        if found is not None:
            end = found[0].whole.end
            yield found


def _of_tag(text: str, tag: re.Match[str]) -> tuple[Formula, str] | None:
    """The formula that a component is given, by an attribute or between its tags."""
    display = _DISPLAYED.search(tag["name"]) is not None
    given: tuple[Span, str] | None = None
    at = tag.end()
    while attribute := _ATTRIBUTE.match(text, at):
        at = attribute.end()
        display = display or attribute["other"] in _SET_APART
        if attribute["formula"]:
            value = _value(text, at, _PLAIN)
            if value is None:
                return None
            given, at = value[:2], value[2]
    closed = _TAG_END.match(text, at)
    if closed is None:
        return None
    end = closed.end()
    if given is None and not closed[1] and _OF_MATHEMATICS.search(tag["name"]):
        value = _value(text, end, None)
        if value is None:
            return None
        given, end = value[:2], value[2]
    if given is None:
        return None
    return Formula(given[0], Span(tag.start(), end), display), given[1]


def _value(text: str, at: int, plain: re.Pattern[str] | None) -> tuple[Span, str, int] | None:
    """The span of LaTeX in a value that begins somewhere, what to read there, and where the value ends."""
    for pattern, is_coded in ((_RAW, False), (_CODED, True), (plain, False)):
        match = pattern.match(text, at) if pattern is not None else None
        if match is not None and match.lastgroup is not None:
            span = Span(*match.span(match.lastgroup))
            written = match[match.lastgroup]
            return span, _decoded(written) if is_coded else written, match.end()
    return None


def _decoded(written: str) -> str:
    """A string of a program as what it says, each sign where its escape ends; four backslashes end a row."""
    return _ESCAPED.sub(lambda match: f" {match[1]}" if match[1] else r"  \\", written)
