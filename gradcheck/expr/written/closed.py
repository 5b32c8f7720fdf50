"""Formulas of numbers and known functions alone.

What a chain ends in so, `v = x = 2` or `z = w x = 0.3`, says what its head is in an example: it defines no
name that stands on the way.
"""

from __future__ import annotations

from typing import Final

from gradcheck.expr.written.functions import BUILTIN
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.tree import Node, Number, Scripted, Sum, Symbol, Term
from gradcheck.notation.walk import of_kind

_CONSTANTS: Final = frozenset({"pi"})


@once_a_node
def is_closed(node: Node) -> bool:
    """Whether a formula holds numbers and known functions, and no other name.

    The e of `e^{-0.15}` and the sign of a transpose are none.
    """
    if not of_kind(node, Number):
        return False
    above = [(part.base.span, part.sup) for part in of_kind(node, Scripted) if part.sup is not None]
    raised = {base for base, _ in above}
    turned = {sup.span for _, sup in above if split_superscript(sup).transpose}
    return all(
        symbol.name in BUILTIN
        or symbol.name in _CONSTANTS
        or symbol.span in turned
        or (symbol.name == "e" and symbol.span in raised)
        for symbol in of_kind(node, Symbol)
    )


def decimal_text(node: Node) -> str | None:
    """The decimal that a formula is, with its sign, `-0.25`; None for anything else."""
    match node:
        case Number(text=text) if "." in text:
            return text
        case Sum(terms=(Term(sign="-", body=Number(text=text)),)) if "." in text:
            return f"-{text}"
    return None
