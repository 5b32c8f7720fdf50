"""Numbers that stand among letters: `∂L/∂w = 0.148 x`, where 0.148 is what was printed for `∂L/∂z`.

Who works an example puts numbers in one after another, so that a side holds letters and numbers at once. With
what each number was given or printed for in its place, such a side may be right for all values, and is then
right. A number that was printed nowhere, the 0.332 of `0.332 a x`, may have been computed on the way: a side
that has the value of its left at the numbers given is left open, since what it is for others is not told.

A side of numbers alone, `1.918 · 0.0393 · 6`, is held against the value of its head in the same way, with the
unrounded value of what each number was printed for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import isclose

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.bench.programs import is_piecewise
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement, Pair, judged
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.comparisons.printed import AT_GIVEN, ROUNDED, UNSETTLED, Printed, decimals, unit_of
from gradcheck.checking.judging.given_values import GivenValues
from gradcheck.checking.judging.void import nothing_agreed
from gradcheck.expr.forms.build import apply, rebuild, var
from gradcheck.expr.forms.reading import MeaningError, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.closed import decimal_text, is_closed
from gradcheck.expr.written.definitions import definitions, unboxed
from gradcheck.expr.written.limits import ORDERING
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Number
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass, replace
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.verdict import Certainty, Verdict

_RIGHT = (Verdict.CORRECT, Verdict.CHARITABLE)
_EXACT = 1e-9  # two ways to one value, in floating point
_MOST_NUMBERS = 24
_MOST_TRIALS = 64  # ways to put names in for the numbers of one side


@dataclass(frozen=True, slots=True)
class StandsFor:
    """What a number stands for: a name that was given it, or what it was printed for.

    equation   the number of the equation that ends in it, and the number as it is printed there; none of a
               given one
    """

    name: Expr
    equation: int = -1
    text: str = ""


class NumbersForNames:
    """Judges lines in which numbers stand for names and derivatives.

    equations   all equations of the document, for the numbers that are printed before a line
    """

    def __init__(self, scope: Scope, given: GivenValues, equations: Iterable[Equation]) -> None:
        self._scope = scope
        self._given = given
        self._equations = list(equations)

    def judged(self, prepared: Prepared, oracle: Oracle) -> Judgement | None:
        """What is said of a line with what its numbers were given or printed for in their place."""
        claim = prepared.claim
        given = self._given.numbers(claim.equation.number)
        for expected, got, notes in prepared.literal:
            for named in self._named(prepared, got, given):
                pair = expected, named, notes
                if oracle.equal(expected, named) and not self._is_void(pair, prepared, oracle):
                    return judged(oracle, claim, Verdict.CORRECT, pair)
        return None

    def at_given(self, prepared: Prepared) -> Judgement | None:
        """A line with numbers of its own among its letters that holds at the numbers given is left open.

        So is one that holds on the piece of a piecewise function that they are on.
        """
        claim = prepared.claim
        given = self._given.numbers(claim.equation.number) or self._given.defined()
        if given and not is_closed(claim.link.right):
            puts_in, made = self._puts_in(claim), self._given.bench.program.definitions
            for expected, got, _ in prepared.literal:
                reached = self._given.bench.program.reach_of(expected)
                pieces = (node for key in reached & made.keys() for node in made[key].walk())
                if (puts_in or is_piecewise(pieces)) and self._agrees_at(prepared, expected, got, given):
                    return Judgement(claim, Verdict.UNDECIDED, pair=(expected, got), message=AT_GIVEN)
        return None

    def printed_from(
        self, claim: Claim, heads: Iterable[Expr], given: Mapping[str, float], faults: Mapping[int, str]
    ) -> Judgement | None:
        """What is said of numbers that are the head, if each is what it was given or printed for, unrounded.

        `1.918 · 0.0393 · 3000` is `∂L/∂ŷ · ∂ŷ/∂z · x`, however far its rounding takes it from the value of
        `∂L/∂w`. Where a number was printed in a wrong line, this one only follows from it.

        heads    what the numbers should be, one for each reading
        faults   the first accusation of each line, by the numbers of the equations
        """
        got = claim.right.literal[0].value if claim.right.literal else None
        true = [value for head in heads for value in self._given.numbers_at(head, given)]
        if not isinstance(got, Expr) or not true:
            return None
        found = None
        for chosen in self._chosen(claim, got, given):
            named = _put_in(got, chosen)
            values = self._given.numbers_at(named, given)
            if not any(isclose(value, each, rel_tol=_EXACT) and each for value in values for each in true):
                continue
            printed = [each for each in chosen if each is not None and each.text]
            wrong = [faults[each.equation] for each in printed if each.equation in faults]
            if wrong:
                found = found or Judgement(claim, Verdict.FOLLOWS, Certainty.AGREES, cause=wrong[0])
            elif any(self._is_off(each, given) for each in printed):
                found = found or Judgement(claim, Verdict.UNDECIDED, message=UNSETTLED)
            else:
                return Judgement(claim, Verdict.CHARITABLE, Certainty.AGREES, message=ROUNDED)
        return found

    def _is_off(self, printed: StandsFor, given: Mapping[str, float]) -> bool:
        """Whether a number is far from what it was printed for."""
        values = self._given.numbers_at(printed.name, given)
        number = Printed(abs(float(printed.text)), 0.0, unit_of(printed.text) / 2)
        return any(number.agrees(abs(value)) is Verdict.WRONG for value in values)

    def is_put_in(self, claim: Claim, right: Printed) -> bool:
        """Whether printed numbers are what their left is with a number in it: `0.138 a = 0.138 · 0.5`.

        They are right as a step, whatever the number in it stands for.
        """
        node = claim.link.left
        if is_closed(node) or not decimals(node):
            return False
        given = self._given.numbers(claim.equation.number)
        exprs = [reading.value for reading in claim.left.literal if isinstance(reading.value, Expr)]
        values = [v for e in exprs for v in self._given.numbers_at(e, given, frozenset(given))]
        return any(right.agrees(value) in _RIGHT for value in values)

    def _is_void(self, pair: Pair, prepared: Prepared, oracle: Oracle) -> bool:
        """Whether the two sides agree about nothing, being 0."""
        return nothing_agreed(pair, prepared.claim, self._scope, oracle, Counter()) is not None

    def _named(self, prepared: Prepared, got: Expr, given: Mapping[str, float]) -> Iterator[Expr]:
        """A side with what its numbers stand for in place of one of them or of more: `λ w` for `0.1 w`."""
        for chosen in self._chosen(prepared.claim, got, given):
            yield _put_in(got, chosen)

    def _chosen(
        self, claim: Claim, got: Expr, given: Mapping[str, float]
    ) -> Iterator[tuple[StandsFor | None, ...]]:
        """Ways to put in what numbers stand for, in the order of a walk; None leaves one as it is."""
        numbers = [node for node in got.walk() if node.op == "num"]
        if len(numbers) > _MOST_NUMBERS:
            return
        written = {Fraction(text) for text in decimals(claim.link.right)}
        options = [
            (None, *self._of_given(node, given), *self._of_printed(node, written, claim)) for node in numbers
        ]
        yield from islice(product(*options), 1, _MOST_TRIALS)

    def _of_given(self, node: Expr, given: Mapping[str, float]) -> Iterator[StandsFor]:
        """The names that were given a number."""
        if isinstance(node.attr[0], str):
            return  # π, e
        variables = self._given.bench.program.variables
        for key, value in given.items():
            if (
                key in variables
                and variables[key].shape == SCALAR
                and abs(float(node.attr[0]) - value) < 1e-12
            ):
                yield StandsFor(var(key, SCALAR))

    def _of_printed(self, node: Expr, written: set[Fraction], claim: Claim) -> Iterator[StandsFor]:
        """What a decimal was printed for before; whole numbers are printed for too many things."""
        if isinstance(node.attr[0], str) or not {node.attr[0], -node.attr[0]} & written:
            return
        for printed in self._printed:
            value = Fraction(printed.text)
            if printed.equation < claim.equation.number and abs(value) == abs(node.attr[0]):
                yield printed if value == node.attr[0] else replace(printed, name=apply("neg", printed.name))

    @cached_property
    def _printed(self) -> Sequence[StandsFor]:
        """The numbers in which lines end, and what begins the lines."""
        found: list[StandsFor] = []
        for equation in self._equations:
            text = _last_number(equation)
            if text is None:
                continue
            try:
                head = expression(Elaborator(self._scope).readings(equation.head)[0].value)
            except (MeaningError, ShapeError):
                continue
            known = head.keys <= self._given.bench.program.variables.keys()
            if head.shape == SCALAR and not head.free and head.keys and known:
                found.append(StandsFor(head, equation.number, text))
        return found

    def _puts_in(self, claim: Claim) -> bool:
        """Whether a number of a side stands in no definition: the 0.5 of `0.5 x^2` stands for nothing."""
        return not {Fraction(node.text) for node in of_kind(claim.link.right, Number)} <= self._constants

    @cached_property
    def _constants(self) -> frozenset[Fraction]:
        """The numbers in the formulas of what a document defines."""
        rights = [told.right for told in definitions(self._equations) if not is_closed(told.right)]
        return frozenset(Fraction(node.text) for right in rights for node in of_kind(right, Number))

    def _agrees_at(self, prepared: Prepared, expected: Expr, got: Expr, given: Mapping[str, float]) -> bool:
        """Whether two sides are one number where the names have theirs, within the rounding of decimals."""
        if expected.shape != SCALAR or got.shape != SCALAR:
            return False
        true, there = self._given.numbers_at(expected, given), self._given.numbers_at(got, given)
        if not true or not there:
            return False
        spread = self._given.spread(prepared.claim.link.right, got, given)
        return Printed(there[0], spread, 0.0).agrees(true[0]) in _RIGHT


def _put_in(expr: Expr, chosen: Sequence[StandsFor | None]) -> Expr:
    """A formula with names in place of its numbers, one for each in the order of a walk; None leaves one."""
    standing = iter(chosen)

    def put(node: Expr) -> Expr:
        if node.op == "num":
            found = next(standing)
            return node if found is None else found.name
        args = tuple([put(arg) for arg in node.args])
        return node if args == node.args else rebuild(node, args)

    return put(expr)


@once_a_node
def _last_number(equation: Equation) -> str | None:
    """The decimal that a line ends in, with its sign."""
    link = equation.links[-1]
    if link.relation.sign in ORDERING or is_closed(equation.head):
        return None
    return decimal_text(unboxed(link.right))
