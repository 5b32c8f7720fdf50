"""Which sizes must not be smaller than others: `X^T X` has an inverse only where X is tall.

A product has no greater rank than its narrowest factor. Where a product stands below an inverse or a
determinant, its own size must therefore not exceed the sizes inside it; with sizes chosen at random it
would be singular at every sample point. What is added to a product (`X^T X + λI`) asks nothing. An entry that
is written by its number, `x_3`, has to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gradcheck.expr.tree import Expr
from gradcheck.shapes import SCALAR, Dim

REGULAR = {"inverse", "det", "logdet"}
# Entries with larger numbers would make every array of their size large.
LARGEST_ENTRY = 12


def rank_bounds(nodes: Iterable[Expr], definitions: Mapping[str, Expr]) -> tuple[tuple[Dim, Dim], ...]:
    """Pairs of sizes of which the first must not exceed the second.

    nodes   every node of the definitions and of the formulas that are compared
    """
    found: dict[tuple[Dim, Dim], None] = {}
    for node in nodes:
        if node.op in REGULAR:
            size = node.args[0].shape[0]
            found.update(
                ((size, inner), None) for inner in _inner(node.args[0], definitions) if inner != size
            )
    return tuple(found)


def entry_bounds(nodes: Iterable[Expr]) -> tuple[tuple[Dim, Dim], ...]:
    """The numbers of entries that are written, each with the size that must not be smaller."""
    found: dict[tuple[Dim, Dim], None] = {}
    for node in nodes:
        if node.op == "pick":
            for selector, size in zip(node.attr, node.args[0].shape, strict=True):
                if isinstance(selector, int) and isinstance(size, str) and selector <= LARGEST_ENTRY:
                    found[selector, size] = None
    return tuple(found)


def _inner(node: Expr, definitions: Mapping[str, Expr]) -> Iterator[Dim]:
    """The sizes over which a product of matrices sums."""
    match node.op:
        case "var" if node.attr[0] in definitions:
            yield from _inner(definitions[node.attr[0]], definitions)
        case "matmul":
            yield node.args[0].shape[1]
            for factor in node.args:
                yield from _inner(factor, definitions)
        case "mul" | "div" | "neg" | "transpose":
            for factor in node.args:
                if factor.shape != SCALAR:
                    yield from _inner(factor, definitions)
