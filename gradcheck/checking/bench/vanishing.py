"""Whether an expression is zero at all sample points, is asked to be, and whether a quantity moves it.

A gradient may rest on a loss in which a letter stands that it does not depend on: b of `∂L/∂w` where L is
`½‖w‖² - Σ α_i (w^T x_i + b)`. What it is is asked of the derivative of its square, with the formulas of all
that rests on the letter written out, since a derivative of a derivative sees no definitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.calculus.program import CalculusError, Program
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.expr.forms.build import apply, deriv, transform, var
from gradcheck.expr.forms.tree import Expr, Ix

_ROUNDING = 1e-9


def is_unmoved(oracle: Oracle, parts: Sequence[Expr], key: str) -> bool:
    """Whether parts have the same values whatever a letter is: b moves no `∂L/∂w` of `α (w^T x + b)`."""
    program = oracle.bench.program
    if any(part.free for part in parts):
        return False
    by = var(key, program.variables[key].shape)
    try:
        written = [written_out(part, key, program) for part in parts]
        return all(vanishes(oracle, deriv(apply("dot", part, part), by)) for part in written)
    except CalculusError:
        return False


def written_out(expr: Expr, key: str, program: Program) -> Expr:
    """An expression with the formulas of all that rests on a quantity in place of their names.

    Raises CalculusError where one of them is what a derivative is taken by: it has to keep its name.
    """

    def formula(node: Expr) -> Expr | None:
        if node.op == "deriv" and formula(node.args[1]) is not None:
            raise CalculusError(f"derived by what rests on {key}")
        defined = program.definitions.get(node.attr[0]) if node.op == "var" else None
        if defined is None or key not in program.reach_of(node):
            return None
        return written_out(defined, key, program)

    return transform(expr, formula)


def asks_for_zero(expected: Expr, got: Expr, *, behind: bool = False) -> bool:
    """Whether a line that is no identity sets a gradient, or what stands for one, to zero.

    `∂s_i/∂z_j = 0` is no such condition: entries of a Jacobian are zero or not. But behind the formula of a
    derivative by a term's own entry, as in `∂/∂μ_j Σ_i γ_{ij} (x_i - μ_j)² = … = 0`, zero is asked.
    """
    if not _is_zero(got):
        return False
    entries = dict(expected.free)
    own = {name for node in expected.walk() if behind and node.op == "pick" for name in _entry(node)}
    derived = [node.args[0] for node in expected.derivatives]
    return not any(name in entries and name not in own for target in derived for name, _ in target.free)


def _is_zero(value: Expr) -> bool:
    """Whether a formula is zero as it is written, be it told of each entry of what it is compared with."""
    match value.op:
        case "num":
            return bool(value.attr[0] == 0)
        case "mul":
            return any(_is_zero(factor) for factor in value.args)
        case _:
            return value.op == "zeros"


def _entry(node: Expr) -> Iterator[str]:
    """The indices of the entry of a derivative, by which of the variable it is one."""
    if node.args[0].op == "deriv":
        yield from (selector.name for selector in node.attr if isinstance(selector, Ix))


def vanishes(oracle: Oracle, value: Expr) -> bool:
    """Whether an expression is zero but for roundings, at all sample points."""
    prepared = oracle.bench.prepare(value)
    found = [run.floats.value(prepared) for run in oracle.bench.runs]
    if not all(np.all(np.isfinite(x)) for x in found):
        raise EvaluationError("a side has no finite value at the sample points")
    return all(float(np.max(np.abs(x), initial=0.0)) <= _ROUNDING for x in found)


def is_summed(formula: Expr, key: str) -> bool:
    """Whether a quantity stands in a formula by entries that are added up, and in no other way."""
    if formula.op == "isum" and formula.args[0].op in ("isum", "pick"):
        entry = formula.args[0]
        while entry.op == "isum":
            entry = entry.args[0]
        return entry.op == "pick" and entry.args[0].op == "var"
    if not formula.args:
        return formula.op != "var" or formula.attr[0] != key
    return all(is_summed(part, key) for part in formula.args)
