"""Text of a document made safe to print: nothing in it can move the cursor, recolour or reorder a line.

Every control, format and unpaired code point is written out (`␛`, `<U+202E>`), a tab becomes four spaces. The
change is made character by character, so that a prefix of the text stays a prefix of what is shown: carets
under a line rely on it. Escaping only the known attacks was rejected: the list of them grows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells

from gradcheck.patterns import late_pattern

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
MOST_LISTED = 40
_NO_BREAK = "\u00a0"
_BLANKS = late_pattern(r"[ \t\r\n]+")
_WORD = late_pattern(r"(?:`[^`]*`|[^ ])+")


def listed(places: Sequence[str]) -> str:
    """Places one after another; of many, the first ones and how many more there are."""
    more = len(places) - MOST_LISTED
    return ", ".join(places) if more <= 0 else f"{', '.join(places[:MOST_LISTED])} and {more} more"


def visible(text: str) -> str:
    """The text with every character that could act on a terminal written out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def cells(text: str) -> int:
    """How many terminal cells the text takes once it is visible."""
    return cell_len(visible(text))


def unbroken(text: str) -> str:
    """The text with its blanks made such that `wrap` does not break a line there."""
    return text.replace(" ", _NO_BREAK)


def wrap(text: str, width: int) -> list[str]:
    """Visible text in lines of at most `width` cells.

    Lines break at blanks; a formula in backticks stays whole where a line can hold it, so that it can be
    copied; a word that is longer than a line is cut.
    """
    lines = [""]
    for word in _words(text, width):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= width:
            lines[-1] = joined
            continue
        pieces = chop_cells(word, max(width, 2))
        lines = lines + pieces if lines[-1] else pieces
    return [line.replace(_NO_BREAK, " ") for line in lines]


def _words(text: str, width: int) -> Iterator[str]:
    """The visible words of a text; a formula in backticks is one word if a line can hold it."""
    for match in _WORD.finditer(visible(_BLANKS.sub(" ", text))):
        word = match[0]
        yield from [word] if cell_len(word) <= width else word.split(" ")


def _shown(char: str) -> str:
    code = ord(char)
    if char == "\t":
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if unicodedata.category(char) in _UNSAFE:
        return f"<U+{code:04X}>"
    return char
