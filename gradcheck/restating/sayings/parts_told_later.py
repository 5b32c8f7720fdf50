"""Names that are told for a part of a formula above: `f = σ(W x + b)`, and later "with `z = W x + b`".

An author who derives by z means the z inside of f, though f was written out. Where nothing is made of a name
that a formula defines, and another definition holds that very formula, the name stands there in its place, so
that what is derived by it reaches the loss. Without this z would be an end of its own, and what is right of
it wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Node, Sum
from gradcheck.notation.walk import mapped
from gradcheck.records import replace
from gradcheck.restating.passages.segments import differentiated


def with_parts_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such names in the place of what they stand for."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = _of_parts(equations)
    if not told:
        return body
    return [_put(item, told) if isinstance(item, Equation) else item for item in body]


def _of_parts(equations: Sequence[Equation]) -> dict[str, Node]:
    """Formula → the name that is told for it, which is derived by and of which nothing is made."""
    own = [d for d in definitions(equations) if not d.is_function and not any(quotients_in(d.right))]
    made_of = {name.key for definition in own for name in written_names(definition.right)}
    varied = {name.key for name in differentiated(equations)}
    found: dict[str, Node] = {}
    for equation in equations:
        name, right = read_name(equation.head), equation.links[0].right
        if name is not None and name.key in varied - made_of and isinstance(right, Sum) and not name.primes:
            found[latex(right)] = equation.head
    return found


def _put(equation: Equation, told: Mapping[str, Node]) -> Equation:
    """A definition with the names in it; any other equation as it is."""
    if read_name(equation.head) is None or len(equation.links) > 1:
        return equation
    link = equation.links[0]
    right = mapped(link.right, lambda child: _named(child, told))
    return equation if right == link.right else replace(equation, links=(replace(link, right=right),))


def _named(node: Node, told: Mapping[str, Node]) -> Node:
    name = told.get(latex(node)) if isinstance(node, Sum) else None
    return mapped(node, lambda child: _named(child, told)) if name is None else replace(name, span=node.span)
