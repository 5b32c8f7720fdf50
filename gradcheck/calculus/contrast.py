"""Two arrays of balls, compared entry by entry."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck.calculus.evidence import Outcome
from gradcheck.ops.operation import Array
from gradcheck.records import dataclass

# Sizes for which neither a ratio that matters nor its parts are lost in float64.
_SMALLEST, _LARGEST = 2.0**-500, 2.0**500


@dataclass(frozen=True, slots=True)
class Contrast:
    """What the balls say.

    relative_error  the largest |left - right| / max(|left|, |right|) of an entry
    bound           the largest radius of a difference, relative in the same way
    place           the entry where the sides differ most (0-based, all axes), where they differ for certain
    """

    outcome: Outcome
    relative_error: float | None
    bound: float | None
    place: tuple[int, ...] | None = None
    expected: float = math.nan
    got: float = math.nan

    @property
    def finite(self) -> bool:
        """Whether both sides have values."""
        return self.relative_error is not None


def contrast(left: Array, right: Array, small: float) -> Contrast:
    """Compare balls entry by entry.

    Equal: each difference contains zero and its radius is at most `small` of the entry; an entry whose
    balls both contain zero is measured against the largest entry, or against 1 where all are zero.
    """
    if left.shape != right.shape:
        left, right = np.broadcast_arrays(left, right)
    pairs = list(zip(left.ravel().tolist(), right.ravel().tolist(), strict=True))
    if not all(a.is_finite() and b.is_finite() for a, b in pairs):
        return Contrast("undecided", None, None)
    sizes = [max(a.abs_upper(), b.abs_upper()) for a, b in pairs]
    largest = max(sizes)
    found = (_compared(a, b, size, largest, small) for (a, b), size in zip(pairs, sizes, strict=True))
    errors, bounds = zip(*found, strict=True)
    apart = [k for k, (a, b) in enumerate(pairs) if not a.overlaps(b)]
    if not apart:
        clear = max(bounds) <= small
        return Contrast("equal" if clear else "undecided", max(errors), max(bounds))
    exact = {k: _exactly(pairs[k][0] - pairs[k][1], sizes[k]) for k in apart}  # float64 would make ties
    worst = max(apart, key=exact.__getitem__)
    a, b = pairs[worst]
    place = tuple(int(i) for i in np.unravel_index(worst, left.shape))
    return Contrast("different", exact[worst], bounds[worst], place, float(a.mid()), float(b.mid()))


def _compared(a: Any, b: Any, size: Any, largest: Any, small: float) -> tuple[float, float]:
    """The relative difference of an entry and its relative error bound.

    size, largest   the most that this entry may be, and that any may be
    """
    if a.contains(0) and b.contains(0):
        beside = largest if largest > small else 1
        return 0.0, float((size / beside).mid())
    difference = a - b
    return _ratio(difference, size), _ratio(difference.rad(), size)


def _ratio(part: Any, size: Any) -> float:
    """The middle of a ball beside a size, at most 2; what float64 has room for is divided in it."""
    below = float(size)
    return min(abs(float(part)) / below, 2.0) if _SMALLEST < below < _LARGEST else _exactly(part, size)


def _exactly(part: Any, size: Any) -> float:
    return min(float((abs(part.mid()) / size).mid()), 2.0)
