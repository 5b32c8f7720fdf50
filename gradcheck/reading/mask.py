"""Blanking out: what must not be read becomes spaces, so that every span stays a span of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.source import Span

HIDDEN: Final = "\ufffc"
"""Stands for each character of what is read by itself, where its place in a sentence still counts."""

_VISIBLE: Final = late_pattern(r"[^\n\r]+")


def blank(text: str, spans: Iterable[Span]) -> str:
    """The text with these spans as spaces, line ends kept."""
    parts: list[str] = []
    last = 0
    for span in sorted(spans):
        if span.start >= last:
            parts += [text[last : span.start], _covered(text[span.start : span.end], " ")]
            last = span.end
    return "".join([*parts, text[last:]])


def hide(text: str, spans: Iterable[Span]) -> str:
    """The text with HIDDEN for every visible character of these spans, which do not overlap."""
    parts: list[str] = []
    last = 0
    for span in sorted(spans):
        parts += [text[last : span.start], _covered(text[span.start : span.end], HIDDEN)]
        last = span.end
    return "".join([*parts, text[last:]])


def blank_matches(text: str, pattern: re.Pattern[str]) -> str:
    """The text with every match of the pattern as spaces."""
    return pattern.sub(lambda match: _covered(match.group(), " "), text)


def _covered(text: str, sign: str) -> str:
    """A sign for each character but line ends."""
    return _VISIBLE.sub(lambda match: sign * len(match.group()), text)


def fill(text: str, original: str, spans: Iterable[Span]) -> str:
    """The text with these spans as they stand in the original of the same length."""
    parts: list[str] = []
    last = 0
    for span in spans:
        parts += [text[last : span.start], original[span.start : span.end]]
        last = span.end
    return "".join([*parts, text[last:]])


def overwrite(text: str, pieces: Iterable[tuple[Span, str]]) -> str:
    """The text with other words of the same length in place of these spans."""
    parts: list[str] = []
    last = 0
    for span, words in sorted(pieces):
        parts += [text[last : span.start], words]
        last = span.end
    return "".join([*parts, text[last:]])
