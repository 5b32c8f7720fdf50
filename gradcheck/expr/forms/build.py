"""Constructors of expressions: each checks shapes and merges free indices.

Nothing is simplified, so that an expression says what was written. All other code makes nodes through
these functions only; a node that exists is well shaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import SCALAR, Dim, Shape, ShapeError, show
from gradcheck.source import Span

Free = tuple[tuple[str, Dim], ...]
Selector = int | Ix | None


def num(value: int | str | Fraction, span: Span | None = None) -> Expr:
    """An exact constant, shape (1, 1); the words `pi` and `e` name the two numbers."""
    return _number(value) if span is None else _number(value).at(span)


@lru_cache(maxsize=1024)
def _number(value: int | str | Fraction) -> Expr:
    """Numbers are few and made often: a fraction is slow to make and to hash."""
    exact = value if value in ("pi", "e") else Fraction(value)
    return Expr("num", (), (exact,), shape=SCALAR)


def var(key: str, shape: Shape, span: Span | None = None) -> Expr:
    """The quantity of the program with this key."""
    return Expr("var", (), (key,), shape=shape, span=span)


def apply(op: str, *args: Expr, attr: tuple[Any, ...] = (), span: Span | None = None) -> Expr:
    """An operation of the table applied to arguments; raises ShapeError where they do not fit."""
    operation = OPERATIONS[op]
    if len(args) != operation.arity:
        raise ShapeError(f"{op} takes {operation.arity} arguments, not {len(args)}")
    shape = operation.shape(tuple([a.shape for a in args]), attr)
    free: Free = ()
    for arg in args:
        if arg.free:
            free = merge(args)
            break
    return Expr(op, args, attr, shape=shape, free=free, span=span)


def inverse(x: Expr) -> Expr:
    """The inverse of a matrix; of a row or a column, which has none, that of each entry.

    A column picked by its number is left alone: it may be a member of a family of matrices, `\\Sigma_k^{-1}`.
    """
    entrywise = x.shape != SCALAR and 1 in x.shape and x.op != "pick"
    return apply("power", x, num(-1)) if entrywise else apply("inverse", x)


def pick(x: Expr, row: Selector, column: Selector, span: Span | None = None) -> Expr:
    """Rows or columns of x: an integer (1-based) or an index selects, None keeps the axis."""
    selectors = (row, column)
    rows, columns = x.shape
    if row is not None:
        _check_selector(row, rows, x.shape)
        rows = 1
    if column is not None:
        _check_selector(column, columns, x.shape)
        columns = 1
    indices = tuple([(s.name, s.dim) for s in selectors if isinstance(s, Ix)])
    return Expr("pick", (x,), selectors, shape=(rows, columns), free=merge((x,), indices), span=span)


def _check_selector(selector: Selector, dim: Dim, shape: Shape) -> None:
    match selector:
        case Ix(name, over, _) if over != dim:
            raise ShapeError(f"index {name} runs to {over}, but it selects from {dim} in {show(shape)}")
        case int() if selector < 1 or (isinstance(dim, int) and selector > dim):
            raise ShapeError(f"there is no entry {selector} along {dim} in {show(shape)}")


def isum(body: Expr, ix: Ix, span: Span | None = None) -> Expr:
    """The sum of body over an index, which is bound here."""
    return Expr("isum", (body,), (ix,), shape=body.shape, free=_without(body, ix), span=span)


def stack(body: Expr, ix: Ix, axis: int, span: Span | None = None) -> Expr:
    """The values of body for all of an index, laid along axis 0 (rows) or 1 (columns)."""
    if body.shape[axis] != 1:
        raise ShapeError(f"only size 1 can be stacked over {ix.name}, not {show(body.shape)}")
    shape = (ix.dim, body.shape[1]) if axis == 0 else (body.shape[0], ix.dim)
    return Expr("stack", (body,), (ix, axis), shape=shape, free=_without(body, ix), span=span)


def deriv(target: Expr, variable: Expr, span: Span | None = None) -> Expr:
    """The derivative of a scalar by all entries of a `var`, which is held as independent."""
    if variable.op != "var":
        raise ValueError("the variable of a derivative must be a quantity of the program")
    if target.shape != SCALAR:
        raise ShapeError(f"a derivative needs a scalar target, not {show(target.shape)}")
    return Expr("deriv", (target, variable), (), shape=variable.shape, free=target.free, span=span)


def prime(op: str, x: Expr, order: int = 1, attr: tuple[Any, ...] = (), span: Span | None = None) -> Expr:
    """The derivative of an elementwise operation (with its own attr) at x."""
    if OPERATIONS[op].derivative is None:
        raise ShapeError(f"{op} is not an elementwise function: it has no derivative of its own")
    return Expr("prime", (x,), (op, order, *attr), shape=x.shape, free=x.free, span=span)


def merge(args: Iterable[Expr], more: Free = ()) -> Free:
    """The free indices of several expressions together, sorted; one name must have one size."""
    carried = [a.free for a in args if a.free]
    if not more:
        if not carried:
            return ()
        if len(carried) == 1 or all(free == carried[0] for free in carried[1:]):
            return carried[0]
    elif not carried and len(more) == 1:
        return more
    found: dict[str, Dim] = {}
    for name, dim in (*more, *(pair for free in carried for pair in free)):
        if found.setdefault(name, dim) != dim:
            raise ShapeError(f"index {name} runs over {found[name]} and over {dim}")
    return tuple(sorted(found.items()))


def _without(body: Expr, ix: Ix) -> Free:
    free = dict(body.free)
    if free.pop(ix.name, ix.dim) != ix.dim:
        raise ShapeError(f"index {ix.name} runs over {dict(body.free)[ix.name]} and over {ix.dim}")
    return tuple(sorted(free.items()))


def rebuild(expr: Expr, args: tuple[Expr, ...], attr: tuple[Any, ...] | None = None) -> Expr:
    """The same kind of node on other arguments, checked anew; it keeps its span."""
    attr = expr.attr if attr is None else attr
    match expr.op:
        case "num" | "var":
            return expr
        case "pick":
            return pick(args[0], attr[0], attr[1], expr.span)
        case "isum":
            return isum(args[0], attr[0], expr.span)
        case "stack":
            return stack(args[0], attr[0], attr[1], expr.span)
        case "deriv":
            return deriv(args[0], args[1], expr.span)
        case "prime":
            return prime(attr[0], args[0], attr[1], attr[2:], expr.span)
        case op:
            return apply(op, *args, attr=attr, span=expr.span)


def transform(expr: Expr, change: Callable[[Expr], Expr | None]) -> Expr:
    """Replace nodes from the top: where `change` gives an expression it stands instead, else go below.

    Equal subtrees are changed once; a node below which nothing changes is kept as it is.
    """
    known: dict[Expr, Expr] = {}

    def visit(node: Expr) -> Expr:
        if node not in known:
            new = change(node)
            if new is None:
                args = tuple(visit(a) for a in node.args)
                same = all(a is b for a, b in zip(args, node.args, strict=True))
                new = node if same else rebuild(node, args)
            known[node] = new
        return known[node]

    return visit(expr)


def substitute(expr: Expr, by: Mapping[Expr, Expr]) -> Expr:
    """Put expressions in place of equal subtrees; a derivative's variable is never replaced.

    A bound index of `expr` that is free in a replacement is renamed apart first.
    """
    coming = {name for new in by.values() for name, _ in new.free}

    def change(node: Expr) -> Expr | None:
        if node in by:
            return by[node]
        match node.op:
            case "deriv":
                return deriv(visit(node.args[0]), node.args[1], node.span)
            case "isum" | "stack" if node.attr[0].name in coming:
                apart = _fresh(node.attr[0].name, coming | {name for name, _ in node.args[0].free})
                body = rename_index(node.args[0], node.attr[0].name, apart)
                return rebuild(node, (visit(body),), (node.attr[0]._replace(name=apart), *node.attr[1:]))
        return None

    def visit(node: Expr) -> Expr:
        return transform(node, change)

    return visit(expr)


def _fresh(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    return name


def rename_index(expr: Expr, old: str, new: str) -> Expr:
    """Rename a free index wherever it is free."""

    def change(node: Expr) -> Expr | None:
        if old not in dict(node.free):
            return node
        if node.op == "pick":
            renamed = (s._replace(name=new) if isinstance(s, Ix) and s.name == old else s for s in node.attr)
            return rebuild(node, (transform(node.args[0], change),), tuple(renamed))
        return None

    return transform(expr, change)


def variables(expr: Expr) -> frozenset[str]:
    """The keys of all quantities that occur in an expression."""
    return expr.keys


def reach(key: str, program: Mapping[str, Expr]) -> set[str]:
    """A quantity, and all that it rests on by the definitions of a program."""
    found: set[str] = set()
    waiting = {key}
    while waiting:
        found |= waiting
        waiting = {k for w in waiting if w in program for k in variables(program[w])} - found
    return found


def is_size(quantity: Expr) -> bool:
    """Whether this is a size as a number, which has no entries: `n_H` beside n is another number."""
    return quantity.op == "ones" or (quantity.op == "sum" and quantity.args[0].op == "ones")
