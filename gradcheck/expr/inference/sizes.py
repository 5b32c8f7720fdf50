"""Unknown sizes and what is known of them: union-find with a value a class, and a way back.

A size over which an index runs is known to be no 1, though not what it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from gradcheck.shapes import Dim

State = tuple[list[int], dict[int, Dim], set[int]]


class Clash(Exception):
    """Two sizes that cannot be the same."""


class Sizes:
    """Unknown sizes with what is known of them, merged as relations come in."""

    def __init__(self) -> None:
        self._parent: list[int] = []
        self._value: dict[int, Dim] = {}
        self._many: set[int] = set()

    def new(self, value: Dim | None = None) -> int:
        """Another size, known or not."""
        self._parent.append(len(self._parent))
        if value is not None:
            self._value[len(self._parent) - 1] = value
        return len(self._parent) - 1

    def root(self, size: int) -> int:
        """The representative of all sizes that are equal to this one."""
        while self._parent[size] != size:
            size = self._parent[size]
        return size

    def value(self, size: int) -> Dim | None:
        """What a size is known to be."""
        return self._value.get(self.root(size))

    def same(self, a: int, b: int) -> None:
        """Make two sizes one; raises Clash if they are known to differ."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        known, other = self._value.get(a), self._value.get(b)
        if known is not None and other is not None and known != other:
            raise Clash(f"{known} is not {other}")
        many = a in self._many or b in self._many
        if many and 1 in (known, other):
            raise Clash("an index runs over what has one entry")
        self._parent[b] = a
        if known is None and other is not None:
            self._value[a] = other
        if many:
            self._many.add(a)

    def set(self, size: int, value: Dim) -> None:
        """Fix a size; raises Clash if it is known to be another."""
        self.same(size, self.new(value))

    def may_be(self, value: Dim, sizes: Iterable[int]) -> None:
        """Sizes have a value, unless one of them is known to be another."""
        state = self.save()
        try:
            for size in sizes:
                self.set(size, value)
        except Clash:
            self.restore(state)

    def run(self, size: int) -> None:
        """An index runs over a size; raises Clash if it is known to be 1."""
        if self.value(size) == 1:
            raise Clash("an index runs over what has one entry")
        self._many.add(self.root(size))

    def is_many(self, size: int) -> bool:
        """Whether an index runs over a size."""
        return self.root(size) in self._many

    def save(self) -> State:
        """The present state."""
        return list(self._parent), dict(self._value), set(self._many)

    def restore(self, state: State) -> None:
        """Go back to a saved state; sizes made since are free again."""
        parent, value, many = state
        self._parent = [*parent, *range(len(parent), len(self._parent))]
        self._value, self._many = dict(value), set(many)
