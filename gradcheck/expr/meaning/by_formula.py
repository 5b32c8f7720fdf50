"""Derivatives by a formula: `\\frac{\\partial (u - v)^2}{\\partial (u - v)}`, `\\partial Z / \\partial XW`.

The formula is a quantity of its own, wherever the target holds it, itself or by the definitions of what it is
made of. Where it does not hold it, nobody can tell what changes with what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from gradcheck.expr.forms.build import pick, stack, substitute, var, variables
from gradcheck.expr.forms.reading import MeaningError, Reading, Readings, ranked
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.derivatives import derivative
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Node
from gradcheck.shapes import SCALAR
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.meaning.asked import Scope
    from gradcheck.expr.meaning.elaborate import Elaborator

_DEEPEST: Final = 4  # definitions within definitions that are looked into


def by_formula(elaborator: Elaborator, target: Readings, node: Node, span: Span) -> list[Reading]:
    """The derivative of what the target may mean by what a formula may mean.

    Raises MeaningError where the target does not hold the formula.
    """
    scope = elaborator.scope
    found: list[Reading] = []
    for whole in target:
        for part in elaborator.readings(node):
            if not isinstance(whole.value, Expr) or not isinstance(part.value, Expr):
                continue
            opened = _opened(whole.value, part.value, scope.program, _DEEPEST)
            if not _holds(opened, part.value):
                continue
            if len(part.value.free) > 2 or (part.value.free and part.value.shape != SCALAR):
                continue
            own = _quantity(part.value, latex(node), scope)
            taken = derivative(elaborator, substitute(opened, {part.value: own}), own, span)
            found += [reading.noted(*whole.notes, *part.notes) for reading in taken]
    if not found:
        raise MeaningError("differentiated by a formula that the target does not hold", node.span)
    return ranked(found)


def _quantity(value: Expr, spelling: str, scope: Scope) -> Expr:
    """A quantity with the value of a formula; its entry where indices of the text are free in that."""
    indices = [Ix(name, dim) for name, dim in value.free]
    whole = value
    for axis, index in enumerate(indices):
        whole = stack(whole, index, axis)
    own = scope.auxiliary(whole)
    scope.spellings[own.attr[0]] = spelling
    row, column = [*indices, None, None][:2]
    return pick(own, row, column) if indices else own


def _holds(value: Expr, part: Expr) -> bool:
    return any(node == part for node in value.walk())


def _opened(value: Expr, part: Expr, program: Mapping[str, Expr], depth: int) -> Expr:
    """A formula with the definitions put in of what holds the part."""
    if not depth or _holds(value, part):
        return value
    by: dict[Expr, Expr] = {}
    for key in variables(value) & program.keys():
        inner = _opened(program[key], part, program, depth - 1)
        if _holds(inner, part):
            by[var(key, program[key].shape)] = inner
    return substitute(value, by) if by else value
