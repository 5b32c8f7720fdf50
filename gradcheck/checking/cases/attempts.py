"""A case as far as it is worth reading under one hypothesis.

A line without a reading whose sides have one shape is never right, so that how much a hypothesis can be
worth falls while it is read. Where it cannot be worth more than another is, reading stops: it goes on if
less is asked of it. All formulas are read before anything is computed, since each may bring in quantities
that the program has to hold.
"""

from __future__ import annotations

from functools import cached_property

from gradcheck.checking.bench.vanishing import asks_for_zero
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.cases.drafts import Draft
from gradcheck.checking.cases.hypotheses import Hypothesis, Surroundings, make_scope
from gradcheck.checking.comparisons.claims import Reader, declares
from gradcheck.checking.comparisons.judgement import WORTH, mends
from gradcheck.checking.comparisons.prepare import Prepared, prepare
from gradcheck.checking.comparisons.shape_products import shapes_multiplied
from gradcheck.checking.judging.conventions import in_columns
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.meaning.unnamed_loss import define_losses
from gradcheck.expr.written.closed import is_closed
from gradcheck.notation.statements import Equation
from gradcheck.restating.passages.segments import Segment
from gradcheck.verdict import Role, Verdict

SAME_WORTH = 1e-9


class Attempt:
    """One hypothesis about a case, and how far it was read.

    most   the most that the case can be worth under it, by what was read so far
    """

    def __init__(self, part: Segment, around: Surroundings, hypothesis: Hypothesis) -> None:
        self.most = links_of(part)
        self._part, self._around, self._hypothesis = part, around, hypothesis
        self._ahead = [*part.equations[::-1]]

    @cached_property
    def _draft(self) -> Draft:
        """What was read so far: at first nothing but what the names mean."""
        scope = make_scope(self._part, self._around, self._hypothesis)
        for key in (*self._part.quantities, *([scope.loss_key] if scope.loss_key else [])):
            try:
                scope.quantity(key)
            except MeaningError as error:
                scope.problems[key] = error
        return Draft(Case(self._part, self._hypothesis, scope), [])

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._draft.case.scope, self._around.overview.defined)

    def worth_more_than(self, other: float) -> Draft | None:
        """The case read to its end; None as soon as it cannot be worth more than another."""
        while self._ahead and self.most > other + SAME_WORTH:
            self._read(self._ahead.pop())
        return self._draft if self.most > other + SAME_WORTH else None

    def _read(self, equation: Equation) -> None:
        scope, told = self._draft.case.scope, self._around.overview.restrictions.get(equation.number, ())
        read = [prepare(claim, scope, told) for claim in self._reader.claims(equation)]
        self.most -= sum(_lost(item, scope) for item in read)
        self._draft.prepared += read
        if not self._ahead:
            define_losses(self._draft.nodes, scope, scope.usage.applied)

    def whole(self) -> Draft:
        """The case read to its end, whatever it can be worth."""
        draft = self.worth_more_than(-1.0)
        assert draft is not None, "no case is worth less than nothing"
        return draft


def links_of(part: Segment) -> float:
    """What a case is worth of which every line is right."""
    return float(sum(not declares(equation, link) for equation in part.equations for link in equation.links))


def _lost(item: Prepared, scope: Scope) -> float:
    """How much less than a right line this one is worth at least."""
    return 0.0 if item.claim.role is Role.DECLARATION else WORTH[Verdict.CORRECT] - _most_of(item, scope)


def _most_of(item: Prepared, scope: Scope) -> float:
    """The most that the verdict of one line can be worth."""
    claim = item.claim
    defines = claim.role in (Role.DEFINITION, Role.RESTATEMENT)
    if defines or item.literal or item.in_regions or is_closed(claim.link.right) or shapes_multiplied(claim):
        return WORTH[Verdict.CORRECT]
    if item.mended and (claim.role is Role.LOCAL_DERIVATIVE or asks_for_zero(*item.mended[0][:2])):
        return WORTH[Verdict.CORRECT]
    plain = any(not mends(notes) for _, _, notes in item.mended)
    if plain or item.layout or item.turned or any(True for _ in in_columns(claim, scope)):
        return WORTH[Verdict.CONVENTION]
    return WORTH[Verdict.SLIP] if item.mended else 0.0
