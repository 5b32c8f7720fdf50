"""Markdown with LaTeX mathematics.

Code is hidden first, except fences marked `math`, which are displays; quote marks become spaces, so that a
display in a quotation reads like any other. What its author struck out claims nothing. Beside what stands
between delimiters, formulas are read in the addresses of pictures, in components of pages, in
`<script type="math/tex">`, in code blocks without a language, in code spans, in running text, and between
brackets that stand alone on their lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.reading.blocks import blocks, whole
from gradcheck.reading.components import formula_components
from gradcheck.reading.drawn import in_one_line
from gradcheck.reading.formulas import code_spans, formulas
from gradcheck.reading.front_matter import front_matter
from gradcheck.reading.images import formula_images
from gradcheck.reading.mask import HIDDEN, blank, blank_matches, fill, hide, overwrite
from gradcheck.reading.pieces import Broken, Formula, Layout
from gradcheck.reading.tables import in_tables
from gradcheck.reading.unmarked import in_code_span, in_listing, in_prose
from gradcheck.source import Source, Span

_FENCE: Final = late_pattern(
    r"""^(?P<indent>[ \t]*) (?P<fence>`{3,}|~{3,}) [ \t]* (?P<info>[^\n`]*) \n
        (?P<code>.*?) (?: ^[ \t]*(?P=fence)[`~]*[ \t\r]*$ | \Z )""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
MATH_FENCES: Final = frozenset({"math", "latex", "tex", "katex", "asciimath"})
_LISTINGS: Final = frozenset({"", "text", "txt", "plain", "plaintext", "none"})
# Signs that no programming language has: a block with one is no program, whatever it is marked as.
_NO_CODE: Final = late_pattern(r"[⊙⊗∘ᵀ⊤∇]|\^T(?!\w)|∂\w+\s*/\s*∂")
_COMMENT: Final = late_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_QUOTE: Final = late_pattern(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)
_MATH_SCRIPT: Final = late_pattern(
    r"<script\s[^>]*math/tex(?P<mode>[^>]*)>(?P<formula>.*?)</script>", re.DOTALL | re.IGNORECASE
)
_INVISIBLE: Final = late_pattern(r"<(?P<tag>script|style|svg)\b.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
_TEMPLATE: Final = late_pattern(r"\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}")
_STRUCK: Final = late_pattern(
    r"~~(?=\S)(?:(?!\n[ \t]*\n).){1,2000}?~~ | <(?P<tag>del|s|strike)>.{1,2000}?</(?P=tag)>",
    re.DOTALL | re.VERBOSE,
)
_BRACKETS: Final = late_pattern(
    r"^[ \t]*\[[ \t]*\r?\n(?P<formula>(?:(?![ \t]*[\[\]][ \t.,]*\r?$).*\n){1,40}?)[ \t]*\](?=[ \t.,]*\r?$)",
    re.MULTILINE,
)
_FORMULA: Final = late_pattern(r"\A(?![^\"]*\").*?(?:\\[A-Za-z]|[=^_])", re.DOTALL)
STRUCK_OUT: Final = "struck out by its author, so it is not checked"
_REMARK: Final = late_pattern(r"(?<![:\w])(?://|#)(?=\s).*")
# What sets running text: marks of items, headings and emphasis, tags, addresses of links.
_SETTING: Final = late_pattern(
    r"""^[ \t]*(?: \#{1,6}(?=[ \t]) | (?:[-*+•]|\d{1,3}[.)])(?=[ \t]) | [=-]{3,}[ \t]*$ )
      | </?(?!su[bp]>)[A-Za-z][^<>\n]*>
      | !\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\) | (?<=\])\([^)\n]{0,2000}\)
      | (?<![\w\\*_)\]}\u0300-\u036f\u20d7′″])(?:\*{1,3}|_{1,3})(?=[^\s*_])
      | (?<=[^\s*_\\])(?:\*{1,3}|_{1,3})(?![\w*_(\[{])""",
    re.VERBOSE | re.MULTILINE,
)


def read_markdown(source: Source) -> Layout:
    """The layout of a Markdown file; raises ReadingError where its front matter is no YAML."""
    matter, place = front_matter(source.text, source.path)
    text = blank_matches(blank(source.text, [place]), _COMMENT)
    fences = list(_FENCE.finditer(text))
    prose = blank_matches(blank(text, [Span(*fence.span()) for fence in fences]), _QUOTE)
    pictures = [*formula_images(prose), *formula_components(prose)]
    closed = max(prose.rfind("</"), 0)  # no tag after it is ever closed: looking for its end costs
    scripts = map(_script, _MATH_SCRIPT.finditer(prose, 0, closed + 12))
    marked: list[Formula | Broken] = [*(formula for formula, _ in pictures), *scripts]
    rest = hide(prose, [whole(piece) for piece in marked])
    rest = blank(rest, [Span(*match.span()) for match in _INVISIBLE.finditer(rest, 0, closed + 12)])
    marked = in_tables(prose, [*marked, *formulas(rest)])
    marked += _between_brackets(hide(prose, [whole(piece) for piece in marked]))
    displays = [_display(fence) for fence in fences if _language(fence) in MATH_FENCES]
    running, typed = _running_text(hide(prose, [whole(piece) for piece in marked]))
    listings = blank_matches(text, _REMARK)
    as_text = [fence for fence in fences if _is_listing(listings, fence)]
    listings, moved = in_one_line(listings, [Span(*fence.span("code")) for fence in as_text])
    listed = [formula for fence in as_text for formula in _listing(listings, fence)]
    readable = fill(prose, running, [whole(piece) for piece in typed if piece.span == whole(piece)])
    readable = fill(readable, listings, [Span(*fence.span("code")) for fence in fences])
    readable = overwrite(readable, [(formula.span, decoded) for formula, decoded in pictures])
    found = sorted([*marked, *displays, *typed, *listed], key=lambda piece: whole(piece).start)
    mathematics = _without_struck(found, prose)
    return Layout(readable, matter, tuple(blocks(prose, mathematics)), moved)


def _between_brackets(hidden: str) -> Iterator[Formula]:
    """Displays whose `\\[` and `\\]` lost their backslashes in copying: brackets alone on their lines."""
    for match in _BRACKETS.finditer(hidden):
        if _FORMULA.search(match["formula"]) and HIDDEN not in match["formula"]:
            yield Formula(Span(*match.span("formula")), Span(*match.span()), display=True)


def _without_struck(found: list[Formula | Broken], prose: str) -> list[Formula | Broken]:
    """The mathematics with what was struck out as unread."""
    hidden = hide(prose, [whole(piece) for piece in found])
    struck = [match.span() for match in _STRUCK.finditer(hidden)]
    if not struck:
        return found
    return [
        Broken(whole(piece), STRUCK_OUT)
        if any(start < whole(piece).start and whole(piece).end < end for start, end in struck)
        else piece
        for piece in found
    ]


def _running_text(hidden: str) -> tuple[str, list[Formula | Broken]]:
    """The text as sentences without marks of setting, and the formulas in them and in code spans.

    hidden   the text with HIDDEN for the mathematics between delimiters
    """
    spans = list(code_spans(hidden))
    coded = [f for content, around in spans if (f := in_code_span(hidden, content, around))]
    running = hide(hidden, [around for _, around in spans])
    running = blank_matches(blank_matches(running, _TEMPLATE), _SETTING)
    return running, [*coded, *in_prose(running)]


def _is_listing(text: str, fence: re.Match[str]) -> bool:
    """Whether a block may hold formulas: it is marked as no program, or what it holds is none."""
    if _language(fence) in MATH_FENCES:
        return False
    return _language(fence) in _LISTINGS or _NO_CODE.search(text, *fence.span("code")) is not None


def _listing(text: str, fence: re.Match[str]) -> Iterator[Formula | Broken]:
    return in_listing(text, Span(*fence.span("code")))


def _language(fence: re.Match[str]) -> str:
    return fence["info"].strip().lower()


def _display(fence: re.Match[str]) -> Formula:
    return Formula(Span(*fence.span("code")), Span(*fence.span()), display=True)


def _script(match: re.Match[str]) -> Formula:
    return Formula(Span(*match.span("formula")), Span(*match.span()), display="display" in match["mode"])
