"""`∇L ∝ (p - y) x^T`: right up to a positive number.

What else an author lets the factor hold, a size or all that does not depend on the variable, is not said; so
no such line is called wrong.
"""

from __future__ import annotations

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.judgement import Judgement, judged, verdict_of
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.expr.forms.build import apply, num
from gradcheck.verdict import Verdict

OPEN = "the two sides are not the same up to a positive number: what else the factor may hold is not said"


def proportional(oracle: Oracle, prepared: Prepared) -> Judgement:
    """The judgement of a link whose sign is `∝`."""
    for expected, got, notes in (*prepared.literal, *prepared.mended):
        factor = oracle.factor(expected, got)
        if factor is None or factor.size is not None or factor.number <= 0:
            continue
        scaled = apply("mul", num(factor.number), expected)
        if oracle.equal(scaled, got):
            verdict = verdict_of(notes, Verdict.CORRECT)
            return judged(oracle, prepared.claim, verdict, (scaled, got, notes), None, None)
    return Judgement(prepared.claim, Verdict.UNDECIDED, message=OPEN)
