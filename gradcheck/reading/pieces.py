"""What a format finds in a file, before any mathematics is parsed. All spans are in the file."""

from __future__ import annotations

from collections.abc import Mapping

from gradcheck.records import dataclass, field
from gradcheck.source import Span


@dataclass(frozen=True, slots=True)
class Head:
    """A formula of another cell that a formula is set equal to.

    kind    `` for the formula itself, `derivative` for that of a function by its variable, `gradient` for
            that of the loss by what it names
    typed   outside of LaTeX delimiters
    """

    span: Span
    kind: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """Mathematics: `span` between the delimiters, `whole` with them.

    typed        outside of LaTeX delimiters, as typed on a keyboard
    connective   what its place in a sentence makes of it: NUMBERS of `at x = 0`, which defines nothing
    head         what a table sets it equal to
    """

    span: Span
    whole: Span
    display: bool
    typed: bool = False
    connective: str = ""
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A delimiter that is never closed; `span` goes to the end of what it spoils."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph or list item."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Title:
    """A heading."""

    level: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Arrow:
    """An implication sign between two formulas, outside of both."""

    span: Span


Piece = Formula | Broken | Words | Title | Arrow


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as its format sees it.

    text    the file's text, with spaces in place of all that is neither prose nor mathematics
    moved   the places in the file of characters that stand elsewhere in this text
    """

    text: str
    front_matter: Mapping[str, object]
    pieces: tuple[Piece, ...]
    moved: Mapping[int, int] = field(default_factory=dict)
