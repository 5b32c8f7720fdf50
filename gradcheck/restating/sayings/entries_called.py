r"""Entries that get a name beside them: `L_i = -\log \frac{e^{s_{iy_i}}}{\sum_j e^{s_{ij}}}`, and "with
`m_{ij} = \frac{e^{s_{ij}}}{\sum_j e^{s_{ij}}}`, ∂L/∂m".

What a formula holds for one entry is what the name says for any, with other letters below: it is written by
the name there, so that what is derived by it reaches the loss (`gradcheck.restating.sayings.parts_called`
does so for whole arrays). Only names with indices that are differentiated by, have one formula, and stand in
no other definition are put in; every definition keeps its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, product

from gradcheck.expr.written.definitions import Definition, definitions
from gradcheck.expr.written.indices import bound_letters, names_within
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import derives, quotients_in
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Fraction, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import dataclass, replace

MADE = (Fraction, BigOperator)
MOST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name with index letters below, as its definition writes it, and the formula of that entry."""

    name: Scripted
    letters: tuple[str, ...]
    formula: Node


def with_entries_called(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, whose definitions are written by the names that entries in them get."""
    equations = [item for item in body if isinstance(item, Equation)]
    wanted = set(_differentiated(equations))
    entries = list(_entries(equations, wanted)) if wanted else []
    if not entries:
        return body
    return [_by_names(item, entries) if isinstance(item, Equation) else item for item in body]


def _differentiated(equations: Sequence[Equation]) -> Iterator[str]:
    """The letters of what is differentiated by."""
    for side in (side for equation in equations for side in equation.sides):
        for quotient in quotients_in(side):
            names = (read_name(variable) for variable in quotient.variables)
            yield from (name.base for name in names if name is not None)


def _entries(equations: Sequence[Equation], wanted: set[str]) -> Iterator[_Entry]:
    listed = list(definitions(equations))
    told = [definition.name.base for definition in listed]
    used = {name.base for d in listed for name in names_within(d.right) if name.base != d.name.base}
    for equation in equations:
        head, name = equation.head, read_name(equation.head)
        if name is None or not isinstance(head, Scripted) or head.sup is not None:
            continue
        for definition in definitions([equation]):
            alone = name.base in wanted - used and told.count(name.base) == 1 and definition.name == name
            letters = all(len(mark) == 1 and mark.isalpha() for mark in name.sub)
            made = isinstance(definition.right, MADE) and _depends(definition)
            if alone and letters and made and 0 < len(name.sub) <= MOST_LETTERS:
                yield _Entry(head, name.sub, definition.right)


def _depends(definition: Definition) -> bool:
    """Whether a formula carries every letter of its name, and is no derivative."""
    marks = {mark for name in names_within(definition.right) for mark in name.sub}
    return {*definition.name.sub} <= marks and not derives(definition.right)


def _by_names(equation: Equation, entries: Sequence[_Entry]) -> Equation:
    """A definition with its entries by their names; what derives something stays as it is written."""
    derived = derives(equation.head) or any(quotients_in(side) for side in equation.sides)
    others = [entry for entry in entries if entry.name is not equation.head]
    if derived or not others or not any(True for _ in definitions([equation])):
        return equation
    return rewritten(equation, lambda side: _named(side, others))


def _named(node: Node, entries: Sequence[_Entry]) -> Node:
    for entry in entries if isinstance(node, MADE) else ():
        found = _called(node, entry)
        if found is not None:
            return found
    return mapped(node, lambda child: _named(child, entries))


def _called(node: Node, entry: _Entry) -> Node | None:
    """The entry's name with the letters that make its formula the node, None where none do."""
    sought = latex(_with_plain_bounds(node))
    written = {latex(mark): mark for mark in _marks(node)}
    for chosen in product(written.values(), repeat=len(entry.letters)):
        letters = dict(zip(entry.letters, chosen, strict=True))
        if latex(_with_plain_bounds(_put(entry.formula, letters))) == sought:
            return replace(_put(entry.name, letters), span=node.span)
    return None


def _marks(node: Node) -> Iterator[Node]:
    """The marks that stand below the names of a formula."""
    for inner in of_kind(node, Scripted):
        if inner.sub is not None:
            yield from inner.sub.factors if isinstance(inner.sub, Product) else (inner.sub,)


def _put(node: Node, letters: Mapping[str, Node]) -> Node:
    """A formula with other marks for its letters, but for those that a Σ in it runs over."""
    if isinstance(node, Symbol) and not node.style and node.name in letters:
        return replace(letters[node.name], span=node.span)
    if isinstance(node, BigOperator):
        bound = bound_letters(node)
        letters = {letter: mark for letter, mark in letters.items() if letter not in bound}
    return mapped(node, lambda child: _put(child, letters))


def _with_plain_bounds(node: Node) -> Node:
    """A formula in which what its Σs run over is numbered, so that the letters do not matter."""
    numbers = count(1)

    def plain(node: Node) -> Node:
        if isinstance(node, BigOperator):
            bound = {letter: Symbol(node.span, f"·{next(numbers)}") for letter in sorted(bound_letters(node))}
            node = mapped(node, lambda child: _put(child, bound))
        return mapped(node, plain)

    return plain(node)
