"""Sentences of running text that claim something which could be checked.

They are kept, with their place, so that nothing the author says is lost; a sentence about which the
tool can say nothing has no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradcheck.notation.statements import Prose
from gradcheck.patterns import late_pattern
from gradcheck.reading.document import Document
from gradcheck.records import dataclass
from gradcheck.source import Span

CLAIMING = late_pattern(
    r"\b(same|equal|identical|differ\w*|similar\w*|ignor\w*|drop\w*|omit\w*|constant\w*|therefore|thus|hence|both)\b",
    re.IGNORECASE,
)
ABOUT = late_pattern(
    r"\b(updat\w*|deriv\w*|gradient\w*|parameter\w*|rule\w*|loss\w*|activation\w*|backprop\w*|coefficient\w*|"
    r"factor\w*|constant\w*|algorithm\w*|equation\w*)\b",
    re.IGNORECASE,
)
# What is said of a quantity by its name.
STATING = late_pattern(
    r"\$\s+(?:is (?:not )?symmetric|(?:does not|doesn't) depend on|depends on|differs from|is different from|"
    r"is (?:the same as|identical to))\b"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A claiming sentence and where it stands."""

    text: str
    span: Span


def remarks(document: Document) -> Iterator[Remark]:
    """The sentences of a document that claim something about gradients, losses, updates or named things."""
    for item in document.body:
        if not isinstance(item, Prose):
            continue
        written = document.source.slice(item.span)
        for match in re.finditer(r"[^.!?\n]+(?:\n(?!\s*\n)[^.!?\n]+)*[.!?]?", written):
            sentence = match.group()
            if (CLAIMING.search(sentence) and ABOUT.search(sentence)) or STATING.search(sentence):
                start = item.span.start + match.start() + len(sentence) - len(sentence.lstrip())
                yield Remark(" ".join(sentence.split()), Span(start, item.span.start + match.end()))
