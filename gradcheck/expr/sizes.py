"""Unknown sizes and what is known of them: union-find with a value a class, and a way back."""

from __future__ import annotations

from gradcheck.shapes import Dim


class Clash(Exception):
    """Two sizes that cannot be the same."""


class Sizes:
    """Unknown sizes with what is known of them, merged as relations come in."""

    def __init__(self) -> None:
        self._parent: list[int] = []
        self._value: dict[int, Dim] = {}

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
        self._parent[b] = a
        if known is None and other is not None:
            self._value[a] = other

    def set(self, size: int, value: Dim) -> None:
        """Fix a size; raises Clash if it is known to be another."""
        self.same(size, self.new(value))

    def save(self) -> tuple[list[int], dict[int, Dim]]:
        """The present state."""
        return list(self._parent), dict(self._value)

    def restore(self, state: tuple[list[int], dict[int, Dim]]) -> None:
        """Go back to a saved state; sizes made since are free again."""
        parent, value = state
        self._parent = [*parent, *range(len(parent), len(self._parent))]
        self._value = dict(value)
