"""Labels that a document says are 0 or 1: by the set they are from, or in words, "1 if …, 0 otherwise"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gradcheck.expr.written.answers import set_told
from gradcheck.notation.statements import Equation, Prose, Statement
from gradcheck.patterns import late_pattern

# The value of a function "at z is 1", the slope "of z": none is said of the z itself.
_LETTER = (
    r"(?<![A-Za-z\\])(?<!at )(?<!of )(?<!in )(?<!for )(?<!with )"
    r"(?P<letter>[A-Za-z])(?:[_^](?:\{[^{}\s]{1,9}\}|\w))*"
)
# What may be a label's values in words at all; the rest is asked of few paragraphs.
_SIGN = late_pattern(r"otherwise|\belse\b|\b(?:if|when|for)\b[^.]{1,150}\b(?:if|when|for)\b|binary", re.I)
_ONE_BY_ONE = late_pattern(
    rf"{_LETTER}\s*(?:=|is|equals|be|takes)\s*(?P<one>[01])\s*,?\s+(?:if|when|for|where)\b(?P<when>[^.;=]{{1,120}}?)"
    r"[\s,](?:is\s+|equals\s+)?(?P<other>[01])\s*,?\s+(?:otherwise|else|if|when|for|where)\b"
)
_CALLED = late_pattern(rf"\bbinary\s+(?:label|target|response|outcome|class label)s?\s+{_LETTER}(?!\w)")
_TWO = frozenset({0, 1})


def two_valued(body: Iterable[Statement]) -> frozenset[str]:
    """The letters that a document says are 0 or 1."""
    found: set[str] = set()
    for item in body:
        if isinstance(item, Equation):
            told = set_told(item)
            found |= {told[0]} if told is not None and told[1] == _TWO else set()
        elif isinstance(item, Prose) and _SIGN.search(item.text):
            found |= _in_words(item.text.replace("$", ""))
    return frozenset(found)


def _in_words(text: str) -> set[str]:
    listed = {m["letter"] for m in _ONE_BY_ONE.finditer(text) if _tells_two(m)}
    return listed | {match["letter"] for match in _CALLED.finditer(text)}


def _tells_two(found: re.Match[str]) -> bool:
    """Whether two values are told of a letter, and not those of a function of it, `1 if z > 0`."""
    return found["one"] != found["other"] and found["letter"] not in re.findall(r"[A-Za-z]+", found["when"])
