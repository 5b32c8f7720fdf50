"""What components are computed with: SymPy's expressions, or terms of our own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gradcheck.records import dataclass

MOST_NODES = 1500


@dataclass(frozen=True, slots=True)
class Algebra:
    """One way to compute with components.

    forms       the functions that symbolic forms are made of, as `gradcheck.ops.forms` has them
    symbol      name -> a real symbol
    constant    a fraction, `pi` or `e` -> component
    total       components -> their sum
    derivative  (component, symbol) -> component; raises TooLarge for a component of many nodes
    put         (component, symbol, other) -> the component with the other one in the symbol's place
    """

    forms: Any
    symbol: Callable[[str], Any]
    constant: Callable[[Fraction | str], Any]
    total: Callable[[list[Any]], Any]
    derivative: Callable[[Any, Any], Any]
    put: Callable[[Any, Any, Any], Any]


def kind(component: Any) -> str:
    """What a component is, or the function that it applies, by the name of SymPy's class for it."""
    return getattr(component, "function", None) or type(component).__name__
