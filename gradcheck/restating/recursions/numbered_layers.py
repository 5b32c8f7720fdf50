"""Lines for any layer, `δ^{(l)} = ∂J/∂z^{(l)}`, beside layers written one by one, `z^{(2)} = W^{(2)} x`.

No recursion makes such a network, so that nothing says what `z^{(l)}` is. A line for the letter is one for
each number at which all that it names is written somewhere, and one judgement is made of them again: an error
that is told for any layer is then what the numbered ones are held against. A formula that is no derivative is
another layer's where one layer has its own: the last often has another activation. Rejected: an
invented way forward for any layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Node, Number, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, rebuilt
from gradcheck.records import replace
from gradcheck.restating.recursions.families import Slot, marks, names_of
from gradcheck.restating.recursions.step_numbers import folded

LAYER: Final = "l"


def at_numbered_layers(body: Sequence[Statement]) -> tuple[tuple[Statement, ...], dict[int, str]]:
    """The statements with such lines written out, and the number that each equation (by identity) is for."""
    equations = [item for item in body if isinstance(item, Equation)]
    lettered = (e for e in equations if any(LAYER in letters_in(side) for side in e.sides))
    general = {id(equation) for equation in lettered if any(map(_of_any, names_of(equation)))}
    if not general:
        return tuple(body), {}
    named = [read_name(unboxed(equation.head)) for equation in equations]
    own = {(name.base, at) for name in named if name is not None and (at := _number(name))}
    written = {(name.base, at) for e in equations for name in names_of(e) if (at := _number(name))}
    numbers = sorted({int(at) for _, at in written})
    made: list[Statement] = []
    instances: dict[int, str] = {}
    for item in body:
        told: list[Equation] = []
        if isinstance(item, Equation) and id(item) in general:
            new = set[tuple[str, str]]()
            for number in numbers:
                head = set(_members([read_name(unboxed(item.head))], number))
                if not set(_members(names_of(item), number)) - head <= written:
                    continue
                if head & own and not any(quotients_in(side) for side in item.sides):
                    continue
                new |= head
                told.append(rewritten(item, partial(_at, number)))
                instances[id(told[-1])] = f"{LAYER} = {number}"
            written |= new
        made += told or [item]
    return tuple(made), instances


def _at(number: int, side: Node) -> Node:
    """A formula for any layer at one."""

    def put(node: Node) -> Node:
        if isinstance(node, Symbol):
            return Number(node.span, str(number)) if node.name == LAYER and not node.style else node
        return folded(mapped(node, put))

    return rebuilt(
        side, Scripted, lambda node: node if node.sup is None else replace(node, sup=put(node.sup))
    )


def _of_any(name: Name) -> bool:
    return any(mark.letter == LAYER and mark.slot is Slot.BRACKETS for mark in marks(name))


def _number(name: Name) -> str:
    """The number of a layer that a name is of, empty where it has none."""
    return next((mark for mark in (name.layer, name.sample) if mark is not None and mark.isdigit()), "")


def _members(names: Iterable[Name | None], at: int) -> Iterator[tuple[str, str]]:
    """What a line for any layer names at one of them."""
    for name in names:
        for mark in () if name is None else marks(name):
            if name is not None and mark.letter == LAYER and mark.slot is Slot.BRACKETS:
                yield name.base, str(at + mark.shift)
