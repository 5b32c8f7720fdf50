"""A finding as data: where, how grave, what, why, and what to write instead.

Every output format renders the same diagnostics, so the words are chosen once. Two labels on a line are
enough: drawing crossing arrows was rejected, since nobody reads them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from gradcheck.records import dataclass
from gradcheck.source import Source, Span


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A place as people and other tools name it: 1-based lines and columns of code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, source: Source, span: Span) -> Self:
        """The region of a span of the source."""
        return cls(*source.position(span.start), *source.position(span.end))


class Severity(StrEnum):
    """How grave a finding is: wrong, doubtful, or only to be known."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A place and what is to be said of it; the text may be empty."""

    region: Region
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence beside a finding; `kind` is `note`, `why`, `then` (what follows from it) or `help`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    kind    what it is about: a verdict, `remark` or `unread`
    code    of a misconception, where one was named
    labels  at least one; the first is the primary place
    """

    severity: Severity
    kind: str
    code: str | None
    headline: str
    labels: tuple[Label, ...]
    notes: tuple[Note, ...] = ()
