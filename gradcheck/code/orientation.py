"""How code lays out the arrays of a derivation: samples in rows where the document has them in columns.

Promise: the arrays are given as the document writes them, and only where code does not take these, or
returns other shapes, as code is written elsewhere: samples in rows, weights with them or not, vectors flat.
What is returned is compared in the code's own layout, so that a report speaks of its entries. Rejected: a
setting (the shapes decide, all sizes being different), and turning results until they fit (a gradient that
is transposed by mistake would pass).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from gradcheck.code.trees import Numbers
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR, Dim, Shape

Move = Literal["same", "turned", "flat"]


@dataclass(frozen=True, slots=True)
class Orientation:
    """What is transposed, and which arrays lose an axis of size 1.

    turned   nothing; arrays with an axis of samples, and column vectors; matrices without; every array
    flat     no array; column vectors; every array with an axis of size 1
    samples  the size that is the number of samples, where that matters
    """

    turned: Literal["nothing", "samples", "weights", "all"] = "nothing"
    flat: Literal["nothing", "columns", "all"] = "nothing"
    samples: Dim | None = None

    def move(self, shape: Shape) -> Move:
        """What is done to an array of a shape by name."""
        column, vector = shape[1] == 1, 1 in shape
        if shape == SCALAR:
            return "same"
        if (self.flat == "columns" and column) or (self.flat == "all" and vector):
            return "flat"
        turned = {
            "nothing": False,
            "samples": self.samples in shape or column,
            "weights": self.samples not in shape and not vector,
            "all": True,
        }
        return "turned" if turned[self.turned] else "same"

    def __str__(self) -> str:
        turned = {
            "nothing": (),
            "samples": ("samples and vectors transposed",),
            "weights": ("weights transposed",),
            "all": ("all transposed",),
        }
        flat = {
            "nothing": (),
            "columns": ("column vectors with one axis",),
            "all": ("vectors with one axis",),
        }
        return ", ".join((*turned[self.turned], *flat[self.flat]))


def moved(array: Numbers, move: Move) -> Numbers:
    """The document's array as the code wants it."""
    return {"same": array, "turned": array.T, "flat": array.ravel()}[move]


def moved_back(array: Numbers, move: Move, shape: tuple[int, ...]) -> Numbers:
    """The document's array, of a shape in numbers, that was moved."""
    return {"same": array, "turned": array.T, "flat": array}[move].reshape(shape)


AS_WRITTEN = Orientation()


def orientations(shapes: Iterable[Shape], samples: Dim) -> Iterator[Orientation]:
    """The document's own, then what is most common; `samples` is thought to be the number of samples.

    shapes  those of all arrays: any other size may be the number of samples as well
    """
    yield AS_WRITTEN
    yield Orientation("nothing", "columns")
    yield from (Orientation("all", flat) for flat in ("columns", "nothing"))
    yield from (Orientation("samples", flat, samples) for flat in ("columns", "nothing"))
    yield from (Orientation("nothing", "all"), Orientation("all", "all"))
    others = sorted({dim for shape in shapes for dim in shape if isinstance(dim, str)} - {samples})
    for dim in (samples, *others):
        for turned in ("samples", "weights"):
            yield from (Orientation(turned, flat, dim) for flat in ("columns", "nothing", "all"))
