"""Whether an expression is zero at all sample points, and whether a quantity moves it.

A gradient may rest on a loss in which a letter stands that it does not depend on: b of `∂L/∂w` where L is
`½‖w‖² - Σ α_i (w^T x_i + b)`. What it is is asked of the derivative of its square, with the formulas of all
that rests on the letter written out, since a derivative of a derivative sees no definitions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.calculus.program import CalculusError, Program
from gradcheck.checking.oracle import Oracle
from gradcheck.expr.build import apply, deriv, transform, var
from gradcheck.expr.tree import Expr

_ROUNDING = 1e-9


def is_unmoved(oracle: Oracle, parts: Sequence[Expr], key: str) -> bool:
    """Whether parts have the same values whatever a letter is: b moves no `∂L/∂w` of `α (w^T x + b)`."""
    program = oracle.bench.program
    if any(part.free for part in parts):
        return False
    written = [written_out(part, key, program) for part in parts]
    by = var(key, program.variables[key].shape)
    try:
        return all(vanishes(oracle, deriv(apply("dot", part, part), by)) for part in written)
    except CalculusError:
        return False


def written_out(expr: Expr, key: str, program: Program) -> Expr:
    """An expression with the formulas of all that rests on a quantity in place of their names."""

    def formula(node: Expr) -> Expr | None:
        defined = program.definitions.get(node.attr[0]) if node.op == "var" else None
        if defined is None or key not in program.reach_of(node):
            return None
        return written_out(defined, key, program)

    return transform(expr, formula)


def vanishes(oracle: Oracle, value: Expr) -> bool:
    """Whether an expression is zero but for roundings, at all sample points."""
    prepared = oracle.bench.prepare(value)
    found = [run.floats.value(prepared) for run in oracle.bench.runs]
    if not all(np.all(np.isfinite(x)) for x in found):
        raise EvaluationError("a side has no finite value at the sample points")
    return all(float(np.max(np.abs(x), initial=0.0)) <= _ROUNDING for x in found)
