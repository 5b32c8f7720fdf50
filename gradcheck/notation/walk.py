"""All nodes of a tree, for searches that do not care where a node stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace

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


def children(node: Node) -> tuple[Node | None, ...]:
    """The nodes right below, in the order of writing; None where a part is missing."""
    match node:
        case Product(factors=factors):
            return factors
        case Sum(terms=terms):
            return terms
        case Scripted():
            return (node.base, node.sub, node.sup)
        case Fraction():
            return (node.numerator, node.denominator)
        case Term(body=body) | Accent(base=body) | Differential(body=body):
            return (body,)
        case Group(items=items):
            return items
        case Relational(operands=operands):
            return operands
        case Wrapped():
            return (node.body, node.note)
        case BigOperator():
            return (node.lower, node.upper, node.body)
        case Call():
            return (node.function, node.argument)
        case Matrix(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Cases(rows=cases):
            return cases
        case CaseRow():
            return (node.value, node.condition)
        case Root():
            return (node.degree, node.radicand)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    stack: list[Node] = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(child for child in reversed(children(here)) if child is not None)


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
