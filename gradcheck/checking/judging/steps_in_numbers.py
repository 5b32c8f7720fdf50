"""Steps of gradient descent in numbers: `w_new = w - 0.1 · (-4) = 1.4` beside `w = 1`.

A number stands in the place of the gradient, so the line is no identity: it is right where it is the true
step at the numbers given before. What is stepped has the number in which the step ends from there on. Of more
parameters that are stepped in turn the later gradients may be taken at the old numbers or at the new ones,
and authors do either: behind a step each of these is tried, and none of them is taken to be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.comparisons.printed import ROUNDED, Printed
from gradcheck.checking.judging.given_values import GivenValues
from gradcheck.expr.forms.tree import Expr, factors_of
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.rates import STEP_SIZES
from gradcheck.notation.tree import Number
from gradcheck.notation.walk import of_kind
from gradcheck.restating.sayings.words_above import renewed
from gradcheck.shapes import SCALAR
from gradcheck.verdict import Certainty, Verdict

Given = Mapping[str, float]
_RIGHT = (Verdict.CORRECT, Verdict.CHARITABLE)
_LATEST = 12  # steps that are looked back on: as many parameters may be stepped at once
_UNSETTLED = "the numbers that were given do not settle this step"


class Steps:
    """The steps of a case that are told in numbers.

    given   the numbers of names, and what formulas are at them
    taken   behind each step the numbers that steps have ended in so far, by what was stepped; those of an
            array, or of a step that ends in no number, are not known
    """

    def __init__(self, given: GivenValues) -> None:
        self._given = given
        self.taken: list[Given] = []

    def note(self, claim: Claim, judgement: Judgement | None, value: float | None) -> None:
        """Keep the number that a step ends in, for what was stepped; a wrong one is no value of it."""
        stepped, standing = _stepped(claim), self.taken[-1] if self.taken else {}
        told = stepped is not None and is_closed(claim.link.right)
        if (
            stepped is not None
            and told
            and judgement is not None
            and judgement.verdict in _RIGHT
            and value is not None
        ):
            standing = {**standing, stepped.attr[0]: value}
        self.taken.append(standing)

    def note_new(self, claim: Claim) -> None:
        """Keep the number that a line without a formula gives a name anew, `w_new = 3 - 0.1 · 4 = 2.6`."""
        key = renewed(claim.head.node) if claim.stepped is None else None
        value = None if key is None else self._given.of_side(claim.right)
        if key is not None and value is not None and key in self._given.numbers(claim.equation.number):
            self.taken.append({**(self.taken[-1] if self.taken else {}), key: value})

    def given(self, first: Given) -> Iterator[Given]:
        """The numbers given at first, and those behind each of the latest steps."""
        yield first
        for taken in self.taken[-_LATEST:]:
            yield {**first, **taken}

    def told(self, claim: Claim, first: Given) -> Printed | None:
        """What a step in numbers gives, which the next side of its chain should print; None of any other."""
        stepped = _stepped(claim)
        values = (reading.value for reading in claim.left.literal)
        expr = next((value for value in values if isinstance(value, Expr)), None)
        if stepped is None or expr is None or self.taken or not self._is_in_numbers(expr, stepped):
            return None
        value = self._given.numbers_at(expr, first)
        return Printed(value[0], self._given.spread(claim.left.node, expr, first), 0.0) if value else None

    def judged(self, prepared: Prepared, first: Given) -> Judgement | None:
        """What is said of a step that has a number for its gradient; None of any other."""
        claim = prepared.claim
        stepped = _stepped(claim)
        if stepped is None or not prepared.literal or not of_kind(claim.link.right, Number):
            return None
        pairs = [(expected, got) for expected, got, _ in prepared.literal if got.shape == SCALAR]
        if not pairs or not all(self._is_in_numbers(got, stepped) for _, got in pairs):
            return None
        found = [
            agreed
            for expected, got in pairs
            for given in self.given(first)
            if (agreed := self._agreed(claim, expected, got, given)) is not None
        ]
        best = next((v for v in _RIGHT if any(said == v for said, _, _ in found)), None)
        if best is not None:
            return Judgement(claim, best, Certainty.AGREES, message=_rounded(best))
        if not found or self.taken or any(said is not Verdict.WRONG for said, _, _ in found):
            return Judgement(claim, Verdict.UNDECIDED, message=_UNSETTLED)
        _, written, value = found[0]
        said = "with the numbers given the step ends in"
        return written.miscounted(claim, said, value, Certainty.AGREES, None)

    @staticmethod
    def _is_in_numbers(got: Expr, stepped: Expr) -> bool:
        """Whether nothing but what is stepped and its rate is left in a step besides numbers."""
        letters = {node.attr[0] for node in got.walk() if node.op == "var"}
        return not got.derivatives and letters <= {stepped.attr[0], *STEP_SIZES}

    def _agreed(
        self, claim: Claim, expected: Expr, got: Expr, given: Given
    ) -> tuple[Verdict | None, Printed, float] | None:
        """Whether a step is the true one at numbers, what it is and what it should be; None unless settled.

        With no rate told the step goes along the gradient where one of its factors is this gradient.
        """
        if not _has_rate(expected) and expected.op == "sub":
            return self._along(got, expected.args[1], given)
        true, written = self._given.numbers_at(expected, given), self._given.numbers_at(got, given)
        if not true or not written:
            return None
        printed = Printed(written[0], self._given.spread(claim.right.node, got, given), 0.0)
        return printed.agrees(true[0]), printed, true[0]

    def _along(self, got: Expr, gradient: Expr, given: Given) -> tuple[Verdict | None, Printed, float] | None:
        true = self._given.numbers_at(gradient, given)
        for factor in factors_of(got.args[1]) if true and got.op == "sub" else ():
            value = None if factor.keys else float(self._given.bench.value(factor).ravel()[0])
            if value is not None and Printed(value, 0.0, 0.0).agrees(true[0]) is Verdict.CORRECT:
                return Verdict.CORRECT, Printed(value, 0.0, 0.0), true[0]
        return None


def _stepped(claim: Claim) -> Expr | None:
    """The number by name that gets a new value in this link, or in the chain of which it is a part."""
    values = () if claim.stepped is None else (reading.value for reading in claim.stepped.all)
    found = (value for value in values if isinstance(value, Expr))
    return next((value for value in found if value.op == "var" and value.shape == SCALAR), None)


def _has_rate(expected: Expr) -> bool:
    return any(node.op == "var" and node.attr[0] in STEP_SIZES for node in expected.walk())


def _rounded(verdict: Verdict) -> str | None:
    return ROUNDED if verdict is Verdict.CHARITABLE else None
