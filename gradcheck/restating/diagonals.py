r"""Diagonal matrices of listed entries: `\operatorname{diag}(a_1, \dots, a_n)` is that of the list.

A matrix of entries is its only argument; brackets around a list are written out, so that `diag` takes one
vector wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Matrix, Node, Product, Symbol
from gradcheck.notation.walk import rebuilt
from gradcheck.records import replace

DIAGONAL: Final = frozenset(("diag", "Diag"))


def with_diagonals_of_lists(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with one argument for each `diag`; themselves where all have."""
    return [rewritten(item, _written) if isinstance(item, Equation) else item for item in body]


def _written(side: Node) -> Node:
    return rebuilt(side, Product, _with_one_argument)


def _with_one_argument(node: Product) -> Product:
    factors = list(node.factors)
    for position, (first, second) in enumerate(pairwise(node.factors)):
        if isinstance(first, Symbol) and first.name in DIAGONAL and not node.operators[position].kind:
            factors[position + 1] = _argument(second)
    return (
        node
        if all(a is b for a, b in zip(factors, node.factors, strict=True))
        else replace(node, factors=tuple(factors))
    )


def _argument(node: Node) -> Node:
    listed = isinstance(node, Group) and node.open in ("(", "[") and len(node.items) > 1
    if listed or isinstance(node, Matrix):
        return Group(node.span, "(", ")", (node,))
    return node
