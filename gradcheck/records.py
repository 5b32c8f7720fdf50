"""Data classes that cost little to declare.

The standard library compiles six functions for each frozen class, which was half of the time that this
package's modules took to be imported. Only `__init__` needs that; the others are written once, here. That
nothing is assigned to a frozen field is left to the type checker, to which these are the standard ones: so
to make an object takes no detour either.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import asdict, field, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, **others: bool
    ) -> Callable[[type], type] | type:
        """As the standard library's, whose place it takes; frozen classes are cheap to declare."""

        def declared(plain: type) -> type:
            if not frozen or others:
                return dataclasses.dataclass(plain, frozen=frozen, slots=slots, **others)
            return _frozen(plain, slots=slots)

        return declared if cls is None else declared(cls)


__all__ = ["asdict", "dataclass", "field", "fields", "replace"]


def _frozen(plain: type, *, slots: bool) -> type:
    made: type = dataclasses.dataclass(plain, repr=False, eq=False, slots=slots)
    for name, method in _methods(made).items():
        if name not in plain.__dict__:
            setattr(made, name, method)
    return made


def _methods(made: Any) -> dict[str, Callable[..., object]]:
    """What all classes of values have in common: they are equal, and are shown, by their fields."""
    compared = [each.name for each in fields(made) if each.compare]
    values: Callable[[object], object] = attrgetter(*compared) if compared else lambda self: ()
    shown = [each.name for each in fields(made) if each.repr]

    def equals(self: object, other: object) -> bool:
        return (
            NotImplemented if other.__class__ is not self.__class__ else bool(values(self) == values(other))
        )

    def hashed(self: object) -> int:
        return hash(values(self))

    def printed(self: object) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    return {"__eq__": equals, "__hash__": hashed, "__repr__": printed}
