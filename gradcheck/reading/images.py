"""Formulas in the addresses of pictures: `![](https://.../svg.latex?%5Cfrac%7B1%7D%7B2%7D)`.

Services that draw formulas take the LaTeX in the address, mostly percent-encoded. The decoded LaTeX is
never longer than the address, so it is put in its place, filled up with spaces: lines stay what they are,
columns point at the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_plus

from gradcheck.patterns import late_pattern
from gradcheck.reading.pieces import Formula
from gradcheck.source import Span

_START: Final = late_pattern(
    r"""(?:latex|/tex|/png|/svg|/gif)\?(?!\w+=) | [?&](?:math|eq|tex|latex|chl|from|formula|equation)=
        | upmath\.me/(?:svg|png)/ """,
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS: Final = late_pattern(r"(?:\]\(\s*<?|\bsrc\s*=\s*[\"']?)(?=https?://|//|/)")
_STOP: Final = late_pattern(r"[\s\"'<>]")
_OPTIONS: Final = late_pattern(
    r"&(?:bc|fc|im|fs|ff|edit|mode|color|alternateColor|dpi|bg|size|zoom|cht|chs)="
)
_SETTING: Final = late_pattern(
    r"\\(?:dpi|bg|fn|fg)(?:_\w+|\{[^}]*\})|\\(?:inline|tiny|large|LARGE|huge)(?![A-Za-z])"
)
_ENTITY: Final = late_pattern(r"&(space|plus|amp|lt|gt);")
_ENTITIES: Final = {"space": " ", "plus": "+", "amp": "&", "lt": "<", "gt": ">"}
_LONGEST: Final = 8_000


def formula_images(text: str) -> Iterator[tuple[Formula, str]]:
    """Each formula in a picture's address, and the text to read in its place, of the same length."""
    end = 0
    while address := _ADDRESS.search(text, end):
        end = _end_of_address(text, address.end())
        start = _START.search(text, address.end(), end)
        if start is None:
            continue
        options = _OPTIONS.search(text, start.end(), end)
        span = Span(start.end(), options.start() if options else end)
        decoded = _ENTITY.sub(lambda match: _ENTITIES[match[1]], unquote_plus(text[span.start : span.end]))
        decoded = _SETTING.sub(" ", decoded)
        if 0 < len(decoded) <= span.end - span.start:
            formula = Formula(span, Span(address.start(), end), display=False)
            yield formula, decoded.ljust(span.end - span.start)


def _end_of_address(text: str, start: int) -> int:
    """Where an address ends: at a blank, a quote, or a bracket that it does not open itself."""
    depth = 0
    for index in range(start, min(len(text), start + _LONGEST)):
        char = text[index]
        depth += (char == "(") - (char == ")")
        if depth < 0 or _STOP.match(char):
            return index
    return min(len(text), start + _LONGEST)
