"""Lines that define a name for which another definition was taken.

Of several formulas for one name, one is what the name means, and the others are read and nothing more is
asked of them: people write a definition for one sample beside that for all. An assignment numbers its
equations as the document does, so a definition is known by its place in the text as well as by its number.
But two formulas of the very same quantities that differ tell two things of one name, and one of them is a
slip or meant for another case: the later one is left open. Activations are exempt, since people compare
several, and so are losses, unless what is derived below is the gradient of the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.expr.forms.build import deriv, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import read_applied, unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import tells_derivative
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.verdict import Verdict


def defines_again(claim: Claim, scope: Scope) -> bool:
    """Whether a link is one of several definitions of its name, and another one was taken.

    Of a name for a multiple of a derivative, `δ = -∂L/∂z`, a second formula is no definition but a claim.
    """
    place = (claim.equation.number, claim.link.number)
    return any(
        d.place == place
        and d.right.span in claim.equation.span
        and not (key in scope.chosen and tells_derivative(scope.chosen[key].right))
        for key, items in scope.quantities.items()
        for d in items
    )


def told_otherwise(
    prepared: Prepared, scope: Scope, oracle: Oracle, all_lines: Sequence[Prepared]
) -> Judgement | None:
    """What to say of a second formula for a name that is another function of the same quantities."""
    head = unboxed(prepared.claim.equation.head)
    applied = read_applied(head)
    name = read_name(head) if applied is None else applied.function
    if name is None or not oracle.decisive or not prepared.literal:
        return None
    expected, got, _ = prepared.literal[0]
    if is_loss_name(name) and not _goes_on(prepared, all_lines, oracle):
        return None
    formulas = (got, *(scope.program[key] for key in variables(expected) if key in scope.program))
    if any(map(_is_activation, formulas)):
        return None
    if expected.free != got.free or _inputs(expected, oracle) != _inputs(got, oracle):
        return None
    if oracle.evidence(expected, got).outcome != "different":
        return None
    told = f"`{scope.latex_of(name.key)}` has another formula elsewhere, which differs: which is meant?"
    return Judgement(prepared.claim, Verdict.UNDECIDED, pair=(expected, got), message=told)


def _goes_on(prepared: Prepared, all_lines: Sequence[Prepared], oracle: Oracle) -> bool:
    """Whether a line below derives what another formula told first, and rightly, which this one would not."""
    expected, got, _ = prepared.literal[0]
    below = (p for p in all_lines if p.claim.equation.number > prepared.claim.equation.number)
    for slope, written, _ in (pair for item in below for pair in item.literal):
        if slope.op == "deriv" and slope.args[0] == expected and got.shape == expected.shape:
            right = oracle.equal(slope, written)
            return right and not oracle.equal(slope, deriv(got, slope.args[1]))
    return False


def _is_activation(formula: Expr) -> bool:
    """Whether it is one function of one quantity, or that quantity itself: `\\sigma(z)`."""
    inside = formula.args[0] if len(formula.args) == 1 else formula
    return inside.op in ("var", "pick")


def _inputs(formula: Expr, oracle: Oracle) -> frozenset[str]:
    """What a formula rests on in the end."""
    program = oracle.bench.program
    return frozenset(key for key in program.reach_of(formula) if key not in program.definitions)
