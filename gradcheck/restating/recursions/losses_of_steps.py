"""The loss of one step without its mark: `E = ½ ‖o_t - y_t‖²` beside `h_t = f(h_{t-1})` is `E_t`.

Notes on recurrent networks derive the error of the step in hand and leave its index to the reader. Where a
loss has one formula, which holds the step as it stands and adds up no steps, the loss gets the mark that its
formula carries, so that a claim about any step is one about the error of that step. Where a later step stands
anywhere, errors come back from it, and the loss may be that of all steps; where steps are added up beside the
loss, too. Rejected: one formula for each step, of which only one would be the loss.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import base_text, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Group, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind, walk
from gradcheck.restating.recursions.families import Families, Mark, Slot, families, marks, names_of


def with_losses_of_steps(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the step below, or above, each loss that is told of one step; else themselves."""
    equations = [item for item in body if isinstance(item, Equation)]
    losses = [d for d in definitions(equations) if is_loss_name(d.name) and not derives(d.right)]
    found = families(equations) if losses else None
    if found is None:
        return body
    told = {d.name.base: letter for d in losses if (letter := _step_of(d, found)) is not None}
    several = [d.name.base for d in losses]
    bases = {
        base: letter
        for base, letter in told.items()
        if several.count(base) == 1 and not _is_of_all(base, letter, equations)
    }
    if not bases:
        return body

    def marked(node: Node) -> Node:
        if isinstance(node, Scripted) and base_text(node.base) in bases:
            return node
        letter = bases.get(base_text(node) or "")
        return mapped(node, marked) if letter is None else _of_step(node, letter, found.letters[letter])

    return [rewritten(item, marked) if isinstance(item, Equation) else item for item in body]


def _step_of(definition: Definition, found: Families) -> str | None:
    """The letter of the step that a bare loss is told of; None where it has a mark, or adds up steps."""
    name = definition.name
    if name.sub or name.layer is not None or name.sample is not None or not name.is_plain:
        return None
    step = step_carried(definition, found, tuple(Slot))
    return None if step is None or any(mark.shift for mark in step[1]) else step[0]


def step_carried(
    definition: Definition, found: Families, slots: Collection[Slot]
) -> tuple[str, list[Mark]] | None:
    """The one step letter in some slots of a formula, which no Σ of it binds, with its marks; else None."""
    carried = [
        mark
        for inner in written_names(definition.right)
        for mark in marks(inner)
        if found.letters.get(mark.letter) is mark.slot and mark.slot in slots and inner.base in found.bases
    ]
    letters = {mark.letter for mark in carried}
    if len(letters) != 1:
        return None
    (letter,) = letters
    return None if letter in bound_in(definition.right) else (letter, carried)


def _is_of_all(base: str, letter: str, equations: Sequence[Equation]) -> bool:
    """Whether a loss may be that of all steps: a later one is written, or steps are added up beside it."""
    for equation in equations:
        names = list(names_of(equation))
        if any(mark.letter == letter and mark.shift > 0 for name in names for mark in marks(name)):
            return True
        bound = {inner for side in equation.sides for inner in bound_in(side)}
        written = {found.base for side in equation.sides for node in walk(side) if (found := read_name(node))}
        if letter in bound and base in written:
            return True
    return False


def bound_in(node: Node) -> Iterator[str]:
    """The letters that the Σ of a formula bind."""
    for inner in of_kind(node, BigOperator):
        yield from bound_letters(inner)


def _of_step(node: Node, letter: str, slot: Slot) -> Node:
    """`E` as `E_t`, or as `E^{(l)}`."""
    mark = Symbol(node.span, letter)
    if slot is Slot.BELOW:
        return Scripted(node.span, node, mark, None)
    return Scripted(node.span, node, None, Group(node.span, "(", ")", (mark,)))
