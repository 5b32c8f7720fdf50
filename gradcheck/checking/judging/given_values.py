"""What names were given as numbers before a line: `x = 2`, a matrix of them, and formulas at these.

A value rests on the inputs of the program alone, so it is exact; the numbers that are told on the way, each
of them rounded, may be held instead. A name has the number or the array that it was last given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import takewhile
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError, Evaluator, Slots
from gradcheck.calculus.field import Floats
from gradcheck.calculus.program import CalculusError
from gradcheck.calculus.reverse import ReverseMode
from gradcheck.checking.comparisons.claims import Side
from gradcheck.checking.comparisons.printed import decimals, unit_of
from gradcheck.expr.forms.build import num, substitute
from gradcheck.expr.forms.reading import MeaningError, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.writing import is_transposed
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import NUMBERS, Equation
from gradcheck.notation.tree import Group, Matrix, Node, Scripted
from gradcheck.notation.walk import mapped
from gradcheck.records import dataclass
from gradcheck.shapes import SCALAR, Shape, ShapeError

Array = npt.NDArray[np.float64]
NO_ARRAYS: Final[Mapping[str, Array]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Listed:
    """An array of numbers that a name is given in an equation, as it is read, and its value."""

    number: int
    key: str
    told: Expr
    value: Array
    node: Node


class GivenValues:
    """The numbers that a document gives to its names, and what formulas are at them.

    equations   all equations of the document
    """

    def __init__(self, scope: Scope, bench: Bench, equations: Iterable[Equation]) -> None:
        self.scope = scope
        self.bench = bench
        self.equations = [e for e in equations if e.connective == NUMBERS or _ends_in_number(e)]

    def of_side(self, side: Side) -> float | None:
        """The value of a side of numbers, where it is one number."""
        for reading in side.literal:
            if isinstance(reading.value, Expr) and reading.value.shape == SCALAR:
                try:
                    return float(self.bench.value(reading.value).ravel()[0])
                except (EvaluationError, OverflowError):
                    return None
        return None

    def at(
        self,
        expr: Expr,
        given: Mapping[str, float],
        held: frozenset[str] = frozenset(),
        arrays: Mapping[str, Array] = NO_ARRAYS,
        told: Iterable[Expr] = (),
    ) -> list[Array]:
        """The value at the numbers given; that of a formula at a point of numbers rests on none of them.

        What an open function makes has none.

        held   the names that have the number that was given, whatever defines them
        told   the variables that have the array that was given, whatever defines them
        """
        program = self.bench.program
        instead = {each.attr[0]: each.shape for each in told}
        reached = program.reach_of(expr)
        made = (program.definitions[key] for key in reached & (program.definitions.keys() - held))
        if any("unknown" in formula.ops for formula in (expr, *made)):
            return []
        inputs = {key for key in reached if key not in program.definitions and key not in instead}
        if not inputs <= given.keys() | arrays.keys():
            return []
        variables = program.variables
        shapes = instead | {key: variables[key].shape for key in inputs | (held & variables.keys())}
        point = _point(shapes, given, arrays)
        if point is None:
            return []
        values, sizes = point
        values |= {key: np.full((1, 1, 1), given[key]) for key in held - variables.keys()}
        evaluator = Evaluator(program, sizes, values, Floats(), Slots(), ReverseMode())
        try:
            value = np.asarray(evaluator.value(self.bench.prepare(expr)), dtype=np.float64)
        except (CalculusError, KeyError, ValueError, ZeroDivisionError):
            return []
        return [value] if np.isfinite(value).all() else []

    def numbers_at(
        self,
        expr: Expr,
        given: Mapping[str, float],
        held: frozenset[str] = frozenset(),
        arrays: Mapping[str, Array] = NO_ARRAYS,
    ) -> list[float]:
        """The value of a number at the numbers given, with these names held at theirs."""
        return [float(value.ravel()[0]) for value in self.at(expr, given, held, arrays)]

    def spread(self, node: Node, expr: Expr, given: Mapping[str, float]) -> float:
        """How far a formula at given numbers may be off by the rounding of its decimals.

        Decimals that were given are exact; any other may be a unit of its last place larger.
        """
        units = {Fraction(text): unit_of(text) for text in decimals(node)}
        rounded = {number: unit for number, unit in units.items() if float(number) not in given.values()}
        moved = [substitute(expr, {num(n): num(n + Fraction(unit))}) for n, unit in rounded.items()]
        worlds = [self.numbers_at(each, given) for each in moved]
        return sum(
            abs(there - value)
            for world in worlds
            for there in world
            for value in self.numbers_at(expr, given)
        )

    def numbers(self, before: int) -> dict[str, float]:
        """The numbers of names, as they were last given: `x = 2`, and all names of `v = x = 2`."""
        found: dict[str, float] = {}
        for equation in self.equations:
            names = [name for side in equation.sides[:-1] if (name := read_name(unboxed(side))) is not None]
            named = read_name(unboxed(equation.head)) is not None and all(name.is_plain for name in names)
            if equation.number >= before or not named or is_update(equation):
                continue
            told = list(takewhile(lambda link: link.relation.sign not in ORDERING, equation.links))
            if not told:
                continue
            side = Side(told[-1].right)
            try:
                side.literal = Elaborator(self.scope).readings(side.node)
            except MeaningError:
                continue
            value = self.of_side(side)
            if value is not None:
                found |= {self.scope.vocabulary.canonical(name): value for name in names}
        return found

    def defined(self) -> dict[str, float]:
        """The numbers that define names: `x = 2` where nothing else is told of x."""
        listed = self.bench.program.definitions.items()
        return {
            key: float(d.attr[0]) for key, d in listed if d.op == "num" and not isinstance(d.attr[0], str)
        }

    def arrays(self, before: int) -> dict[str, Expr]:
        """The arrays of numbers that names were last given: `A = (2 & 1 \\\\ 1 & 3)`."""
        return {
            item.key: item.told
            for item in self._listed
            if item.number < before and isinstance(item.node, Matrix)
        }

    def arrays_before(self, line: int) -> int:
        """How many arrays were given before a line."""
        return sum(item.number < line for item in self._listed)

    def put_in(self, node: Node, line: int) -> Node | None:
        """A formula with the arrays given before a line for its names; None where a name is left."""
        given = {item.key: item.node for item in self._listed if item.number < line}

        def put(part: Node) -> Node:
            name = read_name(part)
            if name is None:
                return mapped(part, put)
            if name.is_plain and (found := given.get(self.scope.vocabulary.canonical(name))) is not None:
                return found
            is_marked = name.sub or name.layer or name.sample or name.primes
            return part if is_marked else mapped(part, put)

        there = put(node) if given else node
        return there if there is not node and is_closed(there) else None

    def values_of_arrays(self, line: int) -> list[dict[str, Array]]:
        """The arrays that names were last given before a line, and with those that are given next behind it.

        What is told first may be meant of numbers that are told at once: `A x = (3, 7)`, `where A = ...`.
        """
        last = {item.key: item.value for item in self._listed if item.number < line}
        coming = {item.key: item.value for item in reversed(self._listed) if item.number > line}
        following = {**last, **coming}
        return [last] if not last or _alike(last, following) else [last, following]

    @cached_property
    def _listed(self) -> list[Listed]:
        """The arrays of numbers that names are given, by the numbers of their equations."""
        found: list[Listed] = []
        for equation in self.equations:
            name, right = read_name(unboxed(equation.head)), unboxed(equation.links[-1].right)
            if name is None or not name.is_plain or not is_list_of_numbers(right):
                continue
            try:
                told = expression(Elaborator(self.scope).readings(right)[0].value)
                value = np.asarray(self.bench.value(told), dtype=np.float64)
            except (CalculusError, MeaningError, ShapeError, OverflowError):
                continue
            if value.size == value.shape[-2] * value.shape[-1]:
                key = self.scope.vocabulary.canonical(name)
                flat = value.reshape(value.shape[-2:])
                found.append(Listed(equation.number, key, told, flat, right))
        return found


def _point(
    shapes: Mapping[str, Shape], given: Mapping[str, float], arrays: Mapping[str, Array]
) -> tuple[dict[str, Array], dict[str, int]] | None:
    """The point of the numbers given, and their sizes; None where a letter is of another shape."""
    values: dict[str, Array] = {}
    sizes: dict[str, int] = {}
    for key, shape in shapes.items():
        if shape == SCALAR and key in given:
            values[key] = np.full((1, 1, 1), given[key])
            continue
        value = _turned(arrays[key], shape) if key in arrays else None
        if value is None:
            return None
        for dim, size in zip(shape, value.shape, strict=True):
            if (dim if isinstance(dim, int) else sizes.setdefault(dim, size)) != size:
                return None
        values[key] = value[np.newaxis]
    return values, sizes


def _turned(value: Array, shape: Shape) -> Array | None:
    """An array as its name has it: a list may be printed as a row, and be a column."""
    if value.shape[0] != 1 and value.shape[1] != 1:
        return value if 1 not in shape else None
    if shape[1] == 1:
        return value.reshape(-1, 1)
    return value.reshape(1, -1) if shape[0] == 1 else value


def _alike(first: Mapping[str, Array], second: Mapping[str, Array]) -> bool:
    same = first.keys() == second.keys()
    return same and all(np.array_equal(value, second[key]) for key, value in first.items())


def is_list_of_numbers(node: Node) -> bool:
    """Whether a formula is an array of numbers alone, maybe transposed."""
    if isinstance(node, Scripted) and is_transposed(node):
        node = unboxed(node.base)
    listed = isinstance(node, Matrix) or (isinstance(node, Group) and len(node.items) > 1)
    return listed and is_closed(node)


def is_update(equation: Equation) -> bool:
    """Whether an equation gives its head another value, `w ← w - 1`."""
    return equation.links[0].relation.sign in ("←", ":=")


@once_a_node
def _ends_in_number(equation: Equation) -> bool:
    """`v = x = 2`: a name that another one is, and the number of both."""
    bare = all(read_name(unboxed(side)) is not None for side in equation.sides[:-1])
    return len(equation.links) > 1 and bare and is_closed(equation.links[-1].right)
