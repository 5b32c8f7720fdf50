r"""A change that keeps what is written and only adds to it, as an insertion with its place.

The repair search gives a node and what belongs there: `T - Y` becomes `W^\top \left(T - Y\right)`. A person
wants to know what is missing and where, so the kept text is found again inside the new one, as it is printed
or as the author wrote it. Text is compared without blanks and `\left`, `\right`; what changes more than
that stays a replacement.
"""

from __future__ import annotations

import re

from gradcheck.diagnosis.rewriting import Written
from gradcheck.source import Source, Span

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_SIZES = frozenset({r"\left", r"\right"})


def insertion(source: Source, change: Written) -> Written | None:
    """The same change as an insertion of what is new beside what is kept; None where it is none."""
    kept = _tokens(change.before)
    for span, wrapped in _brackets(source.text, change.span):
        tokens = [*wrapped[0], *kept, *wrapped[1]] if wrapped else kept
        found = _beside(change.after, tokens) or _beside(change.kept, tokens)
        if found is None:
            continue
        before, after = found
        if before and not after:
            return Written(Span(span.start, span.start), "", before)
        if after and not before:
            return Written(Span(span.end, span.end), "", after)
    return None


def _brackets(text: str, span: Span) -> list[tuple[Span, tuple[str, str] | None]]:
    """The span, and before it the one with the author's own brackets around it."""
    start, end = span.start, span.end
    while text[start - 1 : start].isspace():
        start -= 1
    while text[end : end + 1].isspace():
        end += 1
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return [(Span(start - 1, end + 1), ("(", ")")), (span, None)]
    return [(span, None)]


def _beside(text: str, kept: list[str]) -> tuple[str, str] | None:
    """What stands before and behind the kept tokens in a text that begins or ends with them."""
    places = [match for match in _TOKEN.finditer(text) if match[0] not in _SIZES]
    tokens = [match[0] for match in places]
    size = len(kept)
    if not 0 < size < len(tokens):
        return None
    if tokens[-size:] == kept:
        return _trimmed(text[: places[-size].start()]), ""
    if tokens[:size] == kept:
        return "", _trimmed(text[places[size - 1].end() :])
    return None


def _trimmed(text: str) -> str:
    return re.sub(r"^\s*\\right\b|\\left\s*$", "", text).strip()


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if token not in _SIZES]
