"""The groups of entries that a reduction takes together: columns, rows, or all.

`attr = (axis,)` with axis 0 (over rows), 1 (over columns) or None (both); a reduced axis stays as size 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.ops.number import transpose
from gradcheck.ops.operation import PREFIX, Array, Attr, Example, Notation, Shapes, from_entries
from gradcheck.shapes import Shape

ALL_AXES = (Example(((2, 3),), (None,)), Example(((2, 3),), (0,)), Example(((2, 3),), (1,)))
ONE_AXIS = ALL_AXES[1:]


def axes(attr: Attr) -> tuple[int, ...]:
    """The array axes that an `(axis,)` attribute names."""
    return {None: (-2, -1), 0: (-2,), 1: (-1,)}[attr[0]]


def reduced_shape(shapes: Shapes, attr: Attr) -> Shape:
    """The shape with the reduced axes at size 1."""
    rows, columns = shapes[0]
    return (rows if attr[0] == 1 else 1), (columns if attr[0] == 0 else 1)


def total(x: Array, attr: Attr) -> Array:
    """The sum of each group."""
    return x.sum(axes(attr), keepdims=True)


def count(x: Array, attr: Attr) -> int:
    """How many entries a group has."""
    size = 1
    for axis in axes(attr):
        size *= x.shape[axis]
    return size


def ones_like(x: Array) -> Array:
    """Ones that spread a reduced cotangent over the rows and columns of x."""
    return np.ones(x.shape[-2:])


def lines(components: Array, axis: int | None) -> list[list[Any]]:
    """The groups of entries that a reduction over an axis takes together, in order."""
    if axis is None:
        return [list(components.reshape(-1))]
    return [list(line) for line in (components.T if axis == 0 else components)]


def over_lines(reduce: Callable[[list[Any]], Any], components: Array, attr: Attr) -> Array:
    """Reduce each group of SymPy entries to one."""
    values = [reduce(line) for line in lines(components, attr[0])]
    if attr[0] == 0:
        return from_entries((1, len(values)), lambda r, c: values[c])
    return from_entries((len(values), 1), lambda r, c: values[r])


def along_lines(change: Callable[[list[Any]], list[Any]], components: Array, attr: Attr) -> Array:
    """Change each group of SymPy entries into one of the same length."""
    axis = attr[0]
    values = [change(line) for line in lines(components, axis)]
    rows, columns = components.shape
    if axis is None:
        return from_entries((rows, columns), lambda r, c: values[0][r * columns + c])
    return from_entries((rows, columns), lambda r, c: values[c][r] if axis == 0 else values[r][c])


def reduction_notation(name: str, plain: str) -> Notation:
    """A call that names the axis as NumPy does."""
    return Notation(name + r"\left({0}{attr}\right)", plain + "({0}{attr})", PREFIX, (0,))


def grouped(x: Array, attr: Attr) -> Array:
    """The groups of a reduction on one last axis: (..., groups, members)."""
    if attr[0] is None:
        return x.reshape(*x.shape[:-2], 1, -1)
    return transpose(x) if attr[0] == 0 else x


def ungrouped(groups: Array, like: Array, attr: Attr) -> Array:
    """The inverse of `grouped`, to the rows and columns of `like`."""
    if attr[0] is None:
        return groups.reshape(*groups.shape[:-2], *like.shape[-2:])
    return transpose(groups) if attr[0] == 0 else groups
