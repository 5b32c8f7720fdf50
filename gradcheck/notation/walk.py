"""All nodes of a tree, for searches that do not care where a node stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

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
    Term,
    Wrapped,
)

Children = tuple[Node | None, ...]


def children(node: Node) -> Children:
    """The nodes right below, in the order of writing; None where a part is missing."""
    below = _BELOW.get(type(node))
    return () if below is None else below(node)


# A table by kind, since a search asks it of every node that it passes.
_BELOW: dict[type[Node], Callable[[Any], Children]] = {
    Product: attrgetter("factors"),
    Sum: attrgetter("terms"),
    Scripted: attrgetter("base", "sub", "sup"),
    Fraction: attrgetter("numerator", "denominator"),
    Term: lambda node: (node.body,),
    Accent: lambda node: (node.base,),
    Differential: lambda node: (node.body,),
    Group: attrgetter("items"),
    Relational: attrgetter("operands"),
    Wrapped: attrgetter("body", "note"),
    BigOperator: attrgetter("lower", "upper", "body"),
    Call: attrgetter("function", "argument"),
    Matrix: lambda node: tuple(cell for row in node.rows for cell in row),
    Cases: attrgetter("rows"),
    CaseRow: attrgetter("value", "condition"),
    Root: attrgetter("degree", "radicand"),
}


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


def parts(node: Node) -> Iterator[Node]:
    """The nodes right below that are there."""
    return (child for child in children(node) if child is not None)


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """A node with each of its children changed; itself where none does."""
    changes: dict[str, object] = {}
    for item in fields(node):
        value = getattr(node, item.name)
        new = _changed(value, change)
        if new is not value:
            changes[item.name] = new
    return replace(node, **changes) if changes else node  # type: ignore[arg-type]


def _changed(value: object, change: Callable[[Node], Node]) -> object:
    """A field of a node with the nodes in it changed."""
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        new = tuple(_changed(item, change) for item in value)
        return value if all(a is b for a, b in zip(new, value, strict=True)) else new
    return value
