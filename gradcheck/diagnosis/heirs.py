"""What a line that only follows from a wrong one would say if that one were mended.

Where the wrong place of the root stands in the heir too, the root's own change is made there and tested: the
line then keeps the way it is written. Elsewhere the true derivative is told as a formula of named quantities.
"""

from __future__ import annotations

from gradcheck.calculus import Bench
from gradcheck.calculus.adjoint import formula_of
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.case import Repair
from gradcheck.diagnosis.gathering import gathered
from gradcheck.diagnosis.spelling import Spelling, styled
from gradcheck.expr.forms.build import substitute
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.printing.printer import latex
from gradcheck.shapes import ShapeError
from gradcheck.source import Source


def mended(case: Case, judgement: Judgement, root: Repair | None, source: Source) -> str | None:
    """The right side of a link with its root mended, as its author writes; None where it cannot be told."""
    if judgement.pair is None or case.bench is None:
        return None
    expected, got = judgement.pair
    changed = None if root is None else _changed(case.bench, expected, got, root)
    if changed is None:
        return right_formula(case, judgement, source)
    return as_written(changed, case, Spelling(case, judgement, source))


def _changed(bench: Bench, expected: Expr, got: Expr, root: Repair) -> Expr | None:
    """The formula with the root's changes, if these make it right."""
    changes = {change.old: change.new for change in root.changes}
    written = gathered(got)
    try:
        changed = substitute(written, changes)
    except ShapeError:
        return None
    return changed if changed != written and bench.close(expected, changed) else None


def right_formula(case: Case, judgement: Judgement, source: Source) -> str | None:
    """The true derivative as a formula in the author's names."""
    heads = (r.value for r in judgement.claim.head.literal if isinstance(r.value, Expr))
    expected = next(heads, None) if judgement.pair is None else judgement.pair[0]
    found = None if expected is None or case.bench is None else formula_of(case.scope.program, expected)
    return None if found is None else as_written(found, case, Spelling(case, judgement, source))


def as_written(formula: Expr, case: Case, spelling: Spelling) -> str:
    """A formula in the author's names, brackets and signs."""
    return styled(latex(formula, case.scope.latex_of, spelling.written), spelling.source.text)
