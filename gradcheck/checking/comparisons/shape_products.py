"""Shapes multiplied: `[m, n] @ [n, k] = [m, k]` tells what sizes come of a product, and no values.

The sizes must meet, and what is left over must be what is written; read as rows of numbers, or as products of
sizes, such a line would be wrong. Only lists of two sizes (a letter, a number, a word) count as shapes; one
below a transpose is turned, and what comes of shapes may go without brackets, `= m \\times k`.
"""

from __future__ import annotations

from itertools import pairwise

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.written.names import read_name, script_text
from gradcheck.notation.scripts import Superscript, split_superscript
from gradcheck.notation.statements import Link
from gradcheck.notation.tree import Group, Node, Number, Operator, Product, Scripted
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
    listed = [sizes for sizes in factors if sizes is not None]
    result = _sizes(sides[1])
    if result is None and not all(size.isdigit() for sizes in listed for size in sizes):
        result = _crossed(
            sides[1]
        )  # of numbers alone, `(2 \\times 3)(3 \\times 4) = 6 \\times 12` multiplies
    if result is None or len(listed) < max(2, len(factors)):
        return None
    return listed, result


def _sizes(node: Node) -> Sizes | None:
    """The two sizes of `[m, n]`, `(m, n)` or `(m \\times n)`, and of its transpose."""
    match node:
        case Group(open="(" | "[", items=(first, second)):
            return _named(first, second)
        case Group(open="(" | "[", items=(inner,)):
            return _crossed(inner)
        case Scripted(base=Group() as base, sub=None, sup=Node() as sup, primes=0) if _transposes(sup):
            sizes = _sizes(base)
            return sizes and sizes[::-1]
    return None


def _crossed(node: Node) -> Sizes | None:
    """The two sizes of `m \\times n`."""
    match node:
        case Product(factors=(first, second), operators=(Operator(kind="times"),)):
            return _named(first, second)
    return None


def _named(first: Node, second: Node) -> Sizes | None:
    return (script_text(first), script_text(second)) if _is_size(first) and _is_size(second) else None


def _transposes(sup: Node) -> bool:
    return split_superscript(sup) == Superscript(transpose=True)


def _is_size(node: Node) -> bool:
    name = read_name(node)
    return isinstance(node, Number) or (name is not None and name.is_plain)
