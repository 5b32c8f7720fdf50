"""All nodes of a tree, for searches that do not care where a node stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter, is_
from typing import Any, TypeVar

from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Call,
    CaseRow,
    Cases,
    Differential,
    Fraction,
    Group,
    Matrix,
    Node,
    Product,
    Relational,
    Root,
    Scripted,
    Sum,
    Symbol,
    Term,
    Wrapped,
)
from gradcheck.records import replace

Children = tuple[Node | None, ...]
Kind = TypeVar("Kind", bound=Node)


def children(node: Node) -> Children:
    """The nodes right below, in the order of writing; None where a part is missing."""
    kind = type(node)
    return _BELOW[kind](node) if kind in _BELOW else ()


# The fields of each kind that hold nodes, in the order of writing.
_HELD: dict[type[Node], tuple[str, ...]] = {
    Product: ("factors",),
    Sum: ("terms",),
    Scripted: ("base", "sub", "sup"),
    Fraction: ("numerator", "denominator"),
    Term: ("body",),
    Accent: ("base",),
    Differential: ("body",),
    Group: ("items",),
    Relational: ("operands",),
    Wrapped: ("body", "note"),
    BigOperator: ("lower", "upper", "body"),
    Call: ("function", "argument"),
    Matrix: ("rows",),
    Cases: ("rows",),
    CaseRow: ("value", "condition"),
    Root: ("degree", "radicand"),
}


_LISTS = (Product, Sum, Group, Relational, Cases)


def _getter(kind: type[Node], names: tuple[str, ...]) -> Callable[[Any], Children]:
    if kind is Matrix:
        return lambda node: tuple(cell for row in node.rows for cell in row)
    read: Callable[[Any], Any] = attrgetter(*names)
    return read if len(names) > 1 or kind in _LISTS else lambda node: (read(node),)


# A table by kind, since a search asks it of every node that it passes.
_BELOW = {kind: _getter(kind, names) for kind, names in _HELD.items()}


@once_a_node
def walk(node: Node) -> tuple[Node, ...]:
    """The node and all below it, parents first."""
    found: list[Node] = []
    stack: list[Node | None] = [node]
    while stack:
        here = stack.pop()
        if here is not None:
            found.append(here)
            stack += children(here)[::-1]
    return tuple(found)


@once_a_node
def _by_kind(node: Node) -> dict[type[Node], tuple[Any, ...]]:
    found: dict[type[Node], list[Node]] = {}
    for inner in walk(node):
        found.setdefault(type(inner), []).append(inner)
    return {kind: tuple(nodes) for kind, nodes in found.items()}


def of_kind(node: Node, kind: type[Kind]) -> tuple[Kind, ...]:
    """The nodes of one kind in a formula, parents first: most searches are for few of its nodes, or none."""
    return _by_kind(node).get(kind, ())


@once_a_node
def letters_in(node: Node) -> frozenset[str]:
    """The names of all letters, signs and words in a formula."""
    return frozenset([symbol.name for symbol in of_kind(node, Symbol)])


def parts(node: Node) -> Iterator[Node]:
    """The nodes right below that are there: every node is true."""
    return filter(None, children(node))


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """A node with each of its children changed; itself where none does."""
    below = children(node)
    new = [None if child is None else change(child) for child in below]
    return node if all(map(is_, new, below)) else _with(node, iter(new))


def rebuilt(node: Node, kind: type[Kind], change: Callable[[Kind], Node]) -> Node:
    """A formula with each node of one kind changed, the lowest first; itself where none of them is.

    change   gives back the very node that it leaves alone, so that one look at each tells whether any changes
    """

    def built(inner: Node) -> Node:
        inner = mapped(inner, built)
        return change(inner) if isinstance(inner, kind) else inner

    found = of_kind(node, kind)
    return node if not found or all(change(inner) is inner for inner in found) else built(node)


def relettered(node: Node, old: str, new: str) -> Node:
    """A formula with one plain letter for another, wherever it stands; a letter in another style stays."""

    def change(symbol: Symbol) -> Symbol:
        return replace(symbol, name=new) if symbol.name == old and not symbol.style else symbol

    return rebuilt(node, Symbol, change)


def _with(node: Node, below: Iterator[Node | None]) -> Node:
    """A node with other children, in the order of writing."""
    made = {name: _filled(getattr(node, name), below) for name in _HELD[type(node)]}
    return replace(node, **made)  # type: ignore[arg-type]


def _filled(value: object, below: Iterator[Node | None]) -> object:
    """A field like another one that holds a node, none, or tuples of these."""
    if isinstance(value, tuple):
        return tuple([_filled(item, below) for item in value])
    return next(below)
