"""Steps of descent that are numbered as a function is applied: `w(t+1) = w(t) - \\eta \\nabla E`.

A weight is a function of nothing but the number of the step, so that both are the weight, before the step and
behind it: the line is `w = w - ...`. It is so read only where the value at the step before stands on the
right; `x(t+1) = f(x(t))` of a function's argument is none, and neither is a product by a number `(t+1)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Number, Product, Sum, Symbol
from gradcheck.notation.walk import mapped
from gradcheck.records import replace


def with_values_in_time(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such steps written without their numbers; themselves where there are none."""
    return [_told(item) if isinstance(item, Equation) else item for item in body]


def _told(equation: Equation) -> Equation:
    step = _step(equation.head)
    if step is None:
        return equation
    key, letter = step
    right = equation.links[0].right
    first = right.terms[0] if isinstance(right, Sum) and len(right.terms) > 1 else None
    before = _applied(first.body) if first is not None and first.sign == "+" else None
    if before is None or before[0].key != key or not _is_letter(before[1], letter):
        return equation
    return rewritten(equation, lambda side: _without(side, letter))


def _step(head: Node) -> tuple[str, str] | None:
    """The key of w and the t of `w(t+1)`; None for any other left side."""
    found = _applied(head)
    match found:
        case (name, Sum(terms=(first, second))) if second.sign == "+" and isinstance(second.body, Number):
            if first.sign == "+" and isinstance(first.body, Symbol) and second.body.text == "1":
                return name.key, first.body.name
    return None


def _applied(node: Node) -> tuple[Name, Node] | None:
    """The name and the argument of a formula that is nothing but `w(t)`."""
    match node:
        case Product(factors=(base, Group(open="(", items=(argument,))), operators=(operator,)):
            name = read_name(base)
            return (name, argument) if name is not None and not operator.kind else None
    return None


def _is_letter(node: Node, letter: str) -> bool:
    return isinstance(node, Symbol) and node.name == letter


def _without(node: Node, letter: str) -> Node:
    """A formula in which no name is applied to the number of a step."""
    node = mapped(node, lambda child: _without(child, letter))
    if not isinstance(node, Product):
        return node
    for place in range(len(node.factors) - 1, 0, -1):
        group, operator = node.factors[place], node.operators[place - 1]
        if operator.kind or not _numbers_step(group, letter) or read_name(node.factors[place - 1]) is None:
            continue
        factors = (*node.factors[:place], *node.factors[place + 1 :])
        operators = (*node.operators[: place - 1], *node.operators[place:])
        if len(factors) == 1:
            return factors[0]
        node = replace(node, factors=factors, operators=operators)
    return node


def _numbers_step(node: Node, letter: str) -> bool:
    """Whether it is `(t)` or `(t+1)`."""
    match node:
        case Group(open="(", items=(Symbol(name=name),)):
            return name == letter
        case Group(open="(", items=(Sum(terms=(first, second)),)):
            return _is_letter(first.body, letter) and isinstance(second.body, Number)
    return False
