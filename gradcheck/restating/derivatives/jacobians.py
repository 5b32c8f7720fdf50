"""Jacobians by a letter: in a document that speaks of Jacobians, `J_x(f)` and `J_f(x)` are `∂f/∂x`.

Where it speaks of pullbacks, `\\mathcal{B}_f^x(v)` is the row `v^T ∂f/∂x`.

Which of the two letters is derived the formulas tell: the one whose definition holds the other. Where neither
does, and where J itself is defined or stands without such brackets, J is a name as any other, in the whole of
its equation: `J_h(x) = J_f(g(x)) J_g(x)` of functions stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.indices import names_within
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.statements import Equation, Heading, Prose, Statement, rewritten
from gradcheck.notation.tree import Fraction, Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.patterns import late_pattern
from gradcheck.source import Span

SPOKEN_OF = late_pattern(r"\bjacobian", re.IGNORECASE)
PULLBACKS = late_pattern(r"\b(pull-?backs?|vjp|vector[-–]jacobian)\b", re.IGNORECASE)


def with_jacobians(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `∂f/∂x` for `J_x(f)`; themselves where a document has none."""
    texts = [item.text for item in body if isinstance(item, Prose | Heading)]
    jacobians, pullbacks = (any(map(words.search, texts)) for words in (SPOKEN_OF, PULLBACKS))
    if not jacobians and not pullbacks:
        return body
    made_of: dict[str, set[str]] = {}
    for equation in (item for item in body if isinstance(item, Equation)):
        inside = {name.base for side in equation.sides for name in names_within(side)}
        for definition in definitions([equation]):
            made_of.setdefault(definition.name.base, set()).update(inside)
    rests_on = {base: _reached(base, made_of) for base in made_of}

    def put(node: Node) -> Node:
        node = mapped(node, put)
        found = _as_derivative(node, rests_on) if jacobians else None
        return found or (_as_pullback(node) if pullbacks else None) or node

    return tuple(
        _in_whole(item, rewritten(item, put)) if isinstance(item, Equation) else item for item in body
    )


def _in_whole(written: Equation, derived: Equation) -> Equation:
    """The equation with derivatives, if no Jacobian by a letter is left beside them."""
    return written if any(map(_is_left, derived.sides)) else derived


def _is_left(side: Node) -> bool:
    by_letter = (n for n in of_kind(side, Scripted) if n.sub is not None)
    return any(isinstance(node.base, Symbol) and node.base.name == "J" for node in by_letter)


def _reached(base: str, made_of: Mapping[str, set[str]]) -> set[str]:
    """All letters that a letter rests on by the definitions."""
    found: set[str] = set()
    waiting = set(made_of[base])
    while waiting:
        found |= waiting
        waiting = {inner for letter in waiting for inner in made_of.get(letter, ())} - found
    return found


def _as_pullback(node: Node) -> Node | None:
    """`v^T ∂f/∂x` for `\\mathcal{B}_f^x(v)`; None for anything else."""
    match node:
        case Product(
            factors=(
                Scripted(
                    base=Symbol(name="B", style="mathcal"), sub=Node() as function, sup=Node() as at, primes=0
                ),
                Group(open="(", items=(vector,)),
            )
        ) if _plain(function) is not None and _plain(at) is not None:
            span = vector.span
            row = Scripted(span, vector, None, Symbol(Span(span.end, span.end), "T"), 0)
            derived = _quotient(node, function, at)
            return Product(node.span, (row, derived), (Operator(Span(span.end, span.end), ""),))
        case _:
            return None


def _as_derivative(node: Node, rests_on: Mapping[str, set[str]]) -> Node | None:
    """`∂f/∂x` for `J_x(f)` or `J_f(x)`; None for anything else."""
    match node:
        case Product(
            factors=(
                Scripted(base=Symbol(name="J"), sub=Node() as below, sup=None, primes=0),
                Group(open="(", items=(inside,)),
            )
        ):
            pass
        case _:
            return None
    first, second = _plain(below), _plain(inside)
    if first is None or second is None:
        return None
    if first.base in rests_on.get(second.base, ()):
        return _quotient(node, inside, below)
    return _quotient(node, below, inside) if second.base in rests_on.get(first.base, ()) else None


def _plain(node: Node) -> Name | None:
    name = read_name(node)
    return name if name is not None and name.is_plain and not name.sub else None


def _quotient(node: Node, target: Node, variable: Node) -> Node:
    above, below = (
        Product(part.span, (Symbol(part.span, "partial"), part), (Operator(part.span, ""),))
        for part in (target, variable)
    )
    return Fraction(node.span, above, below)
