"""Fractions: a derivative where one is written, else a quotient.

`dL/z` is no gradient divided by z: where L is made of z, the d below was left out, and the line is read with
it; anywhere else nobody can tell what was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, reach, variables
from gradcheck.expr.forms.reading import MeaningError, Note, Reading, Value, combine, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.derivatives import differentiate
from gradcheck.expr.meaning.several import meant
from gradcheck.expr.written.lost_signs import lost_sign
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import after_sign, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.tree import Fraction, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.shapes import SCALAR, ShapeError, show

if TYPE_CHECKING:
    from gradcheck.expr.meaning.asked import Scope
    from gradcheck.expr.meaning.elaborate import Elaborator


def fraction_readings(elaborator: Elaborator, node: Fraction) -> list[Reading]:
    """A fraction: a derivative where it is written as one, else division.

    Raises MeaningError for `∂/∂w` alone and for variables that are no quantities.
    """
    quotient = read_quotient(node)
    if quotient is None:
        if _lacks_sign_below(elaborator, node):
            return _with_sign_below(elaborator, node)
        return combine(elaborator.readings(node.numerator), elaborator.readings(node.denominator), divide)
    if quotient.target is None:
        raise MeaningError("the derivative sign acts on nothing", node.span)
    partial = any(n.name == "partial" for n in of_kind(node.denominator, Symbol))
    target = elaborator.readings(meant(elaborator.scope, quotient.target))
    found = differentiate(elaborator, target, quotient.variables, node.span, partial)
    return [reading.noted(*lost_sign(node)) for reading in found]


def _lacks_sign_below(elaborator: Elaborator, node: Fraction) -> bool:
    """`dL/z`: no gradient by L is divided there; `dW/m` is the gradient by W, divided."""
    target, scope = after_sign(node.numerator), elaborator.scope
    own, name = read_name(node.numerator), None if target is None else read_name(target)
    if name is None or read_name(node.denominator) is None or (own and scope.quantity(own.key)):
        return False
    whole = scope.quantity(name.key)
    if whole is None or whole.shape != SCALAR:
        return scope.is_function(name)
    return is_loss_name(name) or whole == scope.loss() or scope.is_function(name)


def _with_sign_below(elaborator: Elaborator, node: Fraction) -> list[Reading]:
    """`dL/z` as the derivative that it was to be, where L is made of z.

    Raises MeaningError where it is not: what was left out cannot be told.
    """
    scope = elaborator.scope
    target, name = after_sign(node.numerator), read_name(node.denominator)
    below = None if name is None or not name.is_plain else scope.quantity(name.key)
    above = [] if target is None else elaborator.readings(target)
    if below is None or below.op != "var" or not any(_rests_on(r.value, below.attr[0], scope) for r in above):
        raise MeaningError("a differential stands over what is none: write the d below as well", node.span)
    note = Note("slip", "the d below is not written", node.denominator.span, "GC706")
    return [r.noted(note) for r in differentiate(elaborator, above, (node.denominator,), node.span)]


def _rests_on(value: Value, key: str, scope: Scope) -> bool:
    """Whether a formula is made of a quantity, by the definitions that were read so far."""
    inside = variables(value) if isinstance(value, Expr) else ()
    return any(key in reach(used, scope.program) for used in inside)


def divide(left: Value, right: Value) -> list[Reading]:
    """A quotient by a scalar, or entry by entry; `e^Z / \\sum e^Z` of a batch normalises each sample.

    Other rows and columns divide as they multiply, by broadcasting.
    """
    a, b = expression(left), expression(right)
    if b.shape == SCALAR or a.shape == b.shape or a.shape == SCALAR:
        return [Reading(apply("div", a, b))]
    if b.op == "sum" and b.args == (a,) and b.attr[0] is not None:
        total = apply("sum", a, attr=(1 - b.attr[0],))
        return [Reading(apply("div", a, apply("broadcast", total, attr=(a.shape,))))]
    if all(below in (1, above) for above, below in zip(a.shape, b.shape, strict=True)):
        told = f"{show(a.shape)} is divided by {show(b.shape)} only by broadcasting"
        whole = apply("broadcast", b, attr=(a.shape,))
        return [Reading(apply("div", a, whole), (Note("broadcast", told, code="GC608"),))]
    raise ShapeError(f"{show(a.shape)} cannot be divided by {show(b.shape)}")
