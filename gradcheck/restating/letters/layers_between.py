"""Weights marked with both layers that they lie between: `w_{ik}^{l-1,l}` leads from layer l-1 to layer l.

A list is no exponent. The layer that a weight leads to tells it from those of other layers, as one mark does.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Scripted
from gradcheck.notation.walk import of_kind, rebuilt
from gradcheck.records import replace
from gradcheck.restating.recursions.families import MARK


def with_layers_led_to(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the later layer alone above each such letter; themselves where there is none."""
    sides = (side for item in body if isinstance(item, Equation) for side in item.sides)
    if not any(_later(node) is not None for side in sides for node in of_kind(side, Scripted)):
        return body

    def change(node: Scripted) -> Node:
        later = _later(node)
        return node if later is None else replace(node, sup=later)

    return [
        rewritten(item, lambda side: rebuilt(side, Scripted, change)) if isinstance(item, Equation) else item
        for item in body
    ]


def _later(node: Scripted) -> Node | None:
    """The later of the two neighbouring layers that stand above a letter."""
    listed = node.sup
    if not isinstance(listed, Group) or listed.open or listed.separators != (",",) or len(listed.items) != 2:
        return None
    shifts: dict[int, Node] = {}
    letters = set()
    for item in listed.items:
        found = MARK.match(latex(item).replace(" ", ""))
        if found is None:
            return None
        letters.add(found[1])
        shifts[int(f"{found[2]}{found[3]}") if found[2] else 0] = item
    is_pair = len(letters) == 1 and len(shifts) == 2 and max(shifts) - min(shifts) == 1
    return shifts[max(shifts)] if is_pair else None
