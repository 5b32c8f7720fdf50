"""Definitions that no line of a document writes: told before a line that uses them."""

from __future__ import annotations

from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node, Relation
from gradcheck.records import replace


def told_before(equation: Equation, name: Node, formula: Node) -> Equation:
    """`name = formula`, told before a line under its number; the link has the number of none."""
    sign = Relation(equation.span, "=")
    link = replace(equation.links[0], number=0, left=name, right=formula, relation=sign)
    return replace(equation, head=name, links=(link,), connective="", context=())
