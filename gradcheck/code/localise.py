"""Which entries of the gradient are wrong, from few directions.

Promise: one wrong entry among n costs two directions (its residual, and the residual with entries weighted
by their position, whose quotient is the position); several cost about log2(n) directions each, by halving:
the right half's residual is the whole's less the left's, since the derivative is linear in the direction.
Rejected: full differences, n directions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gradcheck.code.compare import Comparer, Residual
from gradcheck.code.trees import Vector


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


def only_wrong_entry(comparer: Comparer, direction: Vector, residual: Residual) -> WrongEntry | None:
    """The one entry that explains the whole residual along the direction, or None."""
    places = np.flatnonzero(direction)
    ramp = np.zeros_like(direction)
    ramp[places] = 1 + np.arange(places.size) / places.size
    weighted = comparer.residual(ramp * direction)
    blur = (weighted.bound + 2 * residual.bound) / abs(residual.value)
    rank = (weighted.value / residual.value - 1) * places.size
    if blur * places.size > 0.4 or not -0.5 < rank < places.size - 0.5 or abs(rank - round(rank)) > 0.45:
        return None
    found = measure_entry(comparer, int(places[round(rank)]), direction)
    explained = (found.expected - found.got) * direction[found.position]
    allowed = residual.bound + found.bound * abs(direction[found.position]) + 1e-9 * abs(residual.value)
    return found if abs(explained - residual.value) <= allowed else None


def wrong_entries(
    comparer: Comparer, direction: Vector, residual: Residual, passes: int, most: int
) -> tuple[list[WrongEntry], bool]:
    """Wrong entries by halving, at most `most`, with about `passes` directions; and whether these are all."""
    found: list[WrongEntry] = []
    open_ranges = [(np.flatnonzero(direction), residual)]
    while open_ranges:
        if passes <= 0 or len(found) >= most:
            return found, False
        open_ranges.sort(key=lambda item: abs(item[1].value))
        places, whole = open_ranges.pop()
        passes -= 1
        if places.size == 1:
            entry = measure_entry(comparer, int(places[0]), direction)
            found += [entry] if entry.significant else []
            continue
        open_ranges += [half for half in _halves(comparer, direction, places, whole) if half[1].significant]
    return found, True


def measure_entry(comparer: Comparer, position: int, scales: Vector) -> WrongEntry:
    """One entry by its own direction."""
    scale = abs(float(scales[position])) or 1.0
    direction = np.zeros_like(comparer.point)
    direction[position] = scale
    residual = comparer.residual(direction)
    return WrongEntry(position, residual.expected / scale, residual.claimed / scale, residual.bound / scale)


def restrict(direction: Vector, places: slice | np.ndarray[tuple[int], np.dtype[np.intp]]) -> Vector:
    """The direction on some places, 0 elsewhere."""
    part = np.zeros_like(direction)
    part[places] = direction[places]
    return part


def _halves(
    comparer: Comparer, direction: Vector, places: np.ndarray[tuple[int], np.dtype[np.intp]], whole: Residual
) -> Iterator[tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Residual]]:
    middle = places.size // 2
    left = comparer.residual(restrict(direction, places[:middle]))
    yield places[:middle], left
    rest = Residual(whole.expected - left.expected, whole.claimed - left.claimed, whole.bound)
    yield places[middle:], rest
