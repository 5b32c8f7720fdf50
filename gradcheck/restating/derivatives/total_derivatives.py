"""Jacobians of functions at a point, `d\\sigma(u)`, `D\\sigma(u)` and `J_\\sigma(u)`: they are `∂σ(u)/∂u`.

Read so only where the document speaks of Jacobians or total derivatives, before a letter for functions that
no line makes a quantity, and for `d` only in lines that hold no other differential: beside `dz` the formula
is one between differentials. Of an argument that is no name there is nothing to derive by; it stays.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.names import read_name
from gradcheck.notation.differentials import is_bare_sign, is_glued, split_name
from gradcheck.notation.statements import Equation, Heading, Prose, Statement, rewritten
from gradcheck.notation.tree import Fraction, Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, walk
from gradcheck.patterns import late_pattern
from gradcheck.records import replace
from gradcheck.source import Span

SPOKEN_OF = late_pattern(r"\b(jacobian|total\s+derivative)", re.IGNORECASE)
SIGNS = ("d", "D")


def with_total_derivatives(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with quotients for such Jacobians; themselves where there are none."""
    texts = [item.text for item in body if isinstance(item, Prose | Heading)]
    if not any(map(SPOKEN_OF.search, texts)):
        return body
    equations = [item for item in body if isinstance(item, Equation)]
    quantities = {d.name.base for d in definitions(equations) if not d.is_function}
    functions = FUNCTION_LETTERS - quantities

    def change(node: Node) -> Node:
        node = mapped(node, change)
        return _put(node, functions) if isinstance(node, Product) else node

    def told(equation: Equation) -> Equation:
        made = rewritten(equation, change)
        left = (node for side in made.sides for node in walk(side))
        return equation if made is not equation and any(map(_is_left, left)) else made

    return [told(item) if isinstance(item, Equation) else item for item in body]


def _is_left(node: Node) -> bool:
    """Whether a `dz`, a lone `d` or a Jacobian by a letter is left of a line; those of quotients are `∂`."""
    match node:
        case Product():
            return any(map(_begins, node.factors))
        case Scripted(base=Symbol(name="J" | "D"), sub=Node()):
            return True
        case _:
            return False


def _begins(node: Node) -> bool:
    return isinstance(node, Symbol | Scripted) and (is_glued(node) or _is_sign(node))


def _is_sign(node: Node) -> bool:
    return is_bare_sign(node) and isinstance(node, Symbol) and node.name == "d"


def _put(node: Product, functions: Container[str]) -> Node:
    """A product with `∂σ(u)/∂u` for each Jacobian of a function among its factors."""
    factors, operators = list(node.factors), list(node.operators)
    for position in range(len(factors) - 2, -1, -1):
        function, used = _function(factors[position : position + 2])
        end = position + used
        if function is None or end >= len(factors) or any(o.kind for o in operators[position:end]):
            continue
        name, brackets = read_name(function), factors[end]
        group = brackets.base if isinstance(brackets, Scripted) else brackets
        if name is None or name.base not in functions or not name.is_plain or not isinstance(group, Group):
            continue
        if group.open not in ("(", "[") or len(group.items) != 1 or read_name(group.items[0]) is None:
            continue
        derived = _quotient(function, group, factors[position].span.cover(group.span))
        if isinstance(brackets, Scripted):
            derived = replace(brackets, base=Group(derived.span, "(", ")", (derived,)))
        factors[position : end + 1] = [derived]
        del operators[position:end]
    if len(factors) == len(node.factors):
        return node
    if len(factors) == 1 and not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def _function(factors: Sequence[Node]) -> tuple[Node | None, int]:
    """The σ of `dσ`, `d σ` or `J_σ`, and how many factors stand before the brackets."""
    first = factors[0]
    match first:
        case Symbol(name=sign) if sign in SIGNS and len(factors) > 1:
            return factors[1], 2
        case Symbol() if is_glued(first):
            return split_name(first)[1], 1
        case Scripted(base=Symbol(name="J" | "D"), sub=Node() as function, sup=None, primes=0):
            return function, 1
        case _:
            return None, 1


def _quotient(function: Node, group: Group, span: Span) -> Node:
    between = (Operator(Span(group.span.start, group.span.start), ""),)
    value = Product(function.span.cover(group.span), (function, group), between)
    above, below = (
        Product(part.span, (Symbol(part.span, "partial"), part), (Operator(part.span, ""),))
        for part in (value, group.items[0])
    )
    return Fraction(span, above, below)
