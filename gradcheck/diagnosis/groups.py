"""Places of a text that hold whole bracketed groups: what a repair replaces may not cut a bracket in two.

The place of a product covers its factors, whose own brackets may lie outside; such a place is widened
to the brackets it cuts, if nothing but blanks lies between. Where that does not do, there is no such place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gradcheck.patterns import late_pattern
from gradcheck.source import Span

_BRACKET = late_pattern(
    r"\\(?P<environment>begin|end)\s*\{[^{}]*\}|\\(?P<sized>left|right)\s*(?:\\[{}|]|\\[A-Za-z]+|.)|\\[{}]|\\.|[()\[\]{}]",
    re.DOTALL,
)
_CLOSING = {")": "(", "]": "[", "}": "{", r"\}": r"\{"}
REACH = 400
_MOST_KEPT = 1 << 12  # the places of a line's nodes are asked for again for each formula that is told


@lru_cache(maxsize=_MOST_KEPT)
def is_whole(text: str) -> bool:
    """Whether the brackets of a text balance."""
    return not any(_unmatched(text))


def whole_groups(text: str, span: Span) -> Span | None:
    """The smallest place around a span whose brackets balance, with blanks alone in between; else None."""
    opened, closed = _unmatched(text[span.start : span.end])
    end = _reached(text[span.end : span.end + REACH], len(opened), closing=True)
    before = text[max(0, span.start - REACH) : span.start]
    start = _reached(before, len(closed), closing=False)
    if end is None or start is None:
        return None
    found = Span(span.start - start, span.end + end)
    is_script = start > 0 and text[: found.start].rstrip().endswith(("^", "_"))
    return found if not is_script and is_whole(text[found.start : found.end]) else None


def _reached(beside: str, wanted: int, *, closing: bool) -> int | None:
    """How far a number of closing brackets reaches after a place, or of opening ones before it."""
    marks = [(found, _kind(found)) for found in _BRACKET.finditer(beside)]
    marks = [(found, kind) for found, kind in marks if kind is not None]
    at = 0
    for found, kind in (marks if closing else marks[::-1])[:wanted]:
        between = beside[at : found.start()] if closing else beside[found.end() : len(beside) - at]
        assert kind is not None, "only brackets are kept"
        if between.strip() or kind[0] is closing:
            return None
        at = found.end() if closing else len(beside) - found.start()
    return at if len(marks) >= wanted else None


def _unmatched(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The brackets that are opened in a text and not closed, and those closed that were not opened."""
    opened: list[str] = []
    closed: list[str] = []
    for found in _BRACKET.finditer(text):
        kind = _kind(found)
        if kind is None:
            continue
        opens, name = kind
        if opens:
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            closed.append(name)
    return opened, closed


def _kind(found: re.Match[str]) -> tuple[bool, str] | None:
    """Whether a bracket opens, and what it is one of; None for an escaped sign that is none."""
    if found["environment"]:
        return found["environment"] == "begin", "environment"
    if found["sized"]:
        return found["sized"] == "left", "sized"
    mark = found[0]
    if mark in _CLOSING:
        return False, _CLOSING[mark]
    return (True, mark) if mark in _CLOSING.values() else None
