"""Gradients named after what they are the gradient by: G_Z of `G_Z = ∂L/∂Z`, and `∂L/∂z = \\delta_z`.

The letter below is no index there: it says which gradient the name is, and the name is a quantity of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node


def named_gradients(equations: Iterable[Equation]) -> frozenset[str]:
    """The keys of names that stand beside a derivative by what is written below them."""
    return frozenset(key for equation in equations for key in _named_in(equation))


@once_a_node
def _named_in(equation: Equation) -> tuple[str, ...]:
    found: list[str] = []
    for link in equation.links:
        for derivative, other in ((link.left, link.right), (link.right, link.left)):
            name = read_name(other)
            if name is not None and is_below(derivative, name):
                found.append(name.key)
    return tuple(found)


def is_below(derivative: Node, name: Name) -> bool:
    """Whether all that stands below a name is the letter which a formula is the derivative by.

    Under the letter of what is derived, `f_x` is the derivative itself.
    """
    if len(name.sub) != 1 or not name.is_plain or name.sample is not None:
        return False
    quotient = read_quotient(derivative)
    if quotient is None or quotient.target is None or len(quotient.variables) != 1:
        return False
    target, variable = read_name(quotient.target), read_name(quotient.variables[0])
    if target is not None and target.base == name.base:
        return False
    return variable is not None and variable.is_plain and variable.key == name.sub[0]
