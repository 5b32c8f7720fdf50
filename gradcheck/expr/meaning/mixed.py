"""Subscripts made of several indices, `x_{i+k-1}` of a convolution: which entry they select.

The entry at such a place is the sum of all entries, each weighed by whether it stands there, so that no
evaluator has to know of it; places before the first and beyond the last hold zero, as they do where a
convolution is padded, and a formula that is right with them is right without. What the letters run over is
told by the names that carry them alone. Rejected: sizes that depend on each other, n - k + 1, which whoever
starts from 0 writes otherwise, and whoever pads has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product as cartesian
from typing import Protocol

from gradcheck.expr.forms.build import apply, num, pick
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.places import numbers
from gradcheck.expr.written.names import is_mixed
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.patterns import late_pattern
from gradcheck.shapes import Dim, ShapeError
from gradcheck.source import Span

MOST = 12  # choices of sizes that are tried
TERM = late_pattern(r"([+-]?)(\d*)([a-z]?)")


def terms(mark: str) -> tuple[dict[str, int], int]:
    """`2i+k-1` as how often each letter is counted, and the number that is added."""
    letters: dict[str, int] = {}
    shift = 0
    for sign, count, letter in TERM.findall(mark):
        value = (-1 if sign == "-" else 1) * int(count or ("1" if letter else "0"))
        if letter:
            letters[letter] = letters.get(letter, 0) + value
        else:
            shift += value
    return letters, shift


class Line(Protocol):
    """What a subscript of several indices asks of a scope."""

    ranges: Mapping[str, Dim]  # the sizes over which the letters of the line in hand run

    @property
    def vocabulary(self) -> Vocabulary:
        """What the document's names stand for."""


def sizes_here(line: Line) -> Mapping[str, tuple[Dim, ...]]:
    """The sizes that letters may run over in a line: what it tells goes before what the document does."""
    known = line.vocabulary.letter_sizes
    told = {letter: dict.fromkeys((dim, *known.get(letter, ()))) for letter, dim in line.ranges.items()}
    return {**known, **{letter: tuple(dims) for letter, dims in told.items()}}


def entries(
    quantity: Expr, sub: Sequence[str], sizes: Mapping[str, tuple[Dim, ...]], span: Span
) -> Iterator[Expr]:
    """The entry at subscripts of which some are mixed, for every size that their letters may run over.

    Raises MeaningError where a letter's size is not known, or the quantity has other axes.
    """
    letters = sorted({letter for mark in sub if is_mixed(mark) for letter in terms(mark)[0]})
    if unknown := [letter for letter in letters if not sizes.get(letter)]:
        raise MeaningError(f"what `{unknown[0]}` runs over cannot be told", span)
    axes = (0, 1) if len(sub) == 2 else (0,) if quantity.shape[1] == 1 else (1,)
    if len(sub) != len(axes) or (len(sub) == 1 and quantity.shape[1 - axes[0]] != 1):
        raise MeaningError("a subscript of several indices selects from no axis of its own here", span)
    choices = list(cartesian(*(sizes[letter] for letter in letters)))[:MOST]
    refused: ShapeError | None = None
    fitting = 0
    for choice in choices:
        try:
            yield _entry(quantity, dict(zip(axes, sub, strict=True)), dict(zip(letters, choice, strict=True)))
            fitting += 1
        except ShapeError as error:
            refused = error
    if refused is not None and not fitting:
        raise refused


def _entry(quantity: Expr, marks: Mapping[int, str], over: Mapping[str, Dim]) -> Expr:
    """The entry at some marks by axis."""
    row, column = (_index(marks.get(axis), quantity.shape[axis]) for axis in (0, 1))
    value = pick(quantity, row, column)
    for axis, mark in marks.items():
        if is_mixed(mark):
            place = _place(mark, quantity.shape[axis], over)
            across = (apply("transpose", place), value) if axis == 0 else (value, place)
            value = apply("matmul", *across)
    return value


def _index(mark: str | None, dim: Dim) -> Ix | int | None:
    """The selection that a mark makes by itself; nothing is selected where several indices do."""
    if mark is None or dim == 1 or is_mixed(mark):
        return None
    return int(mark) if mark.isdigit() else Ix(mark, dim)


def _place(mark: str, dim: Dim, over: Mapping[str, Dim]) -> Expr:
    """A column that is 1 at the place that a mark tells, and 0 elsewhere."""
    letters, shift = terms(mark)
    counted = sorted(letters.items(), key=lambda item: item[1] < 0)
    place: Expr | None = None
    for letter, count in counted:
        number = pick(numbers(over[letter]), Ix(letter, over[letter]), None)
        number = number if abs(count) == 1 else apply("mul", num(abs(count)), number)
        if place is None:
            place = number if count > 0 else apply("neg", number)
        else:
            place = apply("add" if count > 0 else "sub", place, number)
    assert place is not None, "a mixed subscript has letters"
    if shift:
        place = apply("add" if shift > 0 else "sub", place, num(abs(shift)))
    return apply("equal", numbers(dim), place)


def letter_of(expr: Expr) -> str | None:
    """The index whose number an expression is, or None for any other."""
    match expr:
        case Expr(op="pick", args=(Expr(op="cumsum", args=(Expr(op="ones"),)),), attr=(Ix() as index, None)):
            return index.name
        case _:
            return None


def place_of(expr: Expr) -> tuple[Expr, Expr, int] | None:
    """What an entry at several indices is of, the place that they tell and its axis; None for another."""
    match expr:
        case Expr(op="matmul", args=(Expr(op="transpose", args=(Expr(op="equal") as place,)), whole)):
            axis = 0
        case Expr(op="matmul", args=(whole, Expr(op="equal") as place)):
            axis = 1
        case _:
            return None
    return (whole, place.args[1], axis) if place.args[0].op == "cumsum" else None
