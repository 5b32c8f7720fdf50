"""Differentials: `dX` is an arbitrary direction, `d(X Y)` the change of X Y to first order along it.

A line between differentials lets vary what stands below a `d` in it and holds the rest: in `dL = ⟨G, dW⟩`
the input x stays fixed. Of names that depend on each other only the first vary freely, the others with
them. Such a line holds if it does for all directions, so that a direction is an input like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, deriv, pick, stack, var, variables
from gradcheck.expr.forms.reading import MeaningError, Reading, each, expression
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.derivatives import selection
from gradcheck.expr.meaning.several import meant
from gradcheck.expr.written.names import read_name
from gradcheck.notation.tree import Differential
from gradcheck.shapes import SCALAR

if TYPE_CHECKING:
    from gradcheck.expr.meaning.asked import Scope
    from gradcheck.expr.meaning.elaborate import Elaborator


def differential_readings(elaborator: Elaborator, node: Differential) -> list[Reading]:
    """A differential along what its line lets vary.

    Raises MeaningError where nothing varies, or only what is no quantity of its own.
    """
    free = _free(elaborator)
    if not free:
        raise MeaningError("nothing that could vary stands below a d here", node.span)
    scope = elaborator.scope
    body = elaborator.readings(meant(scope, node.body))
    return each(body, lambda value: _along(expression(value), free, scope))


def _free(elaborator: Elaborator) -> list[Expr]:
    """The quantities that vary freely in the line in hand."""
    varied: dict[Expr, None] = {}
    for body in elaborator.scope.varied:
        value = expression(elaborator.readings(body)[0].value)
        name = read_name(body)
        if name is not None and name.is_plain:
            owner = selection(value)[0]
            if owner is None:
                raise MeaningError("this is no quantity of its own, which could vary", body.span)
            varied[owner] = None
        else:
            varied.update(dict.fromkeys(_inputs(value, elaborator.scope)))
    program = elaborator.scope.program
    return [v for v in varied if not any(o != v and o.attr[0] in _reached(v, program) for o in varied)]


def _inputs(value: Expr, scope: Scope) -> Iterator[Expr]:
    """The inputs that a formula rests on."""
    for node in value.walk():
        if node.op == "var" and node.attr[0] in scope.program:
            yield from _inputs(scope.program[node.attr[0]], scope)
        elif node.op == "var":
            yield node


def _reached(value: Expr, program: Mapping[str, Expr]) -> frozenset[str]:
    """The keys of all that a formula rests on."""
    found: set[str] = set()
    waiting = set(variables(value))
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting |= variables(program[key]) if key in program else set()
    return frozenset(found)


def _along(target: Expr, free: list[Expr], scope: Scope) -> Expr:
    """The change of a target to first order, entry by entry: Σ over what varies of ⟨∂entry/∂v, dv⟩."""
    if target in free:
        return _direction(target, scope)
    r = Ix("·r", target.shape[0]) if target.shape[0] != 1 else None
    c = Ix("·c", target.shape[1]) if target.shape[1] != 1 else None
    entry = target if target.shape == SCALAR else pick(target, r, c)
    total: Expr | None = None
    for variable in free:
        term = apply("mul", deriv(entry, variable), _direction(variable, scope))
        term = term if term.shape == SCALAR else apply("sum", term, attr=(None,))
        total = term if total is None else apply("add", total, term)
    assert total is not None, "something varies"
    if r is not None:
        total = stack(total, r, 0)
    return total if c is None else stack(total, c, 1)


def _direction(quantity: Expr, scope: Scope) -> Expr:
    """The differential of a quantity that varies freely: an arbitrary array of its shape."""
    of = quantity.attr[0]
    key = f"·d{of}"
    scope.shapes[key] = quantity.shape
    scope.spellings[key] = f"d{scope.spellings.get(of, of)}"
    return var(key, quantity.shape)
