"""Structures of arrays as one flat vector, and back.

Promise: a number, an array, or nested tuples, lists and dicts of them become one float64 vector; `build`
returns the user's own structure (his containers, his array type) with other numbers in it, complex ones
included. Tensors are known by what they can do (`detach`, `new_tensor`, `__array__`), so no framework is
imported. Rejected: a registry of container types (nobody checks a gradient in one), and casting float32
inputs back (a function that allows it is judged in double).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from gradcheck.records import dataclass

Vector = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any]


class StructureError(ValueError):
    """The point or the gradient is not a structure of real arrays, or the two structures differ."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One array of the structure: its name, its shape, its place `[start, stop)` in the vector."""

    name: str
    shape: tuple[int, ...]
    start: int
    stop: int
    precision: np.dtype[Any]

    @property
    def size(self) -> int:
        return self.stop - self.start

    @property
    def where(self) -> slice:
        return slice(self.start, self.stop)

    def entry(self, position: int) -> str:
        """The name of the entry at a position of the flat vector: `W1[2, 0]`."""
        index = np.unravel_index(position - self.start, self.shape)
        return f"{self.name}[{', '.join(str(int(i)) for i in index)}]" if index else self.name


@dataclass(frozen=True, slots=True)
class Layout:
    """How a structure lies in one vector."""

    template: Any
    leaves: tuple[Leaf, ...]
    lifted: bool = True

    @property
    def size(self) -> int:
        return self.leaves[-1].stop

    @property
    def bare(self) -> bool:
        """Is the structure one array, or number, in no container."""
        return not isinstance(self.template, (Mapping, tuple, list))

    def build(self, vector: Numbers) -> Any:
        """The user's structure with the numbers of `vector`, in double unless `lifted` is off."""
        places = iter(self.leaves)
        return _rebuild(self.template, lambda old: self._leaf(old, next(places), vector))

    def build_given(self, vector: Vector) -> Any:
        """The user's structure with the numbers of `vector`, in the precision it was given in."""
        return Layout(self.template, self.leaves, lifted=False).build(vector)

    def round(self, vector: Vector) -> Vector:
        """The nearest point that the given precisions can hold, so that f and the gradient see the same."""
        return np.concatenate(
            [vector[leaf.where].astype(leaf.precision).astype(float) for leaf in self.leaves]
        )

    def leaf_of(self, position: int) -> Leaf:
        """The leaf that holds a position of the flat vector."""
        return next(leaf for leaf in self.leaves if leaf.start <= position < leaf.stop)

    def _leaf(self, old: Any, leaf: Leaf, vector: Numbers) -> Any:
        numbers = vector[leaf.where].reshape(leaf.shape)
        if hasattr(old, "new_tensor"):
            return _tensor(old, numbers)
        if isinstance(old, (int, float)):
            return numbers.item()
        if self.lifted:
            return numbers.copy()
        return numbers.astype(
            np.result_type(leaf.precision, np.complex64) if _is_complex(numbers) else leaf.precision
        )


def flatten(tree: Any) -> tuple[Layout, Vector]:
    """The layout of a structure of real arrays and its numbers as one float64 vector.

    Raises StructureError if a leaf is not real numbers, or there is none at all.
    """
    leaves: list[Leaf] = []
    parts: list[Vector] = []
    start = 0
    for name, value in named_leaves(tree):
        array = as_array(value)
        if array.dtype.kind not in "fiu":
            held = "is None" if value is None else f"holds {array.dtype} values"
            raise StructureError(f"{name} {held}: pass real numbers")
        precision = array.dtype if array.dtype.kind == "f" else np.dtype(float)
        leaves.append(Leaf(name, array.shape, start, start + array.size, precision))
        parts.append(array.astype(float).ravel())
        start += array.size
    if not start:
        raise StructureError("x holds no numbers: pass an array, or a tuple or dict of arrays")
    return Layout(tree, tuple(leaves)), np.concatenate(parts)


def named_leaves(tree: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every array of a structure with its name: `W1`, `encoder.W1`, `x[0]`."""
    match tree:
        case Mapping():
            for key, value in tree.items():
                yield from named_leaves(value, f"{name}.{key}" if name else str(key))
        case tuple() | list():
            for position, value in enumerate(tree):
                yield from named_leaves(value, f"{name or 'x'}[{position}]")
        case _:
            yield name or "x", tree


def as_array(value: Any) -> Numbers:
    """A number, an array, or a tensor of another framework (by DLPack if not otherwise) as a NumPy array."""
    if hasattr(value, "detach"):
        return np.asarray(value.detach().cpu())
    if hasattr(value, "__dlpack__") and not hasattr(value, "__array__"):
        return np.from_dlpack(value)
    return np.asarray(value)


def _rebuild(tree: Any, leaf: Any) -> Any:
    match tree:
        case Mapping():
            return {key: _rebuild(value, leaf) for key, value in tree.items()}
        case tuple() if hasattr(tree, "_fields"):
            return type(tree)(*(_rebuild(value, leaf) for value in tree))
        case tuple() | list():
            return type(tree)(_rebuild(value, leaf) for value in tree)
        case _:
            return leaf(tree)


def _tensor(old: Any, numbers: Numbers) -> Any:
    """A tensor like the old one; real ones are followed by its framework if the old one is."""
    real = old.new_tensor(np.ascontiguousarray(numbers.real))
    if _is_complex(numbers):
        return real + 1j * old.new_tensor(np.ascontiguousarray(numbers.imag))
    return real.requires_grad_() if getattr(old, "requires_grad", False) else real


def _is_complex(numbers: Numbers) -> bool:
    return numbers.dtype.kind == "c"
