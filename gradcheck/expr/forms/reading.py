"""Readings: the admissible meanings of a formula, each with what had to be assumed for it.

A formula may be read in more than one way (`A B` as a matrix or a Hadamard product). Each reading
carries notes; their kinds are ordered, and the worst one says how far the reading departs from what
is literally written. The judge calls a line wrong only if every admissible reading is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass
from gradcheck.shapes import ShapeError
from gradcheck.source import Span

# What a departure costs, in the order in which readings are tried.
COST = {
    "info": 0,
    "noise": 0,
    "struck": 1,
    "implicit": 2,
    "hadamard": 3,
    "sum": 5,
    "transpose": 6,
    "order": 7,
    "slip": 10,
    "broadcast": 14,
}
# `region`: told where a condition on values holds.
REGION = "region"
LITERAL = {"info", "struck", REGION}
CHARITABLE = {"implicit", "hadamard", "broadcast", "sum", "transpose", "order"}
# `noise` is a slip of transcription whose pattern is plain; `slip` is one that is only tried.
SLIPS = {"slip", "noise"}
LIMIT = 12


class MeaningError(Exception):
    """A formula cannot be given a meaning; the message says why, the span says where.

    ill_shaped   everything in it is understood, but its shapes do not fit
    """

    def __init__(self, message: str, span: Span | None = None, *, ill_shaped: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.ill_shaped = ill_shaped


class IdleSum(MeaningError):
    """A Σ adds up what its index does not change: another letter is meant below it, or in what it adds up."""


class Note(NamedTuple):
    """One assumption of a reading.

    kind    a key of COST
    text    what was assumed, in words
    code    the misconception's code where the assumption repairs a slip of transcription
    lying   the quantity of which one row was taken, and how it was laid: as `row` or as `column`
    """

    kind: str
    text: str
    span: Span | None = None
    code: str | None = None
    lying: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Jacobian:
    """A chain of derivatives of one tensor with respect to another, ready to pull a cotangent back.

    steps   (target, variable, row, column) from the outermost to the innermost: each step is the
            Jacobian of the target's entries with respect to the variable's (selected) entries
    """

    steps: tuple[tuple[Expr, Expr, Any, Any], ...]
    span: Span | None = None

    @property
    def target(self) -> Expr:
        """The tensor that is differentiated."""
        return self.steps[0][0]

    @property
    def variable(self) -> Expr:
        """The tensor it is differentiated by."""
        return self.steps[-1][1]


Value = Expr | Jacobian


class Reading(NamedTuple):
    """One meaning and its assumptions."""

    value: Value
    notes: tuple[Note, ...] = ()

    @property
    def cost(self) -> int:
        """How far it departs from what is written."""
        return sum([COST[note.kind] for note in self.notes]) if self.notes else 0

    @property
    def is_literal(self) -> bool:
        """Whether nothing had to be supplied or mended."""
        return all(note.kind in LITERAL for note in self.notes)

    @property
    def slips(self) -> tuple[Note, ...]:
        """The transcription slips that it undoes."""
        return tuple(note for note in self.notes if note.kind in SLIPS)

    @property
    def mended(self) -> Reading:
        """The same meaning where its slips are told in another place."""
        kept = tuple(note for note in self.notes if note.kind not in SLIPS)
        return self if len(kept) == len(self.notes) else Reading(self.value, kept)

    def told_in(self, span: Span) -> Reading:
        """The same meaning with the slips in a formula alone, and none in what a name of it stands for."""
        inside = [n.span is None or span.start <= n.span.start < span.end for n in self.notes]
        kept = tuple(n for n, here in zip(self.notes, inside, strict=True) if here or n.kind not in SLIPS)
        return self if len(kept) == len(self.notes) else Reading(self.value, kept)

    def noted(self, *notes: Note) -> Reading:
        """The same meaning with more assumptions."""
        return Reading(self.value, self.notes + notes) if notes else self


Readings = Sequence[Reading]


def ranked(readings: Iterable[Reading], limit: int = LIMIT) -> list[Reading]:
    """Distinct readings, the least assuming first, at most `limit` of them."""
    listed = list(readings)
    if len(listed) == 1:
        return listed
    best: dict[Value, Reading] = {}
    for reading in sorted(listed, key=lambda r: r.cost):
        best.setdefault(reading.value, reading)
        if len(best) >= limit:
            break
    return list(best.values())


def combine(
    left: Readings, right: Readings, join: Callable[[Value, Value], Iterable[Reading]], limit: int = LIMIT
) -> list[Reading]:
    """Every way to join a left with a right meaning that fits; raises the first ShapeError if none does."""
    found: list[Reading] = []
    refused: ShapeError | None = None
    for a in left:
        for b in right:
            notes = a.notes + b.notes
            if a.notes and b.notes and (letter := _lies_both_ways(notes)) is not None:
                refused = refused or ShapeError(f"`{letter}` stands as a row here, and as a column there")
                continue
            try:
                joined = join(a.value, b.value)
                found.extend((r.noted(*notes) for r in joined) if notes else joined)
            except ShapeError as error:
                refused = refused or error
    if not found and refused is not None:
        raise refused
    return ranked(found, limit)


def _lies_both_ways(notes: tuple[Note, ...]) -> str | None:
    """The letter of which one member is a row by one note and a column by another."""
    laid: dict[str, str] = {}
    for letter, way in (note.lying for note in notes if note.lying is not None):
        if laid.setdefault(letter, way) != way:
            return letter
    return None


def each(readings: Readings, change: Callable[[Value], Value]) -> list[Reading]:
    """The readings with their values changed; those that do not fit are dropped, unless none fits."""
    found: list[Reading] = []
    refused: Exception | None = None
    for reading in readings:
        try:
            found.append(Reading(change(reading.value), reading.notes))
        except (ShapeError, MeaningError) as error:
            refused = refused or error
    if not found and refused is not None:
        raise refused
    return found


def expression(value: object) -> Expr:
    """The expression that a value is; raises MeaningError for a lone Jacobian."""
    if not isinstance(value, Expr):
        raise MeaningError("the derivative of one matrix by another stands where a matrix is needed")
    return value
