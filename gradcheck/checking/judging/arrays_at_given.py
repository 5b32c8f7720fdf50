"""Printed arrays of formulas at the arrays given before: `2 A x = [8, 14]` beside `A = …` and `x = …`.

A printed entry is right where what stands at the head of the chain rounds to it, or what stands to its left,
by exact numbers or by those that the author has printed on the way, for who goes on with rounded numbers is
right. It is wrong where it is another number by all of them. Sums and products of the numbers given are exact
but for the last rounding; what is printed of any other formula may be rounded several times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import numpy as np

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.program import CalculusError
from gradcheck.checking.comparisons.claims import Claim, Side
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.checking.comparisons.printed import ROUNDED, UNSETTLED, Printed
from gradcheck.checking.judging.given_values import Array, GivenValues, is_list_of_numbers
from gradcheck.checking.judging.numbers_in_arrays import Entries, entries_of
from gradcheck.expr.forms.build import substitute, var
from gradcheck.expr.forms.reading import MeaningError, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import LAYER_MARK
from gradcheck.notation.statements import Equation
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.verdict import Certainty, Verdict

_RIGHT = (Verdict.CORRECT, Verdict.CHARITABLE)
_EXACT = {"var", "num", "add", "sub", "neg", "mul", "matmul", "dot", "outer", "transpose", "eye", "square"}

_PRINTED = f"{LAYER_MARK}printed"  # begins the names of derivatives for which an author has printed an array
Told = tuple[tuple[Expr, Array], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A value that a printed array may mean, the verdict by it and the first place at which it is another."""

    value: Array
    verdict: Verdict | None
    place: int


