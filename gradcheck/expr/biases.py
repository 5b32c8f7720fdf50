"""Which way a bias lies: along the rows of `W X`, whose samples are columns, or the columns of `X W`."""

from __future__ import annotations

from gradcheck.expr.names import read_name
from gradcheck.notation.tree import Node, Product

WEIGHTS = ("W", "w", "\\Theta", "\\theta")


def weights_come_last(node: Node) -> bool:
    """Whether a formula is a product of data with weights, in this order."""
    if not isinstance(node, Product):
        return False
    first, last = read_name(node.factors[0]), read_name(node.factors[-1])
    if first is None or last is None or first.transpose or last.transpose:
        return False
    return last.base in WEIGHTS and first.base not in WEIGHTS
