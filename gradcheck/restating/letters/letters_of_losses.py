"""Letters of losses that stand for something else: the cell `C_t` of a memory, an embedding `E`.

What an author calls the cost is told by use: nobody derives a loss by the cost of another, and no cost goes
on from that of the step before it. Such a letter gets a mark of its own, which messages leave out, where
another letter of losses is derived by it and it is never derived itself, where it goes on from itself, or
where its gradient is a factor of others. A line `L = N + 1` counts layers and tells no loss: its own letter
alone is marked, since limits and scripts count by the same one.
Rejected: to take any letter for the loss that has several values, since costs of samples have, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.names import LAYER_MARK, Name, base_text, is_greek, read_name
from gradcheck.expr.written.quotients import quotients_in, targets_in, variables_in
from gradcheck.expr.written.vocabulary import LOSS_BASES
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, renamed
from gradcheck.notation.tree import BigOperator, Group, Node, Number, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import mapped, of_kind

_MARK = f"{LAYER_MARK}state"


def with_loss_letters_told(body: Sequence[Statement], declared: Collection[str]) -> Sequence[Statement]:
    """The statements in which no letter of losses stands for anything but a loss.

    declared   keys that have a shape: they tell already what a letter is
    """
    equations = [item for item in body if isinstance(item, Equation)]
    letters, counts = _of_no_loss(equations) - set(declared), _counts(equations)
    if not letters and not counts:
        return body
    return [
        _told(item, letters | counts.get(id(item), set())) if isinstance(item, Equation) else item
        for item in body
    ]


def _told(equation: Equation, letters: Collection[str]) -> Equation:
    return renamed(equation, lambda side: _marked(side, letters))


def _counts(equations: Sequence[Equation]) -> dict[int, set[str]]:
    """The lines (by identity) that count, with the letter of losses that each tells, which has no others.

    Lone numbers are left as they are: they tell sizes.
    """
    told: dict[str, list[tuple[Equation, Node]]] = {}
    for equation in equations:
        name = read_name(equation.head)
        if name is not None and name.base in LOSS_BASES and equation.links[0].relation.sign in "=←":
            told.setdefault(name.base, []).append((equation, equation.links[0].right))
    derived = (q.target for e in equations for side in e.sides for q in quotients_in(side)) if told else ()
    targets = {name.base for t in derived if t is not None and (name := read_name(t)) is not None}
    return {
        id(equation): {base}
        for base, lines in told.items()
        if base not in targets and all(_is_count(right) for _, right in lines)
        if any(of_kind(right, Number) for _, right in lines)
        for equation, right in lines
        if not isinstance(right, Number)
    }


def _is_count(node: Node) -> bool:
    """Whether a formula adds letters and whole numbers alone, one letter at most."""
    if isinstance(node, Sum):
        symbols = [term for term in node.terms if isinstance(term.body, Symbol)]
        return len(symbols) < 2 and all(_is_count(term.body) for term in node.terms)
    return isinstance(node, Symbol) or (isinstance(node, Number) and node.text.isdigit())


def _of_no_loss(equations: Sequence[Equation]) -> set[str]:
    """The letters that losses are called by, and that stand for something else here."""
    targets: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for quotient in (q for equation in equations for side in equation.sides for q in quotients_in(side)):
        target = read_name(quotient.target) if quotient.target is not None else None
        names = [name for variable in quotient.variables if (name := read_name(variable)) is not None]
        if target is not None:
            targets.add(target.base)
            pairs |= {(target.base, name.base) for name in names}
    varied = {by for target, by in pairs if target in LOSS_BASES and by in LOSS_BASES and target != by}
    return (
        (varied - targets)
        | _handed_back(equations)
        | (_going_on(equations) & (varied | (LOSS_BASES - targets)))
        | (_multiplied(equations) - targets)
    )


def _multiplied(equations: Sequence[Equation]) -> set[str]:
    """The letters of losses that nothing tells or applies, and that stand beside what is derived by."""
    held = {name.base for e in equations for link in e.links for name in written_names(link.right)}
    held &= LOSS_BASES
    held -= {definition.name.base for definition in definitions(equations)} if held else set()
    held -= {name.base for e in equations for side in e.sides for name in _alone(side)} if held else set()
    if not held:
        return set()
    by = {name.base for e in equations for side in e.sides for name in variables_in(side)}
    found: set[str] = set()
    for product in (node for e in equations for link in e.links for node in of_kind(link.right, Product)):
        bare = {name.base for factor in product.factors if (name := read_name(factor)) is not None}
        if held & bare and any(name.base in by for name in written_names(product)):
            found |= held & bare
    return found


def _alone(side: Node) -> Iterator[Name]:
    """The names that are a whole side, stand before brackets, are derived, `dL`, or count: no factors."""
    if (whole := read_name(side)) is not None:
        yield whole
    for product in of_kind(side, Product):
        for first, second in pairwise(product.factors):
            group = second.base if isinstance(second, Scripted) else second
            if isinstance(group, Group) and (name := read_name(first)) is not None:
                yield name
    yield from (of for name in written_names(side) if (of := name.differentiated) is not None)
    yield from targets_in(side)
    limits = (n.upper for n in of_kind(side, BigOperator))  # a letter that counts is the same beside its sum
    scripts = (script for n in of_kind(side, Scripted) for script in (n.sub, n.sup))
    yield from (name for mark in (*limits, *scripts) if mark is not None for name in written_names(mark))


def _handed_back(equations: Sequence[Equation]) -> set[str]:
    """The letters of losses whose gradient makes others, C of `dA = dC B^T`: that of a loss is one."""
    told = {name.base for equation in equations if (name := read_name(equation.head)) is not None}
    found: set[str] = set()
    for equation in equations:
        head = read_name(equation.head)
        if head is not None and head.differentiated is not None:
            rights = (name for link in equation.links for name in written_names(link.right))
            found |= {of.base for n in rights if n.base not in told and (of := n.differentiated) is not None}
    formulas = {(d.name.base, latex(d.right)) for d in definitions(equations)}
    several = [base for base, _ in formulas]
    return {base for base in found & LOSS_BASES if several.count(base) < 2}


def _going_on(equations: Sequence[Equation]) -> set[str]:
    """The letters of losses that are defined by themselves at an earlier step, `C_t` by `C_{t-1}`."""
    return {
        definition.name.base
        for definition in definitions(equations)
        if definition.name.base in LOSS_BASES and definition.name.sub
        for name in written_names(definition.right)
        if name.base == definition.name.base and name.sub and name.sub != definition.name.sub
    }


def _marked(node: Node, letters: Collection[str]) -> Node:
    """A formula with the letters marked; below and above a name only those that have scripts themselves."""
    if isinstance(node, Scripted):
        scripts = (node.sub, node.sup)
        sub, sup = (None if script is None else _marked_within(script, letters) for script in scripts)
        return Scripted(node.span, _marked(node.base, letters), sub, sup, node.primes)
    base = base_text(node) if isinstance(node, Symbol) else None
    if base in letters:
        return Symbol(node.span, f"{base}{_MARK}")
    if base is not None and base[:1] == "d" and base[1:] in letters and not is_greek(base[1:]):
        return Symbol(node.span, f"{base}{_MARK}")
    return mapped(node, lambda child: _marked(child, letters))


def _marked_within(node: Node, letters: Collection[str]) -> Node:
    if isinstance(node, Scripted):
        return _marked(node, letters)
    return mapped(node, lambda child: _marked_within(child, letters))
