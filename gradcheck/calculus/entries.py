"""Indexed formulas: taking entries inside, and back from entries to whole quantities.

`(W A)_{:, i}` is `W A_{:, i}`, and stacking that over i is `W A` again. Only what reads well is done:
entrywise operations, matrix products, sums along the other axis.
"""

from __future__ import annotations

from gradcheck.expr.forms.build import apply, isum, pick, prime, rebuild, rename_index, transform
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import ShapeError


class UnreadableError(Exception):
    """No readable formula: an operation without a rule, or a formula beyond any page."""


def entry(expr: Expr, row: int | Ix | None, column: int | Ix | None) -> Expr:
    """Rows or columns of a definition, taken inside as far as they go; raises UnreadableError."""
    selectors = (
        None if expr.shape[0] == 1 else row,
        None if expr.shape[1] == 1 else column,
    )
    if selectors == (None, None):
        return expr
    match expr.op:
        case "var":
            return pick(expr, *selectors)
        case "pick" if expr.args[0].op == "var":
            row, column = (t if s is None else s for s, t in zip(expr.attr, selectors, strict=True))
            return pick(expr.args[0], row, column)
        case "matmul":
            a, b = expr.args
            return apply("matmul", entry(a, selectors[0], None), entry(b, None, selectors[1]))
        case "transpose":
            return apply("transpose", entry(expr.args[0], selectors[1], selectors[0]))
        case "stack" if isinstance(selectors[expr.attr[1]], Ix):
            ix, axis = expr.attr
            chosen = selectors[axis]
            assert isinstance(chosen, Ix)
            if chosen.shift:
                raise UnreadableError
            body = rename_index(expr.args[0], ix.name, chosen.name)
            return entry(body, *(None if k == axis else s for k, s in enumerate(selectors)))
        case "isum" if expr.attr[0].name not in {s.name for s in selectors if isinstance(s, Ix)}:
            return isum(entry(expr.args[0], *selectors), expr.attr[0])
        case "sum" if expr.attr[0] in (0, 1):
            return apply("sum", entry(expr.args[0], *selectors), attr=expr.attr)
        case "prime":
            op, order, *attr = expr.attr
            return prime(op, entry(expr.args[0], *selectors), order, tuple(attr))
    if _is_entrywise(expr):
        return apply(expr.op, *(entry(a, *selectors) for a in expr.args), attr=expr.attr)
    raise UnreadableError


def _is_entrywise(expr: Expr) -> bool:
    operation = OPERATIONS.get(expr.op)
    return expr.op in _ENTRYWISE or (operation is not None and operation.derivative is not None)


_ENTRYWISE = {"add", "sub", "neg", "mul", "div", "power", "where"}


def picked(ct: Expr, row: Ix | None, column: Ix | None) -> Expr:
    """Rows or columns of a cotangent, of its quantities where that is possible."""
    try:
        return entry(ct, row, column)
    except (UnreadableError, ShapeError):
        return pick(ct, row, column)


def unindexed(stacked: Expr, ix: Ix, axis: int) -> Expr:
    """A stack over an index as the formula of whole quantities, where every operation is entrywise."""
    try:
        whole = _without_index(stacked.args[0], ix, axis)
    except (UnreadableError, ShapeError):
        return stacked
    return whole if whole.shape == stacked.shape else stacked


def whole_quantities(expr: Expr) -> Expr:
    """A definition written sample by sample as one of whole quantities, where that is possible.

    A pick that selects nothing goes, too.
    """

    def change(node: Expr) -> Expr | None:
        if node.op == "pick" and node.attr == (None, None):
            return whole_quantities(node.args[0])
        if node.op != "stack":
            return None
        body = whole_quantities(node.args[0])
        whole = unindexed(rebuild(node, (body,)), *node.attr)
        return None if whole.op == "stack" else whole

    return transform(expr, change)


def _without_index(expr: Expr, ix: Ix, axis: int) -> Expr:
    if all(name != ix.name for name, _ in expr.free):
        return expr
    if expr.op == "pick" and expr.attr[axis] == ix:
        rest = tuple(None if k == axis else s for k, s in enumerate(expr.attr))
        return expr.args[0] if rest == (None, None) else pick(expr.args[0], *rest)
    if expr.op == "matmul":
        kept, turned = (0, 1) if axis == 1 else (1, 0)
        if any(name == ix.name for name, _ in expr.args[kept].free):
            raise UnreadableError
        changed = _without_index(expr.args[turned], ix, axis)
        return apply("matmul", *((expr.args[0], changed) if axis == 1 else (changed, expr.args[1])))
    args = tuple(_without_index(a, ix, axis) for a in expr.args)
    if expr.op == "prime":
        return prime(expr.attr[0], args[0], expr.attr[1], expr.attr[2:])
    if _is_entrywise(expr):
        return apply(expr.op, *args, attr=expr.attr)
    raise UnreadableError
