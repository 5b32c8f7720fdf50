"""Whether a quantity depends on another entry by entry, seen from the structure of the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS

ENTRYWISE = {
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "power",
    "where",
    "greater",
    "greater_equal",
    "maximum",
    "minimum",
}
NONE, ENTRY, MIXED = range(3)


def depends_entrywise(target: Expr, variable: Expr, definitions: Mapping[str, Expr]) -> bool:
    """Whether entry (r, c) of target depends on entry (r, c) of variable and on no other entry of it.

    variable    a quantity or a selection of one; definitions: key → defining expression
    """
    selected: tuple[Any, ...] = variable.attr if variable.op == "pick" else (None, None)
    owner = variable.args[0] if variable.op == "pick" else variable
    known: dict[tuple[Expr, frozenset[tuple[int, Ix]]], int] = {}

    def visit(node: Expr, along: frozenset[tuple[int, Ix]]) -> int:
        state = (node, along)
        if state not in known:
            known[state] = find(node, along)
        return known[state]

    def find(node: Expr, along: frozenset[tuple[int, Ix]]) -> int:
        if node == owner:
            return ENTRY
        if node.op == "var":
            inside = definitions.get(node.attr[0])
            return NONE if inside is None else visit(inside, frozenset())
        if node.op == "stack":
            index, axis = node.attr
            return visit(node.args[0], along | {(axis, index)})
        below = [visit(a, along) for a in node.args]
        if all(state == NONE for state in below):
            return NONE
        if MIXED in below:
            return MIXED
        if node.op == "pick":
            return ENTRY if node.attr == selected or _follows(node, along) else MIXED
        if node.op == "prime" or node.op in ENTRYWISE or _is_elementwise(node.op):
            spread = any(s == ENTRY and a.shape != node.shape for s, a in zip(below, node.args, strict=True))
            return MIXED if spread else ENTRY
        return MIXED

    return visit(target, frozenset()) == ENTRY


def _is_elementwise(op: str) -> bool:
    operation = OPERATIONS.get(op)
    return operation is not None and operation.derivative is not None


def _follows(node: Expr, along: frozenset[tuple[int, Ix]]) -> bool:
    """A selection by the index that is being stacked along the same axis keeps places."""
    return all(s is None or (axis, s) in along for axis, s in enumerate(node.attr))
