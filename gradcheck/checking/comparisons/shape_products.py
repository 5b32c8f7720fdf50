"""Shapes multiplied: `[m, n] @ [n, k] = [m, k]` tells what sizes come of a product, and no values.

The sizes must meet, and what is left over must be what is written; read as rows of numbers such a line would
be wrong. Only lists of two sizes (a letter, a number, a word) count as shapes.
"""

from __future__ import annotations

from itertools import pairwise

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.written.names import read_name, script_text
from gradcheck.notation.statements import Link
from gradcheck.notation.tree import Group, Node, Number, Product
from gradcheck.verdict import Certainty, Verdict

Sizes = tuple[str, str]


def shapes_multiplied(claim: Claim) -> Judgement | None:
    """What is to be said of a product of shapes; None where a line holds none."""
    found = _told(claim.link)
    if found is None:
        return None
    factors, result = found
    for (_, inner), (outer, _) in pairwise(factors):
        if inner != outer:
            message = f"these sizes do not meet: {inner} and {outer}"
            return Judgement(claim, Verdict.WRONG, Certainty.PROVED, message=message)
    product = (factors[0][0], factors[-1][1])
    if product != result:
        message = f"this product has the shape {product[0]} × {product[1]}"
        return Judgement(claim, Verdict.WRONG, Certainty.PROVED, message=message)
    return Judgement(claim, Verdict.CORRECT, Certainty.PROVED)


def _told(link: Link) -> tuple[list[Sizes], Sizes] | None:
    """The shapes that are multiplied, on whichever side, and the one on the other."""
    sides = (link.left, link.right) if isinstance(link.left, Product) else (link.right, link.left)
    if link.relation.sign != "=" or not isinstance(sides[0], Product):
        return None
    factors = [_sizes(factor) for factor in sides[0].factors]
    result = _sizes(sides[1])
    listed = [sizes for sizes in factors if sizes is not None]
    if result is None or len(listed) < max(2, len(factors)):
        return None
    return listed, result


def _sizes(node: Node) -> Sizes | None:
    """The two sizes of `[m, n]`, `(m, n)` or `(m \\times n)`."""
    match node:
        case Group(open="(" | "[", items=(first, second)):
            pair = (first, second)
        case Group(open="(" | "[", items=(Product(factors=(first, second), operators=(operator,)),)) if (
            operator.kind == "times"
        ):
            pair = (first, second)
        case _:
            return None
    return (script_text(pair[0]), script_text(pair[1])) if all(map(_is_size, pair)) else None


def _is_size(node: Node) -> bool:
    name = read_name(node)
    return isinstance(node, Number) or (name is not None and name.is_plain)
