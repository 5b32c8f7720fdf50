"""An error that is called e: `e = y - w x`, `L = \\frac12 e^2` squares it, and is no exponential.

Where a document gives e a formula, an e that is squared, or raised to any other number, is that quantity; it
gets a mark of its own, which messages leave out, and so does every other e but one with a formula above it:
`e^{-z}` stays the exponential. Documents that never raise such an e to a number are left as they are, since
nothing is in doubt there.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.names import LAYER_MARK, read_name
from gradcheck.notation.statements import Equation, Statement, renamed
from gradcheck.notation.tree import Node, Number, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind

LETTER, DIFFERENTIAL = "e", "de"
MARK = f"{LAYER_MARK}error"


def with_errors_called_e(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such an error marked; themselves where there is none."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(_raises(node) for e in equations for side in e.sides for node in of_kind(side, Scripted)):
        return body
    told = (d for d in definitions(equations) if d.name.key == LETTER and d.name.power is None)
    if not any(not isinstance(definition.right, Number) for definition in told):
        return body
    return [renamed(item, _marked) if isinstance(item, Equation) else item for item in body]


def _is_letter(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name == LETTER and not node.style


def _raises(node: Node) -> bool:
    """Whether a node is e to the power of a number."""
    return (
        isinstance(node, Scripted)
        and _is_letter(node.base)
        and node.sub is None
        and isinstance(node.sup, Number)
    )


def _is_exponential(node: Scripted) -> bool:
    """Whether a formula stands above the letter, and neither a transposition nor a sample."""
    name = read_name(node)
    return node.sub is None and not _raises(node) and (name is None or name.power is not None)


def _marked(node: Node) -> Node:
    if isinstance(node, Scripted) and _is_letter(node.base):
        if _is_exponential(node):
            return mapped(node, lambda child: child if child is node.base else _marked(child))
        base = Symbol(node.base.span, f"{LETTER}{MARK}")
        return Scripted(node.span, base, node.sub, node.sup, node.primes)
    if isinstance(node, Symbol) and not node.style and node.name in (LETTER, DIFFERENTIAL):
        return Symbol(node.span, f"{node.name}{MARK}")
    return mapped(node, _marked)
