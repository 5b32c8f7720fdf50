"""Reverse mode that writes formulas: a gradient in the names of the program.

The right formula that a person would have written: it stops at named quantities, so σ'(Z) stays σ'(Z) and
A₂ - Y is not written out in the weights. Cotangents are kept unspread (a scalar for an array of equal
entries), so that no arrays of ones appear. Where an operation has no readable adjoint the answer is None:
nothing is judged by this formula, the oracles are elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from gradcheck.calculus.cotangents import paired, parts, reduced, spread
from gradcheck.calculus.entries import UnreadableError, entry, picked, unindexed, whole_quantities
from gradcheck.calculus.tidy import tidied
from gradcheck.expr.forms.build import (
    apply,
    isum,
    num,
    pick,
    rebuild,
    rename_index,
    stack,
    transform,
    variables,
)
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.shapes import SCALAR, Shape, ShapeError

MAX_NODES = 400


def gradient(definitions: Mapping[str, Expr], target: Expr, variable: Expr) -> Expr | None:
    """∂target/∂variable as a formula of named quantities, or None where there is no readable one.

    target    a scalar, maybe with free indices
    variable  a quantity, or a pick of one (`a_j^{(i)}`); it is held independent
    returns   an expression of the variable's shape
    """
    try:
        found = _Backward(definitions, variable).run(target)
        if found is None:
            return apply("zeros", attr=(variable.shape,))
        whole = _lettered(tidied(found))
        return tidied(spread(whole, variable.shape)) if whole.shape != variable.shape else whole
    except (UnreadableError, ShapeError):
        return None


def formula_of(definitions: Mapping[str, Expr], derivative: Expr) -> Expr | None:
    """The formula of a derivative, or of entries or lines of one, maybe turned; None for anything else."""
    match derivative.op:
        case "transpose":
            found = formula_of(definitions, derivative.args[0])
            return None if found is None else tidied(apply("transpose", found))
        case "pick" if derivative.args[0].op == "deriv":
            target, variable = derivative.args[0].args
            return gradient(definitions, target, pick(variable, *derivative.attr))
        case "deriv":
            return gradient(definitions, *derivative.args)
    return None


class _Backward:
    """One backward pass over the quantities between target and variable."""

    def __init__(self, definitions: Mapping[str, Expr], variable: Expr) -> None:
        self.definitions = definitions
        self.variable = variable
        self.key: str = _quantity(variable).attr[0]
        self.dependent = _dependent(self.key, definitions)
        self.heights = _heights(definitions)
        self.cotangents: dict[Expr, Expr] = {}

    def run(self, target: Expr) -> Expr | None:
        """The cotangent of the variable, None where the target does not depend on it."""
        self.flow(target, num(1), ())
        while True:
            waiting = [q for q in self.cotangents if _quantity(q).attr[0] != self.key]
            if not waiting:
                return self._gathered()
            quantity = max(waiting, key=self._height)
            definition = self._opened(quantity)
            ct = reduced(tidied(self.cotangents.pop(quantity)), definition.shape)
            cancelled = paired(definition, quantity, ct)
            if cancelled is not None:
                self.flow(definition.args[0], cancelled, ())
            else:
                self.flow(definition, ct, (), quantity)

    def _gathered(self) -> Expr | None:
        """What has arrived at the variable; entries are taken of what arrived at the whole quantity."""
        total: Expr | None = None
        for quantity, ct in self.cotangents.items():
            if quantity != self.variable:
                if quantity.op != "var":
                    raise UnreadableError
                ct = picked(spread(tidied(ct), quantity.shape), *self.variable.attr)
            total = ct if total is None else _sum(total, ct, self.variable.shape)
        return total

    def _height(self, quantity: Expr) -> int:
        """How many definitions lie below: what is used by others comes after all of them."""
        return self.heights.get(_quantity(quantity).attr[0], 0)

    def _opened(self, quantity: Expr) -> Expr:
        definition = whole_quantities(self.definitions[_quantity(quantity).attr[0]])
        return definition if quantity.op == "var" else entry(definition, *quantity.attr)

    def flow(self, node: Expr, ct: Expr, bound: tuple[Ix, ...], name: Expr | None = None) -> None:
        """Carry a cotangent (unspread) from a node to the quantities below it.

        bound  the indices that are summed above the node
        name   the quantity that the node defines
        """
        if self.dependent.isdisjoint(variables(node)):
            return
        ct = reduced(ct, node.shape)
        match node.op:
            case "var":
                self._arrive(node, ct, bound)
            case "pick" if node.args[0].op == "var":
                self._arrive(node, ct, bound)
            case "isum":
                ix, body = _apart(node, ct, bound)
                self.flow(body, ct, (*bound, ix))
            case "stack":
                ix, body = _apart(node, ct, bound)
                selected = (ix, None) if node.attr[1] == 0 else (None, ix)
                one = ct if ct.shape[node.attr[1]] == 1 else picked(ct, *selected)
                self.flow(body, one, (*bound, ix))
            case _:
                for child, part in parts(node, ct, node if name is None else name):
                    self.flow(child, part, bound)

    def _arrive(self, quantity: Expr, ct: Expr, bound: tuple[Ix, ...]) -> None:
        """Add what flows to a quantity, with the bound indices summed or laid along its axes."""
        ct = reduced(ct, quantity.shape)
        for ix in reversed(bound):
            if quantity.op != "pick" or ix not in quantity.attr:
                ct = isum(ct, ix)
                continue
            axis = quantity.attr.index(ix)
            if any(name == ix.name for name, _ in ct.free):
                ct = unindexed(stack(_spread_axis(ct, axis), ix, axis), ix, axis)
            rest = tuple(None if s == ix else s for s in quantity.attr)
            quantity = quantity.args[0] if rest == (None, None) else pick(quantity.args[0], *rest)
        known = self.cotangents.get(quantity)
        total = ct if known is None else _sum(known, ct, quantity.shape)
        if sum(1 for _ in total.walk()) > MAX_NODES:
            raise UnreadableError
        self.cotangents[quantity] = total


def _lettered(expr: Expr) -> Expr:
    """Bound indices as letters that are free for it, since a program names its own by numbers."""
    used = {name for node in expr.walk() for name, _ in node.free}
    letters = (letter for letter in "ijklpqrstuv" if letter not in used)
    names: dict[str, str] = {}

    def change(node: Expr) -> Expr | None:
        if node.op not in ("isum", "stack"):
            return None
        ix: Ix = node.attr[0]
        if ix.name.isalpha():
            return None
        if ix.name not in names:
            names[ix.name] = next(letters, ix.name)
        body = rename_index(transform(node.args[0], change), ix.name, names[ix.name])
        return rebuild(node, (body,), (ix._replace(name=names[ix.name]), *node.attr[1:]))

    return transform(expr, change)


def _apart(node: Expr, ct: Expr, bound: tuple[Ix, ...]) -> tuple[Ix, Expr]:
    """A binder's index, named apart from those in use, and its body."""
    ix: Ix = node.attr[0]
    taken = {name for name, _ in ct.free} | {b.name for b in bound}
    name = ix.name
    while name in taken:
        name += "'"
    return ix._replace(name=name), rename_index(node.args[0], ix.name, name)


