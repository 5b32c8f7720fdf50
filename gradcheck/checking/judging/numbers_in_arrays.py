"""Worked numbers in arrays: `[1.0 · 0.36, 0.5 · 0.75] = [0.36, 0.375]`, a matrix of numbers times a column.

Each entry of a printed array claims what a printed number does: the value of what stands to its left rounds
to it, and so does what the head of the chain is at the numbers given before, or at a point of numbers. A row
and a column of the same entries are one list, since authors print either for lack of room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.calculus.program import CalculusError
from gradcheck.calculus.sizes import concrete
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.claims import Claim, Side
from gradcheck.checking.comparisons.judgement import Judgement, judged
from gradcheck.checking.comparisons.printed import AT_GIVEN, ROUNDED, UNSETTLED, Printed, unit_of
from gradcheck.expr.forms.build import num, pick, substitute
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.writing import is_transposed
from gradcheck.notation.tree import Group, Matrix, Node, Number, Scripted
from gradcheck.notation.walk import of_kind
from gradcheck.records import dataclass, replace
from gradcheck.verdict import Certainty, Verdict

_RIGHT = (Verdict.CORRECT, Verdict.CHARITABLE)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a side of numbers, row by row, with its number of rows and columns."""

    shape: tuple[int, int]
    printed: tuple[Printed, ...]

    def listed_like(self, other: Entries) -> bool:
        """Whether the two have entries at the same places, or are one list of them each."""
        return self.shape == other.shape or (
            1 in self.shape and 1 in other.shape and len(self.printed) == len(other.printed)
        )


def judged_in_arrays(claim: Claim, bench: Bench) -> Judgement | None:
    """What is said of a step between arrays of numbers; None where a side is none, or they do not match."""
    right = entries_of(claim.right, bench)
    left = entries_of(claim.left, bench) if is_closed(claim.link.left) else None
    if right is None or left is None or not left.listed_like(right):
        return None
    pairs = list(zip(left.printed, right.printed, strict=True))
    found = [replace(b, spread=b.spread + a.spread).agrees(a.value) for a, b in pairs]
    if all(verdict in _RIGHT for verdict in found):
        verdict = Verdict.CORRECT if set(found) == {Verdict.CORRECT} else Verdict.CHARITABLE
        message = ROUNDED
        told = None if verdict is Verdict.CORRECT else message
        return Judgement(claim, verdict, Certainty.AGREES, message=told, step=verdict)
    for place, (a, b) in enumerate(pairs):
        off = abs(a.value - b.value) > max(a.spread + b.spread, 2 * b.half) * (1 + 1e-9)
        if found[place] not in _RIGHT and off:
            row, column = divmod(place, right.shape[1])
            said = f"in row {row + 1}, column {column + 1} the numbers on its left give"
            return b.miscounted(claim, said, a.value, Certainty.PROVED, Verdict.WRONG)
    return None


def judged_put_in(claim: Claim, bench: Bench, given: Mapping[str, Expr]) -> Judgement | None:
    """What is said of a line into which given arrays are put: `x^T A x = 2 x_1^2 + 2 x_1 x_2 + 3 x_2^2`.

    It claims nothing of other values. Where both sides have the array, a line that holds at its numbers alone
    may be meant of these. None of any other line.
    """
    reach = bench.program.reach_of
    for left, right in product(_exprs(claim.head), _exprs(claim.right)):
        used = (reach(left) | reach(right)) & given.keys()
        if right.free or left.free or not used:
            continue
        put = (reach(left) ^ reach(right)) & given.keys()
        there = _there(bench, {key: given[key] for key in used})
        pairs = [] if there is None else _alike(left, right, there.bench)
        if there is not None and pairs and all(there.equal(*pair) for pair in pairs):
            if put:
                return judged(there, claim, Verdict.CORRECT, (*pairs[0], ()))
            return Judgement(claim, Verdict.UNDECIDED, message=AT_GIVEN)
        if put:
            return Judgement(claim, Verdict.UNDECIDED, message=UNSETTLED)
    return None


