"""Values of expressions on arrays.

The axes of a value are, from the right: columns, rows, sample points, then one axis for each index
(slot 0 first), size 1 wherever the value does not depend on it. Counting from the right lets a new index
come in without touching arrays that exist. Equal subexpressions are computed once. `deriv` goes through
the gradient rule the evaluator was given: reverse mode or finite differences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from gradcheck.calculus.field import Field
from gradcheck.calculus.program import CalculusError, Program
from gradcheck.calculus.sizes import concrete
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.ops.differentiate import derivative_value
from gradcheck.ops.operation import Array
from gradcheck.shapes import Dim, Shape

ROWS, COLUMNS, POINTS = -2, -1, -3
_MOST_KNOWN = 20_000  # a search asks for thousands of variants; what it forgets is computed again
Gradient = Callable[["Evaluator", Expr, str], Array]


class EvaluationError(CalculusError):
    """An expression has no value here; the message says why."""


class Slots(dict[str, int]):
    """The axis of each index by name, counted from the right; a new name takes the next one."""

    def __missing__(self, name: str) -> int:
        self[name] = axis = POINTS - 1 - len(self)
        return axis


class Evaluator:
    """Values of a program's expressions at given points.

    given     arrays (points, rows, columns) of the inputs; of a defined quantity too, if it is held fixed
    gradient  how `deriv` is computed: (evaluator, target, key) -> array
    """

    def __init__(
        self,
        program: Program,
        sizes: Mapping[str, int],
        given: Mapping[str, Array],
        field: Field,
        slots: Slots,
        gradient: Gradient,
    ) -> None:
        self.program = program
        self.sizes = sizes
        self.field = field
        self.slots = slots
        self._gradient = gradient
        self.given = dict(given)
        self._parent: Evaluator | None = None
        self._moved: frozenset[str] = frozenset()
        self.depth = 0
        self._known: dict[Expr, Array] = {}

    def moved(self, key: str, value: Array, held: Iterable[str] = ()) -> Evaluator:
        """The evaluator in which one quantity has another value, and others are held at theirs.

        What does not depend on the moved quantity is asked of this evaluator, not computed again.
        """
        fixed = {name: self._variable(name) for name in held}
        given = {**self.given, **fixed, key: value}
        child = Evaluator(self.program, self.sizes, given, self.field, self.slots, self._gradient)
        child._parent = self
        child._moved = frozenset((key,))
        child.depth = self.depth + 1
        return child

    def at(self, points: Array) -> Evaluator:
        """The evaluator at some of its points, which knows what was computed at all of them."""
        given = {key: _at(x, points) for key, x in self.given.items()}
        other = Evaluator(self.program, self.sizes, given, self.field, self.slots, self._gradient)
        other._known = {node: _at(x, points) for node, x in self._known.items()}
        return other

    def kink_gaps(self) -> Iterator[Array]:
        """For each operation with a kink computed here, how far its operands are from it."""
        for node in list(self._known):
            operation = OPERATIONS.get(node.op)
            if operation is not None and operation.kink is not None:
                yield operation.kink(tuple(self.value(a) for a in node.args), node.attr)

    def definition(self, key: str) -> Expr | None:
        """The expression a quantity is computed by, unless it is given."""
        return None if key in self.given else self.program.definitions.get(key)

    def size(self, dim: Dim) -> int:
        """The integer a size stands for; raises EvaluationError."""
        try:
            return concrete(dim, self.sizes)
        except KeyError as missing:
            raise EvaluationError(f"the size {missing.args[0]} is not known") from None

    def shape(self, shape: Shape) -> tuple[int, int]:
        """The integers a shape stands for."""
        return self.size(shape[0]), self.size(shape[1])

    def value(self, expr: Expr) -> Array:
        """The array of an expression (see the module's axes); raises EvaluationError."""
        known = self._known.get(expr)
        if known is not None:
            return known
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._fill(expr)
        return self._known[expr]

    def _fill(self, expr: Expr) -> None:
        """Compute an expression and what it needs, operands first: long sums are deep trees."""
        known, parent, stack = self._known, self._parent, [(expr, False)]
        with np.errstate(all="ignore"):
            while stack:
                node, has_operands = stack.pop()
                if has_operands:
                    known[node] = self._compute(node)
                elif node in known:
                    continue
                elif parent is not None and not self._moved & self.program.reach_of(node):
                    known[node] = parent.value(node)
                else:
                    stack.append((node, True))
                    stack += [(child, False) for child in self._needs(node) if child not in known]

    def _needs(self, node: Expr) -> tuple[Expr, ...]:
        """The expressions whose values a node's value is made of."""
        if node.op == "deriv":
            return ()
        if node.op == "var":
            definition = self.definition(node.attr[0])
            return () if definition is None else (definition,)
        return node.args

    def attributes(self, expr: Expr) -> tuple[Any, ...]:
        """An operation's attributes with sizes as integers."""
        if not OPERATIONS[expr.op].sized:
            return expr.attr
        return tuple(self.shape(a) if isinstance(a, tuple) else self.size(a) for a in expr.attr)

    def _compute(self, expr: Expr) -> Array:
        operation = OPERATIONS.get(expr.op)
        if operation is not None:
            operands = self._operands(expr)
            out = operation.value(operands, self.attributes(expr) if operation.sized else expr.attr)
            return out if operands else self.field.array(out)
        match expr.op:
            case "num":
                return self.field.number(expr.attr[0])
            case "var":
                return self._variable(expr.attr[0])
            case "pick":
                return self._pick(self.value(expr.args[0]), expr)
            case "isum":
                return self._sum(self.value(expr.args[0]), expr.attr[0])
            case "stack":
                return self._stack(self.value(expr.args[0]), *expr.attr)
            case "deriv":
                return self._gradient(self, expr.args[0], expr.args[1].attr[0])
            case "prime":
                name, order, *attr = expr.attr
                return derivative_value(OPERATIONS[name], order, self.value(expr.args[0]), tuple(attr))
        raise EvaluationError(f"{expr.op} is no operation")

    def _operands(self, expr: Expr) -> tuple[Array, ...]:
        """The values that a node's own is made of, which were computed first and may be forgotten since."""
        try:
            return tuple([self._known[a] for a in expr.args])
        except KeyError:
            return tuple([self.value(a) for a in expr.args])

    def _variable(self, key: str) -> Array:
        if key in self.given:
            return self.given[key]
        if key not in self.program.definitions:
            raise EvaluationError(f"{key} has no value")
        return self.value(self.program.definitions[key])

    def _pick(self, x: Array, expr: Expr) -> Array:
        for selector, axis in zip(expr.attr, (ROWS, COLUMNS), strict=True):
            if isinstance(selector, int):
                if selector > x.shape[axis]:
                    raise EvaluationError(f"there is no entry {selector} along a size of {x.shape[axis]}")
                x = x.take([selector - 1], axis)
            elif isinstance(selector, Ix):
                x = self._to_index(x, self.slots[selector.name], axis, selector.shift)
        return x

    def _to_index(self, x: Array, slot: int, axis: int, shift: int) -> Array:
        """Move rows or columns to an index's axis; their diagonal, where x depends on the index already.

        An index that its shift takes out of its range selects zero (zero padding).
        """
        x = with_axis(x, slot)
        if x.shape[slot] == 1 and shift == 0:
            return x.swapaxes(slot, axis)
        size = x.shape[axis]
        kept = []
        for i in range(size):
            entry = _entry(x, slot, i)
            inside = 0 <= i + shift < size
            kept.append(entry.take([i + shift if inside else 0], axis) * int(inside))
        return np.concatenate(kept, axis=slot)

    def _sum(self, x: Array, ix: Ix) -> Array:
        x = with_axis(x, self.slots[ix.name])
        slot = self.slots[ix.name]
        if x.shape[slot] == 1:
            return x * self.size(ix.dim)
        return x.sum(slot, keepdims=True)

    def _stack(self, x: Array, ix: Ix, axis: int) -> Array:
        slot = self.slots[ix.name]
        x = with_axis(x, slot).swapaxes(slot, (ROWS, COLUMNS)[axis])
        return spread(x, (ROWS, COLUMNS)[axis], self.size(ix.dim))


def _at(x: Array, points: Array) -> Array:
    return x if x.shape[POINTS] == 1 else x.take(points, POINTS)


def with_axis(x: Array, axis: int) -> Array:
    """The array with leading axes of size 1 so that `axis` (negative) exists."""
    return x.reshape((1,) * (-axis - x.ndim) + x.shape) if x.ndim < -axis else x


def spread(x: Array, axis: int, size: int) -> Array:
    """An axis of size 1 repeated to a size."""
    if x.shape[axis] == size:
        return x
    shape = list(x.shape)
    shape[axis] = size
    return filled(x, tuple(shape))


def filled(x: Array, shape: tuple[int, ...]) -> Array:
    """An array spread to a shape: a copy of these small ones costs less than a view of them."""
    if x.shape == shape:
        return x
    whole = np.empty(shape, x.dtype)
    whole[...] = x
    return whole


def _entry(x: Array, slot: int, i: int) -> Array:
    return x if x.shape[slot] == 1 else x.take([i], slot)