class ArraysAtGiven:
    """Judges printed arrays by what was given before.

    equations   all equations of the document, for the arrays that are printed on the way
    """

    def __init__(self, scope: Scope, bench: Bench, given: GivenValues, equations: Iterable[Equation]) -> None:
        self._scope = scope
        self._bench = bench
        self._given = given
        self._equations = [e for e in equations if is_list_of_numbers(unboxed(e.links[-1].right))]
        self._faults: dict[int, str] = {}
        self._settled: set[tuple[int, Expr]] = set()

    def judged(self, claim: Claim, numbers: Mapping[str, float], *, is_moved: bool) -> Judgement | None:
        """What is said of a printed array; None where there is none, or nothing that settles it.

        is_moved   whether a step was taken before, so that what was given need not hold any more
        """
        right = entries_of(claim.right, self._bench)
        if right is None:
            return None
        exact = [f for e in _arrays(claim.head) for f in self._compared(e, right, claim, numbers)]
        exact = exact or [f for e in self._put_in(claim) for f in self._compared(e, right, claim, numbers)]
        own = [f for e, told in self._told_on(claim) for f in self._compared(e, right, claim, numbers, told)]
        found = [*exact, *own]
        best = next((v for v in _RIGHT if any(f.verdict is v for f in exact)), None)
        if best is None and any(f.verdict in _RIGHT for f in own):
            return self._by_printed(claim, exact)
        if best is not None:
            self._settled |= self._formulas(claim)
            told = ROUNDED if best is Verdict.CHARITABLE else None
            return Judgement(claim, best, Certainty.AGREES, message=told)
        is_open = is_moved or bool(self._settled & self._formulas(claim)) or not _says_anything(right)
        if not found or is_open or any(f.verdict is not Verdict.WRONG for f in found):
            return Judgement(claim, Verdict.UNDECIDED, message=UNSETTLED) if found else None
        self._faults[claim.equation.number] = claim.id
        row, column = divmod(found[0].place, right.shape[1])
        printed, value = right.printed[found[0].place], float(found[0].value.ravel()[found[0].place])
        said = f"in row {row + 1}, column {column + 1} with the numbers given this is"
        return printed.miscounted(claim, said, value, Certainty.AGREES, None)

    def _formulas(self, claim: Claim) -> set[tuple[int, Expr]]:
        """The formulas of which an array is printed, with how many arrays were given before.

        One that has its value at these already, and is told anew, is told at a point in the words.
        """
        given = self._given.arrays_before(claim.equation.number)
        return {(given, expr) for expr in (*_arrays(claim.head), *_arrays(claim.left))}

    def _by_printed(self, claim: Claim, exact: list[Found]) -> Judgement:
        """A line that is right by the arrays printed before it: it follows where one of these is wrong."""
        faults = [cause for number, cause in self._faults.items() if number < claim.equation.number]
        far = any(f.verdict is Verdict.WRONG for f in exact)
        if far and faults:
            return Judgement(claim, Verdict.FOLLOWS, Certainty.AGREES, cause=faults[-1])
        if far:
            return Judgement(claim, Verdict.UNDECIDED, message=UNSETTLED)
        return Judgement(claim, Verdict.CHARITABLE, Certainty.AGREES, message=ROUNDED)

    def _compared(
        self, expr: Expr, right: Entries, claim: Claim, numbers: Mapping[str, float], told: Told = ()
    ) -> Iterator[Found]:
        """What a formula is at the arrays given, held against the printed entries, where they are as many."""
        verdict_of = _of_exact if not told and self._is_exact(expr) else Printed.agrees
        printed = {head.attr[0]: value for head, value in told}
        heads = [head for head, _ in told]
        for arrays in self._given.values_of_arrays(claim.equation.number):
            point = {**arrays, **printed}
            values = (
                self._given.at(expr, numbers, arrays=point, told=heads) if expr.keys else self._closed(expr)
            )
            for value in values:
                if not _is_laid_out(value, right):
                    continue
                entries = map(float, value.ravel())
                said = [verdict_of(printed, v) for printed, v in zip(right.printed, entries, strict=True)]
                place = next((place for place, verdict in enumerate(said) if verdict is Verdict.WRONG), None)
                if place is not None:
                    yield Found(value, Verdict.WRONG, place)
                else:
                    yield Found(value, None if None in said else max(said, key=_RIGHT.index), 0)

    def _closed(self, expr: Expr) -> list[Array]:
        """The value of a formula in which every name has its numbers."""
        try:
            return [np.asarray(self._bench.value(expr), dtype=np.float64)]
        except (CalculusError, OverflowError):
            return []

    def _is_exact(self, expr: Expr) -> bool:
        """Whether a formula is made of what was given by sums and products alone."""
        program = self._bench.program
        told = [program.definitions[key] for key in program.reach_of(expr) if key in program.definitions]
        return all(node.op in _EXACT for formula in (expr, *told) for node in formula.walk())

    def _put_in(self, claim: Claim) -> list[Expr]:
        """What stands to the left with the given arrays in it: nothing else may tell the shapes of names."""
        node = self._given.put_in(claim.link.left, claim.equation.number)
        if node is None:
            return []
        try:
            values = [reading.value for reading in Elaborator(self._scope).readings(node)]
        except (MeaningError, ShapeError):
            return []
        return [value for value in values if isinstance(value, Expr) and value.shape != SCALAR]

    def _told_on(self, claim: Claim) -> Iterator[tuple[Expr, Told]]:
        """What stands to the left, and what was printed for the derivatives or the names in it."""
        printed = {head: value for number, head, value in self._printed if number < claim.equation.number}
        slopes = [head for head in printed if head.op == "deriv"]
        marks = {head: var(f"{_PRINTED}{place}", head.shape) for place, head in enumerate(slopes)}
        for expr in _arrays(claim.left) if printed else ():
            there = substitute(expr, marks)
            told = [(marks[head], printed[head]) for head in slopes if marks[head].attr[0] in there.keys]
            if not there.derivatives:
                told += [(h, v) for h, v in printed.items() if h.op == "var" and h.attr[0] in there.keys]
            if told:
                yield there, tuple(told)

    @cached_property
    def _printed(self) -> list[tuple[int, Expr, Array]]:
        """The arrays that are printed for what is computed, by the numbers of their equations."""
        found: list[tuple[int, Expr, Array]] = []
        known = self._bench.program.definitions
        for equation in self._equations:
            if any(link.relation.sign in ORDERING for link in equation.links):
                continue
            try:
                head = expression(Elaborator(self._scope).readings(equation.head)[0].value)
                told = expression(Elaborator(self._scope).readings(equation.links[-1].right)[0].value)
                value = np.asarray(self._bench.value(told), dtype=np.float64)
            except (CalculusError, MeaningError, ShapeError, OverflowError):
                continue
            computed = head.op == "deriv" or (head.op == "var" and head.attr[0] in known)
            if computed and head.shape != SCALAR and not head.free:
                found.append((equation.number, head, value.reshape(value.shape[-2:])))
        return found


def _is_laid_out(value: Array, right: Entries) -> bool:
    """Whether a value has the shape of printed entries; a row and a column of as many are one list."""
    shape = value.shape[-2:]
    listed = 1 in shape and 1 in right.shape
    return value.size == len(right.printed) and (shape == right.shape or listed)


def _of_exact(printed: Printed, value: float) -> Verdict | None:
    """What is said of a printed entry whose value was rounded once; one that needs no rounding was not."""
    said = printed.agrees(value)
    places = value / (2 * printed.half) if printed.half else 0.5
    is_whole = abs(places - round(places)) <= 1e-9 * max(1.0, abs(places))
    loose = printed.spread + (0.0 if is_whole else 2 * printed.half) + 1e-9 * abs(value)
    return said if said is Verdict.CORRECT or abs(printed.value - value) <= loose else Verdict.WRONG


def _arrays(side: Side) -> list[Expr]:
    """The readings of a side as an array of one value."""
    values = (reading.value for reading in side.literal)
    return [value for value in values if isinstance(value, Expr) and value.shape != SCALAR and not value.free]


def _says_anything(right: Entries) -> bool:
    """Whether a printed array is none of zeros alone, which is what a gradient is asked to be."""
    return any(printed.value for printed in right.printed)
