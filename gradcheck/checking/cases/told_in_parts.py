"""A gradient that two lines tell, each for one thing made of the variable: two examples, or two paths.

"Let y = A u. Then ∂L/∂A = ∂L/∂y u^T. Let Y = A ⊙ B. Then ∂L/∂A = ∂L/∂Y ⊙ B": with L any loss, both lines lack
a term, and together they are the gradient. Whether that is one letter in two examples, or one gradient whose
parts are told apart, nobody can say of a loss that nothing defines, so neither line is accused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.unnamed_loss import is_of_unnamed_loss
from gradcheck.verdict import Verdict

UNSURE = (
    "another line tells the rest of this gradient: whether they are parts of it or two examples is not said"
)


def leave_parts_open(judgements: Sequence[Judgement], program: Mapping[str, Expr], oracle: Oracle) -> None:
    """Accuse no line that, with another one for the same gradient of any loss, makes up the whole of it."""
    accused = [(j, *j.pair) for j in judgements if j.verdict is Verdict.WRONG and j.pair is not None]
    for (one, expected, first), (other, same, second) in combinations(accused, 2):
        if expected != same or first.shape != second.shape or first == second:
            continue
        whole = is_of_unnamed_loss(expected, program)
        if whole and oracle.equal(expected, apply("add", first, second)):
            one.leave_open(UNSURE)
            other.leave_open(UNSURE)
