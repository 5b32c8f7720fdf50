"""`L = 1/N Σ_i L_i`: a total and what it adds up, under one letter, are two quantities.

Elsewhere a letter with an index is an entry of what the letter alone is. Where the letter alone is defined by
a Σ over itself with an index, or with a sample in brackets, the summands get a name of their own; so do those
of a loss that is spelt out as a Σ, where the loss with that index is told too: a loss has no entries. Steps
of a recursion keep their letter: `L_t` beside `h_{t-1}` is written out step by step anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import LAYER_MARK, Name, read_name
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind, walk
from gradcheck.records import replace

EACH = f"{LAYER_MARK}each"


def with_summands_apart(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the summands of such totals under names of their own; themselves without any."""
    equations = [item for item in body if isinstance(item, Equation)]
    steps = set(stepped(equations))
    told = list(definitions(equations))
    found = (*(pair for each in told for pair in _totals(each)), *_spelt_out(told))
    totals = {base for base, letter in found if letter not in steps}
    if not totals:
        return body

    def renamed(node: Node) -> Node:
        node = mapped(node, renamed)
        name = read_name(node) if isinstance(node, Scripted) else None
        if name is None or not isinstance(node, Scripted) or name.base not in totals or not _is_one(name):
            return node
        return replace(node, base=Symbol(node.base.span, f"{name.base}{EACH}"))

    return [rewritten(item, renamed) if isinstance(item, Equation) else item for item in body]


def _totals(definition: Definition) -> Iterator[tuple[str, str]]:
    """The letter that a definition adds up under itself, with the index that runs."""
    whole = definition.name
    if whole.sub or whole.sample is not None or whole.layer is not None:
        return
    for node in of_kind(definition.right, BigOperator):
        letters = bound_letters(node)
        for name in written_names(node.body):
            mark = name.sample if name.sample is not None else "".join(name.sub)
            if name.base == whole.base and mark in letters:
                yield name.base, mark


def _spelt_out(told: Iterable[Definition]) -> Iterator[tuple[str, str]]:
    """The letter of each loss that is a Σ over an index and that is told with that index too."""
    told = [each for each in told if is_loss_name(each.name)]
    ones = {(each.name.base, mark) for each in told if _is_one(each.name) for mark in _marks(each.name)}
    for each in told:
        if not _marks(each.name):
            summed = {letter for node in walk(each.right) for letter in _run_over(node)}
            yield from (
                (base, letter) for base, letter in ones if base == each.name.base and letter in summed
            )


def _run_over(node: Node) -> frozenset[str]:
    return frozenset(bound_letters(node)) if isinstance(node, BigOperator) else frozenset()


def _marks(name: Name) -> list[str]:
    """What tells which summand a name is of: an index below, a sample above."""
    return [*name.sub, *([name.sample] if name.sample is not None else [])]


def _is_one(name: Name) -> bool:
    """Whether a name is that of one summand: with an index or a sample, and nothing else."""
    marks = _marks(name)
    return name.layer is None and len(marks) == 1 and len(marks[0]) == 1 and marks[0].isalnum()


def stepped(equations: Iterable[Equation]) -> Iterator[str]:
    """The letters of steps: t of `h_{t-1}`."""
    for name in (name for e in equations for side in e.sides for name in written_names(side)):
        for mark in (*name.sub, name.layer or "", name.sample or ""):
            if "-" in mark or "+" in mark:
                yield from (letter for letter in mark if letter.isalpha())
