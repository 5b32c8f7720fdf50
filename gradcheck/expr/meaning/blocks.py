"""Matrices that are written out by their entries or blocks, as sums of what puts each into its place.

`(a; b)` is `I_1 a + I_2 b` with columns of the identity, so that no operation has to know of blocks; who
prints or mends a formula asks for the blocks again.
"""

from __future__ import annotations

from gradcheck.expr.forms.build import apply, num, pick
from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import ShapeError

Rows = list[list[Expr]]
PLACING = ("matmul", "mul")


def below(top: Expr, bottom: Expr) -> Expr:
    """Two matrices one above the other.

    Raises ShapeError unless both have known row counts and equal columns.
    """
    if top.shape[1] != bottom.shape[1]:
        raise ShapeError("rows of different lengths stand above each other")
    rows = _known_rows(top), _known_rows(bottom)
    total = sum(rows)
    upper = _selected(total, 0, rows[0])
    lower = _selected(total, rows[0], rows[1])
    return apply("add", apply("matmul", upper, top), apply("matmul", lower, bottom))


def beside(left: Expr, right: Expr) -> Expr:
    """Two matrices side by side."""
    return apply("transpose", below(apply("transpose", left), apply("transpose", right)))


def _known_rows(value: Expr) -> int:
    rows = value.shape[0]
    if not isinstance(rows, int):
        raise ShapeError("blocks of unknown size stand above each other")
    return rows


def _selected(total: int, start: int, count: int) -> Expr:
    """The (total × count) block of an identity that puts `count` rows at `start`."""
    whole = apply("eye", attr=(total,))
    block: Expr | None = None
    for k in range(count):
        column = pick(whole, None, start + k + 1)
        unit = pick(apply("eye", attr=(count,)), k + 1, None) if count > 1 else num(1)
        part = apply("mul" if count == 1 else "matmul", column, unit)
        block = part if block is None else apply("add", block, part)
    assert block is not None, "a block has at least one row"
    return block


def is_placed(expr: Expr) -> bool:
    """Whether this is a block that `below` has put into its rows."""
    if expr.op not in PLACING:
        return False
    block = expr.args[0].args[0] if expr.args[0].op == "add" else expr.args[0]
    if block.op not in PLACING:
        return False
    column, _ = block.args
    return column.op == "pick" and column.attr[0] is None and column.args[0].op == "eye"


def rows_of(expr: Expr) -> Rows | None:
    """The blocks of a matrix that was put together by `below` and `beside`, row by row; else None."""
    if expr.op == "transpose":
        turned = rows_of(expr.args[0])
        if turned is None or len({len(row) for row in turned}) > 1:
            return None
        return [[_turned(cell) for cell in column] for column in zip(*turned, strict=True)]
    parts = _stacked(expr)
    if parts is None:
        return None
    return [row for part in parts for row in rows_of(part) or [[part]]]


def _turned(cell: Expr) -> Expr:
    return cell.args[0] if cell.op == "transpose" else apply("transpose", cell)


def _stacked(expr: Expr) -> tuple[Expr, Expr] | None:
    """What stands above and what below, in a sum that `below` has made."""
    total = expr.shape[0]
    if expr.op != "add" or not isinstance(total, int) or any(arg.op not in PLACING for arg in expr.args):
        return None
    (upper, top), (lower, bottom) = (arg.args for arg in expr.args)
    for first in range(1, total):
        if upper == _selected(total, 0, first) and lower == _selected(total, first, total - first):
            return top, bottom
    return None
