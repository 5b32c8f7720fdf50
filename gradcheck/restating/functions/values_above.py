r"""Functions derived without their arguments where several values are told: `z = f(x, y)`, then `∂f/∂x`.

A text on the chain rule calls every function f, `y = f(u)` first and `z = f(x, y)` below. Where a letter is
applied to one thing alone, that is what its derivatives are of. Where it is applied to several, the bare
letter means the value told last above it, below the same heading, that has the variable for an argument;
it must be of a quantity that is told nothing else. Letters of functions by formula are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, read_applied, unboxed
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Statement, rewritten
from gradcheck.notation.tree import Fraction, Group, Node, Operator, Product
from gradcheck.notation.walk import rebuilt
from gradcheck.records import replace
from gradcheck.source import Span

LETTERS = FUNCTION_LETTERS - {"\\theta"}  # that one is mostly a parameter


def with_values_above(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the arguments of each such letter; themselves where a letter has but one value."""
    equations = [item for item in body if isinstance(item, Equation)]
    derived = {base for item in equations for side in item.sides for base in _derived(side)}
    told = list(definitions(equations)) if derived else []
    derived -= {definition.name.base for definition in told}
    values: dict[int, tuple[str, Group]] = {}
    formulas: dict[str, set[str]] = {}
    for definition in told if derived else ():
        formulas.setdefault(definition.name.key, set()).add(latex(definition.right))
        applied, right = read_applied(definition.right), unboxed(definition.right)
        if applied is not None and applied.function.key in derived and isinstance(right, Product):
            brackets = right.factors[1]
            if isinstance(brackets, Group) and all(map(read_name, brackets.items)):
                values[definition.place[0]] = applied.function.key, brackets
    several = {f for f in derived if len({latex(held) for base, held in values.values() if base == f}) > 1}
    if not several:
        return body
    once = {definition.place[0] for definition in told if len(formulas[definition.name.key]) == 1}
    made: list[Statement] = []
    above: dict[str, Group] = {}
    for item in body:
        if isinstance(item, Heading):
            above = {}
        elif isinstance(item, Equation):
            if item.number in values:
                base, brackets = values[item.number]
                above.pop(base, None)
                above |= {base: brackets} if item.number in once else {}
            item = _put(item, above) if above else item
        made.append(item)
    return made


def _derived(side: Node) -> set[str]:
    """The bare letters of functions that are derived in a formula."""
    targets = (read_name(each.target) for each in quotients_in(side) if each.target is not None)
    return {name.key for name in targets if name is not None and name.is_plain} & LETTERS


def _put(equation: Equation, above: Mapping[str, Group]) -> Equation:
    """An equation with the arguments behind each letter that is derived by one of them."""

    def change(node: Fraction) -> Node:
        quotient, sign = read_quotient(node), node.numerator
        if quotient is None or quotient.target is None or not isinstance(sign, Product):
            return node
        name = read_name(quotient.target)
        brackets = None if name is None or not name.is_plain else above.get(name.key)
        if brackets is None or len(sign.factors) != 2:
            return node
        held = {name.key for item in brackets.items if (name := read_name(item)) is not None}
        if any((by := read_name(each)) is None or by.key not in held for each in quotient.variables):
            return node
        behind = replace(brackets, span=Span(sign.span.end, sign.span.end))
        operators = (*sign.operators, Operator(behind.span, ""))
        return replace(node, numerator=replace(sign, factors=(*sign.factors, behind), operators=operators))

    return rewritten(equation, lambda side: rebuilt(side, Fraction, change))
