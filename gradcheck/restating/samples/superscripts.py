"""Superscript letters that are indices: `y_k^p` of pattern p, and tensors with indices above, `A^{ij}`.

Nobody differentiates by a power, so a letter above a name that is differentiated by is no exponent, and
neither is it above other names, unless it also stands as a quantity. One letter marks a sample, `y_k^{(p)}`;
where two stand together they are entries, and all such letters of the document are, `A_{ij}`. A letter above
several names that nothing counts, shifts or writes on the line only says that all is one layer's: it is left
out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.written.names import base_text
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.notation.scripts import is_transposition
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind, parts, rebuilt
from gradcheck.records import replace

FEWEST = 3


def without_labels(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements without the letters above that only say of which layer all is."""
    equations = [item for item in body if isinstance(item, Equation)]
    nodes = [node for e in equations for side in e.sides for node in of_kind(side, Scripted)]
    carriers: dict[str, set[str]] = {}
    for node in nodes:
        for letter in _letters(node):
            carriers.setdefault(letter, set()).add(base_text(node.base) or "")
    heads = [e.head for e in equations if isinstance(e.head, Scripted)]
    defined = [letter for head in heads for letter in set(_letters(head))]
    told = {letter for letter in carriers if len(carriers[letter]) >= FEWEST and defined.count(letter) > 1}
    if not told:
        return body
    told -= {name for e in equations for side in e.sides for name in _quantities(side)}
    told -= {letter for node in nodes for letter in _counting(node)}
    told -= {s.name for e in equations for side in e.sides for s in _limits(side)}
    if not told:
        return body
    return [_unlabelled(item, told) if isinstance(item, Equation) else item for item in body]


def _counting(node: Scripted) -> Iterator[str]:
    """The letters that stand below a name, or above it with anything else."""
    yield from (s.name for s in of_kind(node.sub, Symbol)) if node.sub is not None else ()
    if node.sup is not None and not isinstance(node.sup, Symbol):
        yield from (s.name for s in of_kind(node.sup, Symbol))


def _limits(side: Node) -> Iterator[Symbol]:
    """The letters below and above the Σ of a formula."""
    for node in of_kind(side, BigOperator):
        for limit in (node.lower, node.upper):
            yield from of_kind(limit, Symbol) if limit is not None else ()


def _unlabelled(equation: Equation, told: Collection[str]) -> Equation:
    def change(node: Scripted) -> Node:
        if not (letters := _letters(node)) or not set(letters) <= set(told):
            return node
        bare = replace(node, sup=None) if node.sub is not None or node.primes else node.base
        return replace(bare, span=node.span)

    return rewritten(equation, lambda side: rebuilt(side, Scripted, change))


def with_indices_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with letters above in brackets, or below, where they are indices."""
    equations = [item for item in body if isinstance(item, Equation)]
    above = [letters for e in equations for side in e.sides for letters in _derived_by(side)]
    if not above:
        return body
    quantities = {name for e in equations for side in e.sides for name in _quantities(side)}
    indices = frozenset(letter for letters in above for letter in letters) - quantities
    if not indices:
        return body
    entries = any(len(letters) > 1 for letters in above)
    if entries:
        indices |= {letter for e in equations for side in e.sides for letter in _above(side)} - quantities
    return [_written(item, indices, entries) if isinstance(item, Equation) else item for item in body]


def _derived_by(side: Node) -> Iterator[tuple[str, ...]]:
    """The letters above each variable that a formula differentiates by."""
    for quotient in quotients_in(side):
        for variable in quotient.variables:
            if isinstance(variable, Scripted) and (letters := _letters(variable)):
                yield letters


def _above(side: Node) -> Iterator[str]:
    for node in of_kind(side, Scripted):
        yield from _letters(node)


def _letters(node: Scripted) -> tuple[str, ...]:
    """The letters that the superscript of a name is, if it is nothing else."""
    if base_text(node.base) in (None, "e") or node.sup is None:
        return ()
    factors = node.sup.factors if isinstance(node.sup, Product) else (node.sup,)
    if isinstance(node.sup, Product) and any(operator.kind for operator in node.sup.operators):
        return ()
    names = [f.name for f in factors if isinstance(f, Symbol) and not f.style and not is_transposition(f)]
    alone = len(names) == len(factors) and all(len(name) == 1 and name.islower() for name in names)
    return tuple(names) if alone else ()


def _quantities(node: Node) -> Iterator[str]:
    """The letters that stand as quantities: on the line, and neither in a script nor below a Σ."""
    match node:
        case Symbol(name=name):
            yield name
        case Scripted(base=base):
            yield from _quantities(base)
        case BigOperator(body=body):
            yield from _quantities(body)
        case _:
            for child in parts(node):
                yield from _quantities(child)


def _written(equation: Equation, indices: frozenset[str], entries: bool) -> Equation:
    def change(node: Scripted) -> Node:
        if node.sup is None or not (letters := _letters(node)):
            return node
        if not indices.issuperset(letters):
            return node
        if entries:
            return replace(node, sub=_together(node.sup, node.sub), sup=None)
        return replace(node, sup=Group(node.sup.span, "(", ")", (node.sup,))) if len(letters) == 1 else node

    return rewritten(equation, lambda side: rebuilt(side, Scripted, change))


def _together(above: Node, below: Node | None) -> Node:
    """The indices above a name before those below it."""
    if below is None:
        return above
    listed = [f for node in (above, below) for f in (node.factors if isinstance(node, Product) else (node,))]
    operators = tuple(Operator(factor.span, "") for factor in listed[1:])
    return Product(above.span.cover(below.span), tuple(listed), operators)
