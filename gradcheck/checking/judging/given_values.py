"""What names were given as numbers before a line: `x = 2`, a matrix of them, and formulas at these.

A value rests on the inputs of the program alone, so it is exact; the numbers that are told on the way, each
of them rounded, may be held instead. A name has the number or the array that it was last given.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError, Evaluator, Slots
from gradcheck.calculus.field import Floats
from gradcheck.calculus.program import CalculusError
from gradcheck.calculus.reverse import ReverseMode
from gradcheck.checking.comparisons.claims import Side
from gradcheck.expr.forms.reading import MeaningError, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.limits import ORDERING
from gradcheck.expr.written.names import read_name
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import NUMBERS, Equation
from gradcheck.notation.tree import Matrix
from gradcheck.shapes import SCALAR, ShapeError


class GivenValues:
    """The numbers that a document gives to its names, and what formulas are at them.

    equations   all equations of the document
    """

    def __init__(self, scope: Scope, bench: Bench, equations: Iterable[Equation]) -> None:
        self.scope = scope
        self.bench = bench
        self.equations = [e for e in equations if e.connective == NUMBERS or _ends_in_number(e)]

    def of_side(self, side: Side) -> float | None:
        for reading in side.literal:
            if isinstance(reading.value, Expr) and reading.value.shape == SCALAR:
                try:
                    return float(self.bench.value(reading.value).ravel()[0])
                except (EvaluationError, OverflowError):
                    return None
        return None

    def at(self, expr: Expr, given: dict[str, float], held: frozenset[str]) -> list[npt.NDArray[np.float64]]:
        """The value at the numbers given; that of a formula at a point of numbers rests on none of them."""
        program = self.bench.program
        reached = program.reach_of(expr)
        inputs = {key for key in reached if key not in program.definitions}
        if not reached or not inputs <= given.keys():
            return []
        if any(program.variables[key].shape != SCALAR for key in inputs | held & program.variables.keys()):
            return []
        arrays = {key: np.full((1, 1, 1), given[key]) for key in inputs | held}
        evaluator = Evaluator(program, {}, arrays, Floats(), Slots(), ReverseMode())
        try:
            value = np.asarray(evaluator.value(self.bench.prepare(expr)), dtype=np.float64)
        except (CalculusError, KeyError, ZeroDivisionError):
            return []
        return [value] if np.isfinite(value).all() else []

    def numbers(self, before: int) -> dict[str, float]:
        """The numbers of names, as they were last given: `x = 2`, and all names of `v = x = 2`."""
        found: dict[str, float] = {}
        for equation in self.equations:
            names = [name for side in equation.sides[:-1] if (name := read_name(unboxed(side))) is not None]
            named = read_name(unboxed(equation.head)) is not None and all(name.is_plain for name in names)
            if equation.number >= before or not named or is_update(equation):
                continue
            if equation.links[-1].relation.sign in ORDERING:
                continue
            side = Side(equation.links[-1].right)
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
        found: dict[str, Expr] = {}
        for equation in self.equations:
            name, right = read_name(unboxed(equation.head)), unboxed(equation.links[-1].right)
            if equation.number < before and name is not None and name.is_plain and isinstance(right, Matrix):
                try:
                    value = expression(Elaborator(self.scope).readings(right)[0].value)
                except (MeaningError, ShapeError):
                    continue
                found[self.scope.vocabulary.canonical(name)] = value
        return found


def is_update(equation: Equation) -> bool:
    """Whether an equation gives its head another value, `w ← w - 1`."""
    return equation.links[0].relation.sign in ("←", ":=")


@once_a_node
def _ends_in_number(equation: Equation) -> bool:
    """`v = x = 2`: a name that another one is, and the number of both."""
    bare = all(read_name(unboxed(side)) is not None for side in equation.sides[:-1])
    return len(equation.links) > 1 and bare and is_closed(equation.links[-1].right)
