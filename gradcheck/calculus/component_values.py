"""Components evaluated in balls at a point, definitions and all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flint
import numpy as np

from gradcheck.calculus.algebra import kind
from gradcheck.calculus.components import Components
from gradcheck.calculus.program import Undecidable
from gradcheck.ops import OPERATIONS
from gradcheck.ops.differentiate import derivative_value
from gradcheck.ops.number import polygamma, positive
from gradcheck.ops.operation import Array


class ComponentValues:
    """Balls of components at the first point of the inputs' arrays (points, rows, columns)."""

    def __init__(self, components: Components, given: Mapping[str, Array]) -> None:
        self._components = components
        self._given = given
        self._known: dict[Any, Any] = {}

    def of(self, x: Any) -> Any:
        """The ball of a component; raises Undecidable."""
        if x not in self._known:
            self._known[x] = self._compute(x)
        return self._known[x]

    def _compute(self, x: Any) -> Any:
        if x.is_Rational:
            return flint.arb(flint.fmpq(int(x.numerator), int(x.denominator)))
        if x.is_Symbol:
            return self._symbol(x)
        match kind(x):
            case "Pi":
                return flint.arb.pi()
            case "Exp1":
                return flint.arb.const_e()
        parts = [self.of(a) for a in x.args]
        if x.is_Add:
            return sum(parts[1:], start=parts[0])
        if x.is_Mul:
            out = parts[0]
            for part in parts[1:]:
                out = out * part
            return out
        if x.is_Pow:
            return parts[0] ** parts[1]
        if getattr(x, "attr", ()):
            return _of_array(lambda a: derivative_value(OPERATIONS["unknown"], x.order, a, x.attr), parts[0])
        rule = _FUNCTIONS.get(kind(x))
        if rule is None:
            raise Undecidable(f"no value for {kind(x)}")
        return rule(parts[0])

    def _symbol(self, x: Any) -> Any:
        definition = self._components.definition(x)
        if definition is not None:
            return self.of(definition)
        key, r, c = self._components.place(x)
        return flint.arb(float(self._given[key][0, r, c]))


def _of_array(function: Callable[[Array], Array], ball: Any) -> Any:
    one = np.empty(1, dtype=object)
    one[0] = ball
    return function(one)[0]


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "Abs": abs,
    "sign": lambda x: _of_array(lambda a: positive(a) - positive(-a), x),
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tan": lambda x: x.tan(),
    "sinh": lambda x: x.sinh(),
    "cosh": lambda x: x.cosh(),
    "tanh": lambda x: x.tanh(),
    "atan": lambda x: x.atan(),
    "erf": lambda x: x.erf(),
    "gamma": lambda x: x.gamma(),
    "log_gamma": lambda x: x.lgamma(),
    "digamma": lambda x: x.digamma(),
    "trigamma": lambda x: _of_array(lambda a: polygamma(1, a), x),
    "tetragamma": lambda x: _of_array(lambda a: polygamma(2, a), x),
    "pentagamma": lambda x: _of_array(lambda a: polygamma(3, a), x),
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "step": lambda x: _of_array(positive, x),
}
