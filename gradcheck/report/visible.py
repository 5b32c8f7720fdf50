"""Text of a document made safe to print: nothing in it can move the cursor, recolour or reorder a line.

Every control, format and unpaired code point is written out (`␛`, `<U+202E>`), a tab becomes four spaces. The
change is made character by character, so that a prefix of the text stays a prefix of what is shown: carets
under a line rely on it. Escaping only the known attacks was rejected: the list of them grows.
"""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len, chop_cells

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def visible(text: str) -> str:
    """The text with every character that could act on a terminal written out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def cells(text: str) -> int:
    """How many terminal cells the text takes once it is visible."""
    return cell_len(visible(text))


def wrap(text: str, width: int) -> list[str]:
    """Visible text in lines of at most `width` cells, broken at blanks, or inside a word that is too long."""
    lines = [""]
    for word in visible(text).split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= width:
            lines[-1] = joined
            continue
        first, *rest = chop_cells(word, max(width, 2))
        lines[-1:] = [lines[-1], first] if lines[-1] else [first]
        lines += rest
    return lines


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
