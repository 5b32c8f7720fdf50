"""Minus signs before whole formulas: the E of `-E`, and `-(u - v)` of `u - v`."""

from __future__ import annotations

from gradcheck.notation.tree import Group, Node, Sum, Term


def negated(node: Node) -> Node | None:
    """What stands behind a formula's one minus sign; None for any other formula."""
    if isinstance(node, Sum) and len(node.terms) == 1 and node.terms[0].sign == "-":
        return node.terms[0].body
    return None


def minus(node: Node) -> Node:
    """The formula with a minus sign before it, in brackets of its own."""
    return Sum(node.span, (Term(node.span, "-", Group(node.span, "(", ")", (node,))),))
