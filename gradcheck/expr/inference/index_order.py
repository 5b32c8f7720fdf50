"""Entries whose two indices stand the other way round than where their matrix is defined.

Beside `s_{ic} = \\sum_d x_{id} W_{dc}` the line `\\partial s_{ic} / \\partial W_{cd} = x_{id}` means the same
entry: d is a feature and c a class, in whatever order. It is so taken only for what a line derives by, with
the very letters of the definition, and for all such entries of the line: elsewhere the order is claimed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gradcheck.expr.written.definitions import Definition, definitions, unboxed, written_names
from gradcheck.expr.written.indices import is_letter
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import read_quotient, tells_derivative
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Group, Node, Product, Scripted
from gradcheck.notation.walk import mapped
from gradcheck.records import replace

Entry = tuple[str, str | None, tuple[str, ...]]


def orders(found: Iterable[Definition]) -> frozenset[Entry]:
    """The doubly indexed entries that definitions write: base, layer and index letters.

    What is told by a derivative, as a step of the weights is, and what is given anew by its own old value are
    of no use there: they follow the order of the line that derives.
    """
    return frozenset[Entry]().union(*map(_entries, found))


@once_a_node
def _entries(definition: Definition) -> frozenset[Entry]:
    if tells_derivative(definition.right) or _is_step(definition):
        return frozenset()
    names = (definition.name, *written_names(definition.right))
    return frozenset(_entry(name) for name in names if _is_entry(name))


def _is_step(definition: Definition) -> bool:
    """Whether a definition gives a quantity its next value, `w_{ij} = w_{ij} + \\Delta w_{ij}`."""
    return any(_entry(name) == _entry(definition.name) for name in written_names(definition.right))


def turned(head: Node, sides: Iterable[Node], known: frozenset[Entry]) -> frozenset[Entry]:
    """The entries by which a line derives, if they stand the other way round than in every definition.

    So may that which a step changes, `w_{jk} = w_{jk} - ...`.
    """
    quotient = read_quotient(unboxed(head))
    names = map(read_name, quotient.variables) if quotient is not None else (read_name(unboxed(head)),)
    entries = (_entry(name) for name in names if name is not None and _is_entry(name))
    found = frozenset(entry for entry in entries if entry not in known and _other_way(entry) in known)
    if not found:
        return found
    written = Counter(_entry(name) for side in sides for name in written_names(side))
    if quotient is None and max(map(written.__getitem__, found)) < 2:
        return frozenset()
    return frozenset(entry for entry in found if _other_way(entry) not in written)


def is_turned(equation: Equation, known: frozenset[Entry]) -> bool:
    """Whether an equation derives by such an entry."""
    return bool(turned(equation.head, equation.sides, known))


def orders_of(equations: Iterable[Equation]) -> frozenset[Entry]:
    """The entries that the definitions of some equations write."""
    return orders(definitions(equations))


def with_order(node: Node, entries: frozenset[Entry]) -> Node:
    """A formula with the indices of some entries exchanged."""
    if isinstance(node, Scripted):
        name = read_name(node)
        if name is not None and _entry(name) in entries and isinstance(node.sub, Product | Group):
            return replace(node, sub=_exchanged(node.sub))
    return mapped(node, lambda child: with_order(child, entries))


def _exchanged(sub: Product | Group) -> Node:
    if isinstance(sub, Product):
        return replace(sub, factors=sub.factors[::-1])
    if len(sub.items) == 1 and isinstance(sub.items[0], Product):
        return replace(sub, items=(_exchanged(sub.items[0]),))
    return replace(sub, items=sub.items[::-1])


def _entry(name: Name) -> Entry:
    return name.base, name.layer, name.sub


def _other_way(entry: Entry) -> Entry:
    return entry[0], entry[1], entry[2][::-1]


def _is_entry(name: Name) -> bool:
    """Whether a name carries two different index letters and is not transposed."""
    letters = len(name.sub) == 2 and all(map(is_letter, name.sub)) and name.sub[0] != name.sub[1]
    return letters and not name.transpose and name.sample is None
