"""Worked numbers: `z = 0.5 · 2.0 + 0.1 = 1.1`, `∂L/∂b = 2(0.7967 − 4) ≈ −6.407` beside symbolic definitions.

In a document that works an example, numbers given to names are no definitions: the derivation holds for all
values, and the numbers are checked by themselves. A printed number is right where the value rounds to it;
where it is right only to within the rounding of the numbers it is made from, that is charitable. What the
author's own numbers give is computed as written; what the quantity is, from the numbers given before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

import numpy as np

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evaluate import EvaluationError, Evaluator, Slots
from gradcheck.calculus.field import Floats
from gradcheck.calculus.program import CalculusError
from gradcheck.calculus.reverse import ReverseMode
from gradcheck.checking.claims import Claim, Side
from gradcheck.checking.judgement import Judgement
from gradcheck.expr.build import num, substitute
from gradcheck.expr.definitions import unboxed
from gradcheck.expr.elaborate import Elaborator
from gradcheck.expr.functions import BUILTIN
from gradcheck.expr.names import Name, read_name
from gradcheck.expr.quotients import read_quotient
from gradcheck.expr.reading import MeaningError
from gradcheck.expr.scope import Scope
from gradcheck.expr.tree import Expr
from gradcheck.notation.statements import NUMBERS, Equation, Statement
from gradcheck.notation.tree import Accent, Group, Node, Number, Product, Scripted, Sum, Symbol, Term
from gradcheck.notation.walk import walk
from gradcheck.shapes import SCALAR
from gradcheck.verdict import Certainty, Verdict

_FAR: Final = 20  # times the rounding from which a number is another one
_SHARE: Final = 0.02
_CONSTANTS: Final = frozenset({"pi"})


# --- which equations are numbers ---------------------------------------------------------------------


def set_aside(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The body with the equations of a worked example marked, so that they define nothing."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(_works_numbers(equation) for equation in equations):
        return tuple(body)
    return tuple(
        replace(item, connective=NUMBERS)
        if isinstance(item, Equation) and (_is_numeric(item) or _is_given(item) or _is_checkable(item))
        else item
        for item in body
    )


def given_names(equations: Iterable[Equation]) -> Iterator[Name]:
    """The names to which a worked example gives numbers."""
    for equation in equations:
        name = read_name(unboxed(equation.head)) if equation.connective == NUMBERS else None
        if name is not None and name.is_plain:
            yield name


def is_closed(node: Node) -> bool:
    """Whether a formula holds numbers and known functions, and no other name."""
    numbers = 0
    for part in walk(node):
        if isinstance(part, Number):
            numbers += 1
        elif isinstance(part, Symbol) and part.name not in BUILTIN and part.name not in _CONSTANTS:
            return False
    return numbers > 0


def _is_worked(node: Node) -> bool:
    """Whether a closed formula can only come from an example: decimals, or many numbers."""
    numbers = [part.text for part in walk(node) if isinstance(part, Number)]
    return is_closed(node) and (any("." in text for text in numbers) or len(numbers) > 2)


def _is_numeric(equation: Equation) -> bool:
    return _is_pure(equation) and any(_is_worked(link.right) for link in equation.links)


def _works_numbers(equation: Equation) -> bool:
    """Whether numbers are put into a formula, not only given to a name."""
    composite = any(sum(isinstance(p, Number) for p in walk(link.right)) > 1 for link in equation.links)
    return _is_numeric(equation) and composite


def _is_given(equation: Equation) -> bool:
    """`x = 2`: a number for a name, which is no gradient (`\\bar L = 1`, `dL = 1`)."""
    head = unboxed(equation.head)
    name = read_name(head)
    if name is None or not name.is_plain or (len(name.base) > 1 and name.base[0] == "d"):
        return False
    barred = isinstance(head, Accent) and head.kind == "bar"
    return not barred and _is_pure(equation)


def _is_checkable(equation: Equation) -> bool:
    """`x^2 = 4` beside `x = 2`: a power or product of names, whose value is known."""
    head = unboxed(equation.head)
    parts = list(walk(head))
    plain = all(isinstance(part, Symbol | Scripted | Product | Sum | Term | Number | Group) for part in parts)
    if (
        not plain
        or read_quotient(head) is not None
        or any(isinstance(p, Scripted) and p.primes for p in parts)
    ):
        return False
    name = read_name(head)
    return not is_closed(head) and (name is None or not name.is_plain) and _is_pure(equation)


def _is_pure(equation: Equation) -> bool:
    return equation.connective != "condition" and all(is_closed(link.right) for link in equation.links)


# --- what they are worth -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printed:
    """The value of written numbers: as written, how far it may be off by their rounding, half a last digit.

    half   half a unit of the last place where it is one number, else 0
    """

    value: float
    spread: float
    half: float

    def agrees(self, value: float) -> Verdict | None:
        """CORRECT where a value rounds to it, CHARITABLE within the rounding, WRONG far off, None between."""
        off = abs(self.value - value)
        rounding = max(self.spread, 2 * self.half, 1e-12 * abs(value))
        if off <= max(self.half * (1 + 1e-9), 1e-12 * abs(value)):
            return Verdict.CORRECT
        if off <= rounding * (1 + 1e-9):
            return Verdict.CHARITABLE
        return Verdict.WRONG if off > max(_FAR * rounding, _SHARE * abs(value)) else None


class Numbers:
    """Judges the links of a case whose right side is numbers.

    equations   all equations of the document, for the numbers given before a claim
    """

    def __init__(self, scope: Scope, bench: Bench, equations: Iterable[Equation]) -> None:
        self.scope = scope
        self.bench = bench
        self.equations = [equation for equation in equations if equation.connective == NUMBERS]
        self._faults: dict[int, str] = {}

    def judged(self, claim: Claim) -> Judgement | None:
        """What is said of a link whose right side is numbers of an example; None of any other."""
        if not is_closed(claim.link.right):
            return None
        if claim.equation.connective != NUMBERS and not _is_worked(claim.link.right):
            return None
        if claim.link.number == 1 and _is_update(claim.equation):
            return Judgement(claim, Verdict.UNDECIDED, message="an update in numbers is not checked")
        if claim.link.number == 1 and self._is_input(claim):
            return Judgement(claim, Verdict.CORRECT, Certainty.AGREES)
        given = self._given(claim.equation.number)
        exact = frozenset(round(value, 12) for key, value in given.items() if key not in self.scope.program)
        right = self._printed(claim.right, exact, rounded=True)
        if right is None:
            return Judgement(claim, Verdict.UNDECIDED, message="these numbers could not be computed")
        left = self._printed(claim.left, exact, rounded=False) if is_closed(claim.link.left) else None
        values = self._values_of_head(claim, given)
        return self._said(claim, left, right, values)

    def _said(self, claim: Claim, left: Printed | None, right: Printed, values: list[float]) -> Judgement:
        found = [right.agrees(value) for value in values]
        best = next((v for v in (Verdict.CORRECT, Verdict.CHARITABLE) if v in found), None)
        head = best or (found[0] if found else None)
        if left is None:
            return self._first(claim, right, values, head)
        near = replace(right, spread=right.spread + left.spread).agrees(left.value)
        off = abs(left.value - right.value) > max(left.spread + right.spread, 2 * right.half) * (1 + 1e-9)
        step = near if near in (Verdict.CORRECT, Verdict.CHARITABLE) else Verdict.WRONG if off else None
        if head in (Verdict.CORRECT, Verdict.CHARITABLE) or step is None:
            return self._verdict(claim, head or Verdict.UNDECIDED, step)
        if step is Verdict.WRONG:
            message = f"the numbers on its left give {left.value:.6g}, not {right.value:.6g}"
            self._faults.setdefault(claim.equation.number, claim.id)
            return Judgement(claim, Verdict.WRONG, Certainty.PROVED, message=message, step=step)
        cause = self._faults.get(claim.equation.number)
        if cause is not None:
            return Judgement(claim, Verdict.FOLLOWS, Certainty.AGREES, cause=cause, step=step)
        return self._verdict(claim, step if not values else Verdict.UNDECIDED, step)

    def _first(self, claim: Claim, right: Printed, values: list[float], head: Verdict | None) -> Judgement:
        if head is Verdict.WRONG:
            message = f"with the numbers given this is {values[0]:.6g}, not {right.value:.6g}"
            self._faults.setdefault(claim.equation.number, claim.id)
            return Judgement(claim, Verdict.WRONG, Certainty.AGREES, message=message)
        return self._verdict(claim, head or Verdict.UNDECIDED, None)

    def _verdict(self, claim: Claim, verdict: Verdict, step: Verdict | None) -> Judgement:
        message = None
        if verdict is Verdict.CHARITABLE:
            message = "right to within the rounding of the numbers it is made from"
        elif verdict is Verdict.UNDECIDED:
            message = "the numbers that were given do not settle this one"
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
        value = self._value(side)
        if value is None or not side.literal:
            return None
        expr = side.literal[0].value
        assert isinstance(expr, Expr), "a number is a formula"
        decimals = [part.text for part in walk(side.node) if isinstance(part, Number) and "." in part.text]
        units = {Fraction(text): _unit(text) for text in decimals}
        alone = isinstance(unboxed(side.node), Number) or _is_signed_number(side.node)
        if alone and rounded:
            return Printed(value, 0.0, next(iter(units.values()), 0.0) / 2)
        open_ones = {n: unit for n, unit in units.items() if round(float(n), 12) not in exact}
        return Printed(value, sum(abs(self._moved(expr, n, u) - value) for n, u in open_ones.items()), 0.0)

    def _moved(self, expr: Expr, number: Fraction, unit: float) -> float:
        """The value with one of the numbers a unit of its last place larger: it may be truncated."""
        moved = substitute(expr, {num(number): num(number + Fraction(unit))})
        return float(self.bench.value(moved).ravel()[0])

    def _value(self, side: Side) -> float | None:
        for reading in side.literal:
            if isinstance(reading.value, Expr) and reading.value.shape == SCALAR:
                try:
                    return float(self.bench.value(reading.value).ravel()[0])
                except (EvaluationError, OverflowError):
                    return None
        return None

    def _values_of_head(self, claim: Claim, given: dict[str, float]) -> list[float]:
        """What the chain's head is at the numbers given before; empty where they do not settle it.

        A derivative is taken at the inputs; a value also with the numbers that were stated on the way.
        """
        if _is_update(claim.equation):
            return []
        found: list[float] = []
        for reading in claim.head.literal:
            expr = reading.value
            if isinstance(expr, Expr) and expr.shape == SCALAR and not expr.free:
                found += self._at(expr, given, frozenset(given) - frozenset(self.bench.program.definitions))
                if all(node.op != "deriv" for node in expr.walk()) and expr.op != "var":
                    found += self._at(expr, given, frozenset(given))
        return found

    def _at(self, expr: Expr, given: dict[str, float], held: frozenset[str]) -> list[float]:
        """The value at the numbers given, with these names held at theirs."""
        program = self.bench.program
        inputs = {key for key in program.reach_of(expr) if key not in program.definitions}
        if not inputs or not inputs <= given.keys():
            return []
        if any(program.variables[key].shape != SCALAR for key in inputs | held & program.variables.keys()):
            return []
        arrays = {key: np.full((1, 1, 1), given[key]) for key in inputs | held}
        evaluator = Evaluator(program, {}, arrays, Floats(), Slots(), ReverseMode())
        try:
            value = float(np.ravel(evaluator.value(self.bench.prepare(expr)))[0])
        except (CalculusError, KeyError):
            return []
        return [value] if np.isfinite(value) else []

    def _given(self, before: int) -> dict[str, float]:
        """The numbers of names, as they were last given."""
        found: dict[str, float] = {}
        for equation in self.equations:
            name = read_name(unboxed(equation.head))
            if equation.number >= before or name is None or not name.is_plain or _is_update(equation):
                continue
            side = Side(equation.links[-1].right)
            try:
                side.literal = Elaborator(self.scope).readings(side.node)
            except MeaningError:
                continue
            value = self._value(side)
            if value is not None:
                found[self.scope.vocabulary.canonical(name)] = value
        return found


def _is_update(equation: Equation) -> bool:
    return equation.links[0].relation.sign in ("←", ":=")


def _unit(text: str) -> float:
    """A unit of the last place of a written decimal."""
    mantissa, _, exponent = text.lower().partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def _is_signed_number(node: Node) -> bool:
    parts = [part for part in walk(node) if isinstance(part, Number)]
    others = [part for part in walk(node) if type(part).__name__ not in ("Number", "Sum", "Term", "Group")]
    return len(parts) == 1 and not others
