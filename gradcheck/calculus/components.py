"""Expressions as exact components at small sizes, and their derivatives.

Each entry of a quantity is a symbol of its own, of computed quantities too, so that components stay as
short as they were written. The chain runs over definitions by forward accumulation: each definition's
component is differentiated by each symbol in it, and tangents of symbols are combined. None of this uses
the vjp rules. What components are made of is the algebra's: light terms, or SymPy's expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from gradcheck.calculus.algebra import Algebra
from gradcheck.calculus.program import Program
from gradcheck.calculus.sizes import concrete
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.ops.operation import Array, from_entries

Environment = tuple[tuple[str, int], ...]
_OWN = "·"  # the symbol that a function is differentiated by; no name of a document


class Components:
    """Components of a program's expressions at given sizes, in one algebra."""

    def __init__(self, program: Program, sizes: Mapping[str, int], algebra: Algebra) -> None:
        self._algebra = algebra
        self.program = program
        self.sizes = sizes
        self._symbols: dict[str, Array] = {}
        self._places: dict[Any, tuple[str, int, int]] = {}
        self._known: dict[tuple[Expr, Environment], Array] = {}
        self._tangents: dict[tuple[Any, Any], Any] = {}
        self._used: dict[Any, list[tuple[Any, frozenset[str]]]] = {}
        self._partials: dict[Any, dict[Any, Any]] = {}

    def of(self, expr: Expr, indices: Mapping[str, int]) -> Array:
        """The components (rows, columns) of an expression at values (from 1) of its free indices."""
        below = tuple([(name, indices[name]) for name, _ in expr.free]) if expr.free else ()
        place = expr, below
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = self._compute(expr, dict(below))
        return found

    def symbols(self, key: str) -> Array:
        """The symbols of a quantity's entries."""
        if key not in self._symbols:
            variable = self.program.variables[key]
            rows, columns = self._shape(variable.shape)
            self._symbols[key] = from_entries(
                (rows, columns), lambda r, c: self._algebra.symbol(_name(variable.latex, key, r, c))
            )
            for r in range(rows):
                for c in range(columns):
                    self._places[self._symbols[key][r, c]] = key, r, c
        return self._symbols[key]

    def place(self, symbol: Any) -> tuple[str, int, int]:
        """The quantity and the 0-based entry a symbol stands for."""
        return self._places[symbol]

    def definition(self, symbol: Any) -> Any | None:
        """The component a symbol is computed by, None for an input."""
        key, r, c = self._places[symbol]
        definition = self.program.definitions.get(key)
        return None if definition is None else self.of(definition, {})[r, c]

    def _shape(self, shape: tuple[int | str, int | str]) -> tuple[int, int]:
        return concrete(shape[0], self.sizes), concrete(shape[1], self.sizes)

    def _compute(self, expr: Expr, indices: dict[str, int]) -> Array:
        match expr.op:
            case "num":
                return from_entries((1, 1), lambda r, c: self._algebra.constant(expr.attr[0]))
            case "var":
                return self.symbols(expr.attr[0])
            case "pick":
                return _picked(self.of(expr.args[0], indices), expr.attr, indices)
            case "isum":
                parts = self._over(expr.args[0], expr.attr[0], indices)
                return from_entries(
                    parts[0].shape, lambda r, c: self._algebra.total([part[r, c] for part in parts])
                )
            case "stack":
                ix, axis = expr.attr
                return np.concatenate(self._over(expr.args[0], ix, indices), axis=axis)
            case "deriv":
                return self._gradient(self.of(expr.args[0], indices)[0, 0], expr.args[1].attr[0])
            case "prime":
                return self._prime(expr, self.of(expr.args[0], indices))
        operation = OPERATIONS[expr.op]
        operands = tuple(self.of(a, indices) for a in expr.args)
        attr = expr.attr
        if operation.sized:
            attr = tuple(self._shape(a) if isinstance(a, tuple) else concrete(a, self.sizes) for a in attr)
        return operation.symbolic(self._algebra.forms, operands, attr)

    def _over(self, body: Expr, ix: Ix, indices: dict[str, int]) -> list[Array]:
        size = concrete(ix.dim, self.sizes)
        return [self.of(body, {**indices, ix.name: i}) for i in range(1, size + 1)]

    def _prime(self, expr: Expr, x: Array) -> Array:
        """Differentiate the operation's form in a symbol of its own, then put the entries in."""
        name, order, *attr = expr.attr
        algebra = self._algebra
        t = algebra.symbol(_OWN)
        form = OPERATIONS[name].symbolic(algebra.forms, (from_entries((1, 1), lambda r, c: t),), tuple(attr))
        slope = form[0, 0]
        for _ in range(order):
            slope = algebra.derivative(slope, t)
        return from_entries(x.shape, lambda r, c: algebra.put(slope, t, x[r, c]))

    def _gradient(self, target: Any, key: str) -> Array:
        symbols = self.symbols(key)
        return from_entries(symbols.shape, lambda r, c: self._derivative(target, symbols[r, c]))

    def _derivative(self, target: Any, by: Any) -> Any:
        """The total derivative of a component by a symbol, which is held independent of its definition."""
        terms = []
        key = self._places[by][0]
        for symbol, reach in self._symbols_of(target):
            tangent = self._tangent(symbol, by) if key in reach else 0
            if tangent != 0:
                terms.append(self._slope(target, symbol) * tangent)
        return self._algebra.total(terms)

    def _tangent(self, symbol: Any, by: Any) -> Any:
        if symbol == by:
            return self._algebra.constant(Fraction(1))
        place = symbol, by
        if place not in self._tangents:
            definition = self.definition(symbol)
            self._tangents[place] = 0 if definition is None else self._derivative(definition, by)
        return self._tangents[place]

    def _symbols_of(self, component: Any) -> list[tuple[Any, frozenset[str]]]:
        """The symbols in a component, each with the quantities that its own depends on."""
        found = self._used.get(component)
        if found is None:
            symbols = sorted(component.free_symbols, key=lambda s: s.name)
            found = [(symbol, self.program.reach[self._places[symbol][0]]) for symbol in symbols]
            self._used[component] = found
        return found

    def _slope(self, component: Any, by: Any) -> Any:
        known = self._partials.setdefault(component, {})
        if by not in known:
            known[by] = self._algebra.derivative(component, by)
        return known[by]


def _name(latex: str, key: str, r: int, c: int) -> str:
    """What one entry's symbol is called; keys make names unique where two quantities are written alike."""
    name = f"{latex}[{r + 1},{c + 1}]"
    return name if latex == key else f"{name}<{key}>"


def _picked(x: Array, selectors: tuple[Any, ...], indices: Mapping[str, int]) -> Array:
    for axis, selector in enumerate(selectors):
        if selector is None:
            continue
        place = selector if isinstance(selector, int) else indices[selector.name] + selector.shift
        inside = 1 <= place <= x.shape[axis]
        x = x.take([place - 1 if inside else 0], axis)
        x = x if inside else x * 0  # to multiply every entry by one takes as long as all the rest
    return x
