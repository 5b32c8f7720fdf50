"""Tokens that one pattern finds with all that belongs to them, such as a command with words in its braces.

One reader for each kind of match: it gets what was found and where, and gives the tokens that it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from gradcheck.notation import vocabulary as words
from gradcheck.patterns import late_pattern


class Token(NamedTuple):
    """One word of the notation with its half-open span in the file."""

    kind: str
    text: str
    start: int
    end: int


NOTHING_MOVED: Final[Mapping[int, int]] = {}


def put_back(tokens: Iterable[Token], moved: Mapping[int, int]) -> list[Token]:
    """The tokens with the spans of where they stand in the file.

    moved   the places in the file of characters that stand elsewhere in the text that was read
    """
    return [
        Token(
            kind,
            text,
            moved.get(start, start),
            moved.get(end - 1, end - 1) + 1 if end > start else moved.get(end, end),
        )
        for kind, text, start, end in tokens
    ]


# An escaped `_` or `*` is what Markdown needs where TeX takes the sign itself.
_CONTROLS: Final = {
    "{": ("open", "{"), "}": ("close", "}"), "|": ("bar", "\\|"), "_": ("_", "_"), "*": ("operator", "*"),
}  # fmt: skip

# Array languages put a point before an operator that works entry by entry.
_ENTRY_BY_ENTRY: Final = {
    ".*": ("operator", "odot"), "./": ("operator", "/"), ".^": ("mark", ".^"),
}  # fmt: skip

_ASSIGNED_IN_TEXT: Final = late_pattern(r"\s*([A-Za-z_]\w*)\s*(=)\s*(\w+)\s*$")
_ONE_WORD: Final = late_pattern(r"[A-Za-z0-9][\w.\-]*$")
_ABBREVIATION: Final = late_pattern(r"[A-Za-z](\.[A-Za-z])+\.?$")  # `s.t.`, `i.e.`: words, and no name


def _content(found: str) -> tuple[str, int]:
    """What the last braces hold, and where it starts."""
    start = found.index("{") + 1
    return found[start:-1], start


def _words(found: str, first: int, last: int) -> Iterator[Token]:
    content, offset = _content(found)
    assigned = _ASSIGNED_IN_TEXT.match(content)
    stripped = content.strip().replace("\\_", "_")
    if assigned:
        for index, kind in ((1, "word"), (2, "relation"), (3, "word")):
            start, end = assigned.span(index)
            word = assigned.group(index)
            yield Token(
                "number" if word.isdigit() else kind, word, first + offset + start, first + offset + end
            )
    elif stripped.isdigit():
        yield Token("number", stripped, first, last)
    elif stripped in words.FUNCTIONS:
        yield Token("function", stripped, first, last)
    elif _ABBREVIATION.match(stripped):
        yield Token("text", stripped, first, last)
    elif _ONE_WORD.match(stripped) and stripped.lower() not in words.CONNECTIVES:
        yield Token("word", stripped, first, last)
    elif stripped:
        yield Token("text", stripped, first, last)


def _begin(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("begin", _content(found)[0].strip(), first, last)


def _end(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("end", _content(found)[0].strip(), first, last)


def _stacked_relation(found: str, first: int, last: int) -> Iterator[Token]:
    sign = found.rstrip(" }\n\t")
    if sign.endswith("="):
        yield Token("relation", ":=" if sign.endswith(":=") or "def" in found else "=", first, last)
    else:
        yield Token("relation", words.RELATIONS[sign[sign.rindex("\\") + 1 :]], first, last)


def _negated(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("relation", "≠" if found.endswith("=") else "∉", first, last)


def _added(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("relation", "+=" if "+" in found else "-=", first, last)


def _arrow(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("relation", "←" if found.startswith("\\xleft") else "→", first, last)


def _tag(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("tag", _content(found)[0].strip(), first, last)


def _colour(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("colour", _content(found)[0].strip(), first, last)


def _dotted(found: str, first: int, last: int) -> Iterator[Token]:
    """`.*` and `./` work entry by entry; `.^` would be a power of entries, for which there is no sign."""
    yield Token(*_ENTRY_BY_ENTRY[found], first, last)


def _point(found: str, first: int, last: int) -> Iterator[Token]:
    """A point on the line between two factors, `w.x`, is what others write as `\\cdot`."""
    yield Token("operator", "cdot", first, last)


def _row(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token("row", "row", first, last)


def _control(found: str, first: int, last: int) -> Iterator[Token]:
    yield Token(*_CONTROLS.get(found[1], ("command", found[1])), first, last)


def _unseen(found: str, first: int, last: int) -> Iterator[Token]:
    """Nothing; the point of `\\sigma.(W x)` applies a function entry by entry, which it does anyway."""
    return iter(())


COMPOUND: Final[dict[str, Callable[[str, int, int], Iterator[Token]]]] = {
    "words": _words, "name": _words, "begin": _begin, "end": _end, "stacked": _stacked_relation,
    "dotted": _dotted, "broadcast": _unseen, "point": _point, "arrow": _arrow, "added": _added,
    "negated": _negated, "tag": _tag, "unseen": _unseen, "colour": _colour, "row": _row, "control": _control,
}  # fmt: skip
