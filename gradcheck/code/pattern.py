"""Where in an array the wrong entries lie, and in what pattern, where no slip explains them.

Promise: one direction for each index of each axis tells which rows, columns, channels are off; a few whose
sums over an axis are 0 tell whether the error is the same all along that axis, as it is where a term summed
over it is missing. Rejected: measuring every entry, which costs the product of the sizes instead of the sum.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradcheck.code.compare import Comparer, Residual, draw
from gradcheck.code.localise import NEGLIGIBLE, Places, WrongEntry, restrict
from gradcheck.code.result import Finding
from gradcheck.code.trees import Leaf, Vector

MOST = 64  # directions that are spent on the indices of all axes
FEW = 3  # entries in one row that are found, before the row is looked at
LOOKS = 2  # directions without a sum over an axis
SLIGHT = 1e-3  # of the residual: what an error may differ along the axis


def offset(comparer: Comparer, leaf: Leaf, residual: Residual, rng: np.random.Generator) -> Finding | None:
    """An error that is the same at all indices of one axis, or None."""
    for axis in (axis for axis, n in enumerate(leaf.shape) if n > LOOKS):
        if all(_same_along(comparer, leaf, axis, residual, rng) for _ in range(LOOKS)):
            why = f"off by the same amount all along axis {axis}"
            remedy = f"look for a term, summed or averaged over axis {axis}, that is missing or too many"
            return Finding((leaf.name,), "offset", why, remedy)
    return None


def place(
    comparer: Comparer, leaf: Leaf, direction: Vector, residual: Residual, found: Sequence[WrongEntry]
) -> str:
    """`W[2, :]` if all wrong entries lie there; nothing if they lie all over W, or that would cost much.

    found  some of the wrong entries
    """
    numbers = np.arange(leaf.start, leaf.stop).reshape(leaf.shape)
    parts: list[str] = []
    for axis, n in enumerate(leaf.shape):
        if sum(leaf.shape) > MOST:
            wrong = _common(comparer, numbers, axis, direction, residual, found)
        else:
            wrong = _indices(comparer, numbers, axis, direction, residual)
        parts.append(_listed(wrong) if 0 < len(wrong) <= n / 2 else ":")
    return f"{leaf.name}[{', '.join(parts)}]" if any(part != ":" for part in parts) else ""


def _common(
    comparer: Comparer,
    numbers: Places,
    axis: int,
    direction: Vector,
    residual: Residual,
    found: Sequence[WrongEntry],
) -> Sequence[int]:
    """The one index of an axis that the entries found share, if nothing is wrong at the other indices."""
    shared = {int(np.argwhere(numbers == entry.position)[0, axis]) for entry in found}
    if len(shared) > 1 or len(found) < FEW:
        return []
    others = np.delete(numbers, list(shared), axis).ravel()
    return [] if _is_wrong(comparer, others, direction, residual) else list(shared)


def _same_along(
    comparer: Comparer, leaf: Leaf, axis: int, residual: Residual, rng: np.random.Generator
) -> bool:
    """Is nothing left of the residual along a direction whose sums over the axis are 0."""
    sizes = np.zeros_like(comparer.point)
    sizes[leaf.where] = 1.0
    drawn = draw(rng, sizes)[leaf.where].reshape(leaf.shape)
    direction = np.zeros_like(comparer.point)
    direction[leaf.where] = (drawn - drawn.mean(axis, keepdims=True)).ravel()
    left = comparer.residual(direction)
    return not left.significant and left.bound <= SLIGHT * abs(residual.value)


def _indices(
    comparer: Comparer, numbers: Places, axis: int, direction: Vector, residual: Residual
) -> Sequence[int]:
    """The indices of an axis at which the gradient is off."""
    places = (np.take(numbers, index, axis).ravel() for index in range(numbers.shape[axis]))
    return [k for k, some in enumerate(places) if _is_wrong(comparer, some, direction, residual)]


def _is_wrong(comparer: Comparer, places: Places, direction: Vector, residual: Residual) -> bool:
    part = comparer.residual(restrict(direction, places))
    return part.significant and abs(part.value) > NEGLIGIBLE * abs(residual.value)


def _listed(indices: Sequence[int]) -> str:
    """`2`, `0:3`, or `[0, 4]`."""
    first, last = indices[0], indices[-1]
    if first == last:
        return str(first)
    return f"{first}:{last + 1}" if last - first + 1 == len(indices) else str(list(indices))
