"""Powers: of a number, repeated products of a square matrix, of any other array entry by entry.

`A^{\\odot 2}` and `A^{\\circ 2}` say that a power is taken entry by entry, whatever the shape.
"""

from __future__ import annotations

from fractions import Fraction as Rational

from gradcheck.expr.forms.build import apply, num
from gradcheck.expr.forms.reading import Note, Reading
from gradcheck.expr.forms.tree import Expr
from gradcheck.notation.tree import Blank, Node, Product
from gradcheck.shapes import SCALAR

MOST_FACTORS = 7


def exponent_of(power: Node) -> tuple[Node, bool]:
    """A written exponent without the ⊙ before it, and whether there is one."""
    match power:
        case Product(factors=(Blank(), exponent), operators=(operator,)) if operator.kind in ("odot", "circ"):
            return exponent, True
    return power, False


def raise_to(base: Expr, exponent: Expr, *, entrywise: bool = False) -> list[Reading]:
    """A power: repeated product of a square matrix, of another array entry by entry.

    entrywise   it is written so for every array
    """
    if base.shape == SCALAR or entrywise:
        return [Reading(apply("power", base, exponent))]
    if base.shape[0] == base.shape[1] and exponent == num(0):
        return [Reading(apply("eye", attr=(base.shape[0],)))]
    size = exponent.args[0] if exponent.op == "neg" else exponent
    count = size.attr[0] if size.op == "num" else None
    if base.shape[0] == base.shape[1] and isinstance(count, Rational) and count in range(1, MOST_FACTORS):
        base = base if size is exponent else apply("inverse", base)
        product = base
        for _ in range(int(count) - 1):
            product = apply("matmul", product, base)
        return [Reading(product)]
    note = Note("hadamard", "the power taken entry by entry")
    return [Reading(apply("power", base, exponent), (note,))]
