"""Which sizes must not be smaller than others: `X^T X` has an inverse only where X is tall.

A product has no greater rank than its narrowest factor, a sum of outer products no greater one than it has
terms, and a second derivative none greater than what its loss adds up. Where such a matrix stands below an
inverse or a determinant, its own size must therefore not exceed the sizes inside it; with sizes chosen at
random it would be singular at every sample point. What is added to a product (`X^T X + λI`) asks nothing. An
entry that is written by its number, `x_3`, has to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gradcheck.expr.forms.tree import Expr
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
        case "mul" | "div" | "neg" | "transpose" | "stack" | "pick":
            for factor in node.args:
                if factor.shape != SCALAR:
                    yield from _inner(factor, definitions)
        case "isum" if 1 in _inner(node.args[0], definitions):
            yield node.attr[0].dim
        case "deriv" if node.args[0].derivatives:
            yield from _added_up(node.args[0], definitions, set())


def _added_up(node: Expr, definitions: Mapping[str, Expr], seen: set[str]) -> Iterator[Dim]:
    """The sizes over which a formula sums, with all that it rests on."""
    for inner in node.walk():
        if inner.op == "isum":
            yield inner.attr[0].dim
        elif inner.shape == SCALAR and inner.op not in ("pick", "var"):
            yield from (dim for arg in inner.args if arg.shape != SCALAR for dim in arg.shape if dim != 1)
        elif inner.op == "var" and inner.attr[0] in definitions and inner.attr[0] not in seen:
            seen.add(inner.attr[0])
            yield from _added_up(definitions[inner.attr[0]], definitions, seen)
