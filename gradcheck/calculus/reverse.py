"""Reverse mode: one pass from a scalar to everything it depends on, one vjp per operation.

Index axes that are free in the target are batched: each of their entries is a target of its own, so they
are never summed, nor are sample points. Every other axis of size 1 takes the sum of what flows into it.
The cotangent of a defined quantity is the derivative with that quantity held independent, so one pass
answers for every variable.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gradcheck.calculus.evaluate import (
    COLUMNS,
    POINTS,
    ROWS,
    EvaluationError,
    Evaluator,
    filled,
    spread,
    with_axis,
)
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.ops.differentiate import derivative_value
from gradcheck.ops.dual import Dual
from gradcheck.ops.number import over_objects
from gradcheck.ops.operation import Array


class ReverseMode:
    """The gradient rule of the analytic oracle; remembers one pass per evaluator and target."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Expr], tuple[Evaluator, Mapping[str, Array]]] = {}

    def __call__(self, evaluator: Evaluator, target: Expr, key: str) -> Array:
        """The derivative of `target` by the quantity `key`, shape of that quantity."""
        place = (id(evaluator), target)
        if place not in self._known:
            self._known[place] = (evaluator, pull_back(evaluator, target))
        variable = evaluator.program.variables.get(key)
        if variable is None:  # the argument of a function that a derivative tells
            raise EvaluationError("what this is differentiated by has no value of its own")
        found = self._known[place][1].get(key)
        if found is None:
            found = evaluator.field.array(np.zeros((1, *evaluator.shape(variable.shape))))
        # Where the target has no value it has no derivative, whatever a vjp says: 0 · T is 0 or NaN.
        return found + 0 * evaluator.value(target)


def pull_back(evaluator: Evaluator, target: Expr, beside: frozenset[int] = frozenset()) -> dict[str, Array]:
    """The derivative of a scalar by every quantity it depends on.

    target   shape (1, 1); each point and each value of its free indices is a scalar of its own
    beside   further axes along which every entry is a target of its own

    Each cotangent is spread to its value's full shape, so that sums count every entry.

    returns  {key: array of the quantity's shape, with the target's free indices as axes}
    """
    batched = beside | {POINTS, *(evaluator.slots[name] for name, _ in target.free)}
    cotangents: dict[Expr, Array] = {target: evaluator.field.array(np.ones((1, 1, 1)))}
    found: dict[str, Array] = {}
    with np.errstate(all="ignore"):
        for node in _parents_first(evaluator, target):
            ct = cotangents.pop(node, None)
            if ct is None:
                continue
            value = evaluator.value(node)
            ct = ct if ct.shape == value.shape else filled(ct, np.broadcast(ct, value).shape)
            if node.op == "var":
                found[node.attr[0]] = ct
            for child, part in _parts(evaluator, node, value, ct, batched):
                summed = _summed(part, evaluator.value(child), batched)
                before = cotangents.get(child)
                cotangents[child] = summed if before is None else before + summed
    return found


def _children(evaluator: Evaluator, node: Expr) -> tuple[Expr, ...]:
    if node.op == "var":
        definition = evaluator.definition(node.attr[0])
        return () if definition is None else (definition,)
    if node.op == "deriv":
        return _dependences(evaluator, node)
    return tuple([child for child in node.args if child.keys])


def _dependences(evaluator: Evaluator, node: Expr) -> tuple[Expr, ...]:
    """What a derivative depends on: its variable, and what the target uses that does not follow from it."""
    target, variable = node.args
    key = variable.attr[0]
    found: dict[Expr, None] = {variable: None}
    seen: set[Expr] = set()
    stack = [target]
    while stack:
        below = stack.pop()
        if below in seen:
            continue
        seen.add(below)
        if below.op == "var" and (below == variable or key not in evaluator.program.reach_of(below)):
            found[below] = None
        else:
            stack.extend(_children(evaluator, below))
    return tuple(found)


