"""Abbreviations that a document keeps to throughout: `\\sin` for the sigmoid."""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import read_name
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Call, Group, Node, Product, Sum
from gradcheck.notation.walk import letters_in, of_kind


def writes_sine_for_sigmoid(equations: Sequence[Equation]) -> bool:
    """Whether `\\sin` must be an abbreviated sigmoid: the document has σ, and `sin(z)(1 - sin(z))`."""
    sides = [side for e in equations for side in e.sides]
    with_sines = [side for side in sides if "sin" in letters_in(side)]
    if not any(map(_holds_sigmoid_derivative_of_sine, with_sines)):
        return False
    return any(name.base == "\\sigma" for side in sides for name in written_names(side))


@once_a_node
def _holds_sigmoid_derivative_of_sine(side: Node) -> bool:
    return any(map(_is_sigmoid_derivative_of_sine, of_kind(side, Product)))


def _is_sigmoid_derivative_of_sine(node: Product) -> bool:
    sines = [factor for factor in node.factors if _is_sine(factor)]
    rests = [
        factor.items[0] for factor in node.factors if isinstance(factor, Group) and len(factor.items) == 1
    ]
    return any(
        isinstance(rest, Sum)
        and len(rest.terms) == 2
        and rest.terms[1].sign == "-"
        and _is_sine(rest.terms[1].body)
        for rest in rests
    ) and bool(sines)


def _is_sine(node: Node) -> bool:
    if not isinstance(node, Call):
        return False
    name = read_name(node.function)
    return name is not None and name.base == "sin"
