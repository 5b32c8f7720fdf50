"""Values at a point, `\\left. ∂f/∂t \\right|_{t=0}`: the quantity below the bar is held at what is written.

What rests on that quantity is put in by its definition first, so that a derivative is taken where the bar
says: by a quantity of its own, defined as the point. A bar at the end of a product reaches over all of it,
as behind `d/dt f`. Rejected: to drop what stands below the bar, which makes right lines wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, deriv, reach, substitute, transform, var
from gradcheck.expr.forms.reading import MeaningError, Reading, Readings, Value, each, expression, ranked
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.asked import Scope
from gradcheck.notation.tree import Group, Node, Product, Relational, Scripted
from gradcheck.records import replace
from gradcheck.shapes import SCALAR, ShapeError, show

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator


def bar_readings(elaborator: Elaborator, node: Node) -> list[Reading] | None:
    """The readings of a formula with a bar at its end, or None where there is none.

    Raises MeaningError where what is written below the bar names no quantity and its value.
    """
    last = node.factors[-1] if isinstance(node, Product) else node
    barred = _barred(last) if isinstance(last, Scripted) else None
    if barred is None:
        return None
    inner, below = barred
    whole = replace(node, factors=(*node.factors[:-1], inner)) if isinstance(node, Product) else inner
    return _held(elaborator, whole, below)


def _barred(node: Scripted) -> tuple[Node, Node] | None:
    """What stands before a bar, and what below it."""
    match node:
        case Scripted(base=Group(open=".", close="|", items=(inner,)), sub=below, sup=sup):
            if below is None or sup is not None:
                raise MeaningError("which quantity takes which value here cannot be told", node.span)
            return inner, below
        case _:
            return None


def _held(elaborator: Elaborator, inner: Node, below: Node) -> list[Reading]:
    """The readings of a formula with every quantity below its bar held at its value."""
    inside: Readings = elaborator.readings(inner)
    told = [
        [elaborator.readings(operand) for operand in condition.operands] for condition in _conditions(below)
    ]
    pairs = [
        [(expression(n.value), expression(p.value)) for n in name for p in point] for name, point in told
    ]
    held: list[Reading] = []
    for values in product(*pairs):
        held += each(inside, partial(_at, elaborator.scope, values))
    return list(ranked(held))


def _conditions(below: Node) -> Iterator[Relational]:
    items = below.items if isinstance(below, Group) else (below,)
    for item in items:
        match item:
            case Relational(relations=(relation,)) if relation.sign == "=":
                yield item
            case _:
                raise MeaningError("which quantity takes which value here cannot be told", item.span)


def _at(scope: Scope, values: Sequence[tuple[Expr, Expr]], value: Value) -> Expr:
    """A formula in which quantities have the values of a point, all at once: u that of v, and v that of u.

    Raises MeaningError where the formula does not rest on one of them, ShapeError where a value does not fit.
    """
    opened = expression(value)
    for quantity, _ in values:
        if quantity.op != "var":
            raise MeaningError("only a quantity with a name can be held at a value")
        opened = _opened(opened, quantity, scope.program)
        if quantity not in opened.walk():
            raise MeaningError("nothing here changes with what stands below the bar")
    held: dict[Expr, Expr] = {}
    for quantity, point in values:
        if point.shape == SCALAR != quantity.shape:
            point = apply("broadcast", point, attr=(quantity.shape,))
        if point.shape != quantity.shape:
            raise ShapeError(f"{show(quantity.shape)} is held at {show(point.shape)}")
        held[quantity] = point
    if not _exchanges(held, opened, scope.program):
        held = {quantity: scope.auxiliary(point) for quantity, point in held.items()}

    def change(node: Expr) -> Expr | None:
        if node.op == "deriv" and node.args[1] in held:
            return deriv(transform(node.args[0], change), held[node.args[1]], node.span)
        return held.get(node)

    return transform(opened, change)


def _exchanges(held: Mapping[Expr, Expr], opened: Expr, program: Mapping[str, Expr]) -> bool:
    """Whether values are only other letters, each for one quantity, that can be derived by as well."""
    letters = set(held.values())
    inputs = all(letter.op == "var" and letter.attr[0] not in program for letter in letters)
    return inputs and len(letters) == len(held) and not (letters - held.keys()) & set(opened.walk())


def _opened(value: Expr, quantity: Expr, program: Mapping[str, Expr]) -> Expr:
    """A formula with the definitions put in of everything in it that rests on a quantity."""
    by = {
        var(key, definition.shape): definition
        for key, definition in program.items()
        if quantity.attr[0] in reach(key, program) - {key}
    }
    below = reach(quantity.attr[0], program) - {quantity.attr[0]}
    by_what = {node.args[1] for node in value.derivatives}
    if any(variable in by or variable.attr[0] in below for variable in by_what):
        raise MeaningError("what this is differentiated by and what stands below the bar rest on each other")
    while any(node in by for node in value.walk()):
        value = substitute(value, by)
    return value
