"""Data classes that cost little to declare.

The standard library compiles up to six functions for each class, which was half of the time that this
package's modules took to be imported. Only `__init__` needs to be compiled, and that once for each number of
fields, since it differs in their names alone; the others are written once, here. That nothing is assigned to
a frozen field is left to the type checker, to which these are the standard ones: so to make an object takes
no detour either.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, asdict, field, fields, replace
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        eq: bool = True,
        order: bool = False,
    ) -> Callable[[type], type] | type:
        """As the standard library's, whose place it takes; its classes are cheap to declare."""

        def declared(plain: type) -> type:
            return _declared(plain, frozen=frozen, slots=slots, eq=eq, order=order)

        return declared if cls is None else declared(cls)


__all__ = ["asdict", "dataclass", "field", "fields", "replace"]


def _declared(plain: type, *, frozen: bool, slots: bool, eq: bool, order: bool) -> type:
    assigned = _only_assigned(plain)
    made: type = dataclasses.dataclass(plain, init=not assigned, repr=False, eq=False, slots=slots)
    methods = _methods(made, frozen=frozen, eq=eq, order=order)
    if assigned:
        methods["__init__"] = _maker(made)
    for name, method in methods.items():
        if name not in plain.__dict__:
            setattr(made, name, method)
    return made


def _only_assigned(plain: type) -> bool:
    """Whether an object is made by an assignment to each of its fields, and by nothing else."""
    inherited = getattr(plain, "__dataclass_fields__", {})
    said = (each for each in (*vars(plain).values(), *inherited.values()) if isinstance(each, Field))
    return not hasattr(plain, "__post_init__") and all(
        each.init and each.default_factory is MISSING for each in said
    )


def _maker(made: Any) -> FunctionType:
    """`__init__` of a class whose fields are only assigned: that of any as many, under the names of these."""
    names = tuple(each.name for each in fields(made))
    defaults = tuple(each.default for each in fields(made) if each.default is not MISSING)
    code = _assignments(len(names)).replace(
        co_names=names, co_varnames=("self", *names), co_qualname=f"{made.__qualname__}.__init__"
    )
    return FunctionType(code, {}, "__init__", defaults)


@cache
def _assignments(count: int) -> CodeType:
    """What the standard library compiles for a class of so many fields."""
    names = [f"field_{place}" for place in range(count)]
    told = {"__doc__": "Without a text of its own, the signature of each would be taken apart for one."}
    some = dataclasses.make_dataclass("Some", names, namespace=told, repr=False, eq=False)
    code: CodeType = some.__init__.__code__  # type: ignore[misc]
    return code


def _methods(made: Any, *, frozen: bool, eq: bool, order: bool) -> dict[str, Callable[..., object] | None]:
    """What all classes of values have in common: by their fields they are equal, put in order, and shown."""
    compared = [each.name for each in fields(made) if each.compare]
    values: Callable[[object], object] = attrgetter(*compared) if compared else lambda self: ()
    shown = [each.name for each in fields(made) if each.repr]

    def by_values(relation: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
        def holds(self: object, other: object) -> bool:
            same = other.__class__ is self.__class__
            return relation(values(self), values(other)) if same else NotImplemented

        return holds

    def hashed(self: object) -> int:
        return hash(values(self))

    def printed(self: object) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    found: dict[str, Callable[..., object] | None] = {"__repr__": printed}
    if eq:
        found |= {"__eq__": by_values(operator.eq), "__hash__": hashed if frozen else None}
    if order:
        relations = (operator.lt, operator.le, operator.gt, operator.ge)
        found |= {f"__{relation.__name__}__": by_values(relation) for relation in relations}
    return found