def _alike(left: Expr, right: Expr, bench: Bench) -> list[tuple[Expr, Expr]]:
    """The sides, or their entries where one has a size by name and the other its number; nothing else."""
    if left.shape == right.shape:
        return [(left, right)]
    sizes = bench.runs[0].sizes
    rows, columns = ({concrete(side.shape[axis], sizes) for side in (left, right)} for axis in (0, 1))
    if len(rows) != 1 or len(columns) != 1:
        return []
    places = product(range(1, rows.pop() + 1), range(1, columns.pop() + 1))
    return [(pick(left, row, column), pick(right, row, column)) for row, column in places]


def _there(bench: Bench, given: Mapping[str, Expr]) -> Oracle | None:
    """An oracle for given arrays; None where a letter was read as something of another shape."""
    sizes: dict[str, int] = {}
    for key, value in given.items():
        for dim, size in zip(bench.program.variables[key].shape, value.shape, strict=True):
            if not isinstance(size, int) or sizes.setdefault(str(dim), size) != size:
                return None
            if isinstance(dim, int) and dim != size:
                return None
    named = {dim: size for dim, size in sizes.items() if dim.isidentifier()}
    try:
        return Oracle(bench.defining(given, named), decisive=True)
    except CalculusError:
        return None


def _exprs(side: Side) -> list[Expr]:
    return [reading.value for reading in side.literal if isinstance(reading.value, Expr)]


def entries_of(side: Side, bench: Bench) -> Entries | None:
    """The entries of a side of numbers; None where it is no array of them."""
    for reading in side.literal:
        expr = reading.value
        if not isinstance(expr, Expr) or expr.free or 1 == expr.shape[0] == expr.shape[1]:
            continue
        value = _value(expr, bench)
        if value is None:
            continue
        spread = sum((np.abs(_value_moved(expr, n, bench) - value) for n in _decimals(side.node)), 0 * value)
        halves = [unit_of(text) / 2 for text in _written(side.node)]
        if len(halves) != value.size:
            halves = [0.0] * value.size
        else:
            spread = 0 * value
        triples = zip(value.ravel(), spread.ravel(), halves, strict=True)
        shape = (value.shape[0], value.shape[1])
        return Entries(shape, tuple(Printed(float(v), float(s), half) for v, s, half in triples))
    return None


def _value(expr: Expr, bench: Bench) -> npt.NDArray[np.float64] | None:
    try:
        value = np.asarray(bench.value(expr), dtype=np.float64)
    except (EvaluationError, OverflowError):
        return None
    return value.reshape(value.shape[-2:]) if value.size == value.shape[-2] * value.shape[-1] else None


def _value_moved(expr: Expr, text: str, bench: Bench) -> npt.NDArray[np.float64]:
    """The value with one of the numbers a unit of its last place larger: it may be rounded."""
    number = Fraction(text)
    moved = substitute(expr, {num(number): num(number + Fraction(unit_of(text)))})
    value = _value(moved, bench)
    return np.zeros(1) if value is None else value


def _decimals(node: Node) -> list[str]:
    texts = [part.text for part in of_kind(node, Number) if "." in part.text]
    return list({Fraction(text): text for text in texts}.values())


def _written(node: Node) -> Iterator[str]:
    """The numbers of a list or an array in which nothing but numbers stands; none for any other formula."""
    whole = unboxed(node)
    turned = isinstance(whole, Scripted) and is_transposed(whole)
    if isinstance(whole, Scripted) and turned:
        whole = unboxed(whole.base)
    cells: tuple[Node | None, ...] = ()
    if isinstance(whole, Matrix) and turned:
        cells = tuple(cell for column in zip(*whole.rows, strict=False) for cell in column)
    elif isinstance(whole, Matrix):
        cells = tuple(cell for row in whole.rows for cell in row)
    elif isinstance(whole, Group) and whole.open in ("[", "(", "⟨"):
        cells = whole.items
    numbers = [of_kind(cell, Number) for cell in cells if cell is not None]
    if len(numbers) == len(cells) and all(len(found) == 1 for found in numbers):
        yield from (found[0].text for found in numbers)