def _quantity(expr: Expr) -> Expr:
    return expr.args[0] if expr.op == "pick" else expr


def _heights(definitions: Mapping[str, Expr]) -> dict[str, int]:
    """How many definitions lie below each quantity; a loop, for documents may have long chains of them."""
    found: dict[str, int] = {}
    entered: set[str] = set()
    waiting = list(definitions)
    while waiting:
        key = waiting[-1]
        below = variables(definitions[key]) & definitions.keys()
        if key not in entered:
            entered.add(key)
            waiting += below - entered
            continue
        found[waiting.pop()] = 1 + max((found.get(k, 0) for k in below), default=0)
    return found


def _dependent(key: str, definitions: Mapping[str, Expr]) -> frozenset[str]:
    """A quantity and what is computed from it."""
    above: dict[str, set[str]] = {}
    for name, definition in definitions.items():
        for below in variables(definition):
            above.setdefault(below, set()).add(name)
    found, waiting = {key}, [key]
    while waiting:
        more = above.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return frozenset(found)


def _sum(a: Expr, b: Expr, shape: Shape) -> Expr:
    """Two cotangents together; where one is spread and the other not, both are."""
    if a.shape != b.shape and SCALAR in (a.shape, b.shape):
        a, b = spread(a, shape), spread(b, shape)
    return apply("add", a, b)


def _spread_axis(ct: Expr, axis: int) -> Expr:
    return ct if ct.shape[axis] == 1 else apply("sum", ct, attr=(axis,))
