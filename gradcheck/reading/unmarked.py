"""Mathematics that stands in a text without delimiters: in sentences, list items, listings, code spans.

Only what has a relation sign is looked for, since a lone name claims nothing. What looks like mathematics
but does not show where it begins and ends becomes Broken, with what to do; listings that are programs
(loops, imports, function definitions) are no mathematics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gradcheck.notation.styled_letters import unstyled
from gradcheck.patterns import late_pattern
from gradcheck.reading.atoms import Atom, atoms
from gradcheck.reading.phrases import Phrase, Words
from gradcheck.reading.pieces import Broken, Formula
from gradcheck.source import Span

MAX_CHUNK: Final = 20_000
UNCLEAR: Final = "where this formula begins and ends is not clear: put it between dollar signs"

_RELATION: Final = late_pattern(r"[=←≔≡≈∝≠]|<-")
_ROW: Final = late_pattern(r"^[ \t]*\|.*$", re.MULTILINE)  # of a table
_PROGRAM: Final = late_pattern(
    r"""^\s*(?: def\s+\w+\( | class\s+\w+ | import\s | from\s+[\w.]+\s+import | for\s.*[:{]\s*$
        | while\s.*[:{] | if\s.*:\s*$ | return\b | print\s*\( | function\b | \#include | @\w+ | >>> | \$\s
        | (?:var|let|const|int|float|double|auto|public)\s+\w+\s*= | .*[;{]\s*$ | .*\w\s*[-+*/]=\s
        | .*\blambda\s+\w+\s*: )""",
    re.VERBOSE | re.MULTILINE,
)
_MATHEMATICAL: Final = frozenset({"∂", "∇", "Σ", "∑"})
_END: Final = late_pattern(r"[\s.,;:]*")


def in_prose(text: str, *, listed: bool = False) -> Iterator[Formula | Broken]:
    """The formulas of running text.

    text     the whole file, with spaces or HIDDEN for all that is not running text
    listed   plain text, where a line that begins with a relation sign goes on with the one above
    """
    text = _ROW.sub(lambda row: row.group().replace("|", ";"), unstyled(text))
    for chunk in _chunks(text, 0, len(text)):
        if not (_is_indented(text, chunk) and _PROGRAM.search(text[chunk.start : chunk.end])):
            yield from _formulas(text, chunk, listed=listed)


def in_listing(text: str, span: Span) -> Iterator[Formula | Broken]:
    """The formulas of a code block without a language; none where it is a program."""
    text = unstyled(text)
    if not _PROGRAM.search(text[span.start : span.end]):
        for chunk in _chunks(text, span.start, span.end):
            yield from _formulas(text, chunk, listed=True)


def in_code_span(text: str, span: Span, whole: Span) -> Formula | None:
    """The one formula that a code span is, if it is one."""
    for chunk in _worth_reading(text, span.start, span.end):
        if Words(list(atoms(text, chunk.start, chunk.end)), listed=False).whole():
            return Formula(span, whole, display=False, typed=True)
    return None


def _chunks(text: str, start: int, end: int) -> Iterator[Span]:
    """Lines up to a blank one that hold a relation sign, unless they are too many to be a paragraph."""
    begin = start
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        if not text[start:line_end].strip():
            yield from _worth_reading(text, begin, start)
            begin = line_end + 1
        start = line_end + 1
    yield from _worth_reading(text, begin, end)


def _worth_reading(text: str, start: int, end: int) -> Iterator[Span]:
    if start < end <= start + MAX_CHUNK and _RELATION.search(text, start, end):
        yield Span(start, end)


def _is_indented(text: str, chunk: Span) -> bool:
    """Whether a chunk is a code block without a fence."""
    return all(line.startswith(("    ", "\t")) for line in text[chunk.start : chunk.end].splitlines())


def _formulas(text: str, chunk: Span, *, listed: bool) -> Iterator[Formula | Broken]:
    found = list(atoms(text, chunk.start, chunk.end))
    for phrase in Words(found, listed=listed).phrases():
        span = Span(found[phrase.start].start, found[phrase.end - 1].end)
        if phrase.clear:
            display = _fills_its_lines(text, span)
            yield Formula(span, span, display, typed=True, connective=phrase.connective)
        elif _looks_mathematical(found, phrase):
            yield Broken(span, UNCLEAR)


def _fills_its_lines(text: str, span: Span) -> bool:
    """Whether nothing else stands on the lines of a formula."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    after = text[span.end : line_end if line_end >= 0 else len(text)]
    return not text[line_start : span.start].strip() and _END.fullmatch(after) is not None


def _looks_mathematical(found: Sequence[Atom], phrase: Phrase) -> bool:
    """Whether words that are no clear formula hold more mathematics than an equals sign."""
    return any(
        atom.text[0] in _MATHEMATICAL
        or (atom.kind == "name" and len(atom.text) > 1 and not atom.text.isalpha())
        for atom in found[phrase.start : phrase.end]
    )
