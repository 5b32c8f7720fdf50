"""Paths of the program that a line has left out.

By the chain rule the derivative is a sum over paths. What flows through one quantity q is the derivative by
q, held independent, carried on to the variable; a line that lacks exactly that has held q constant. The
test does not care how the line is written, and finds what no edit of it can: a statistic held constant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gradcheck.calculus import Program
from gradcheck.expr.forms.build import apply, deriv, isum, pick, stack, var, variables
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.shapes import Shape, ShapeError

_REDUCTIONS = {"sum", "isum", "mean", "variance"}


def paths(program: Program, expected: Expr) -> Iterator[tuple[str, Expr, Expr]]:
    """(code, quantity, what goes through it) for each quantity between a derivative's target and variable.

    What goes through it has the shape of the derivative; the code says what was held constant.
    """
    for target, quantity, variable, entries in _between(program, expected):
        try:
            through = _through(target, quantity, variable)
        except ShapeError:
            continue
        code = "GC208" if _is_statistic(program.definitions[quantity.attr[0]]) else "GC310"
        yield code, quantity, through if entries is None else pick(through, *entries)


def diagonals(program: Program, expected: Expr) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(quantity, variable, what is left) where each entry of a quantity is followed to its own place alone.

    For columns and rows of one size, as a softmax has them; what is left has the shape of the derivative.
    """
    for target, quantity, variable, entries in _between(program, expected):
        count = max(variable.shape, key=lambda dim: dim != 1)
        lines = ((count, 1), (1, count))
        if count == 1 or variable.shape not in lines or quantity.shape not in lines:
            continue
        place = Ix("·d", count)
        here, there = (_at(place, x.shape) for x in (quantity, variable))
        own = pick(deriv(pick(quantity, *here), variable), *there)
        left = stack(
            apply("mul", pick(deriv(target, quantity), *here), own), place, variable.shape.index(count)
        )
        yield quantity, variable, left if entries is None else pick(left, *entries)


def _at(place: Ix, shape: Shape) -> tuple[Ix | None, Ix | None]:
    return (place, None) if shape[0] == place.dim else (None, place)


def _between(program: Program, expected: Expr) -> Iterator[tuple[Expr, Expr, Expr, tuple[Any, ...] | None]]:
    """Target, quantity, variable and picked entries, for each quantity between target and variable."""
    wanted, entries = expected, None
    if wanted.op == "pick":
        wanted, entries = wanted.args[0], wanted.attr
    if wanted.op != "deriv":
        return
    target, variable = wanted.args
    for key in program.order:
        between = key in program.reach_of(target) and variable.attr[0] in program.reach[key]
        if between and key != variable.attr[0] and key not in variables(target):
            yield target, var(key, program.variables[key].shape), variable, entries


def _is_statistic(definition: Expr) -> bool:
    return any(node.op in _REDUCTIONS and node.args[0].op != "ones" for node in definition.walk())


def _through(target: Expr, quantity: Expr, variable: Expr) -> Expr:
    """Σ over the entries of a quantity of ∂target/∂entry times ∂entry/∂variable."""
    rows, columns = quantity.shape
    row = None if rows == 1 else Ix("·r", rows)
    column = None if columns == 1 else Ix("·c", columns)
    total = apply(
        "mul", pick(deriv(target, quantity), row, column), deriv(pick(quantity, row, column), variable)
    )
    for index in (column, row):
        total = total if index is None else isum(total, index)
    return total
