"""Which entries of the gradient are wrong, from few directions.

Promise: one wrong entry among n costs two directions (its residual, and the residual with entries weighted
by their position, whose quotient is the position); several cost about log2(n) directions each, by halving:
the right half's residual is the whole's less the left's, since the derivative is linear in the direction.
Rejected: full differences, n directions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from gradcheck.code.compare import Comparer, Residual
from gradcheck.code.trees import Vector
from gradcheck.records import dataclass

Places = npt.NDArray[np.intp]
APART = 10.0  # bounds that the residuals of neighbouring blocks differ by
NEGLIGIBLE = 1e-6  # of the residual may be left over


@dataclass(frozen=True, slots=True)
class WrongEntry:
    """A position of the flat vector whose claimed entry is off, with the measured one and its bound."""

    position: int
    expected: float
    got: float
    bound: float

    @property
    def significant(self) -> bool:
        return not abs(self.expected - self.got) <= self.bound


def narrowed(comparer: Comparer, direction: Vector, residual: Residual) -> tuple[Vector, Residual] | None:
    """The direction of the one entry that explains the whole residual, and its own residual; or None."""
    places = np.flatnonzero(direction)
    while places.size > 1:
        block = _only_wrong_block(comparer, direction, places, residual)
        if block is None:
            return None
        part = comparer.residual(restrict(direction, block))
        if abs(part.value - residual.value) > part.bound + residual.bound + NEGLIGIBLE * abs(residual.value):
            return None
        places, residual = block, part
    return (restrict(direction, places), residual) if residual.significant else None


def only_wrong_entry(comparer: Comparer, direction: Vector, residual: Residual) -> WrongEntry | None:
    """The one entry that explains the whole residual along the direction, or None."""
    found = narrowed(comparer, direction, residual)
    return None if found is None else _entry(comparer, *found)


def _only_wrong_block(
    comparer: Comparer, direction: Vector, places: Places, residual: Residual
) -> Places | None:
    """The block of places that one wrong entry must lie in; as many blocks as the noise lets us tell apart.

    With block k weighted by 1 + k / blocks the residual of a single wrong entry grows by its block's weight.
    """
    blocks = min(
        places.size, int(abs(residual.value) / (APART * residual.bound)) if residual.bound else places.size
    )
    if blocks < 2:
        return None
    number = np.arange(places.size) * blocks // places.size
    weights = np.zeros_like(direction)
    weights[places] = 1 + number / blocks
    weighted = comparer.residual(weights * direction)
    found = (weighted.value / residual.value - 1) * blocks
    if not -0.5 < found < blocks - 0.5 or abs(found - round(found)) > 0.45:
        return None
    block: Places = places[number == round(found)]
    return block


def wrong_entries(
    comparer: Comparer, direction: Vector, residual: Residual, passes: int, most: int
) -> tuple[list[WrongEntry], bool]:
    """Wrong entries by halving, at most `most`, with about `passes` directions; and whether these are all.

    Of two halves the one with the larger residual is searched to its end first: so a few are found for sure.
    """
    found: list[WrongEntry] = []
    open_ranges = [(np.flatnonzero(direction), residual)]
    least = NEGLIGIBLE * abs(residual.value)
    while open_ranges:
        if passes <= 0 or len(found) >= most:
            return found, False
        places, whole = open_ranges.pop()
        passes -= 1
        if places.size == 1:
            entry = measure_entry(comparer, int(places[0]), direction)
            found += [entry] if entry.significant else []
            continue
        halves = _halves(comparer, direction, places, whole)
        wrong = [half for half in halves if half[1].significant and abs(half[1].value) > least]
        open_ranges += sorted(wrong, key=lambda half: abs(half[1].value))
    return found, True


def measure_entry(comparer: Comparer, position: int, scales: Vector) -> WrongEntry:
    """One entry by its own direction."""
    direction = np.zeros_like(comparer.point)
    direction[position] = abs(float(scales[position])) or 1.0
    return _entry(comparer, direction, comparer.residual(direction))


def restrict(direction: Vector, places: slice | Sequence[int] | Places) -> Vector:
    """The direction on some places, 0 elsewhere."""
    part = np.zeros_like(direction)
    part[places] = direction[places]
    return part


def _entry(comparer: Comparer, direction: Vector, residual: Residual) -> WrongEntry:
    """What a residual along one entry's direction says of the entry."""
    (place,) = np.flatnonzero(direction)
    scale = float(direction[place])
    got = float(comparer.claim.vector[place])
    return WrongEntry(int(place), residual.expected / scale, got, residual.bound / abs(scale))


def _halves(
    comparer: Comparer, direction: Vector, places: Places, whole: Residual
) -> Iterator[tuple[Places, Residual]]:
    middle = places.size // 2
    left = comparer.residual(restrict(direction, places[:middle]))
    yield places[:middle], left
    rest = Residual(whole.expected - left.expected, whole.claimed - left.claimed, whole.bound)
    yield places[middle:], rest
