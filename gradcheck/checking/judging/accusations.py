"""Accusations: what is said of a line that no reading makes right.

It follows from an earlier fault; or whether it holds rests on what is not said, and it is left open; or it is
wrong, with a witness that every oracle supports. Where the oracles do not agree it is left open, too.
"""

from __future__ import annotations

from gradcheck.checking.bench.first_order import to_first_order
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.bench.square_factors import of_open_order
from gradcheck.checking.bench.vanishing import asks_for_zero
from gradcheck.checking.comparisons.claims import Claim, Side
from gradcheck.checking.comparisons.judgement import Judgement, Pair, as_read, judged, verdict_of
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.comparisons.updates import why_not_compared
from gradcheck.checking.hearing.regions import first_reached
from gradcheck.checking.judging import premises, trust
from gradcheck.checking.judging.expectations import of_open_distribution
from gradcheck.checking.judging.follow import Fault, cause
from gradcheck.checking.judging.signals import Signals, is_sign
from gradcheck.checking.judging.solved import Solution, solved
from gradcheck.checking.judging.stationary import Found, Stationary
from gradcheck.checking.judging.under_conditions import CONDITION, NO_IDENTITY, WHERE_ASKED, Conditions
from gradcheck.checking.judging.void import flat
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.meaning.unnamed_loss import is_of_unnamed_loss
from gradcheck.records import replace
from gradcheck.shapes import SCALAR, could_agree, show
from gradcheck.verdict import Certainty, Role, Verdict

SOLVED = f"{NO_IDENTITY}: it holds where the gradient before it is zero"
NOT_ZERO = "put into the gradient above, this does not make it zero"
NOT_THERE = "where the gradient above is zero, this does not hold"
OPEN_SCALE = "a gradient that is used here was not understood where it was derived: its mean is not known"
OPEN_MEAN = (
    "whether the mean over the samples comes later cannot be told: a line that may hold it was not understood"
)
_TURNED = {"order", "transpose"}