def _parents_first(evaluator: Evaluator, target: Expr) -> list[Expr]:
    """All nodes below the target, each after everything that uses it."""
    done: dict[Expr, None] = {}
    stack = [(target, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            done[node] = None
        elif node not in done:
            stack.append((node, True))
            stack += [(child, False) for child in _children(evaluator, node) if child not in done]
    return list(reversed(done))


def _summed(ct: Array, value: Array, batched: frozenset[int]) -> Array:
    """The cotangent summed over the axes along which its value is spread."""
    if ct.shape == value.shape:
        return ct
    for axis in range(-ct.ndim, 0):
        size = value.shape[axis] if -axis <= value.ndim else 1
        if size == 1 and ct.shape[axis] != 1 and axis not in batched:
            ct = ct.sum(axis, keepdims=True)
    return ct


def _parts(
    evaluator: Evaluator, node: Expr, value: Array, ct: Array, batched: frozenset[int]
) -> list[tuple[Expr, Array]]:
    """What flows from a node to each of its children that depend on anything."""
    operation = OPERATIONS.get(node.op)
    if operation is not None:
        operands = tuple([evaluator.value(a) for a in node.args])
        attr = evaluator.attributes(node) if operation.sized else node.attr
        parts = operation.vjp(ct, operands, value, attr)
        flows = zip(node.args, parts, strict=True)
        return [(child, part) for child, part in flows if part is not None and child.keys]
    match node.op:
        case "num":
            return []
        case "var":
            return [(child, ct) for child in _children(evaluator, node)]
        case "pick":
            return [(node.args[0], _unpicked(evaluator, node, ct, batched))]
        case "isum":
            ix: Ix = node.attr[0]
            slot = evaluator.slots[ix.name]
            return [(node.args[0], spread(with_axis(ct, slot), slot, evaluator.size(ix.dim)))]
        case "stack":
            ix, axis = node.attr
            slot = evaluator.slots[ix.name]
            return [(node.args[0], with_axis(ct, slot).swapaxes(slot, (ROWS, COLUMNS)[axis]))]
        case "prime":
            name, order, *own = node.attr
            slope = derivative_value(OPERATIONS[name], order + 1, evaluator.value(node.args[0]), tuple(own))
            return [(node.args[0], ct * slope)]
        case "deriv":
            return _second(evaluator, node, ct, batched)
    raise EvaluationError(f"{node.op} is no operation")


def _second(evaluator: Evaluator, node: Expr, ct: Array, batched: frozenset[int]) -> list[tuple[Expr, Array]]:
    """The cotangent of a derivative: by symmetry of second derivatives, a directional derivative.

    sum_v ct_v d(dT/dv)/dw = d/dε dT/dw at v + ε ct, by dual numbers through the reverse pass.
    """
    target, variable = node.args
    key = variable.attr[0]
    if evaluator.depth:
        raise EvaluationError("a third derivative is not evaluated")
    value = evaluator.value(variable)
    moving = over_objects(Dual, *(x.astype(object) for x in np.broadcast_arrays(value, ct)))
    dependences = _dependences(evaluator, node)
    displaced = evaluator.moved(key, moving, [d.attr[0] for d in dependences if d != variable])
    slopes = pull_back(displaced, target, batched)
    out = []
    for child in dependences:
        if child.attr[0] in slopes:
            slope = over_objects(Dual.slope_of, slopes[child.attr[0]])
            # at a power of a negative number the slope is complex, though the variable is not
            kind = complex if any(isinstance(s, complex) for s in slope.flat) else value.dtype
            out.append((child, slope.astype(kind)))
    return out


def _unpicked(evaluator: Evaluator, node: Expr, ct: Array, batched: frozenset[int]) -> Array:
    """Put the cotangent of selected rows and columns back to their places."""
    shape = evaluator.shape(node.args[0].shape)
    slots = [evaluator.slots[s.name] for s in node.attr if isinstance(s, Ix)]
    x = evaluator.value(node.args[0])
    for selector, axis in zip(node.attr, (ROWS, COLUMNS), strict=True):
        if isinstance(selector, int):
            ct = ct * _along(np.arange(shape[axis]) == selector - 1, axis)
        elif isinstance(selector, Ix):
            slot = evaluator.slots[selector.name]
            ct = with_axis(ct, slot)
            moves_back = slot not in batched and selector.shift == 0 and slots.count(slot) == 1
            if moves_back and (x.ndim < -slot or x.shape[slot] == 1):
                ct = ct.swapaxes(slot, axis)
            else:
                ct = ct * _selection(evaluator.size(selector.dim), selector.shift, slot, axis)
    return ct


def _along(mask: Array, axis: int) -> Array:
    """A mask over one axis, as numbers that multiply exactly."""
    return mask.astype(int).reshape((-1,) + (1,) * (-axis - 1))


def _selection(size: int, shift: int, slot: int, axis: int) -> Array:
    """1 where the entry on `axis` is the one that the index on `slot` selects."""
    rows = np.arange(size)
    mask = (rows[:, None] + shift == rows[None, :]).astype(int)
    shape = [1] * -slot
    shape[slot], shape[axis] = size, size
    return mask.reshape(shape)
