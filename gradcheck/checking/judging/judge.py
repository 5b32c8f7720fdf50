"""The judge: one decision for each link, in one order.

    declaration, definition   read and well shaped
    correct        some reading as written equals what is expected
    slip           a reading that undoes a slip of transcription does
    charitable     nothing as written is well shaped, and a reading that the shapes force does
    convention     right up to what the document agrees on: the mean at the parameters, dropped constants
    follows        exactly what an earlier wrong line leads to
    wrong          none of these, with a witness that every oracle supports
    undecided      not read, not typed, or the oracles do not agree; with the reason

A verdict rests on the oracles' evidence for one pair of expressions, which the judgement keeps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons import annotations as written_below
from gradcheck.checking.comparisons.claims import UPDATE_SIGNS, Claim, is_whole_update
from gradcheck.checking.comparisons.earlier_held import with_formula_through
from gradcheck.checking.comparisons.judgement import (
    Judgement,
    Pair,
    by_agreement,
    judged,
    keeps_shapes,
    only_loose,
    slip_code,
    verdict_of,
)
from gradcheck.checking.comparisons.open_functions import behind_told
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.comparisons.shape_products import shapes_multiplied
from gradcheck.checking.hearing import counts
from gradcheck.checking.judging.accusations import Accusations
from gradcheck.checking.judging.conventions import Agreements, comes_back, is_laid_out
from gradcheck.checking.judging.follow import inherit
from gradcheck.checking.judging.numbers import Numbers
from gradcheck.checking.judging.premises import is_misread, unjudged
from gradcheck.checking.judging.redefined import defines_again, of_two_functions, told_otherwise
from gradcheck.checking.judging.relations import related
from gradcheck.checking.judging.signals import Signals
from gradcheck.checking.judging.stationary import Stationary
from gradcheck.checking.judging.strikes import struck_checked
from gradcheck.checking.judging.void import nothing_agreed
from gradcheck.expr.forms.build import isum
from gradcheck.expr.forms.reading import SLIPS, MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.declarations import space
from gradcheck.expr.written.names import read_name
from gradcheck.notation.statements import LISTED, SOLUTION
from gradcheck.shapes import show
from gradcheck.verdict import Certainty, Role, Verdict


class Judge:
    """Judges the links of one case in order."""

    def __init__(
        self,
        scope: Scope,
        oracle: Oracle,
        agreements: Agreements,
        prepared: Sequence[Prepared],
        numbers: Numbers | None = None,
    ) -> None:
        self.scope = scope
        self.numbers = numbers
        self.oracle = oracle
        self.agreements = agreements
        self.signals = Signals(agreements, scope.program, prepared, oracle)
        self.accusations = Accusations(scope, oracle, self.signals, Stationary(oracle, prepared))
        self.judgements: list[Judgement] = []
        self.prepared = prepared
        self.instances = Counter(item.claim.id for item in prepared)

    def judge(self, prepared: Prepared) -> Judgement:
        """The verdict of a link against the chain's head, and of its step."""
        if self.numbers is not None and (in_numbers := self.numbers.judged(prepared.claim)) is not None:
            self.judgements.append(in_numbers)
            return in_numbers
        prepared = behind_told(prepared, self.judgements, self.oracle.bench.program)
        told = self.accusations.estimate(self._against_head(prepared), prepared)
        judgement = self._annotations_checked(told, prepared)
        if self.numbers is not None:
            judgement = self.numbers.instead(judgement, prepared, self.oracle)
        if prepared.claim.link.number > 1 and prepared.claim.role is not Role.DECLARATION:
            judgement.step = self._step(prepared, judgement)
        self._attribute(prepared, judgement)
        self.signals.note(judgement)
        self.judgements.append(judgement)
        return judgement

    # --- against the head -----------------------------------------------------------------------

    def _against_head(self, prepared: Prepared) -> Judgement:
        claim = prepared.claim
        if claim.role is Role.DEFINITION:
            return self._definition(claim)
        if claim.link.relation.sign == "∈" and claim.equation.connective != LISTED:
            return self._declared(claim)
        unread = shapes_multiplied(claim) or (None if prepared.turned else self._unread(claim))
        if unread is not None and claim.equation.connective != LISTED:
            return unread
        if claim.role is Role.DECLARATION:
            return unjudged(claim, self.judgements) or Judgement(claim, Verdict.CORRECT, Certainty.PROVED)
        if claim.equation.connective == SOLUTION:
            return self.accusations.solution(prepared)
        if claim.link.relation.sign == "≠":
            return self._unequal(prepared)
        steps = UPDATE_SIGNS if is_whole_update(claim) else ()
        if claim.link.relation.sign not in ("=", "←", ":=", "=:", "≡", *steps):
            return related(prepared, self.scope, self.oracle)
        return self._equality(prepared)

    def _declared(self, claim: Claim) -> Judgement:
        """`W ∈ ℝ^{n×m}`: right unless the name has another shape; other sets are told, not checked."""
        shape = space(claim.link.right, self.scope.vocabulary)
        if shape is None:
            return Judgement(claim, Verdict.CORRECT, Certainty.PROVED)
        name = read_name(claim.link.left)
        given = self.scope.vocabulary.shapes.get(name.key) if name is not None else None
        if given in (None, shape):
            return Judgement(claim, Verdict.CORRECT, Certainty.PROVED)
        message = f"this is declared {show(given)} elsewhere, and {show(shape)} here"
        return Judgement(claim, Verdict.WRONG, Certainty.PROVED, message=message, code="GC603")

    def _equality(self, prepared: Prepared) -> Judgement:
        claim = prepared.claim
        found = self._right(claim, [*prepared.literal, *prepared.in_regions], prepared.mended)
        if found is not None:
            return self._left_open(found) or self._labels_checked(
                self._mean_checked(self._count_checked(found))
            )
        if claim.role is Role.RESTATEMENT and defines_again(claim, self.scope):
            return told_otherwise(prepared, self.scope, self.oracle, self.prepared) or self._definition(claim)
        candidates = [*prepared.literal, *prepared.mended]
        for expected, got, notes in candidates:
            factor = self.oracle.factor(expected, got)
            agreed = (
                None
                if factor is None or comes_back(claim, self.prepared, self.oracle)
                else self.agreements.convention(claim, expected, factor, self.judgements)
                or self.signals.averaged(claim, expected, got, factor)
            )
            if agreed is not None:
                found = judged(
                    self.oracle, claim, by_agreement(notes), (expected, got, notes), agreed, factor
                )
                return struck_checked(self.oracle, found)
        for expected, got, notes in candidates:
            per_sample = self.signals.carried_on(got)
            if per_sample is not None and self.oracle.equal(expected, per_sample):
                pair = expected, per_sample, notes
                return judged(self.oracle, claim, by_agreement(notes), pair, "per-sample", None)
        for pair in (*prepared.layout, *prepared.turned):
            if self.oracle.equal(pair[0], pair[1]) and not is_laid_out(claim, pair[0], self.judgements):
                return judged(self.oracle, claim, Verdict.CONVENTION, pair, "layout", None)
        columns = self.agreements.per_sample_columns(claim, self.scope, self.oracle)
        if columns is not None:
            return judged(self.oracle, claim, Verdict.CONVENTION, columns, "per-sample", None)
        one = self.agreements.of_one_example(claim, self.scope, self.oracle)
        if one is not None:
            return judged(self.oracle, claim, Verdict.CONVENTION, one[0], one[1], None)
        told = self.accusations.told(prepared)
        if told.verdict is Verdict.WRONG and prepared.literal:
            lines = [pair for item in self.prepared for pair in item.literal]
            for pair in with_formula_through(prepared.literal[0], lines, self.oracle):
                if self.oracle.equal(*pair[:2]):
                    return judged(self.oracle, claim, Verdict.CORRECT, pair)
            if (which := of_two_functions(prepared, self.scope, self.oracle, self.prepared)) is not None:
                return Judgement(claim, Verdict.UNDECIDED, pair=told.pair, message=which)
        return (self._left_open(told) if told.verdict is Verdict.CORRECT else None) or told

    def _left_open(self, judgement: Judgement) -> Judgement | None:
        """Two derivatives that are zero because nothing says what they are of agree about nothing."""
        if judgement.pair is None:
            return None
        pair = *judgement.pair, judgement.notes
        message = nothing_agreed(pair, judgement.claim, self.scope, self.oracle, self.instances)
        if message is None:
            return None
        return Judgement(judgement.claim, Verdict.UNDECIDED, pair=pair[:2], message=message, code="GC604")

    def _labels_checked(self, judgement: Judgement) -> Judgement:
        """A right line that needs labels of a certain kind, where nothing says so, is so by convention."""
        labels = self.agreements.labels if self.oracle.decisive else None
        right = judgement.verdict is Verdict.CORRECT and judgement.pair is not None
        if labels is not None and right and judgement.pair and labels.needed(*judgement.pair):
            judgement.verdict, judgement.conventions = Verdict.CONVENTION, (labels.convention,)
        return judgement

    def _right(self, claim: Claim, literal: list[Pair], mended: list[Pair]) -> Judgement | None:
        """Correct, slip or charitable, if one of these holds."""
        for pair in literal:
            if self.oracle.equal(pair[0], pair[1]):
                return struck_checked(self.oracle, judged(self.oracle, claim, Verdict.CORRECT, pair))
        well_shaped = bool(literal)
        for pair in mended:
            verdict = verdict_of(pair[2], Verdict.CHARITABLE)
            if verdict is Verdict.CHARITABLE and well_shaped and not keeps_shapes(pair[2]):
                continue
            if self.oracle.equal(pair[0], pair[1]):
                # The derivative of an elementwise function is told for each entry: no ⊙ is missing there.
                entrywise = claim.role is Role.LOCAL_DERIVATIVE and only_loose(pair[2])
                return judged(self.oracle, claim, Verdict.CORRECT if entrywise else verdict, pair)
        return None

    def _count_checked(self, judgement: Judgement) -> Judgement:
        if judgement.verdict is Verdict.CORRECT and judgement.claim.role in (
            Role.DEFINITION,
            Role.RESTATEMENT,
        ):
            fault = counts.miscounted_mean(judgement.claim.link.right)
            if fault is not None:
                judgement.verdict, judgement.code = Verdict.WRONG, "GC203"
                judgement.message, judgement.help = fault.message, fault.help
                judgement.evidence = fault.evidence(self.oracle.samples(self.scope.sample_dim))
        return judgement

    def _mean_checked(self, judgement: Judgement) -> Judgement:
        """Right of true derivatives, and with the values that were given per sample the mean is lost."""
        assert judgement.pair is not None, "a right line was compared"
        expected, got = judgement.pair
        authors = self.signals.as_given(judgement.claim, expected, got)
        factor = None if authors is None else self.oracle.factor(expected, authors)
        if authors is None or factor is None or not self.agreements.is_mean(factor):
            return judgement
        agreed = self.agreements.convention(judgement.claim, expected, factor, self.judgements)
        if agreed is not None or not self.signals.lacks_mean(judgement.claim, expected):
            return judgement
        if any(is_misread(side, self.scope, self.oracle.bench.program) for side in (expected, got)):
            return judgement  # whether it has samples is not known, so neither is whether it wants a mean
        lost = judged(self.oracle, judgement.claim, Verdict.WRONG, (expected, authors, judgement.notes))
        if lost.evidence is not None and lost.evidence.outcome != "different":
            return judgement
        lost.factor, lost.pairs = factor, ((self.signals.shared(expected), got),)
        return lost

    def _definition(self, claim: Claim) -> Judgement:
        used = self.scope.used.get(claim.defines) if claim.defines is not None else None
        reading = used or next(iter(claim.right.all), None)
        if reading is None and claim.right.error is not None and not self._is_function(claim):
            return Judgement(claim, Verdict.UNDECIDED, message=claim.right.error.message)
        if reading is None:
            return Judgement(claim, Verdict.CORRECT, Certainty.PROVED)
        notes = reading.told_in(claim.right.node.span).notes
        verdict = Verdict.CORRECT
        if any(note.kind in SLIPS for note in notes):
            verdict = Verdict.SLIP
        elif not reading.is_literal and not only_loose(notes):
            verdict = Verdict.CHARITABLE
        judgement = Judgement(claim, verdict, Certainty.PROVED, notes=notes)
        judgement.code = slip_code(claim, notes)
        return self._count_checked(judgement)

    def _is_function(self, claim: Claim) -> bool:
        return any(d.right is claim.link.right for d in self.scope.functions.values())

    def _unequal(self, prepared: Prepared) -> Judgement:
        """`≠`: where the sides are equal after all, an arrow or an equals sign was meant."""
        claim = prepared.claim
        found = self._right(claim, prepared.literal, prepared.mended)
        if found is not None or any(self._up_to_sum(expected, got) for expected, got, _ in prepared.literal):
            judgement = found or Judgement(claim, Verdict.SLIP, Certainty.PROVED, prepared.literal[0][:2])
            judgement.verdict, judgement.code = Verdict.SLIP, "GC704"
            judgement.message = "`≠` stands between equal quantities: `⇒` or `=` was meant"
            return judgement
        if not prepared.literal:
            return Judgement(claim, Verdict.UNDECIDED, message="the two sides of `≠` cannot be compared")
        return judged(self.oracle, claim, Verdict.CORRECT, prepared.literal[0])

    def _up_to_sum(self, expected: Expr, got: Expr) -> bool:
        """Whether two sides differ by a constant, or by a sum over the samples that is not written."""
        index = self.scope.implicit_sample
        if index is not None and index.name in dict(got.free) and index.name not in dict(expected.free):
            got = isum(got, index)
        return self.oracle.factor(expected, got) is not None

    # --- step, faults, unread -------------------------------------------------------------------

    def _step(self, prepared: Prepared, judgement: Judgement) -> Verdict:
        claim = prepared.claim
        if claim.left.error is not None and not claim.left.all:
            return Verdict.UNDECIDED
        if claim.role is Role.DEFINITION or judgement.verdict is Verdict.UNDECIDED:
            return judgement.verdict
        found = self._right(claim, prepared.step_literal, prepared.step_mended)
        if found is not None:
            return found.verdict
        if judgement.verdict is not Verdict.WRONG and self._agreed_step(prepared):
            return Verdict.CONVENTION
        if judgement.verdict in (Verdict.CONVENTION, Verdict.SLIP, Verdict.CHARITABLE):
            return judgement.verdict
        return Verdict.WRONG if prepared.step_literal or prepared.step_mended else Verdict.UNDECIDED

    def _agreed_step(self, prepared: Prepared) -> bool:
        """Whether the sides differ by a factor that the document agrees on."""
        for expected, got, _ in [*prepared.step_literal, *prepared.step_mended]:
            factor = self.oracle.factor(expected, got)
            if factor is not None and self.agreements.convention(
                prepared.claim, expected, factor, self.judgements
            ):
                return True
        return False

    def _attribute(self, prepared: Prepared, judgement: Judgement) -> None:
        """A wrong link that owes it to its left neighbour is none of its own; others are faults.

        So is what a wrong update is written out to.
        """
        goes_on = judgement.claim.goes_on
        if judgement.pair is None or (judgement.verdict is not Verdict.WRONG and not goes_on):
            return
        inherit(judgement, self._left_neighbour(judgement.claim))
        if judgement.verdict is Verdict.WRONG:
            self.accusations.remember(prepared, judgement)

    def _left_neighbour(self, claim: Claim) -> Judgement | None:
        last = self.judgements[-1] if self.judgements else None
        return last if last is not None and last.claim.equation is claim.equation else None

    def _annotations_checked(self, judgement: Judgement, prepared: Prepared) -> Judgement:
        """A line is not right if a size or a value that it writes below a part of itself is false."""
        if judgement.verdict in (Verdict.WRONG, Verdict.FOLLOWS, Verdict.UNDECIDED):
            return judgement
        false = written_below.false_size(prepared.claim.right, self.scope) or written_below.false_value(
            prepared.annotations, self.oracle
        )
        if false is not None:
            judgement.verdict, judgement.message, judgement.code = Verdict.WRONG, false.message, false.code
            if false.pair is not None:
                judgement.pair = false.pair
                judgement.evidence = self.oracle.evidence(*false.pair) if self.oracle.decisive else None
        return judgement

    def _unread(self, claim: Claim) -> Judgement | None:
        for side in (claim.head, claim.right):
            if not side.all:
                error = side.error or MeaningError("this cannot be read")
                return self.accusations.without_meaning(claim, side, error)
        return None
