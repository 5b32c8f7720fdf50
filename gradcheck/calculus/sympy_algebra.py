"""Components in SymPy: it is asked where terms of our own find no proof, and shows components to people.

SymPy's matrix expressions are not used: they rewrite, accept shape errors, and return wrong derivatives of
traces and determinants.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

import sympy

from gradcheck.calculus.algebra import MOST_NODES, Algebra
from gradcheck.calculus.program import TooLarge
from gradcheck.ops import forms


def _is_larger(component: Any, most: int) -> bool:
    """Whether a component has more nodes than that; SymPy takes a millisecond for each."""
    return next(islice(sympy.preorder_traversal(component), most, None), None) is not None


def _derivative(component: Any, by: Any) -> Any:
    if _is_larger(component, MOST_NODES):
        raise TooLarge("a component is too large to be differentiated")
    return sympy.diff(component, by)


def _constant(value: Any) -> Any:
    match value:
        case "pi":
            return sympy.pi
        case "e":
            return sympy.E
    return forms.rational(value)


SYMPY = Algebra(
    forms,
    lambda name: sympy.Symbol(name, real=True),
    _constant,
    lambda parts: sympy.Add(*parts),
    _derivative,
    lambda component, symbol, instead: component.xreplace({symbol: instead}),
)
