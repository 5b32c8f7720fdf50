"""Inner derivatives: what the chain rule multiplies by where a scalar formula holds functions of formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gradcheck.calculus.adjoint import gradient
from gradcheck.expr.forms.build import variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import SCALAR

MOST = 8


def inner_derivatives(formulas: Iterable[Expr], definitions: Mapping[str, Expr]) -> tuple[Expr, ...]:
    """The derivative of each argument of a function, by each variable that formulas differentiate by.

    Only for scalars that are differentiated as formulas; a network's chain is made of named quantities.
    """
    found: dict[Expr, None] = {}
    for target, variable in _derived(formulas, definitions):
        for argument in _arguments(target):
            if argument != variable and argument.shape == SCALAR and variable.attr[0] in variables(argument):
                slope = gradient(definitions, argument, variable)
                if slope is not None and slope.op != "num":
                    found[slope] = None
    return tuple(found)[:MOST]


def _derived(formulas: Iterable[Expr], definitions: Mapping[str, Expr]) -> Iterator[tuple[Expr, Expr]]:
    """The scalar formulas that are differentiated by a scalar quantity."""
    for node in (node for formula in formulas for node in formula.derivatives):
        target, variable = node.args
        if target.op == "var":
            target = definitions.get(target.attr[0], target)
        if variable.op == "var" and variable.shape == SCALAR == target.shape:
            yield target, variable


def _arguments(target: Expr) -> Iterator[Expr]:
    """What functions of one scalar, and powers, stand on."""
    for node in target.walk():
        operation = OPERATIONS.get(node.op)
        if node.op == "power" or (operation is not None and operation.derivative is not None):
            yield node.args[0]
