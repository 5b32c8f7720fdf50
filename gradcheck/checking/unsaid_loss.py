"""A loss that nothing defines: any function of the last quantities that the document derives it by.

"L is some loss of the outputs y", and from there every `∂L/∂…` is told by `∂L/∂y`. The loss is made the sum
of the entries of those outputs, each times an arbitrary number: to first order any loss is that. Rejected:
to leave it an input, of which every derivative is zero, so that every line about it holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from gradcheck.expr.build import apply, var, variables
from gradcheck.expr.scope import Scope
from gradcheck.expr.tree import Expr
from gradcheck.expr.unnamed_loss import cotangent_key
from gradcheck.shapes import SCALAR


def define_loss(scope: Scope, formulas: Iterable[Expr]) -> None:
    """Give a scope the definition of each loss that it derives and does not define."""
    derived = dict.fromkeys(
        (node.args[0].attr[0], node.args[1].attr[0])
        for formula in formulas
        for node in formula.walk()
        if node.op == "deriv" and node.args[0].op == "var" and node.args[0].shape == SCALAR
    )
    for loss in dict.fromkeys(target for target, _ in derived if target not in scope.program):
        ends = _ends([key for target, key in derived if target == loss and key in scope.program], loss, scope)
        parts = [_weighted(loss, key, scope) for key in ends]
        if parts:
            whole = parts[0]
            for part in parts[1:]:
                whole = apply("add", whole, part)
            scope.program[loss] = whole


def _weighted(loss: str, key: str, scope: Scope) -> Expr:
    shape = scope.shapes[key]
    signal = cotangent_key(loss, key)
    scope.shapes[signal] = shape
    return apply("dot", var(signal, shape), var(key, shape))


def _ends(keys: list[str], loss: str, scope: Scope) -> list[str]:
    """Those of some defined quantities on which no other one rests, and which do not rest on the loss."""
    reach = {key: _reach(key, scope) for key in keys}
    free = [key for key in keys if loss not in reach[key]]
    return [key for key in free if not any(key in reach[other] for other in free if other != key)]


def _reach(key: str, scope: Scope) -> set[str]:
    found: set[str] = set()
    waiting = {key}
    while waiting:
        found |= waiting
        waiting = {k for w in waiting if w in scope.program for k in variables(scope.program[w])} - found
    return found
