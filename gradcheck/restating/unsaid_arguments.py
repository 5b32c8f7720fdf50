"""Rules of differentiation, `(uv)' = u'v + uv'`: functions whose argument is left out get one.

Where a prime stands on brackets that are a whole left side, and all small letters in them stand alone with a
prime of their own somewhere in the equation, these are functions of one variable that nobody writes. Capitals
are mostly matrices, and their primes transpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gradcheck.expr.definitions import written_names
from gradcheck.expr.function_names import UNSAID
from gradcheck.expr.names import read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, walk
from gradcheck.source import Span


def with_arguments_said(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the letters of such rules applied to the variable that they leave out."""
    return [_said(item) if isinstance(item, Equation) else item for item in body]


def _said(equation: Equation) -> Equation:
    head = equation.head
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
