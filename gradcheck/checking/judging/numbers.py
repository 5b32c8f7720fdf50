"""Worked numbers: `z = 0.5 · 2.0 + 0.1 = 1.1`, `∂L/∂b = 2(0.7967 − 4) ≈ −6.407` beside symbolic definitions.

In a document that works an example, numbers given to names are no definitions: the derivation holds for all
values, and the numbers are checked by themselves. A printed number is right where the value rounds to it;
where it is right only to within the rounding of the numbers it is made from, that is charitable. What the
author's own numbers give is computed as written; what the quantity is, from the numbers given before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.claims import Claim, Side
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.comparisons.printed import (
    ROUNDED,
    UNSETTLED,
    UNTOLD,
    Printed,
    are_numbers,
    decimals,
    unit_of,
)
from gradcheck.checking.judging.arrays_at_given import ArraysAtGiven
from gradcheck.checking.judging.given_values import NO_ARRAYS, Array, GivenValues, is_update
from gradcheck.checking.judging.numbers_for_names import NumbersForNames
from gradcheck.checking.judging.numbers_in_arrays import judged_in_arrays, judged_put_in
from gradcheck.checking.judging.open_derivatives import derives_in_vain
from gradcheck.checking.judging.put_in_numbers import PutIn
from gradcheck.checking.judging.steps_in_numbers import Steps
from gradcheck.expr.forms.build import num, substitute
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import NUMBERS, PART, Equation
from gradcheck.notation.tree import Node, Number
from gradcheck.notation.walk import of_kind, walk
from gradcheck.records import replace
from gradcheck.restating.sayings.examples import is_worked
from gradcheck.shapes import SCALAR
from gradcheck.verdict import Certainty, Verdict


class Numbers:
    """Judges the links of a case whose right side is numbers.

    equations   all equations of the document, for the numbers given before a claim
    """

    def __init__(self, scope: Scope, bench: Bench, equations: Iterable[Equation]) -> None:
        self.scope = scope
        self.bench = bench
        equations = list(equations)
        self._given = GivenValues(scope, bench, equations)
        self._put_in = PutIn(scope, equations)
        self._for_names = NumbersForNames(scope, self._given, equations)
        self._arrays = ArraysAtGiven(scope, bench, self._given, equations)
        self._steps = Steps(self._given)
        self._faults: dict[int, str] = {}
        self._rates = frozenset(text for equation in equations for text in _rate(equation))

    def instead(self, judgement: Judgement, prepared: Prepared, oracle: Oracle) -> Judgement:
        """What is said of a line with the numbers given, where it does not hold for all values."""
        held_against = judgement.verdict in (Verdict.WRONG, Verdict.FOLLOWS)
        if held_against and (told := self._put_in.at_told(prepared, oracle)) is not None:
            return told
        if judgement.verdict in (Verdict.WRONG, Verdict.UNDECIDED):
            judgement = (
                self.at_given(prepared.claim)
                or self._for_names.judged(prepared, oracle)
                or self._steps.judged(prepared, self._given.numbers(prepared.claim.equation.number))
                or self._for_names.at_given(prepared)
                or judgement
            )
        if judgement.verdict in (Verdict.WRONG, Verdict.FOLLOWS):
            judgement = self._put_in.judged(prepared, oracle) or judgement
        if judgement.verdict is Verdict.WRONG:
            judgement = self._untold(prepared, oracle) or judgement
        if judgement.verdict is Verdict.WRONG:
            self._faults.setdefault(prepared.claim.equation.number, prepared.claim.id)
        return judgement

    def _untold(self, prepared: Prepared, oracle: Oracle) -> Judgement | None:
        """Decimals behind a formula that varies, `= (a - y) x = 0.3`, where no text tells the point of them.

        A figure may; only the arithmetic from one side of numbers to the next is judged.
        """
        claim = prepared.claim
        right = claim.link.right
        if claim.link.number == 1 or not is_closed(right) or not decimals(right) or not prepared.literal:
            return None
        if oracle.is_constant(prepared.literal[0][0]):
            return None
        printed = self._printed(claim.right, frozenset(), rounded=True)
        left = self._printed(claim.left, frozenset(), rounded=False) if is_closed(claim.link.left) else None
        if printed is None or left is None:
            return Judgement(claim, Verdict.UNDECIDED, message=UNTOLD)
        return self._said(claim, left, printed, [], {})

    def judged(self, claim: Claim) -> Judgement | None:
        """What is said of a link whose right side is numbers of an example; None of any other."""
        found = self._of_numbers(claim)
        if claim.stepped is not None and claim.link is claim.equation.links[-1]:
            self._steps.note(claim, found, self._given.of_side(claim.right))
        elif found is not None and claim.link is claim.equation.links[-1]:
            self._steps.note_new(claim)
        return found

    def _of_numbers(self, claim: Claim) -> Judgement | None:
        if not are_numbers(claim, self.scope, self.bench.program):
            return None
        if claim.link.relation.sign in ORDERING:
            return self._ordered(claim)
        worked = is_worked(claim.link.right) or not is_closed(claim.link.right)
        if claim.equation.connective != NUMBERS and not worked:
            return self.at_given(claim) if claim.link.number > 1 else None
        if claim.link.number == 1 and is_update(claim.equation):
            return Judgement(claim, Verdict.UNDECIDED, message="an update in numbers is not checked")
        if claim.link.number == 1 and self._is_input(claim):
            return Judgement(claim, Verdict.CORRECT, Certainty.AGREES)
        given = self._given.numbers(claim.equation.number)
        if not given and claim.equation.connective != NUMBERS and isinstance(claim.link.right, Number):
            given = self._given.defined()
            if not given or not self._values_of_head(claim, given):
                return None  # a slope of 0.01 is no example's
        exact = frozenset(round(value, 12) for key, value in given.items() if key not in self.scope.program)
        right = self._printed(claim.right, exact, rounded=True)
        if right is None:
            unknown = Judgement(claim, Verdict.UNDECIDED, message="these numbers could not be computed")
            stepped = judged_in_arrays(claim, self.bench)
            judged = stepped or self._arrays.judged(claim, given, is_moved=bool(self._steps.taken))
            return judged or (None if self._is_constant(claim) else unknown)
        closed = is_closed(claim.link.left)
        left = self._printed(claim.left, exact, rounded=False) if closed else self._steps.told(claim, given)
        values = self._agreeing(claim, given, right)
        return self._said(claim, left, right, values, given)

    def _ordered(self, claim: Claim) -> Judgement | None:
        """What is said of `0.5 > 0`: that it is so; None of any other order."""
        left, right = self._given.of_side(claim.left), self._given.of_side(claim.right)
        if not is_closed(claim.link.left) or left is None or right is None:
            return None
        holds = {"<": left < right, "≤": left <= right, ">": left > right, "≥": left >= right}
        return self._verdict(claim, Verdict.CORRECT, None) if holds[claim.link.relation.sign] else None

    def at_given(self, claim: Claim) -> Judgement | None:
        """What is said of a number that does not hold for all values, but may at those given before.

        None where no numbers were given, or where the value at them is another one. A line into which a
        number is put that was given for a derivative, `dr/dt = 0.2`, holds for no other rates.
        """
        if not is_closed(claim.link.right) and self._rates & set(decimals(claim.link.right)):
            return self._verdict(claim, Verdict.UNDECIDED, None)
        if is_closed(claim.link.right) and self._is_of_open_function(claim):
            return Judgement(claim, Verdict.UNDECIDED, message="a given rate of an open function")
        if not is_closed(claim.link.right):
            return judged_put_in(claim, self.bench, self._given.arrays(claim.equation.number))
        given = self._given.numbers(claim.equation.number)
        right = self._printed(claim.right, frozenset(), rounded=True)
        if right is None:
            return self._arrays.judged(claim, given, is_moved=bool(self._steps.taken))
        found = [right.agrees(value) for value in self._agreeing(claim, given, right)]
        verdict = next((v for v in (Verdict.CORRECT, Verdict.CHARITABLE) if v in found), None)
        if verdict is None and (found or not given):
            return None
        return self._verdict(claim, verdict or Verdict.UNDECIDED, None)

    def _said(
        self,
        claim: Claim,
        left: Printed | None,
        right: Printed,
        values: list[float],
        given: Mapping[str, float],
    ) -> Judgement:
        found = [right.agrees(value) for value in values]
        best = next((v for v in (Verdict.CORRECT, Verdict.CHARITABLE) if v in found), None)
        head = best or (found[0] if found and not self._steps.taken else None)
        if left is None:
            if head not in (Verdict.CORRECT, Verdict.CHARITABLE):
                heads = self._heads(claim)
                by_name = self._for_names.printed_from(claim, heads, given, self._faults)
                if by_name is not None:
                    return by_name
                if (cause := self._faults.get(claim.equation.number)) is not None:
                    return self._behind(claim, right, given, cause)
            put_in = head is Verdict.WRONG and self._for_names.is_put_in(claim, right)
            return self._first(claim, right, values, None if put_in else head)
        near = replace(right, spread=right.spread + left.spread).agrees(left.value)
        off = abs(left.value - right.value) > max(left.spread + right.spread, 2 * right.half) * (1 + 1e-9)
        step = near if near in (Verdict.CORRECT, Verdict.CHARITABLE) else Verdict.WRONG if off else None
        if head in (Verdict.CORRECT, Verdict.CHARITABLE) or step is None:
            return self._verdict(claim, head or Verdict.UNDECIDED, step)
        if step is Verdict.WRONG:
            self._faults.setdefault(claim.equation.number, claim.id)
            return right.miscounted(claim, "the numbers on its left give", left.value, Certainty.PROVED, step)
        cause = self._faults.get(claim.equation.number)
        if cause is not None:
            return Judgement(claim, Verdict.FOLLOWS, Certainty.AGREES, cause=cause, step=step)
        return self._verdict(claim, Verdict.UNDECIDED if head is Verdict.WRONG else step, step)

    def _behind(self, claim: Claim, right: Printed, given: Mapping[str, float], cause: str) -> Judgement:
        """What is said of the first numbers behind a formula that is wrong: that they are its value there."""
        exprs = [r.value for r in claim.left.literal if isinstance(r.value, Expr) and r.value.shape == SCALAR]
        values = [v for e in exprs for v in self._values(e, given, NO_ARRAYS)]
        if any(right.agrees(value) in (Verdict.CORRECT, Verdict.CHARITABLE) for value in values):
            return Judgement(claim, Verdict.FOLLOWS, Certainty.AGREES, cause=cause)
        return self._verdict(claim, Verdict.UNDECIDED, None)

    def _first(self, claim: Claim, right: Printed, values: list[float], head: Verdict | None) -> Judgement:
        if head is Verdict.WRONG:
            self._faults.setdefault(claim.equation.number, claim.id)
            return right.miscounted(
                claim, "with the numbers given this is", values[0], Certainty.AGREES, None
            )
        return self._verdict(claim, head or Verdict.UNDECIDED, None)

    def _verdict(self, claim: Claim, verdict: Verdict, step: Verdict | None) -> Judgement:
        message = None
        if verdict is Verdict.CHARITABLE:
            message = ROUNDED
        elif verdict is Verdict.UNDECIDED:
            message = UNSETTLED
        certainty = None if verdict is Verdict.UNDECIDED else Certainty.AGREES
        return Judgement(claim, verdict, certainty, message=message, step=step)

    # --- values ------------------------------------------------------------------------------------------

    def _is_input(self, claim: Claim) -> bool:
        name = read_name(unboxed(claim.equation.head))
        if claim.equation.connective != NUMBERS or name is None or not name.is_plain:
            return False
        return self.scope.vocabulary.canonical(name) not in self.scope.program

    def _printed(self, side: Side, exact: frozenset[float], *, rounded: bool) -> Printed | None:
        """The value of a side of numbers, and what their rounding leaves open.

        exact     numbers that were given, not computed
        rounded   whether one number alone is a rounded result, and not a part of the next step
        """
        value = self._given.of_side(side)
        if value is None or not side.literal:
            return None
        expr = side.literal[0].value
        assert isinstance(expr, Expr), "a number is a formula"
        units = {Fraction(text): unit_of(text) for text in decimals(side.node)}
        alone = isinstance(unboxed(side.node), Number) or _is_signed_number(side.node)
        if alone and rounded:
            return Printed(value, 0.0, next(iter(units.values()), 0.0) / 2)
        open_ones = {n: unit for n, unit in units.items() if round(float(n), 12) not in exact}
        return Printed(value, sum(abs(self._moved(expr, n, u) - value) for n, u in open_ones.items()), 0.0)

    def _moved(self, expr: Expr, number: Fraction, unit: float) -> float:
        """The value with one of the numbers a unit of its last place larger: it may be truncated."""
        moved = substitute(expr, {num(number): num(number + Fraction(unit))})
        return float(self.bench.value(moved).ravel()[0])

    def _agreeing(self, claim: Claim, given: dict[str, float], right: Printed) -> list[float]:
        """What the head is at the numbers given; at the arrays given, where it is what is printed.

        The point at which a formula of arrays is taken is often told in words: another value accuses nobody.
        """
        arrays = self._given.values_of_arrays(claim.equation.number)
        there = self._values_of_head(claim, given, arrays) if arrays[0] else []
        agreeing = [value for value in there if right.agrees(value) in (Verdict.CORRECT, Verdict.CHARITABLE)]
        return agreeing or self._values_of_head(claim, given)

    def _values_of_head(
        self, claim: Claim, given: dict[str, float], worlds: Iterable[Mapping[str, Array]] = (NO_ARRAYS,)
    ) -> list[float]:
        """What the chain's head is at the numbers given before; empty where they do not settle it.

        A derivative is taken at the inputs; a value also with the numbers that were stated on the way. Where
        more is added to the head below, or it derives a bare number, what stands to the left is meant.
        """
        return [
            value
            for expr in self._heads(claim)
            for numbers in self._steps.given(given)
            for arrays in worlds
            for value in self._values(expr, numbers, arrays)
        ]

    def _heads(self, claim: Claim) -> list[Expr]:
        """What the numbers of a claim should be; none where they are an update or a part of something."""
        is_part = claim.equation.connective == PART or derives_in_vain(claim.head, self.bench.program)
        if (is_update(claim.equation) or is_part) and claim.link.number == 1:
            return []
        exprs = (reading.value for reading in (claim.left if is_part else claim.head).literal)
        return [e for e in exprs if isinstance(e, Expr) and e.shape == SCALAR and not e.free]

    def _values(self, expr: Expr, given: Mapping[str, float], arrays: Mapping[str, Array]) -> list[float]:
        """What a number is at the inputs, and with the numbers stated on the way."""
        held = frozenset(given)
        found = self._given.numbers_at(expr, given, held - frozenset(self.bench.program.definitions), arrays)
        if not expr.derivatives and expr.op != "var":
            found += self._given.numbers_at(expr, given, held, arrays)
        return found

    def _is_of_open_function(self, claim: Claim) -> bool:
        """Whether the head derives a quantity that is told only to be a function, `r = r(t)`."""
        known = self.bench.program.definitions
        heads = [reading.value for reading in claim.head.literal if isinstance(reading.value, Expr)]
        derived = [head.args[0] for head in heads if head.op == "deriv"]
        return any(node.op == "var" and known.get(node.attr[0], node).op == "unknown" for node in derived)

    def _is_constant(self, claim: Claim) -> bool:
        """Whether an array at the head of the chain is the same whatever the inputs are."""
        exprs = (reading.value for reading in claim.head.literal if isinstance(reading.value, Expr))
        arrays = [self.bench.prepare(expr) for expr in exprs if expr.shape != SCALAR]
        try:
            values = [[run.floats.value(array) for run in self.bench.runs] for array in arrays]
        except (EvaluationError, OverflowError):
            return False
        several = bool(values) and len(self.bench.runs) > 1
        return several and all(np.array_equal(each[0], other) for each in values for other in each[1:])


@once_a_node
def _rate(equation: Equation) -> tuple[str, ...]:
    """The number that a line gives for a derivative."""
    alone = len(equation.links) == 1 and isinstance(equation.links[0].right, Number)
    return decimals(equation.links[0].right) if alone and derives(equation.head) else ()


def _is_signed_number(node: Node) -> bool:
    parts = of_kind(node, Number)
    others = [part for part in walk(node) if type(part).__name__ not in ("Number", "Sum", "Term", "Group")]
    return len(parts) == 1 and not others
