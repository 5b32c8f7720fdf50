"""A loss that is called `l`: `l(a, y) = -y \\log a`, of which `dl / da` is taken.

The letter counts layers, lines and much else; where it stands in no script and below no Σ, is given a formula
and differentiated, and the document defines no other loss, it is the `\\ell` that others write.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped, walk
from gradcheck.restating.passages.segments import differentiated_targets

LETTER, LOSS = "l", "ell"


def with_small_losses(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `\\ell` for an l that is a loss; themselves where none is."""
    equations = [item for item in body if isinstance(item, Equation)]
    if LETTER not in differentiated_targets(equations):
        return body
    names = [definition.name for definition in definitions(equations)]
    if not any(name.base == LETTER for name in names):
        return body
    counts = any(_counts(node) for e in equations for side in e.sides for node in walk(side))
    if counts or any(is_loss_name(name) for name in names):
        return body
    return [rewritten(item, _told) if isinstance(item, Equation) else item for item in body]


def _counts(node: Node) -> bool:
    """Whether the letter stands in a script, or is what a Σ counts by."""
    scripts: tuple[Node | None, ...] = ()
    if isinstance(node, Scripted):
        scripts = (node.sub, node.sup)
    elif isinstance(node, BigOperator):
        scripts = (node.lower, node.upper)
    return any(_is_letter(inner) for script in scripts if script is not None for inner in walk(script))


def _is_letter(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name == LETTER and not node.style


def _told(node: Node) -> Node:
    if isinstance(node, Symbol) and node.name in (LETTER, f"d{LETTER}") and not node.style:
        return Symbol(node.span, node.name.replace(LETTER, LOSS))
    return mapped(node, _told)
