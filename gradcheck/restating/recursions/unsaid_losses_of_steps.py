r"""Losses of steps without a formula: `L = \sum_t L_t` and `\partial L_t / \partial y_t`, and no more.

What such notes derive through time holds for any loss of what a step puts out. So `L_t` is told as an open
function of the quantities of step t that go into no other one, and a bare L beside `\sum_t \partial L_t` is
the sum of all steps, where no line says so. Where the author has one certain loss in mind, a derivative of
the loss in closed form (`\partial L_t / \partial o_t = \hat y_t - y_t`), nothing is told.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from gradcheck.expr.meaning.unnamed_loss import SIGNALS
from gradcheck.expr.written.definitions import Definition, definitions, unboxed, written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives, quotients_in, targets_in
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import BigOperator, Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass, replace
from gradcheck.restating.models.losses_of_outputs import free_letter
from gradcheck.restating.passages.told_before import told_before
from gradcheck.restating.recursions.families import Families, Slot, families, marks


@dataclass(frozen=True, slots=True)
class _Loss:
    """The loss of a step: `L_t` as it is written, its base letter, and the letter of the step."""

    node: Scripted
    base: str
    step: str


def with_losses_of_steps_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the loss of each step told as an open function, where it has no formula."""
    equations = [item for item in body if isinstance(item, Equation)]
    written = [pair for equation in equations for side in equation.sides for pair in _losses(side)]
    found = families(equations) if written else None
    loss = None if found is None else _loss(written, found)
    if found is None or loss is None:
        return body
    forward = [*definitions(equations)]
    computed = _computed(forward, found, loss.step)
    outputs = _outputs(equations, computed, loss.step)
    signals = _signals(forward, computed)
    told = [d for d in forward if d.name.base == loss.base and not derives(d.right)]
    if (
        not outputs
        or not all(_adds(d, loss.base) for d in told)
        or any(_is_certain(item, loss.base, signals) for item in equations)
    ):
        return body
    first = next(item for item in equations if any(loss.base == name.base for name in _names(item)))
    before = [told_before(first, loss.node, _open(loss.node, outputs, free_letter(body)))]
    total = None if told else _summed(equations, loss)
    if total is not None:
        before.append(told_before(first, loss.node.base, total))
    return [each for item in body for each in ((*before, item) if item is first else (item,))]


def _losses(side: Node) -> Iterator[tuple[Scripted, Name]]:
    """What is named as the loss of one step in a formula."""
    for node in of_kind(side, Scripted):
        name = read_name(node)
        if name is not None and len(name.sub) == 1 and name.is_plain and is_loss_name(name.without(sub=())):
            yield node, name


def _loss(written: Sequence[tuple[Scripted, Name]], found: Families) -> _Loss | None:
    """The one loss that is named at the step which the recursion counts below."""
    letters = [letter for letter, slot in found.letters.items() if slot is Slot.BELOW]
    if len(letters) != 1 or len({name.base for _, name in written}) != 1:
        return None
    (step,) = letters
    return next((_Loss(node, name.base, step) for node, name in written if _is_at(name, step)), None)


def _is_at(name: Name, step: str) -> bool:
    """Whether a name is that of the step itself, neither of one before nor of one after."""
    return [(mark.letter, mark.shift) for mark in marks(name)] == [(step, 0)]


def _names(equation: Equation) -> Iterator[Name]:
    """The names that an equation writes, and those that it derives."""
    for side in equation.sides:
        yield from written_names(side)
        yield from targets_in(side)


def _computed(forward: Sequence[Definition], found: Families, step: str) -> dict[str, set[Name]]:
    """The base letters of what is computed at the step, each with the names in its formula."""
    return {
        d.name.base: {*written_names(d.right)}
        for d in forward
        if d.name.base in found.defined and _is_at(d.name, step) and not (d.is_function or derives(d.right))
    }


def _outputs(equations: Sequence[Equation], computed: Mapping[str, set[Name]], step: str) -> list[Node]:
    """What is computed at the step and goes into nothing else that is computed there."""
    used = {name.base for names in computed.values() for name in names if _is_at(name, step)} | SIGNALS
    heads = [unboxed(item.head) for item in equations]
    named = {name.base: head for head in heads if (name := read_name(head)) and _is_at(name, step)}
    return [named[base] for base in computed if base not in used and base in named]


def _signals(forward: Sequence[Definition], computed: Mapping[str, set[Name]]) -> frozenset[str]:
    """The letters of derivatives of the loss; a Latin one may be a gate `g_t`, which others are made of."""
    used = {name.base for names in computed.values() for name in names}
    told = {d.name.base for d in forward if derives(d.right)}
    return frozenset(told | {base for base in SIGNALS if base.startswith("\\") or base not in used})


def _adds(told: Definition, base: str) -> bool:
    """Whether a loss adds the losses of the steps up, and nothing else."""
    added = (name.base for big in of_kind(told.right, BigOperator) for name in written_names(big.body))
    return not told.name.sub and {*added} == {base}


def _is_certain(equation: Equation, base: str, signals: Container[str]) -> bool:
    """Whether a derivative of the loss, or a signal, is told with neither of them."""
    head = read_name(unboxed(equation.head))
    is_signal = head is not None and head.base in signals
    if not is_signal and not any(name.base == base for name in targets_in(equation.head)):
        return False
    return any(
        not quotients_in(link.right) and not any(name.base in signals for name in written_names(link.right))
        for link in equation.links
    )


def _open(loss: Node, outputs: Sequence[Node], function: str) -> Node:
    """Any function of some quantities."""
    span = loss.span
    held = Group(span, "(", ")", tuple(replace(o, span=span) for o in outputs), (",",) * (len(outputs) - 1))
    return Product(span, (Symbol(span, function), held), (Operator(span, ""),))


def _summed(equations: Sequence[Equation], loss: _Loss) -> Node | None:
    """The sum of the losses, in the limits of a Σ over their derivatives, if that of all is derived."""
    if not any(name.base == loss.base and not name.sub for item in equations for name in _names(item)):
        return None
    sides = (side for item in equations for side in item.sides)
    sums = (big for side in sides for big in of_kind(side, BigOperator) if big.kind == "sum")
    for big in sums:
        derived = [name for name in targets_in(big.body) if name.base == loss.base]
        if loss.step in bound_letters(big) and any(_is_at(name, loss.step) for name in derived):
            return replace(big, body=loss.node)
    return None
