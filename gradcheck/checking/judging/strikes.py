"""What is struck out in a right line: said to go, and needed after all.

An author strikes out what is one, or what cancels. Where the line holds only while that is kept, the strike
is a slip of the pen; where it holds either way, the strike is right.
"""

from __future__ import annotations

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.forms.tree import Expr
from gradcheck.verdict import Verdict


def struck_checked(oracle: Oracle, judgement: Judgement) -> Judgement:
    """A line that is right only if what is struck out is kept: the strike is a slip."""
    side = judgement.claim.right
    assert judgement.pair is not None, "a right line was compared"
    without = [r.value for r in side.literal if any(note.kind == "struck" for note in r.notes)]
    if not without or any(note.kind == "struck" for note in judgement.notes):
        return judgement
    expected, got = judgement.pair
    fitting = (v for v in without if isinstance(v, Expr) and v.shape == expected.shape)
    if any(_as_good(oracle, expected, got, value) for value in fitting):
        return judgement
    judgement.verdict, judgement.code = Verdict.SLIP, "GC705"
    judgement.message = "what is struck out is needed"
    return judgement


def _as_good(oracle: Oracle, expected: Expr, got: Expr, other: Expr) -> bool:
    """Whether another reading is as right as the one taken: up to the same convention."""
    if oracle.equal(expected, other) or oracle.equal(got, other):
        return True
    factor, mine = oracle.factor(expected, other), oracle.factor(expected, got)
    return factor is not None and mine is not None and not mine.is_one and factor.number > 0
