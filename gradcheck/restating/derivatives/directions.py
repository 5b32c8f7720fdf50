"""Derivatives along a direction: `D f(x)[h]`, `d_x f(x, y) \\cdot h`.

What f changes by to first order as x changes by h is told for every h: it is an equation between
differentials in which h is the one of x, and all other arguments are held. So the line becomes one, where a
formula tells f of these arguments, h is a name that nothing defines, and every right side holds it. The
formula stands below the d, since the letter may be one of functions, which have no differential. `D` and `d`
are no signs where the document defines them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed
from gradcheck.expr.written.names import base_text, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, Differential, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import dataclass

SIGNS = ("D", "d")


@dataclass(frozen=True, slots=True)
class Along:
    """`d_x f(x, y) \\cdot h`: the formula of f, the x that makes it change, and the h that x changes by."""

    formula: Node
    variable: Node
    direction: Node


def with_directions(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with derivatives along a direction as equations between differentials."""
    equations = [item for item in body if isinstance(item, Equation)]
    functions = {latex(unboxed(equation.head)): equation.links[0].right for equation in equations}
    quantities = {definition.name.key for definition in definitions(equations)}
    if quantities.issuperset(SIGNS):
        return tuple(body)
    return tuple(
        _written(item, functions, quantities) if isinstance(item, Equation) else item for item in body
    )


def _written(equation: Equation, functions: Mapping[str, Node], quantities: Container[str]) -> Equation:
    """The equation between differentials that a line about any direction is; itself where it is none."""
    found = _along(unboxed(equation.head), functions, quantities)
    name = None if found is None else read_name(found.direction)
    if found is None or name is None or not name.is_plain or name.key in quantities:
        return equation
    head, key, variable = Differential(equation.head.span, found.formula), name.key, found.variable

    def put(node: Node) -> Node:
        if node is equation.head:
            return head
        inner = read_name(node) if isinstance(node, Symbol | Accent) else None
        return Differential(node.span, variable) if inner and inner.key == key else mapped(node, put)

    made = rewritten(equation, put)
    told = all(of_kind(link.right, Differential) for link in made.links)
    return made if told else equation


def _along(head: Node, functions: Mapping[str, Node], quantities: Container[str]) -> Along | None:
    """A left side taken apart: the sign, the function with its arguments, and the direction."""
    if not isinstance(head, Product) or len(head.factors) != 4:
        return None
    sign, function, arguments, last = head.factors
    letter = base_text(sign.base if isinstance(sign, Scripted) else sign)
    if letter not in SIGNS or letter in quantities or not isinstance(arguments, Group):
        return None
    value = Product(function.span.cover(arguments.span), (function, arguments), head.operators[1:2])
    formula, variable = functions.get(latex(value)), _variable(sign, arguments)
    inside = isinstance(last, Group) and last.open == "[" and len(last.items) == 1
    if formula is None or variable is None or not (inside or head.operators[2].kind == "cdot"):
        return None
    direction = last.items[0] if inside and isinstance(last, Group) else last
    return Along(Group(value.span, "(", ")", (formula,)), variable, direction)


def _variable(sign: Node, arguments: Group) -> Node | None:
    """The argument that changes: the one below the sign, else the only one."""
    if not isinstance(sign, Scripted):
        return arguments.items[0] if len(arguments.items) == 1 and read_name(arguments.items[0]) else None
    below = read_name(sign.sub) if sign.sub is not None and sign.sup is None else None
    names = ((item, read_name(item)) for item in arguments.items)
    return next((item for item, name in names if name and below and name.key == below.key), None)
