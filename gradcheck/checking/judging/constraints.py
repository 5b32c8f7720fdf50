"""Equations that are asked for before what fulfils them is told: a budget `2 x + y = 12`, a circle.

They tell no number of what is known, but bind what is still to be chosen. Below them a letter is told by a
formula, `x = \\frac{a y}{b p}`, that makes them true under what else is asked, or at some values alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Number, Product, Sum

ASKED_FIRST = "this is no identity: it binds letters that formulas below tell"
_BOUND = 2  # letters from which on something is bound


def is_asked_first(claim: Claim, equations: Iterable[Equation]) -> bool:
    """Whether a line binds letters to a constant, and formulas with letters tell some of them below alone."""
    asked = claim.equation
    head, constant = unboxed(asked.head), unboxed(claim.link.right)
    if len(asked.links) != 1 or claim.link.relation.sign != "=" or not isinstance(head, Sum | Product):
        return False
    if quotients_in(head) or not (isinstance(constant, Number) or read_name(constant) is not None):
        return False
    bound = {name.key for name in written_names(head)}
    if len(bound) < _BOUND:
        return False
    below = above = frozenset[str]()
    for equation in equations:
        told = {d.name.key for d in definitions([equation]) if any(written_names(d.right))} & bound
        below, above = (below | told, above) if equation.number > asked.number else (below, above | told)
    return bool(below - above)
