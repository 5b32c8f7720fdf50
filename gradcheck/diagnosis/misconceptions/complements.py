"""GC4xx: a gate or a probability in the place of what it leaves, 1 - a."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gradcheck.diagnosis.misconceptions.record import Example, Misconception, Rewrite

if TYPE_CHECKING:
    from gradcheck.diagnosis.site import Site
    from gradcheck.expr.forms.tree import Expr


def _complement(site: Site) -> Iterator[Expr | None]:
    """1 - x becomes x; and x becomes 1 - x where that is spoken of, or x is a sigmoid's value."""
    node = site.node
    if node.op == "sub" and node.args[0] == site.number(1) and site.setting.is_value(node.args[1]):
        yield node.args[1]
    above = site.parent
    complemented = above is not None and above.op == "sub" and above.args[0] == site.number(1)
    if site.setting.is_value(node) and not complemented and site.setting.is_complemented(node):
        yield site.make("sub", site.number(1), node)


COMPLEMENTS = (
    Misconception(
        code="GC411",
        name="complement",
        meaning="a gate or a probability stands where what it leaves belongs: a for 1 - a, or the reverse",
        cause="both are weights between 0 and 1 that add up to one, and one is written for the other",
        sign="put in a = 0: which of the two paths is open?",
        example=Example(
            r"s = g \odot h + (1 - g) \odot c, \quad dc = ds \odot (1 - g)",
            r"s = g \odot h + (1 - g) \odot c, \quad dc = ds \odot g",
        ),
        tags=("gate", "probability", "one minus"),
        edits=(Rewrite(_complement, _complement),),
    ),
)
