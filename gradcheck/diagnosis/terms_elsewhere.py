"""Terms that are right for another variable: `∂/∂L` of `-½ log|Σ| - …` begins with `-½ Σ⁻ᵀ`, the one by Σ.

Where no edit mends a line, one of its terms may still show what went wrong: it is the derivative of a term of
the target, but by a quantity on the way to the variable, so that the last step of the chain is missing. Told
only of quantities that are made of the variable and as large, of whose derivative a term cannot be one by
chance.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.calculus import Bench
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.edits import signed_terms
from gradcheck.diagnosis.repair import agree
from gradcheck.expr.forms.build import deriv, num, reach, var, variables
from gradcheck.expr.forms.tree import Expr

MOST_TRIED = 40


def term_elsewhere(case: Case, judgement: Judgement) -> tuple[Expr, Expr, Expr] | None:
    """A term of a wrong gradient, by what it is a derivative, and the variable asked for; None for none."""
    bench = case.bench
    if bench is None or judgement.pair is None:
        return None
    expected, got = judgement.pair
    derived = expected.args[0] if expected.op == "transpose" else expected
    terms = [term for term in signed_terms(got) if variables(term) and not bench.close(term, num(0))]
    if derived.op != "deriv" or len(terms) < 2 or expected.free:
        return None
    target, variable = derived.args
    tried = 0
    for inner in _on_the_way(target, variable, bench):
        for part in signed_terms(_opened(target, bench)):
            tried += 1
            if tried > MOST_TRIED:
                return None
            by_inner, by_variable = deriv(part, inner), deriv(part, variable)
            for term in terms:
                if _is(bench, by_inner, term) and not _is(bench, by_variable, term):
                    return term, inner, variable
    return None


def _opened(target: Expr, bench: Bench) -> Expr:
    """The formula of what is derived; of a probability the logarithm is told."""
    if target.op == "log":
        inner = _opened(target.args[0], bench)
        return inner.args[0] if inner.op == "exp" else target
    return bench.program.definitions.get(target.attr[0], target) if target.op == "var" else target


def _on_the_way(target: Expr, variable: Expr, bench: Bench) -> Iterator[Expr]:
    """What the target's formula holds that is made of the variable and as large."""
    defined = bench.program.definitions
    for key in sorted(variables(_opened(target, bench)) & defined.keys()):
        value = defined[key]
        if value.shape == variable.shape and variable.attr[0] in reach(key, defined) - {key}:
            yield var(key, value.shape)


def _is(bench: Bench, derivative: Expr, term: Expr) -> bool:
    alike = derivative.shape == term.shape and derivative.free == term.free
    return alike and bench.close(derivative, term) and agree(bench, derivative, term)
