"""Rules of differentiation, `(uv)' = u'v + uv'`: functions whose argument is left out get one.

Where a prime stands on brackets that are a whole left side, and all small letters in them stand alone with a
prime of their own somewhere in the equation, these are functions of one variable that nobody writes. Capitals
are mostly matrices, and their primes transpose. So are the letters of `\\frac{d}{dx} \\frac{u}{v}` of which
another side holds `\\frac{du}{dx}`, where no line says what they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.function_names import UNSAID
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, walk
from gradcheck.records import replace
from gradcheck.source import Span


def with_arguments_said(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the letters of such rules applied to the variable that they leave out."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = frozenset(definition.name.base for definition in definitions(equations))
    return [_said(item, told) if isinstance(item, Equation) else item for item in body]


def _said(equation: Equation, told: frozenset[str]) -> Equation:
    head = equation.head
    if (by := _varied(equation)) is not None:
        letters = _derived_alone(equation, by) - told
        return rewritten(equation, lambda side: _of(side, letters, by)) if letters else equation
    if not (isinstance(head, Scripted) and head.primes and isinstance(head.base, Group)):
        return equation
    nodes = [node for side in equation.sides for node in walk(side)]
    inside = {name.base for name in written_names(head.base)}
    primed = {
        name.base
        for node in nodes
        if isinstance(node, Scripted) and node.primes and (name := read_name(node)) is not None
    }
    functions = inside & primed
    others = inside - primed - {"e"}
    capitals = any(base.isupper() for base in inside)
    if not functions or others or capitals or any(_is_applied(node, functions) for node in nodes):
        return equation
    return rewritten(equation, lambda side: _applied(side, frozenset(functions)))


def _varied(equation: Equation) -> Name | None:
    """The x of a left side `\\frac{d}{dx} (...)` or `\\frac{d(...)}{dx}` of a formula; None for any other."""
    head = equation.head
    quotient, alone = read_quotient(head), False
    if quotient is None and isinstance(head, Product):
        quotient = read_quotient(head.factors[0])
        alone = len(head.factors) == 2 and _is_bare(head.factors[1])
    elif quotient is not None:
        alone = quotient.target is None or _is_bare(quotient.target)
    by = None if quotient is None or len(quotient.variables) != 1 else read_name(quotient.variables[0])
    return by if by is not None and by.is_plain and not by.sub and not alone else None


def _is_bare(node: Node) -> bool:
    name = read_name(node)
    return name is not None and name.is_plain


def _derived_alone(equation: Equation, by: Name) -> frozenset[str]:
    """The small letters of the formula that the other sides derive by the same variable, `du/dx`.

    None where one of them is applied to something: then what it is a function of is written.
    """
    inside = {name.base for name in written_names(equation.head) if name.key == name.base}
    found: set[str] = set()
    for quotient in (quotient for side in equation.sides[1:] for quotient in quotients_in(side)):
        target = None if quotient.target is None else read_name(quotient.target)
        variable = read_name(quotient.variables[0])
        same = variable is not None and variable.key == by.key
        if same and target is not None and target.key == target.base and target.base.islower():
            found.add(target.base)
    found &= inside - {by.base}
    nodes = [node for side in equation.sides for node in walk(side)]
    return frozenset() if any(_is_applied(node, found) for node in nodes) else frozenset(found)


def _of(node: Node, functions: frozenset[str], by: Name) -> Node:
    """A formula with some letters applied to the variable, which takes the name of what is not written."""
    if isinstance(node, Symbol) and _base(node) == by.base:
        return Symbol(node.span, UNSAID)
    if isinstance(node, Scripted) and node.sup is not None and _base(node.base) in functions:
        return replace(node, base=_bracket(_of(node.base, functions, by)), sup=_of(node.sup, functions, by))
    if isinstance(node, Symbol) and _base(node) in functions:
        return _value(node, Symbol(Span(node.span.end, node.span.end), UNSAID))
    return mapped(node, lambda child: _of(child, functions, by))


def _is_applied(node: Node, functions: set[str]) -> bool:
    """Whether brackets stand behind one of some letters: its argument is written."""
    if not isinstance(node, Product):
        return False
    pairs = zip(node.factors, node.factors[1:], node.operators, strict=False)
    return any(
        isinstance(after, Group) and not sign.kind and _base(before) in functions
        for before, after, sign in pairs
    )


def _base(node: Node) -> str | None:
    name = read_name(node)
    return None if name is None else name.base


def _applied(node: Node, functions: frozenset[str]) -> Node:
    """A formula with some letters applied; `f \\circ g` is f at the value of g."""
    match node:
        case Product(factors=(outer, inner), operators=(sign,)) if sign.kind == "circ":
            if _base(outer) in functions:
                return _value(outer, _applied(inner, functions))
        case _ if _base(node) in functions:
            end = Span(node.span.end, node.span.end)
            power = node.sup if isinstance(node, Scripted) else None
            function = replace(node, sup=None) if isinstance(node, Scripted) else node
            value = _value(function, Symbol(end, UNSAID))
            return value if power is None else Scripted(node.span, _bracket(value), None, power)
    return mapped(node, lambda child: _applied(child, functions))


def _value(function: Node, argument: Node) -> Product:
    end = Span(function.span.end, function.span.end)
    return Product(function.span, (function, _bracket(argument)), (Operator(end, ""),))


def _bracket(node: Node) -> Group:
    return Group(node.span, "(", ")", (node,))
