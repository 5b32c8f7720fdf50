"""Lines that hold to first order in an ε: `e^{x+ε} = e^x + e^x ε` of dual numbers, or of a small step.

Authors say in a sentence that `ε² = 0` or that ε is small, and write `=`. Where two sides differ by a second
order of an ε that nothing defines, the line says nothing false of such an ε, nor anything true of another:
it is not decided. Only the letter ε is taken so: a δ is a gradient in many texts, an h a hidden layer. So is
the `dx` of `df = f(x + dx) - f(x)`, where a side is of first order in it; a `d^2 f` is judged for all of it.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.expr.forms.build import apply, num, substitute
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope

EPSILONS = ("\\epsilon", "\\varepsilon")
DIRECTION = "·d"  # what stands for the differential of what is varied
STEP = Fraction(1, 100)
# A gap of second order falls by STEP² with the step, one of first order by STEP.
LEAST_FALL = 1e-3


def to_first_order(expected: Expr, got: Expr, scope: Scope, oracle: Oracle) -> str | None:
    """What to say of two unequal sides that agree to first order in an ε; None if they do not."""
    if expected.shape != got.shape:
        return None
    nodes = (*expected.walk(), *got.walk())
    by = {node.args[1] for node in nodes if node.op == "deriv"}
    small = [node for node in dict.fromkeys(nodes) if _is_small(node, scope) and node not in by]
    for epsilon in small:
        if _falls(expected, got, epsilon, oracle) and not (
            epsilon.attr[0].startswith(DIRECTION)
            and _falls(expected, apply("zeros", attr=(expected.shape,)), epsilon, oracle)
        ):
            name = scope.latex_of(epsilon.attr[0])
            return f"this holds to first order in `{name}`: for all of it, it does not"
    return None


def _is_small(node: Expr, scope: Scope) -> bool:
    return (
        node.op == "var"
        and node.attr[0].startswith((*EPSILONS, DIRECTION))
        and node.attr[0] not in scope.program
    )


def _falls(expected: Expr, got: Expr, epsilon: Expr, oracle: Oracle) -> bool:
    """Whether the gap between the sides is of second order in an ε."""
    first, second = (_gap(expected, got, epsilon, step, oracle) for step in (STEP, STEP * STEP))
    return 0.0 < first < np.inf and second <= LEAST_FALL * first


def _gap(expected: Expr, got: Expr, epsilon: Expr, step: Fraction, oracle: Oracle) -> float:
    smaller = {epsilon: apply("mul", num(step), epsilon)}
    a, b = (oracle.bench.value(substitute(side, smaller)) for side in (expected, got))
    return float(np.max(np.abs(a - b), initial=0.0))
