"""The three oracles: reverse mode, finite differences and exact components, and their comparison.

`Bench` samples a program once and answers questions about expressions over it; the rest of the package
is how. The oracles share the expression and the value rules of the operations; no derivative code.
"""

from __future__ import annotations

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evidence import Evidence, NumericEvidence, SymbolicEvidence, Witness
from gradcheck.calculus.program import CalculusError, CycleError, Program, Variable

__all__ = [
    "Bench",
    "CalculusError",
    "CycleError",
    "Evidence",
    "NumericEvidence",
    "Program",
    "SymbolicEvidence",
    "Variable",
    "Witness",
]
