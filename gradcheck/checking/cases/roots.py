"""Error signals that are defined wrongly: `\\delta_1 = (W^T \\delta_2) \\odot h` where the slope is lost.

A definition cannot be false by itself, and what an error signal is the derivative by may have no name. But
where several lines are wrong as they stand, and all of them are right with one derivative in the place
of the signal, the fault is where the signal was defined, and they follow from it. Nothing is said where a
line that is right now would become wrong, or where the forward pass rests on the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement, judged
from gradcheck.expr.forms.build import deriv, reach, substitute, var, variables
from gradcheck.expr.forms.reading import Note
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import replace
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.verdict import Role, Verdict

SEVERAL = 2
MOST_TRIED = 40
_RIGHT = {Verdict.CORRECT, Verdict.CONVENTION, Verdict.CHARITABLE}


def charge_roots(case: Case, oracle: Oracle) -> None:
    """Charge the definitions of error signals that lines are wrong by; what is built on them follows."""
    loss = case.scope.loss()
    if loss is None or loss.op != "var" or loss.shape != SCALAR:
        return
    if sum(judgement.verdict is Verdict.WRONG for judgement in case.judgements) < SEVERAL:
        return
    forward = reach(loss.attr[0], case.scope.program)
    for place, judgement in enumerate(case.judgements):
        key = judgement.claim.defines
        defined = judgement.claim.role is Role.DEFINITION and key in case.scope.program and key not in forward
        if defined and key is not None and judgement.verdict in _RIGHT:
            charged = _Signal(case, oracle, loss, key).charged(judgement)
            if charged is not None:
                case.judgements[place] = charged


class _Signal:
    """A defined name that no loss rests on, and the lines that are built on it."""

    def __init__(self, case: Case, oracle: Oracle, loss: Expr, key: str) -> None:
        self.case = case
        self.oracle = oracle
        self.loss = loss
        self.program = case.scope.program
        self.signal = var(key, case.scope.shapes[key])
        self.resting = {
            var(other, case.scope.shapes[other]): definition
            for other, definition in self.program.items()
            if other != key and key in reach(other, self.program)
        }

    def charged(self, definition: Judgement) -> Judgement | None:
        """The definition as a fault, with the lines that follow from it marked; None where it is none."""
        wrong = [j for j in self.case.judgements if j.verdict is Verdict.WRONG and self._rests(j)]
        direct = [j for j in wrong if j.pair is not None and self.signal.attr[0] in variables(j.pair[1])]
        right = [j for j in self.case.judgements if j.verdict in _RIGHT and self._rests(j)]
        if not direct or len(wrong) < SEVERAL:
            return None
        for meant in self._candidates():
            if not all(self._holds(j, meant) for j in direct) or self.oracle.equal(meant, self.signal):
                continue
            mended = [j for j in wrong if self._holds(j, meant)]
            if len(mended) < SEVERAL or not all(self._holds(j, meant) for j in right):
                continue
            got = self.program[self.signal.attr[0]]
            used = Note("info", f"the lines that follow take `{self._shown(self.signal)}` for a derivative")
            fault = judged(
                self.oracle, definition.claim, Verdict.WRONG, (meant, got, (*definition.notes, used))
            )
            if fault.evidence is None or fault.evidence.outcome != "different":
                continue
            fault.pairs = ((meant, got),)
            for heir in mended:
                self._follows(heir, fault)
            return fault
        return None

    def _shown(self, quantity: Expr) -> str:
        return self.case.scope.latex_of(quantity.attr[0])

    def _rests(self, judgement: Judgement) -> bool:
        if judgement.pair is None or judgement.instance is not None:
            return False
        keys = variables(judgement.pair[1])
        return self.signal.attr[0] in keys or any(node.attr[0] in keys for node in self.resting)

    def _candidates(self) -> Iterator[Expr]:
        """The derivatives of the loss that have the shape of the signal."""
        keys = sorted(reach(self.loss.attr[0], self.program) - {self.loss.attr[0]})
        owners = [var(key, shape) for key in keys if (shape := self.case.scope.shapes.get(key)) is not None]
        fitting = [owner for owner in owners if owner.shape == self.signal.shape]
        yield from (deriv(self.loss, owner) for owner in fitting[:MOST_TRIED])

    def _holds(self, judgement: Judgement, meant: Expr) -> bool:
        """Whether a line is right with a derivative in the place of the signal."""
        assert judgement.pair is not None, "the line was compared"
        expected, got = judgement.pair
        try:
            return self.oracle.equal(expected, self._with(got, meant))
        except ShapeError:
            return False

    def _with(self, formula: Expr, meant: Expr) -> Expr:
        while any(node in self.resting for node in formula.walk()):
            formula = substitute(formula, self.resting)
        return substitute(formula, {self.signal: meant})

    def _follows(self, heir: Judgement, fault: Judgement) -> None:
        """Mark a line as one that follows from a fault."""
        assert heir.pair is not None, "the line was compared"
        found = judged(self.oracle, heir.claim, Verdict.FOLLOWS, (*heir.pair, heir.notes))
        place = self.case.judgements.index(heir)
        self.case.judgements[place] = replace(found, cause=fault.claim.id, step=heir.step)
