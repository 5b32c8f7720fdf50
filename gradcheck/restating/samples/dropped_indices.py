"""Names written without the index that their definition leaves open: `\\mu = \\frac1d \\sum_j X_{ij}`.

Authors define the statistics of one row so, and put them into a line for every row, `X_{ij} - \\mu`. Such a
name is one for each i: it is written `\\mu_i` wherever a line carries that letter; in lines for whole arrays
it stays the whole. Only a Σ over the other index of an array leaves an index open in this sense, and only
what a line with that index uses is read so. A loss is none of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.indices import bound_letters, index_letter, names_within
from gradcheck.expr.written.names import RUNNING_LETTERS, Name, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Sum, Symbol
from gradcheck.notation.walk import mapped, of_kind, parts


def with_indices_written(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such indices written; themselves where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    models = _models(equations)
    if models is not None:
        letter, bases = models
        return [
            _written(item, dict.fromkeys(bases, letter), always=True)
            if isinstance(item, Equation) and not _adds_up(item) and not is_closed(item.links[-1].right)
            else item
            for item in body
        ]
    letters = _left_open(equations)
    letters = {base: letter for base, letter in letters.items() if _is_used(base, letter, equations)}
    if not letters:
        return body
    return [_written(item, letters) if isinstance(item, Equation) else item for item in body]


def _left_open(equations: Sequence[Equation]) -> dict[str, str]:
    """The bases of names that are defined bare by a sum which leaves one index open, each with that index."""
    found: dict[str, str] = {}
    for definition in definitions(equations):
        name = definition.name
        if name.sub or name.sample is not None or name.layer is not None or is_loss_name(name):
            continue
        run = {x for node in of_kind(definition.right, BigOperator) for x in bound_letters(node)}
        free = set(_free(definition.right, frozenset())) - run  # `\\sum_i a_i - b_i` is taken to reach to b_i
        if len(free) == 1 and any(len(n.sub) == 2 for n in names_within(definition.right)):
            found[name.base] = free.pop()
    bare = {n.base for e in equations for side in e.sides for n in names_within(side) if not n.sub}
    return {base: letter for base, letter in found.items() if base in bare}


def _free(node: Node, bound: frozenset[str]) -> Iterator[str]:
    """The running letters that a formula with a Σ carries and no Σ of it binds."""
    if isinstance(node, BigOperator):
        yield from _free(node.body, bound | bound_letters(node))
        return
    name = read_name(node) if isinstance(node, Scripted) else None
    if name is not None:
        yield from (part for part in name.sub if part in RUNNING_LETTERS and part not in bound)
        if bound and len(name.sub) == 2 and not set(name.sub) & bound:
            yield from ("", "·")  # an entry that no Σ reaches into: this is no statistic of a row
        return
    for child in parts(node):
        yield from _free(child, bound)


def _is_used(base: str, letter: str, equations: Sequence[Equation]) -> bool:
    """Whether a line about entries with that index uses a name bare, and none writes it by an index."""
    names = [[n for side in e.sides for n in names_within(side)] for e in equations]
    written = any(n.base == base and index_letter(n) for line in names for n in line)
    return not written and any(
        any(n.base == base for n in line[1:]) and len(line[0].sub) == 2 and letter in line[0].sub
        for line in names
        if line
    )


def _written(equation: Equation, letters: Mapping[str, str], *, always: bool = False) -> Equation:
    """An equation with the index below each such name, where it carries that index or defines the name."""
    carried = {part for side in equation.sides for name in names_within(side) for part in name.sub}
    carried |= set(letters.values()) if always else set()

    def put(node: Node) -> Node:
        name = read_name(node)
        letter = letters.get(name.base, "") if name is not None and not name.sub else ""
        if not letter or letter not in carried:
            return node if name is not None else mapped(node, put)
        mark = Symbol(node.span, letter)
        if isinstance(node, Scripted):
            return Scripted(node.span, node.base, mark, node.sup, node.primes)
        return Scripted(node.span, node, mark, None)

    return rewritten(equation, put)


def _models(equations: Sequence[Equation]) -> tuple[str, frozenset[str]] | None:
    """The index of the examples and what it numbers, where a model of one is told without it."""
    told = {name.base: e for e in equations if (name := _told_bare(e)) is not None}
    for letter, numbered in _numbered(equations).items() if told else ():
        grown = set(numbered)
        while more := {b for b, e in told.items() if b not in grown and _bare(e.links[0].right) & grown}:
            grown |= more
        models = {
            base: told[base] for base in grown & told.keys() if _bare(told[base].links[0].right) & grown
        }
        data = frozenset(base for e in models.values() for base in _bare(e.links[0].right) & grown)
        bases = data | models.keys()
        marks = dict.fromkeys(bases, letter)
        if not models.keys() & numbered and not any(
            _is_spelt_out(_written(e, marks, always=True), equations) for e in models.values()
        ):
            continue
        parameters = {
            b for e in models.values() for n in names_within(e.links[0].right) for b in [n.base]
        } - bases
        carried = {n.base for e in equations for s in e.sides for n in names_within(s) if letter in n.sub}
        others = [e for e in equations if e not in models.values()]
        if (
            data & numbered
            and not parameters & carried
            and not any(_is_mixed(e, bases, letter) for e in others)
        ):
            return letter, bases
    return None


def _is_spelt_out(model: Equation, equations: Sequence[Equation]) -> bool:
    """Whether a loss adds up the terms of a model in its place: `\\sum_i (y_i - (m x_i + b))^2`."""
    right = model.links[0].right
    terms = {latex(term.body) for term in right.terms} if isinstance(right, Sum) else set[str]()
    summed = (node.body for e in equations for side in e.sides for node in of_kind(side, BigOperator))
    inside = ({latex(term.body) for whole in of_kind(body, Sum) for term in whole.terms} for body in summed)
    return bool(terms) and any(terms <= written for written in inside)


def _told_bare(equation: Equation) -> Name | None:
    """h of `h = F`, a formula without a Σ, and with no transpose but that of a vector, `w^T x`."""
    name, right = read_name(equation.head), equation.links[0].right
    if name is None or not name.is_plain or name.sub or name.sample or name.layer or is_loss_name(name):
        return None
    plain = all(not (n.layer or n.sample or (n.transpose and not _is_vector(n))) for n in names_within(right))
    alone = len(equation.links) == 1 and equation.links[0].relation.sign == "="
    alone = alone and equation.connective != "condition"
    return name if alone and plain and not _adds_up(equation) else None


def _is_vector(name: Name) -> bool:
    """Whether a name is a small letter without an index: transposed, it makes a number of an example."""
    return not name.sub and name.base.lower() == name.base


def _adds_up(item: Statement) -> bool:
    return isinstance(item, Equation) and any(of_kind(side, BigOperator) for side in item.sides)


def _bare(node: Node) -> set[str]:
    return {n.base for n in names_within(node) if not (n.sub or n.sample or n.layer)}


def _numbered(equations: Sequence[Equation]) -> dict[str, set[str]]:
    """By the letter of a Σ: what carries that index alone within it."""
    found: dict[str, set[str]] = {}
    for node in (node for e in equations for side in e.sides for node in of_kind(side, BigOperator)):
        for letter in bound_letters(node):
            found.setdefault(letter, set()).update(
                n.base for n in names_within(node.body) if n.sub == (letter,) and n.sample is None
            )
    return found


def _is_mixed(equation: Equation, bases: frozenset[str], letter: str) -> bool:
    """Whether a line has such names bare and is no derivative, or beside a Σ, that index, or a transpose."""
    names = [n for side in equation.sides for n in names_within(side)]
    bare = any(n.base in bases and not (n.sub or n.sample or n.layer) for n in names)
    indexed = any(letter in n.sub for n in names)
    derives = read_quotient(equation.head) is not None
    return bare and (indexed or not derives or _adds_up(equation) or any(n.transpose for n in names))
