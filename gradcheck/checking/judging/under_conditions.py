"""Whether a line that is no identity holds under what the text above it asks for.

For the entries that a condition beside or above it names; or where the equations above hold that are no
identities either: behind `S u = λ u` and `u^T u = 1` the variance `u^T S u` is λ. Nobody is accused of using
what was asked for, nor is the line called right: where the conditions hold float64 alone was asked, and for
how far a condition is meant no document says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradcheck.calculus.constrained import agreements
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.earlier_held import PASSED_ON
from gradcheck.checking.comparisons.judgement import Judgement, Pair
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.judging.constraints import ASKED_FIRST, is_asked_first
from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.tree import Expr, distinct
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import DELTAS, read_name
from gradcheck.notation.tree import Number
from gradcheck.shapes import ShapeError
from gradcheck.verdict import Verdict

Asked = tuple[Expr, Expr]

NO_IDENTITY = "this is no identity"
CONDITION = "this asks where it is zero: a condition, not an identity"
NEVER = "a number is no condition: no values make it zero"
SUMMED = "this holds for the entries that the sums take: say for which it is told"
STILL_MEANT = "this holds under a condition told above: whether it is still meant is not said"
OF_WHICH = "for which of its indices this is told is not written as a condition"
WHERE_ASKED = f"{NO_IDENTITY}, but holds where the equations above do that are none either"
_MOST = 6  # conditions that are taken together


class Conditions:
    """What the lines of one case ask for, as they are met.

    asked   the sides of each such line, those of the cases above before them
    """

    def __init__(self, oracle: Oracle, above: Sequence[Asked], lines: Sequence[Prepared]) -> None:
        self._oracle, self._lines = oracle, lines
        self.asked = [*above]

    def hear(self, prepared: Prepared, judgement: Judgement) -> None:
        """Keep what a line asks for that no reading makes right: a zero, or a relation of what is open.

        One that is right all the same is so where a gradient is zero.
        """
        told = judgement.message or ""
        asks = told.startswith((NO_IDENTITY, CONDITION)) and told != WHERE_ASKED
        pairs = [*prepared.literal, *prepared.mended]
        if pairs and (asks or judgement.verdict is Verdict.CORRECT):
            self.asked.append(pairs[0][:2])

    def allow(self, prepared: Prepared) -> str | None:
        """What to say of a line that holds under a condition; None where it does not."""
        if _is_told_of_kronecker(prepared.claim):
            return OF_WHICH
        if any(self._oracle.equal(expected, got) for expected, got, _ in prepared.conditional):
            return STILL_MEANT
        if is_asked_first(prepared.claim, (line.claim.equation for line in self._lines)):
            return ASKED_FIRST
        inside = (notes for expected, got, notes in prepared.inside if self._oracle.equal(expected, got))
        notes = next(inside, None)
        return None if notes is None else PASSED_ON.text if PASSED_ON in notes else SUMMED

    def of_number(self, claim: Claim, pair: Pair) -> Judgement | None:
        """What to say where a number is asked to be zero, `= 1 = 0`: nobody can ask for that, though a text
        may show by it that there is no solution. None where it is a formula.
        """
        if claim.from_zero or not isinstance(unboxed(claim.link.left), Number):
            return None
        return Judgement(claim, Verdict.UNDECIDED, pair=pair[:2], message=NEVER)

    def lead_to(self, expected: Expr, got: Expr) -> bool:
        """Whether two sides without derivatives agree where all that was asked for holds."""
        if not self.asked or expected.derivatives or got.derivatives or expected.shape != got.shape:
            return False
        bench = self._oracle.bench
        asked = [pair for pair in self.asked if all(map(self._has_values, pair))]
        try:
            gaps = [bench.prepare(apply("sub", *pair)) for pair in asked[-_MOST:]]
            sides = bench.prepare(expected), bench.prepare(got)
            found = [agree for run in bench.runs for agree in agreements(run, gaps, *sides)]
        except (EvaluationError, ShapeError, np.linalg.LinAlgError):
            return False
        return bool(found) and all(found)

    def _has_values(self, side: Expr) -> bool:
        """Whether all that a side of a case above holds is there in this one, and has its shape."""
        here = self._oracle.bench.program.variables
        used = (node for node in distinct((side,)) if node.op == "var")
        return all(node.attr[0] in here and here[node.attr[0]].shape == node.shape for node in used)


def _is_told_of_kronecker(claim: Claim) -> bool:
    """Whether a line says that a Kronecker delta is 1 or 0: for entries which words name."""
    name = read_name(claim.link.left)
    told = isinstance(claim.link.right, Number) and claim.link.right.text in ("0", "1")
    return told and name is not None and name.base in DELTAS and len(name.sub) == 2
