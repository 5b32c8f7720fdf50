"""Lines that are right for labels of 0 and 1, and for no other numbers.

The powers of such a label are itself, `y^2 = y`, which authors use without a word. It stays free while lines
are judged, so that a proof takes nothing of it; what differs for any numbers is tried for these two values
before it is called wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.program import CalculusError
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement, Pair, as_read
from gradcheck.expr.forms.build import variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import letter_of
from gradcheck.records import dataclass
from gradcheck.verdict import Certainty, Verdict


def keys_of_two_values(letters: Collection[str], scope: Scope, varied: Collection[str]) -> frozenset[str]:
    """The quantities of letters that are 0 or 1, unless a line defines them or derives by them."""
    given = [key for key in scope.shapes if letter_of(key) in letters] if letters else ()
    return frozenset(key for key in given if key not in scope.program and key not in varied)


@dataclass
class LabelValues:
    """The case with such labels drawn as 0 or 1.

    keys    the labels
    make    the bench with them, made at first use
    """

    keys: frozenset[str] = frozenset()
    make: Callable[[], Bench] | None = None
    _oracle: Oracle | None = None

    def right(self, claim: Claim, pairs: Sequence[Pair]) -> Judgement | None:
        """What to say of a line that holds for these values; None where it does not."""
        for expected, got, notes in pairs:
            if self._hold(expected, got):
                return Judgement(
                    claim, as_read(notes, Verdict.CORRECT), Certainty.AGREES, (expected, got), notes
                )
        return None

    def _hold(self, expected: Expr, got: Expr) -> bool:
        if self.make is None or self.keys.isdisjoint(variables(expected) | variables(got)):
            return False
        try:
            self._oracle = self._oracle or Oracle(self.make(), decisive=False)
            return self._oracle.equal(expected, got)
        except CalculusError:
            return False
