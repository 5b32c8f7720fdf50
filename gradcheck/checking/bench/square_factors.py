"""Products whose order nothing settles: `dw = dz x` where w and x were read as square matrices.

The shapes of factors say in which order they multiply and which of them is transposed, and a line that is
right in the one way that fits is right. Square matrices fit in every way, so a line that would be right in
another is no fault that could be shown, unless somebody declared that they are square. A capital that is
square, as the weights between the states of two steps are, is not misread by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.expr.forms.build import apply, rebuild, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import core_letter
from gradcheck.shapes import SCALAR, ShapeError

ORDER = "in another order of its factors this holds, and no shape tells the order: declare the shapes"


def of_open_order(expected: Expr, got: Expr, scope: Scope, oracle: Oracle) -> str | None:
    """What to say of a line that is right with its square factors turned; None for any other."""
    square = frozenset(key for key in variables(got) if _is_square(key, scope))
    if scope.vocabulary.shapes or not square:
        return None
    turned = (found for found in _turned(got, square) if found.shape == expected.shape)
    return ORDER if any(oracle.equal(expected, found) for found in turned) else None


def _is_square(key: str, scope: Scope) -> bool:
    """Whether a small letter, which authors give to vectors and numbers, was read as a square matrix."""
    rows, columns = scope.shapes.get(key, SCALAR)
    return rows == columns != 1 and core_letter(re.split("[_^]", key)[0]).islower()


def _turned(node: Expr, square: frozenset[str]) -> Iterator[Expr]:
    """The other ways to multiply two factors of nothing but square letters, below scalings and signs."""
    if node.op in ("mul", "neg"):
        for place, factor in enumerate(node.args):
            yield from (
                rebuild(node, (*node.args[:place], other, *node.args[place + 1 :]))
                for other in _turned(factor, square)
            )
    elif node.op == "matmul" and variables(node) <= square:
        ways = [
            (a, b) for pair in (node.args, node.args[::-1]) for a in _both(pair[0]) for b in _both(pair[1])
        ]
        for first, second in ways:
            try:
                yield apply("matmul", first, second)
            except ShapeError:
                continue


def _both(node: Expr) -> tuple[Expr, Expr]:
    return node, node.args[0] if node.op == "transpose" else apply("transpose", node)
