"""Losses called by name with their two arguments, `CE(y, \\hat y)` or `BCE(\\hat y, y)`.

People write target and prediction in either order. What nothing defines is the target, and so is what has no
hat beside what has one; where neither tells, the target comes first. One distribution is a column, or a
sample's part of a batch.
"""

from __future__ import annotations

from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.asked import Scope
from gradcheck.ops import OPERATIONS
from gradcheck.source import Span

# The operations whose first operand is the target.
OF_TARGETS = frozenset(
    (
        "cross_entropy",
        "cross_entropy_of_logits",
        "binary_cross_entropy",
        "binary_cross_entropy_of_logits",
    )
)


def paired(scope: Scope, op: str, first: Expr, second: Expr, line: tuple[int], span: Span) -> Expr:
    """An operation of two arguments, the target first.

    line    the axis of one distribution
    """
    if op in OF_TARGETS and _is_prediction(scope, first) and not _is_prediction(scope, second):
        first, second = second, first
    if not OPERATIONS[op].called:
        return apply(op, first, second, span=span)
    shape = second.shape
    whole = 1 in shape and scope.vocabulary.sample_dim not in shape
    return apply(op, first, second, attr=(None,) if whole else line, span=span)


def _is_prediction(scope: Scope, value: Expr) -> bool:
    """Whether a formula is no bare target: a quantity that is defined or has a hat, or made of others."""
    if value.op in ("pick", "transpose"):
        return _is_prediction(scope, value.args[0])
    if value.op != "var":
        return bool(value.args)
    return value.attr[0] in scope.program or value.attr[0].startswith(("\\hat", "\\widehat", "\\tilde"))
