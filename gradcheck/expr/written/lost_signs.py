"""What is said of a derivative whose second `∂` was put in: a sign without a place in the text."""

from __future__ import annotations

from gradcheck.expr.forms.reading import Note
from gradcheck.notation.tree import Fraction, Node, Product


def lost_sign(node: Node) -> tuple[Note, ...]:
    """The note of a quotient of which one side had no `∂`; empty for any other."""
    for side, where in (
        ((node.numerator, "above"), (node.denominator, "below")) if isinstance(node, Fraction) else ()
    ):
        first = side.factors[0] if isinstance(side, Product) else None
        if first is not None and first.span.start == first.span.end:
            return (Note("implicit", f"the ∂ {where} is not written", side.span),)
    return ()
