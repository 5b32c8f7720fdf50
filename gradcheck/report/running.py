r"""Running text of a document as HTML: its marks of setting, its inline mathematics, nothing that acts.

Markdown is parsed by markdown-it without HTML; of what it finds only the setting named here is written, so
that a link is its words and a picture its description. LaTeX has no such parser that is well kept; its few
commands of setting are a table here, and others stand as they are written. Formulas are taken out before
and put back after, by signs that no document can hold, since `visible` writes out private characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from gradcheck.patterns import late_pattern
from gradcheck.reading.formulas import formulas
from gradcheck.reading.pieces import Formula
from gradcheck.report.visible import visible

_HELD = late_pattern("\ue000(\\d+)\ue001")
_BLANKS = late_pattern(r"[ \t]+")
_LONGEST = 20_000

_SETTING: Final = {
    f"{name}_{side}": Markup(f"<{'/' * (side == 'close')}{tag}>")
    for name, tag in {
        "em": "em", "strong": "strong", "s": "s", "table": "table", "thead": "thead", "tbody": "tbody",
        "tr": "tr", "th": "th", "td": "td", "paragraph": "p",
    }.items()
    for side in ("open", "close")
}  # fmt: skip
_BREAKS: Final = {"softbreak": Markup("\n"), "hardbreak": Markup("<br>")}
_MARKDOWN = frozenset({"markdown", "notebook"})

_COMMAND = late_pattern(
    r"\\(?P<name>[a-zA-Z]+)\*?[ \t]*\{ | \\(?P<char>[&%$\#_{}]) | (?P<brace>[{}]) | (?P<mark>~|---?|``|'')",
    re.VERBOSE,
)
_COMMANDS: Final = {
    "emph": ("<em>", "</em>"),
    "textit": ("<em>", "</em>"),
    "textsl": ("<em>", "</em>"),
    "textbf": ("<strong>", "</strong>"),
    "texttt": ("<code>", "</code>"),
    "underline": ("<u>", "</u>"),
    "text": ("", ""),
    "textrm": ("", ""),
    "textsc": ("", ""),
    "mbox": ("", ""),
    "cite": ("[", "]"),
    "citep": ("[", "]"),
    "citet": ("[", "]"),
    "ref": ("(", ")"),
    "eqref": ("(", ")"),
    "footnote": (" (", ")"),
}
_MARKS: Final = {"~": "\N{NO-BREAK SPACE}", "--": "–", "---": "—", "``": "“", "''": "”"}


def running(text: str, format_name: str, math: Callable[[str], Markup]) -> Markup:
    """Running text as it is meant to be seen.

    format_name  of the document, as `reading.document.FORMATS` has it
    math         writes one formula
    """
    held: list[Markup] = []
    taken, last = [], 0
    clean = _decoded if format_name in _MARKDOWN else _plain
    for piece in formulas(text):
        if isinstance(piece, Formula):
            taken += [clean(text[last : piece.whole.start]), f"\ue000{len(held)}\ue001"]
            held.append(math(text[piece.span.start : piece.span.end]))
            last = piece.whole.end
    hidden = "".join([*taken, clean(text[last:])])
    shown = _set(hidden, format_name)
    return Markup(_HELD.sub(lambda match: held[int(match[1])], shown))


def _plain(text: str) -> str:
    """The text with nothing in it that could act, its line ends kept."""
    return "\n".join(visible(_BLANKS.sub(" ", line)) for line in text.split("\n"))


def _decoded(text: str) -> str:
    """As `_plain`, with the characters that entities stand for: what they could do, too, is written out."""
    return _plain(unescape(text))


def _set(text: str, format_name: str) -> Markup:
    if len(text) > _LONGEST:
        return escape(text)
    if format_name in _MARKDOWN:
        return Markup("").join(_of_tokens(_parser().parse(text)))
    return Markup("").join(_of_latex(text)) if format_name == "latex" else escape(text)


@cache
def _parser() -> MarkdownIt:
    """Paragraphs, tables and what stands in a line; lists and headings were taken apart by the reader."""
    return MarkdownIt("zero").enable(
        ["table", "emphasis", "strikethrough", "backticks", "escape", "link", "image", "newline"]
    )


def _of_tokens(tokens: list[Token]) -> Iterator[Markup]:
    alone = sum(token.type == "paragraph_open" for token in tokens) == 1 == len(tokens) - 2
    for token in tokens:
        if token.children and token.type != "image":
            yield from _of_tokens(token.children)
        elif token.type == "code_inline":
            yield Markup("<code>{}</code>").format(token.content)
        elif token.type in _BREAKS:
            yield _BREAKS[token.type]
        elif token.type.startswith("paragraph") and alone:
            continue
        else:
            yield _SETTING.get(token.type, escape(token.content))


def _of_latex(text: str) -> Iterator[Markup]:
    """Text with the commands of the table set; a group that is never closed ends with the text."""
    closing: list[str] = []
    last = 0
    for match in _COMMAND.finditer(text):
        yield escape(text[last : match.start()])
        last = match.end()
        if match["name"]:
            opened, closed = _COMMANDS.get(match["name"], (str(escape(match[0])), "}"))
            closing.append(closed)
            yield Markup(opened)
        elif match["brace"] == "{":
            closing.append("")
        elif match["brace"]:
            yield Markup(closing.pop()) if closing else Markup("}")
        else:
            yield escape(match["char"] or _MARKS[match["mark"]])
    yield escape(text[last:])
    yield from (Markup(closed) for closed in reversed(closing))
