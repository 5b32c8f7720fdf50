"""Sizes and shapes by name.

A size is an integer or a name (`n_1`, `m`); a shape is (rows, columns), since a vector is an
(n, 1) matrix and a scalar is (1, 1). Two named sizes are equal only if they are the same name,
so a shape error is found whatever numbers are later put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

Dim = int | str
Shape = tuple[Dim, Dim]

SCALAR: Shape = (1, 1)
LARGEST = 12


class ShapeError(Exception):
    """An operation was given shapes that do not fit; the message names both."""


def counted(number: int) -> Dim:
    """The size that a document gives as a number.

    A large one becomes a name, its own digits: a fault shows at any size, and arrays of 784 × 60000 for each
    of many derivatives do not fit into a machine.
    """
    return number if number <= LARGEST else str(number)


def show(shape: Shape) -> str:
    """`n_1 × m`, or `scalar`."""
    return "scalar" if shape == SCALAR else f"{shape[0]} × {shape[1]}"


def could_agree(ours: Iterable[Shape], theirs: Iterable[Shape]) -> bool:
    """Whether some of two kinds of shapes differ only where a size has a name and is several: n may be 2."""

    def fits(a: Dim, b: Dim) -> bool:
        return a == b or (isinstance(a, str) != isinstance(b, str) and 1 not in (a, b))

    return any(x != y and fits(x[0], y[0]) and fits(x[1], y[1]) for x, y in product(ours, theirs))


def broadcast(left: Shape, right: Shape) -> Shape:
    """The shape of an elementwise operation with NumPy's broadcasting over size 1."""
    if right in (left, SCALAR):
        return left
    if left == SCALAR:
        return right

    def one(a: Dim, b: Dim) -> Dim:
        if a == b or b == 1:
            return a
        if a == 1:
            return b
        raise ShapeError(f"shapes {show(left)} and {show(right)} do not fit elementwise")

    return one(left[0], right[0]), one(left[1], right[1])
