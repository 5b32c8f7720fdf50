"""What a derivative means: of what a target may mean, with respect to a quantity.

The derivative of a scalar is an array of the variable's shape. The derivative of a matrix by a matrix is
kept as a Jacobian, which has meaning in a chain; where the one depends on the other entry by entry
it is also the matrix of those derivatives (`∂A/∂Z = σ'(Z)`), and both readings are offered.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from gradcheck.expr.forms.build import apply, deriv, num, pick, stack
from gradcheck.expr.forms.reading import (
    Jacobian,
    MeaningError,
    Reading,
    Readings,
    Value,
    combine,
    expression,
    ranked,
)
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.apart import by_scalar, matched_entries
from gradcheck.expr.meaning.mixed import entries, sizes_here
from gradcheck.expr.meaning.resolve import resolve
from gradcheck.expr.meaning.several import with_others_held
from gradcheck.expr.written.names import Name, is_mixed, is_square, read_name
from gradcheck.expr.written.quotients import out_of_brackets
from gradcheck.notation.tree import Node
from gradcheck.shapes import SCALAR
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator


def differentiate(
    elaborator: Elaborator, target: Readings, variables: tuple[Node, ...], span: Span, partial: bool = False
) -> list[Reading]:
    """The derivative of what the target may mean with respect to each variable in turn.

    Raises MeaningError if a variable is no quantity of the program.
    """
    from gradcheck.expr.meaning.by_formula import by_formula

    for position, node in enumerate(variables):
        name = read_name(out_of_brackets(node))
        if name is None and len(variables) == 1:
            return by_formula(elaborator, target, node, span)
        if name is None:
            raise MeaningError("differentiated by something that is no name", node.span)
        if name.power is not None and not is_square(name):
            raise MeaningError("differentiated by a power", node.span)
        by = derivative if position == 0 else again
        if name.power is not None:
            by = by_square if position == 0 else again_by_square
        if any(map(is_mixed, name.sub)):
            whole = resolve(name.without(power=None, sub=()), elaborator.scope)
            target = _at_several(elaborator, target, whole, name)
            continue
        if by is again:  # a gradient may be derived again, a Jacobian under another reading may not
            target = [reading for reading in target if isinstance(reading.value, Expr)] or target
        variable = resolve(name.without(power=None), elaborator.scope)
        held = _held(elaborator, target, variable, span, partial=partial) if position == 0 else []
        target = ranked([*held, *combine(target, variable, functools.partial(by, elaborator, span=span))])
    return list(target)


def _at_several(elaborator: Elaborator, target: Readings, whole: Readings, name: Name) -> list[Reading]:
    """`∂L/∂y_{j-k+1}`: the entry that several indices select of the derivative of a number by all of y."""
    sizes = sizes_here(elaborator.scope)
    found: list[Reading] = []
    for reading in combine(target, whole, functools.partial(derivative, elaborator, span=name.span)):
        if isinstance(reading.value, Expr):
            selected = entries(reading.value, name.sub, sizes, name.span)
            found += [Reading(entry, reading.notes) for entry in selected]
    if not found:
        raise MeaningError("a Jacobian's entries at such places are not read", name.span)
    return found


def by_square(elaborator: Elaborator, target: Value, variable: Value, span: Span) -> list[Reading]:
    """`∂ℓ/∂σ²`: the square is the variable, so that ∂ℓ/∂σ = ∂ℓ/∂σ² · 2σ."""
    found = derivative(elaborator, target, variable, span)
    inner = apply("mul", num(2), expression(variable))
    return [Reading(apply("div", expression(r.value), inner).at(span), r.notes) for r in found]


def again_by_square(elaborator: Elaborator, gradient: Value, variable: Value, span: Span) -> list[Reading]:
    """`∂²ℓ/∂μ∂σ²`, `∂²ℓ/∂(σ²)²`: a number's derivative, derived again by the square of a number."""
    if any(not isinstance(value, Expr) or value.shape != SCALAR for value in (gradient, variable)):
        raise MeaningError("differentiated by a power", span)
    return by_square(elaborator, gradient, variable, span)


def _held(
    elaborator: Elaborator, target: Readings, variable: Readings, span: Span, *, partial: bool
) -> list[Reading]:
    """`∂f(x, h)/∂x` with h held, though it may depend on x."""
    found: list[Reading] = []
    for t in target:
        for v in variable:
            if not isinstance(v.value, Expr):
                continue
            own = with_others_held(elaborator.scope, t, v.value, partial=partial)
            if own is not None:
                formula, place = own
                found += [r.noted(*t.notes) for r in derivative(elaborator, formula.value, place, span)]
    return found


def again(elaborator: Elaborator, gradient: Value, variable: Value, span: Span) -> list[Reading]:
    """A second derivative: of a gradient by a column, the Hessian, a row for each entry of the gradient."""
    if not isinstance(gradient, Expr) or not isinstance(variable, Expr):
        raise MeaningError("a derivative of a derivative of matrices has no reading", span)
    if variable.op == "transpose":
        variable = variable.args[0]
    owner, row, column = selection(variable)
    if owner is None or row is not None or column is not None or SCALAR in (gradient.shape, variable.shape):
        return derivative(elaborator, gradient, variable, span)
    if gradient.shape[1] != 1 or variable.shape[1] != 1:
        raise MeaningError("a second derivative by a matrix has no reading", span)
    index = Ix("·r", gradient.shape[0])
    entry = deriv(pick(gradient, index, None), owner)
    return [Reading(stack(apply("transpose", entry), index, 0).at(span))]


def derivative(elaborator: Elaborator, target: Value, variable: Value, span: Span) -> list[Reading]:
    """All meanings of ∂target/∂variable."""
    if not isinstance(target, Expr) or not isinstance(variable, Expr):
        raise MeaningError("a derivative of a derivative of matrices has no reading", span)
    if variable.op == "transpose":
        inner = derivative(elaborator, target, variable.args[0], span)
        return [Reading(apply("transpose", r.value), r.notes) for r in inner if isinstance(r.value, Expr)]
    owner, row, column = selection(variable)
    if owner is None:
        raise MeaningError("differentiated by something that is no quantity of its own", span)
    if target.shape == SCALAR:
        whole = deriv(target, owner)
        return [Reading((whole if row is None and column is None else pick(whole, row, column)).at(span))]
    found: list[Reading] = []
    if variable.shape == target.shape and elaborator.scope.elementwise(target, variable):
        found.append(Reading(matched_entries(target, owner, row, column).at(span)))
    elif variable.shape == SCALAR:
        found.append(Reading(by_scalar(target, owner, row, column).at(span)))
    gradient = elaborator.scope.program.get(target.attr[0]) if target.op == "var" else None
    if (
        gradient is not None
        and gradient.op == "deriv"
        and gradient.args[1] == variable
        and target.shape[1] == 1
    ):
        found += again(elaborator, target, variable, span)  # symmetric, so that no layout is chosen
    found.append(Reading(Jacobian(((target, owner, row, column),), span)))
    return ranked(found)


def selection(variable: Expr) -> tuple[Expr | None, Any, Any]:
    """A variable as (the quantity, selected row, selected column)."""
    if variable.op == "var":
        return variable, None, None
    if variable.op == "pick" and variable.args[0].op == "var":
        return variable.args[0], *variable.attr
    return None, None, None
