"""Quantities of one step without its mark: `net = W x_t + U h_{t-1}` beside `h_t = \\tanh(net)` is `net_t`.

Who derives one step of a recurrent cell gives its own abbreviations no index. What one formula makes of names
that carry the step, none of which it adds up, is another quantity at each step, and gets the mark. `dW`, the
gradient by what all steps share, is no such quantity.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.definitions import Definition, definitions
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped
from gradcheck.records import replace
from gradcheck.restating.recursions.families import Families, Slot, families, marks, names_of
from gradcheck.restating.recursions.losses_of_steps import step_carried


def with_values_of_steps(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the step below each quantity that is told of one step; else themselves."""
    equations = [item for item in body if isinstance(item, Equation)]
    found = families(equations)
    if found is None:
        return body
    listed = [d for d in definitions(equations) if not d.is_function]
    keys = [d.name.key for d in listed]
    stepwise = {d.name.base for d in listed if any(True for _ in marks(d.name))}
    written = {name.key for equation in equations for name in names_of(equation)}
    letters = {
        d.name.key: letter
        for d in listed
        if keys.count(d.name.key) == 1
        and d.name.key not in stepwise
        and not (d.name.differentiated is not None and d.name.differentiated.key in written)
        and (letter := _step_of(d, found)) is not None
    }
    if not letters:
        return body

    def marked(node: Node) -> Node:
        name = read_name(node)
        letter = letters.get(name.key) if name is not None else None
        if letter is not None:
            return _of_step(node, letter)
        # What carries marks already is no bare quantity, whatever its letter is.
        base = node.base if isinstance(node, Scripted) and name is not None else None
        return mapped(node, lambda child: child if child is base else marked(child))

    return [rewritten(item, marked) if isinstance(item, Equation) else item for item in body]


def _step_of(definition: Definition, found: Families) -> str | None:
    """The letter below the names that a bare quantity is made of; None where there is none, or several."""
    name = definition.name
    if is_loss_name(name) or not name.is_plain or name.layer is not None or name.sample is not None:
        return None
    if any(True for _ in marks(name)):
        return None
    step = step_carried(definition, found, (Slot.BELOW,))
    return None if step is None or all(mark.shift for mark in step[1]) else step[0]


def _of_step(node: Node, letter: str) -> Node:
    """`a` as `a_t`, and `a_h` as `a_{h,t}`."""
    mark = Symbol(node.span, letter)
    match node:
        case Scripted(sub=None):
            return replace(node, sub=mark)
        case Scripted(sub=Node() as sub):
            return replace(node, sub=Group(sub.span, "", "", (sub, mark), (",",)))
    return Scripted(node.span, node, mark, None)
