r"""A change without what it keeps: the smallest place, and what belongs there.

The repair search gives a node and what belongs there: `T - Y` becomes `W^\top \left(T - Y\right)`. A person
wants to know what is missing and where, so the kept text is found again inside the new one, as it is printed
or as the author wrote it. Text is compared without blanks and `\left`, `\right`. Where more changes, equal
tokens at both ends are left out, but nothing is cut in two: no script, no bracket, no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.diagnosis.groups import is_whole
from gradcheck.diagnosis.rewriting import Written
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass
from gradcheck.source import Source, Span

_TOKEN = late_pattern(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_SIZES = frozenset({r"\left", r"\right"})
_FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac"})
_SCRIPTS = frozenset({"^", "_"})
_TIED = frozenset({"^", "_", "'", "{"})
_SIGNS = frozenset("+-")


def smallest(source: Source, change: Written) -> Written:
    """The same change at the smallest place."""
    texts = (change.kept, change.after, f"({change.kept})")  # brackets may stand around one part alone
    cut = (_within(change, text) for text in texts)
    return insertion(source, change) or next((found for found in cut if found is not None), change)


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


def _within(change: Written, after: str) -> Written | None:
    """What is left of a change between equal ends, None where nothing is equal there."""
    old, new = _Text.of(change.before), _Text.of(after)
    least = min(len(old.places), len(new.places))
    first = _equal(old.tokens, new.tokens)
    last = _equal(old.tokens[::-1], new.tokens[::-1])
    ways = [(a, b) for a in range(first + 1) for b in range(last + 1) if 0 < a + b <= least]
    for start, end in sorted(ways, key=sum, reverse=True):
        made = new.between(start, end)
        before = old.between(start, end, powers=made is not None and made.start == made.end)
        if before is None or made is None:
            continue
        stood, comes = change.before[before.start : before.end], after[made.start : made.end]
        if stood and comes and (stood[0] in _SIGNS) is not (comes[0] in _SIGNS):
            continue  # what was a term would become a factor
        span = Span(change.span.start + before.start, change.span.start + before.end)
        return Written(span, stood, comes)
    return None


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((k for k, (a, b) in pairs if a != b), min(len(one), len(other)))


@dataclass(frozen=True, slots=True)
class _Text:
    """A formula's text with the places of its tokens, and where it may be cut."""

    text: str
    places: tuple[Span, ...]
    cuts: frozenset[int]

    @classmethod
    def of(cls, text: str) -> _Text:
        found = [m for m in _TOKEN.finditer(text) if m[0] not in _SIZES]
        places = tuple(Span(m.start(), m.end()) for m in found)
        return cls(text, places, frozenset(_cuts([m[0] for m in found])))

    @property
    def tokens(self) -> list[str]:
        return [self.text[place.start : place.end] for place in self.places]

    def between(self, start: int, end: int, *, powers: bool = False) -> Span | None:
        """The place without some tokens at both ends; None where something would be cut in two.

        powers  a superscript may be cut off: it is what does not belong there
        """
        stop = len(self.places) - end
        bare = powers and self.tokens[start : start + 1] == ["^"]
        if (start not in self.cuts and not bare) or stop not in self.cuts:
            return None
        if start == stop:
            at = self.places[start].start if start < len(self.places) else len(self.text)
            return Span(at, at)
        span = Span(self.places[start].start, self.places[stop - 1].end)
        return span if is_whole(self.text[span.start : span.end]) else None


def _cuts(tokens: Sequence[str]) -> Iterator[int]:
    """Where a text may be cut: between what stands by itself, also within a fraction or a root."""
    opened: list[str] = []
    closed = ""
    for k, token in enumerate(tokens):
        before = tokens[k - 1] if k else ""
        tied = token in _TIED or before in _SCRIPTS or (token + before).isdigit()
        if "other" not in opened and not (before and tied):
            yield k
        if token == "{":
            kind = "above" if before in _FRACTIONS else "other"
            opened.append("below" if closed == "above" or before == r"\sqrt" else kind)
        closed = opened.pop() if token == "}" and opened else ""
    yield len(tokens)
