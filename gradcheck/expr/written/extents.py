"""From where to where the indices of a document run, by the letters of their sizes.

Entries are mostly numbered from 1 to the letter of their size; a sum from 0 to n-1 numbers them from 0. One
from 0 to n is left as it is, since its zeroth entry mostly is a quantity of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gradcheck.expr.written.names import script_text
from gradcheck.notation.tree import BigOperator, Relational
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, field
from gradcheck.shapes import Dim

_PLACE = late_pattern(r"(?P<letter>[A-Za-z])(?P<shift>[+-]\d+)?")


@dataclass(frozen=True, slots=True)
class Extent:
    """The first number of an index, and by how much the last one differs from the letter of its size."""

    first: int = 1
    last: int = 0

    def with_(self, other: Extent) -> Extent:
        """The numbers of both."""
        return Extent(min(self.first, other.first), max(self.last, other.last))


# From a first number to the letter of a size, with what is added to that: all entries of the size.
WHOLE = {Extent(1, 0), Extent(0, -1), Extent(0, 0)}


@dataclass(frozen=True, slots=True)
class Extents:
    """From where to where indices run.

    known       by the letter of a size, all the numbers that are written of it
    inner       letters that end sums and mark entries: they are no sizes
    ends        letters of sizes that mark the last entry, n of `x_n`
    declared    the sizes that the document declares
    partial     whether any sum may leave terms out by its limits
    """

    known: Mapping[str, Extent] = field(default_factory=dict)
    inner: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    partial: bool = False

    def of(self, letter: str, dim: Dim) -> Extent:
        """The numbers of an index over a size, up to that letter: all there are where it is declared."""
        known = self.known.get(letter, Extent())
        if letter != dim or letter not in self.declared:
            return known
        return known.with_(Extent(0, -1) if known.first == 0 else Extent())


class Place(NamedTuple):
    """A number that counts entries: `n-1` as its letter and what is added, `2` without a letter."""

    letter: str
    shift: int


class Limits(NamedTuple):
    """The index of a Σ, and its first and last number."""

    letter: str
    first: Place
    last: Place

    @property
    def extent(self) -> Extent | None:
        """What they tell of the size that stands above the Σ, if one does."""
        return (
            None if self.first.letter or not self.last.letter else Extent(self.first.shift, self.last.shift)
        )


def place(text: str) -> Place | None:
    """`n-1` or `2` as a number that counts entries; None for anything else."""
    if text.isdecimal():
        return Place("", int(text))
    found = _PLACE.fullmatch(text)
    return None if found is None else Place(found["letter"], int(found["shift"] or 0))


def limits_of(node: BigOperator) -> Limits | None:
    """The limits of a Σ from one number to another; None for others."""
    match node.lower:
        case Relational(operands=(letter, start), relations=(relation,)) if relation.sign == "=":
            index, first = script_text(letter), place(script_text(start))
        case _:
            return None
    last = None if node.upper is None else place(script_text(node.upper))
    if first is None or last is None or len(index) != 1:
        return None
    return Limits(index, first, last)
