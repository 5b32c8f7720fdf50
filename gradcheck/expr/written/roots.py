"""What a square tells of its root: `\\sigma^2 = ...`, `e^2 = (a - b)^2`, `A = L L^T`."""

from __future__ import annotations

import re

from gradcheck.expr.written.names import Name, is_greek, read_name
from gradcheck.notation.tree import Group, Node, Number, Product, Root, Scripted


def square_root(name: Name) -> Name | None:
    """The σ of `\\sigma^2`; None for another name, or for a capital, whose square may be one of a matrix."""
    bare = name.without(power=None)
    is_square = isinstance(name.power, Number) and name.power.text == "2" and bare.is_plain
    accented = re.fullmatch(r"\\(?:hat|tilde|bar)\{(.+)\}", name.base)
    letter = (accented[1] if accented else name.base).removeprefix("\\")
    is_lower = letter[:1].islower() and (len(letter) == 1 or is_greek(letter))
    return bare if is_square and is_lower else None


def root_of(node: Node) -> Node:
    """What a formula is the square of: what stands in brackets with a square on them, else its root."""
    match node:
        case Scripted(base=Group(items=(item,), open="(" | "["), sub=None, sup=Number(text="2"), primes=0):
            return item
        case _:
            return Root(node.span, node)


def is_square_product(node: Node) -> bool:
    """Whether a product reads the same transposed, `L L^T` or `Q D Q^T`; its other side is its name.

    `A x = b` is no such thing: it asks for x.
    """
    if not isinstance(node, Product) or any(operator.kind for operator in node.operators):
        return False
    names = [read_name(factor) for factor in node.factors]
    pairs = list(zip(names, reversed(names), strict=True))[: len(names) // 2]
    return bool(pairs) and all(
        a is not None and b is not None and a.key == b.key and a.transpose != b.transpose for a, b in pairs
    )
