r"""Gradients of functions of several numbers: which one a formula writes, at which point, and its entries.

`\nabla f`, `\nabla^2 f(x, y)`, `\nabla f(1, 2)` and the same below a bar. Before or behind a dot, as in
`\nabla f(1, 2) \cdot u`, a gradient is the list of its entries, whatever else the line writes: nothing but
a list of as many numbers multiplies it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import read_applied, unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Fraction, Group, Node, Number, Product, Scripted, Symbol
from gradcheck.records import replace
from gradcheck.restating.derivatives.nablas import is_bare
from gradcheck.restating.passages.functions_told import (
    Function,
    are_own,
    at_place,
    held_at,
    point_below,
    point_in,
)

Functions = Mapping[str, Function]


def gradient_in(side: Node, known: Functions) -> tuple[int, Function, Sequence[Node] | None] | None:
    """Of `\\nabla f`, `\\nabla^2 f(x, y)` or `\\nabla f(1, 2)`: the order, f, and the point that is told."""
    side = unboxed(side)
    if isinstance(side, Scripted) and isinstance(side.base, Group) and side.base.close == "|":
        told = gradient_in(side.base.items[0], known)
        point = point_below(side, told[1]) if told is not None and told[2] is None else None
        return None if told is None or point is None else (told[0], told[1], point)
    if isinstance(side, Fraction):
        whole = _by_whole(side, known)
        return None if whole is None else (1, whole, None)
    if not isinstance(side, Product) or not 2 <= len(side.factors) <= 3 or not is_bare(side.factors[0]):
        return None
    target, point = side.factors[1], None
    barred = isinstance(target, Scripted) and isinstance(target.base, Group) and target.base.close == "|"
    if barred and isinstance(target, Scripted) and isinstance(target.base, Group):
        inner = target.base.items[0]
    else:
        inner = target
    name, order = read_name(inner), _order(side.factors[0])
    function = known.get(name.key) if name is not None else None
    if function is None or order is None or len(function.arguments) < 2:
        return None
    if barred and isinstance(target, Scripted):
        point = point_below(target, function)
        return None if point is None or len(side.factors) > 2 else (order, function, point)
    if len(side.factors) == 3 and not are_own(side.factors[2], function):
        point = point_in(side.factors[2], function)
        return None if point is None else (order, function, point)
    return order, function, None


def _by_whole(node: Fraction, known: Functions) -> Function | None:
    """The f of `\\frac{df}{dx}`, where it is one of x_1, x_2, which no other letter holds."""
    quotient = read_quotient(node)
    if quotient is None or quotient.target is None or len(quotient.variables) != 1:
        return None
    applied, by = read_applied(quotient.target), read_name(quotient.variables[0])
    name = applied.function if applied is not None else read_name(quotient.target)
    function = known.get(name.key) if name is not None else None
    if function is None or by is None or not by.is_plain or by.sub or len(function.arguments) < 2:
        return None
    entries = [read_name(argument) for argument in function.arguments]
    return function if all(each and each.sub and each.base == by.base for each in entries) else None


def _order(sign: Node) -> int | None:
    match sign:
        case Symbol() | Scripted(sup=None):
            return 1
        case Scripted(sup=Number(text="2")):
            return 2
    return None


def choices(names: Sequence[Node], order: int) -> list[tuple[Node, ...]]:
    """What each entry of a gradient is derived by, or each of a Hessian, row by row."""
    return [(name,) for name in names] if order == 1 else [(a, b) for a in names for b in names]


def derivative_of(function: Function, by: Sequence[Node], point: Sequence[Node] | None = None) -> Node:
    """`\\partial f / \\partial x`, or the second derivative, maybe at a point."""
    above = r"\partial" if len(by) == 1 else rf"\partial^{len(by)}"
    below = " ".join(rf"\partial {latex(name)}" for name in by)
    entry = parse_one(rf"\frac{{{above} {latex(function.letter)}}}{{{below}}}")
    assert entry is not None, "a derivative can be read"
    return entry if point is None else held_at(entry, function, point)


def with_dots_listed(node: Product, known: Functions) -> Product:
    """A product with each gradient before or behind a dot, `\\nabla f(1, 2) \\cdot u`, as a list."""
    factors, operators = list(node.factors), list(node.operators)
    if not any(operator.kind == "cdot" for operator in operators):
        return node
    for place in range(len(factors) - 2, -1, -1):
        if not is_bare(factors[place]) or operators[place].kind:
            continue
        applied = place + 2 < len(factors) and not operators[place + 1].kind
        end = place + 2 + (applied and isinstance(factors[place + 2], Group))
        around = operators[max(place - 1, 0) : place] + operators[end - 1 : end]
        if not around or any(operator.kind != "cdot" for operator in around):
            continue
        span = factors[place].span.cover(factors[end - 1].span)
        told = gradient_in(Product(span, tuple(factors[place:end]), tuple(operators[place : end - 1])), known)
        if told is None or told[0] != 1:
            continue
        _, function, point = told
        entries = tuple(derivative_of(function, (argument,), point) for argument in function.arguments)
        listed = Group(span, "(", ")", entries, (",",) * (len(entries) - 1))
        factors[place:end] = [at_place(listed, span)]
        del operators[place : end - 1]
    return replace(node, factors=tuple(factors), operators=tuple(operators))
