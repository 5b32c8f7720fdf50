"""Where in an array the wrong entries lie, and in what pattern, where no slip explains them.

Promise: one direction for each index of each axis tells which rows, columns, channels are off; a few whose
sums over an axis are 0 tell whether the error is the same all along that axis, as it is where a term summed
over it is missing. Rejected: measuring every entry, which costs the product of the sizes instead of the sum.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradcheck.code.compare import Comparer, Residual, draw
from gradcheck.code.localise import NEGLIGIBLE, restrict
from gradcheck.code.result import Finding
from gradcheck.code.trees import Leaf, Vector

MOST = 64  # directions that are spent on the indices of all axes
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


def place(comparer: Comparer, leaf: Leaf, direction: Vector, residual: Residual) -> str:
    """`W[2, :]` if all wrong entries lie there; nothing if they lie all over W, or that would cost much."""
    if sum(leaf.shape) > MOST:
        return ""
    parts: list[str] = []
    for axis, n in enumerate(leaf.shape):
        wrong = _indices(comparer, leaf, axis, direction, residual)
        parts.append(_listed(wrong) if 0 < len(wrong) <= n / 2 else ":")
    return f"{leaf.name}[{', '.join(parts)}]" if any(part != ":" for part in parts) else ""


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
    comparer: Comparer, leaf: Leaf, axis: int, direction: Vector, residual: Residual
) -> Sequence[int]:
    """The indices of an axis at which the gradient is off."""
    numbers = np.arange(leaf.start, leaf.stop).reshape(leaf.shape)
    found = []
    for index in range(leaf.shape[axis]):
        part = comparer.residual(restrict(direction, np.take(numbers, index, axis).ravel()))
        if part.significant and abs(part.value) > NEGLIGIBLE * abs(residual.value):
            found.append(index)
    return found


def _listed(indices: Sequence[int]) -> str:
    """`2`, `0:3`, or `[0, 4]`."""
    first, last = indices[0], indices[-1]
    if first == last:
        return str(first)
    return f"{first}:{last + 1}" if last - first + 1 == len(indices) else str(list(indices))
