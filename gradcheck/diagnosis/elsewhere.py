"""Formulas that are right for another derivative: copied from another line, or taken by another variable.

No edit leads from one derivative to another, so it is asked by value: which of the derivatives that the
case names, or that its target has by quantities of this shape, is what was written? Zero and formulas
without a quantity are the derivative of much, and tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.calculus import Bench
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.repair import agree
from gradcheck.diagnosis.setting import Setting
from gradcheck.expr.forms.build import num, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass

CODE = "GC508"
MOST_TRIED = 60


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A derivative that a wrong right side is, and the judgement of the line that is about it, if one is."""

    derivative: Expr
    of: Judgement | None


def derivative_elsewhere(case: Case, judgement: Judgement) -> Elsewhere | None:
    """The derivative that a wrong right side is instead of the one it stands for; None where it is none."""
    bench = case.bench
    if bench is None or judgement.pair is None or not _is_derivative(judgement.pair[0]):
        return None
    expected, got = judgement.pair
    writings = dict.fromkeys((got, *(g for _, g in judgement.pairs)))
    telling = [g for g in writings if variables(g) and not bench.close(g, num(0)) and not _is_named(g)]
    if not telling:
        return None
    tried = 0
    for other, about in _others(case, judgement, expected):
        if other.shape != expected.shape or other.free != expected.free or other == expected:
            continue
        tried += 1
        if tried > MOST_TRIED:
            break
        written = next((g for g in telling if _is_same(bench, other, g)), None)
        if written is not None and not bench.close(other, expected):
            return Elsewhere(other, about)
    return None


def _is_same(bench: Bench, derivative: Expr, written: Expr) -> bool:
    return (
        derivative.shape == written.shape
        and bench.close(derivative, written)
        and agree(bench, derivative, written)
    )


def _others(case: Case, judgement: Judgement, expected: Expr) -> Iterator[tuple[Expr, Judgement | None]]:
    """The derivatives that lines of the case are about, the nearest above first; then all of the program."""
    here = judgement.claim.link.span.start
    lines = [j for j in case.judgements if j.pair is not None and _is_derivative(j.pair[0])]
    for other in sorted(lines, key=lambda j: abs(here - j.claim.link.span.start)):
        if other.pair is not None and other.claim.equation is not judgement.claim.equation:
            yield other.pair[0], other
    if case.bench is not None:
        for gradient in Setting(case.bench.program, (expected,)).gradients:
            yield gradient, None


def _is_named(expr: Expr) -> bool:
    """Whether a formula is the derivative of a quantity by name: one in the place of another is a slip."""
    while expr.op in ("pick", "transpose"):
        expr = expr.args[0]
    return expr.op == "deriv" and expr.args[0].op in ("var", "pick")


def _is_derivative(expr: Expr) -> bool:
    while expr.op in ("pick", "transpose"):
        expr = expr.args[0]
    return expr.op == "deriv"
