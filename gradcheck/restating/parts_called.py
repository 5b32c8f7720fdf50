r"""Parts of a forward pass that get a name beside it: `a = σ(W x + b)`, and "with z = W x + b, ∂L/∂z = ...".

A derivative by z asks what a does with it, so a is written by z: `a = σ(z)`; so are some terms of a sum,
`(w x + b - y)^2` with `p = w x + b`. Only names that are differentiated by, have one formula, and stand in no
other definition are put in, and only for the formula as it is written: every definition keeps its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.definitions import Definition, definitions, written_names
from gradcheck.expr.names import Name, read_name
from gradcheck.expr.quotients import derives, quotients_in
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Fraction, Node, Product, Sum, Term
from gradcheck.notation.walk import mapped
from gradcheck.records import dataclass, replace

MADE = (Sum, Product, BigOperator, Fraction)


@dataclass(frozen=True, slots=True)
class _Part:
    """A name as it is written, its formula, and the equation that defines it."""

    name: Node
    formula: Node
    number: int


def with_parts_called(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, whose forward pass is written by the names that its parts get."""
    equations = [item for item in body if isinstance(item, Equation)]
    wanted = set(_differentiated(equations))
    parts = _parts(equations, wanted) if wanted else {}
    if not parts:
        return body
    return [_by_names(item, parts) if isinstance(item, Equation) else item for item in body]


def _differentiated(equations: Sequence[Equation]) -> Iterator[str]:
    """The keys of what is differentiated by, in quotients and as `dz`."""
    for side in (side for equation in equations for side in equation.sides):
        for quotient in quotients_in(side):
            names = (read_name(variable) for variable in quotient.variables)
            yield from (name.key for name in names if name is not None)
        inner = (name.differentiated for name in written_names(side))
        yield from (name.key for name in inner if name is not None)


def _parts(equations: Sequence[Equation], wanted: set[str]) -> dict[str, _Part]:
    """By its formula, each name that a part of another definition may be called by."""
    listed = list(definitions(equations))
    told = {d.name.key: 0 for d in listed}
    used: set[str] = set()
    for definition in listed:
        told[definition.name.key] += 1
        used |= {name.key for name in written_names(definition.right)}
    heads = {equation.number: equation.head for equation in equations}
    found: dict[str, _Part] = {}
    for definition in listed:
        key, name = definition.name.key, heads[definition.place[0]]
        alone = told[key] == 1 and key in wanted and key not in used and _is(name, definition.name)
        if alone and definition.place[1] == 1 and _is_made(definition):
            found[latex(definition.right)] = _Part(name, definition.right, definition.place[0])
    return found


def _is(head: Node, name: Name) -> bool:
    own = read_name(head)
    return own is not None and own.key == name.key


def _is_made(definition: Definition) -> bool:
    """Whether a formula is made of two names or more, by sums and products."""
    right = definition.right
    made = isinstance(right, MADE) and not definition.is_function and not derives(right)
    return made and len({name.key for name in written_names(right)}) > 1


def _by_names(equation: Equation, parts: Mapping[str, _Part]) -> Equation:
    """A definition with its parts by their names; what derives something stays as it is written."""
    if derives(equation.head) or not any(True for _ in definitions([equation])):
        return equation
    others = {formula: part for formula, part in parts.items() if part.number != equation.number}
    if not any(quotients_in(side) for side in equation.sides):
        return rewritten(equation, lambda side: _named(side, others))
    return equation


def _named(node: Node, parts: Mapping[str, _Part]) -> Node:
    part = parts.get(latex(node)) if isinstance(node, MADE) else None
    if part is not None:
        return replace(part.name, span=node.span)
    node = mapped(node, lambda child: _named(child, parts))
    for part in parts.values():
        if isinstance(node, Sum) and isinstance(part.formula, Sum):
            node = _with_terms_named(node, part.formula.terms, part.name)
    return node


def _with_terms_named(node: Sum, own: Sequence[Term], name: Node) -> Sum:
    """A longer sum, in which the name stands for its terms where they stand side by side, or all reversed."""
    count = len(own)
    formulas = [latex(term.body) for term in node.terms]
    sought = [latex(term.body) for term in own]
    for start in range(len(node.terms) - count + 1):
        run = node.terms[start : start + count]
        turned = {(term.sign or "+") != (other.sign or "+") for term, other in zip(run, own, strict=True)}
        if formulas[start : start + count] == sought and len(turned) == 1 and count < len(node.terms):
            span = run[0].span.cover(run[-1].span)
            term = Term(span, "-" if turned.pop() else "+", replace(name, span=span))
            return replace(node, terms=(*node.terms[:start], term, *node.terms[start + count :]))
    return node