class Accusations:
    """The faults of one case, and what is said of each line that is not right."""

    def __init__(self, scope: Scope, oracle: Oracle, signals: Signals, stationary: Stationary) -> None:
        self.stationary = stationary
        self.scope = scope
        self.oracle = oracle
        self.signals = signals
        self.conditions = Conditions(oracle, signals.agreements.asked, stationary.lines)
        self.faults: list[Fault] = []
        # The number of the last equation that asks where a gradient is zero, or goes on from such a one.
        self.asking: int | None = None

    def told(self, prepared: Prepared) -> Judgement:
        """The verdict of a line that no reading makes right."""
        judgement = self._told(prepared)
        self.conditions.hear(prepared, judgement)
        return judgement

    def _told(self, prepared: Prepared) -> Judgement:
        claim = prepared.claim
        told = [*prepared.literal, *prepared.mended] or prepared.turned
        pairs = [*first_reached(prepared.in_regions, self.oracle), *told]
        if not pairs:
            return self._ill_shaped(claim)
        if claim.beheaded is not None:
            return Judgement(claim, Verdict.UNDECIDED, pair=pairs[0][:2], message=claim.beheaded.message)
        if asks_for_zero(*pairs[0][:2], behind=claim.link.number > 1):
            return self._zero(claim, pairs)
        goes_on = self._goes_on(claim, pairs[0])
        if not _derives(pairs[0]) and (there := self._where_zero(claim, pairs, goes_on=goes_on)) is not None:
            return there
        if goes_on:
            return Judgement(claim, Verdict.UNDECIDED, pair=pairs[0][:2], message=SOLVED)
        return (
            self.signals.agreements.label_values.right(claim, pairs)
            or self._following(claim, pairs)
            or self._with_lone_indices_summed(claim, pairs)
            or self._left_open(prepared, pairs[0])
            or self._without_value(claim, pairs[0])
            or self._where_asked(claim, pairs)
            or self._wrong(claim, pairs)
        )

    def solution(self, prepared: Prepared) -> Judgement:
        """The verdict of a line that says where the gradient above it is zero.

        One that nothing can be put into claims no more than a definition does.
        """
        claim = prepared.claim
        pairs = [*prepared.literal, *prepared.mended]
        told = self._where_zero(claim, pairs, goes_on=True)
        solutions = [found for pair in pairs if (found := solved(*pair[:2])) is not None]
        if told is None or told.verdict is Verdict.WRONG:
            told = self._from_fault(claim, solutions) or told
        return told or Judgement(replace(claim, role=Role.DECLARATION), Verdict.CORRECT, Certainty.PROVED)

    def estimate(self, judgement: Judgement, prepared: Prepared) -> Judgement:
        """A definition `\\hat w = …` right behind the condition that it solves is right where that holds."""
        number = judgement.claim.equation.number
        solution = self.stationary.estimate(prepared) if judgement.verdict is Verdict.CORRECT else None
        found = self.stationary.found(number, solution)
        if found is None or solution is None:
            return judgement
        if found.holds:
            return told_of(found, judgement)
        if not self.stationary.is_asked(number, self.asking):
            return judgement
        wrong = Judgement(judgement.claim, Verdict.WRONG, notes=judgement.notes, message=NOT_ZERO)
        return self._from_fault(judgement.claim, [solution]) or told_of(found, wrong)

    def _from_fault(self, claim: Claim, solutions: list[Solution]) -> Judgement | None:
        """A wrong solution that is the one of an earlier wrong gradient."""
        for solution in solutions:
            fault = self.stationary.fault_behind(claim.equation.number, solution, self.faults)
            if fault is not None:
                return Judgement(claim, Verdict.FOLLOWS, cause=fault.id)
        return None

    def _zero(self, claim: Claim, pairs: list[Pair]) -> Judgement:
        """A left side that cancels to zero is right; for any other, zero is asked."""
        pair = pairs[0]
        if self.oracle.cancels(*pair[:2]):
            found = judged(self.oracle, claim, verdict_of(pair[2], Verdict.CORRECT), pair)
            if found.evidence is None or found.evidence.outcome == "equal":
                return found
        self.asking = claim.equation.number
        if not _derives(pair):
            told = self._where_zero(claim, pairs, goes_on=True)
        elif (told := self.conditions.of_number(claim, pair)) is not None:
            return told
        elif (claim.link.number > 1 or claim.from_zero) and not any(
            f.id.split(".")[0] == str(self.asking) for f in self.faults
        ):
            return Judgement(replace(claim, role=Role.DECLARATION), Verdict.CORRECT, Certainty.PROVED)
        else:
            there = self.stationary.at_solution(self.asking, pair)
            right = Judgement(claim, Verdict.CORRECT)
            told = told_of(there, right) if there is not None and there.holds else None
        return told or Judgement(claim, Verdict.UNDECIDED, pair=pair[:2], message=CONDITION)

    def _where_zero(self, claim: Claim, pairs: list[Pair], *, goes_on: bool) -> Judgement | None:
        """What to say of a line where the gradient above it is zero; None where nothing tells.

        goes_on     whether the line certainly speaks of that place: elsewhere one that does not hold there
                    may speak of another
        """
        number = claim.equation.number
        found: Found | None = None
        for pair in pairs:
            right = as_read(pair[2], Verdict.CORRECT)
            multiple = self.stationary.multiple(number, pair)
            if multiple is not None:
                return judged(self.oracle, claim, right, (*multiple, pair[2]))
            solution = solved(*pair[:2])
            if solution is None:
                found = self.stationary.at_solution(number, pair) or found
            else:
                found = self.stationary.found(number, solution) or found
            if found is not None and found.holds:
                return told_of(found, Judgement(claim, right, notes=pair[2]))
        if found is None or not goes_on or not pairs or pairs[0][0].free != pairs[0][1].free:
            return None
        expected, got, notes = pairs[0]
        message = NOT_THERE if solved(expected, got) is None else NOT_ZERO
        return told_of(found, Judgement(claim, Verdict.WRONG, notes=notes, message=message))

    def _goes_on(self, claim: Claim, pair: Pair) -> bool:
        """Whether an equation without derivatives solves the one right before it, which asks for a zero."""
        if self.asking is None or _derives(pair) or claim.equation.number - self.asking not in (0, 1):
            return False
        self.asking = claim.equation.number
        return True

    def _following(self, claim: Claim, pairs: list[Pair]) -> Judgement | None:
        """What an earlier fault leads to, where some reading is exactly that."""
        for pair in pairs:
            found = cause(pair[0], pair[1], self.faults, self.oracle, self.scope.sample_dim)
            if found is not None:
                judgement = judged(self.oracle, claim, Verdict.FOLLOWS, pair)
                judgement.cause = found.id
                return judgement
        return None

    def _left_open(self, prepared: Prepared, pair: Pair) -> Judgement | None:
        """Nothing is said of a line where what it rests on is not said."""
        expected, got, _ = pair
        message = (
            prepared.left_open
            or premises.lost(prepared.claim, self.scope)
            or self.conditions.allow(prepared)
            or of_open_order(expected, got, self.scope, self.oracle)
            or premises.without_samples(prepared.claim.head, self.scope)
            or premises.without_samples(prepared.claim.right, self.scope)
            or to_first_order(expected, got, self.scope, self.oracle)
            or flat(expected, self.oracle)
            or of_open_distribution(prepared.claim, (expected, got), self.scope)
        )
        if message is not None:
            return Judgement(prepared.claim, Verdict.UNDECIDED, pair=(expected, got), message=message)
        message = premises.unsaid(expected, got, self.scope, self.oracle.bench.program)
        code = None if message is None else "GC604"
        message = message or self._of_open_scale(prepared.claim, pair)
        if message is None:
            return None
        return Judgement(prepared.claim, Verdict.UNDECIDED, pair=(expected, got), message=message, code=code)

    def _of_open_scale(self, claim: Claim, pair: Pair) -> str | None:
        """What to say where only the number of samples is off, and a line that was not understood decides."""
        expected, got, _ = pair
        agreements = self.signals.agreements
        unnamed = is_sign(claim) and is_of_unnamed_loss(expected, self.scope.program)
        unknown = unnamed or self.signals.rests_on_unknown(got)
        hidden = agreements.mean_may_come_later(claim, expected)
        factor = self.oracle.factor(expected, got) if unknown or hidden else None
        if factor is None or not factor.power:
            return None
        return OPEN_SCALE if unknown else OPEN_MEAN if agreements.is_mean(factor) else None

    def _where_asked(self, claim: Claim, pairs: list[Pair]) -> Judgement | None:
        """A line that holds where the conditions above do."""
        pair = next((pair for pair in pairs if self.conditions.lead_to(*pair[:2])), None)
        if pair is None:
            return None
        return Judgement(claim, Verdict.UNDECIDED, pair=pair[:2], notes=pair[2], message=WHERE_ASKED)

    def _without_value(self, claim: Claim, pair: Pair) -> Judgement | None:
        """A fraction whose denominator is zero identically."""
        expected, got, notes = pair
        if not any(node.op == "div" and self.oracle.is_zero(node.args[1]) for node in got.walk()):
            return None
        judgement = Judgement(claim, Verdict.WRONG, Certainty.PROVED, (expected, got), notes, code="GC410")
        judgement.message = "a denominator is zero, whatever the values"
        judgement.evidence = self.oracle.without_value(expected)
        return judgement

    def _wrong(self, claim: Claim, pairs: list[Pair]) -> Judgement:
        """Wrong, unless the oracles see no difference."""
        expected, got, notes = pairs[0]
        authors = self.signals.as_given(claim, expected, got)
        judgement = judged(self.oracle, claim, Verdict.WRONG, (expected, authors or got, notes))
        if authors is not None:
            judgement.pairs = tuple((self.signals.shared(e), g) for e, g, _ in pairs)
        elif self.signals.leaves_mean(claim, expected, got):
            without = ((self.signals.of_all(e), g) for e, g, _ in pairs)
            judgement.pairs = (*without, *((e, g) for e, g, _ in pairs))
        judgement.factor = self.oracle.factor(expected, authors or got)
        evidence = judgement.evidence
        if evidence is not None and evidence.outcome == "equal" and self.oracle.cancels(expected, got):
            # Where both sides cancel to nothing, float64 saw a difference between roundings.
            return judged(self.oracle, claim, as_read(notes, Verdict.CORRECT), (expected, got, notes))
        if evidence is not None and evidence.outcome != "different":
            judgement.verdict = Verdict.UNDECIDED
            judgement.message = evidence.reason or "the oracles see no difference"
        return judgement

    def _with_lone_indices_summed(self, claim: Claim, pairs: list[Pair]) -> Judgement | None:
        """A right side with an index of its own: right if the index is summed, else nothing is said of it.

        Unless a sum of this line counts by it: its range is said, and the left side has no entry for each.
        """
        lone = trust.lone_indices(pairs[0][0], pairs[0][1])
        if not lone:
            return None
        holds_summed = False
        for expected, got, notes in pairs:
            indices = trust.lone_indices(expected, got)
            total, note = trust.summed(got, indices)
            if indices and self.oracle.equal(expected, total):
                written = trust.are_summed_beside(indices, claim.link.left)
                if not written and all(trust.repeats(got, index) for index in indices):
                    return judged(self.oracle, claim, Verdict.CHARITABLE, (expected, total, (*notes, note)))
                holds_summed = not self.oracle.vanishes(total)
        if pairs[0][0].shape == SCALAR and trust.are_bound(lone, pairs[0][1]) and self._is_declared(claim):
            return None
        message = trust.open_index(lone, holds_summed=holds_summed)
        return Judgement(claim, Verdict.UNDECIDED, pair=pairs[0][:2], message=message, code="GC505")

    def _ill_shaped(self, claim: Claim) -> Judgement:
        heads = {r.value.shape for r in claim.head.all if isinstance(r.value, Expr)}
        rights = {r.value.shape for r in claim.right.all if isinstance(r.value, Expr)}
        left, right = (" or ".join(sorted(map(show, s))) or "a Jacobian" for s in (heads, rights))
        message, declared = f"the left side is {left}, the right side {right}", self._is_declared(claim)
        if claim.role is Role.UPDATE and heads == rights:
            return Judgement(claim, Verdict.UNDECIDED, message=why_not_compared(claim), code="GC605")
        if (clash := _range_clash(claim)) is not None:
            verdict = Verdict.WRONG if declared else Verdict.UNDECIDED
            certainty = Certainty.PROVED if declared else None
            return Judgement(claim, verdict, certainty, message=clash, code="GC505")
        certain = declared and not could_agree(heads, rights)
        if heads and rights and claim.head.literal and not self._is_turned() and certain:
            return Judgement(claim, Verdict.WRONG, Certainty.PROVED, message=message, code="GC603")
        return Judgement(claim, Verdict.UNDECIDED, message=message, code="GC605")

    def _is_declared(self, claim: Claim) -> bool:
        """Whether the shapes of all that both sides name are given."""
        return all(premises.all_declared(side, self.scope) for side in (claim.head, claim.right))

    def without_meaning(self, claim: Claim, side: Side, error: MeaningError) -> Judgement:
        """A formula whose shapes are all declared and fit in no way is wrong; another is not understood."""
        declared = side is claim.right and premises.all_declared(side, self.scope) and not self._is_turned()
        wrong = error.ill_shaped and declared
        verdict = Verdict.WRONG if wrong else Verdict.UNDECIDED
        return Judgement(claim, verdict, Certainty.PROVED if wrong else None, message=error.message)

    def _is_turned(self) -> bool:
        """Whether a definition has its shape only with factors swapped or turned, `X W` of rows, or has none.

        Then the author's arrays lie otherwise than they were declared, and shapes convict nobody; nor do they
        where all declared arrays were turned, since their samples are rows.
        """
        without = self.scope.problems.keys() - self.scope.chosen.keys()
        turned = (note.kind in _TURNED for reading in self.scope.used.values() for note in reading.notes)
        return bool(without) or any(turned) or self.scope.vocabulary.turned

    def remember(self, prepared: Prepared, judgement: Judgement) -> None:
        """Keep a fault with all its readings: what is built on any of them follows from it."""
        assert judgement.pair is not None, "a fault was compared"
        pairs = [judgement.pair, *((e, g) for e, g, _ in (*prepared.literal, *prepared.mended))]
        judgement.pairs = judgement.pairs or tuple(dict.fromkeys(pairs))
        self.faults += [Fault(judgement.claim.id, e, g) for e, g in dict.fromkeys(pairs)]


def _derives(pair: Pair) -> bool:
    return any(side.derivatives for side in pair[:2])


def told_of(found: Found, judgement: Judgement) -> Judgement:
    """A judgement with what the oracles found."""
    judgement.evidence = found.evidence
    if found.evidence is not None:
        judgement.certainty = Certainty(found.evidence.certainty)
    return judgement


def _range_clash(claim: Claim) -> str | None:
    """What to say where the sides have one shape, but an index runs over other sizes; None elsewhere."""
    for head in (reading.value for reading in claim.head.all):
        for right in (reading.value for reading in claim.right.all):
            if not isinstance(head, Expr) or not isinstance(right, Expr) or head.shape != right.shape:
                continue
            ranges = dict(right.free)
            for index, dim in head.free:
                if ranges.get(index, dim) != dim:
                    there = f"over {dim} on the left side, and over {ranges[index]} on the right"
                    return f"the index `{index}` runs {there}: one of them stands for another index"
    return None
