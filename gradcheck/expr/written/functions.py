"""Functions by the names that the field gives them, from written name to operation.

The names stand in the operations' records. A row's operation applies entry by entry, or takes the whole
argument (`reduces`); `attr` are its attributes where the call says nothing else.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from gradcheck.expr.written.names import Name, key_of
from gradcheck.ops import OPERATIONS
from gradcheck.ops.losses import LOSSES as LOSS_RECORDS


class Builtin(NamedTuple):
    """An operation behind a written name; `reduces` when it takes the array as a whole."""

    op: str
    attr: tuple[Any, ...] = ()
    reduces: bool = False


BUILTIN: dict[str, Builtin] = {
    name: Builtin(operation.name, operation.called, reduces=operation.derivative is None)
    for operation in OPERATIONS.values()
    if operation.arity == 1
    for name in operation.names
}
# Operators that a document declares for itself are commands of the same names: `\\tr`, `\\softmax`.
BUILTIN |= {f"\\{name}": builtin for name, builtin in BUILTIN.items() if name.isalpha()}


# Sums and the like whose names say along which lines they go.
BUILTIN |= {
    "rowsum": Builtin("sum", (1,), reduces=True),
    "colsum": Builtin("sum", (0,), reduces=True),
    "rowmax": Builtin("max", (1,), reduces=True),
}
# Of counts, of which nothing is derived; so its values need not be known.
BUILTIN["factorial"] = Builtin("unknown", ("factorial",))
# Operation → the one that undoes it.
INVERSES = {operation.inverts: operation.name for operation in OPERATIONS.values() if operation.inverts}


def _of_arity(arity: int) -> dict[str, str]:
    """Written name → operation, for the operations of so many arguments."""
    return {
        name: operation.name
        for operation in OPERATIONS.values()
        if operation.arity == arity
        for name in operation.names
    }


# Functions of two arguments, and of four.
BINARY: dict[str, str] = _of_arity(2)
FOURFOLD: dict[str, str] = _of_arity(4)
# Densities: written name → how many arguments.
DENSITIES = {"NormalDensity": 3, "IsotropicDensity": 3, "BernoulliDensity": 2}
CALLED_BY_NAME = frozenset((*FOURFOLD, *DENSITIES))
# Functions whose meaning no document changes: an equation about them is a claim.
FIXED = {"tr", "Tr", "trace", "det", "logdet", "diag", "vec", *CALLED_BY_NAME}
# Those of two arguments that are losses, or similarities: a document may define them otherwise.
LOSSES = frozenset(operation.name for operation in LOSS_RECORDS)
# Losses that have a value for each entry.
ENTRYWISE = frozenset(name for name in LOSSES if name.startswith("binary"))


def builtin_of(name: Name) -> Builtin | None:
    """The operation that a written name means, with its subscripts or without."""
    return BUILTIN.get(key_of(name.base, None, name.sub)) or BUILTIN.get(name.base)
