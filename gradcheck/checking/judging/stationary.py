"""Where a gradient is zero: solutions put into it, and what is written between the condition and them.

`w = (X^\\top X)^{-1} X^\\top y` solves `∇_w J = 0` if the gradient is zero once w is that formula, which a
program in which w is so defined tells with every oracle. In that program the lines on the way, `X^\\top X w =
X^\\top y`, have to hold, too; where no solution is told, such a line is right if it is the gradient up to a
constant. What other lines solve for is put in as well, where the formula alone does not do: nobody is
accused while a letter is open that may be meant to be solved for, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

from gradcheck.calculus.evidence import Evidence
from gradcheck.calculus.program import CalculusError
from gradcheck.checking.bench.oracle import Factor, Oracle
from gradcheck.checking.bench.vanishing import asks_for_zero, is_unmoved, vanishes, written_out
from gradcheck.checking.comparisons.judgement import Pair
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.checking.judging.follow import Fault
from gradcheck.checking.judging.solved import Solution, solved
from gradcheck.expr.forms.build import apply, deriv, isum, num, pick, substitute, var, variables
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.unnamed_loss import is_of_unnamed_loss
from gradcheck.notation.statements import ASKED_ESTIMATE, ESTIMATE
from gradcheck.records import dataclass
from gradcheck.restating.derivatives.solutions import unmarked
from gradcheck.shapes import SCALAR, Shape, ShapeError

_MOST = 6  # quantities that a condition may be the derivative of


@dataclass(frozen=True, slots=True)
class Found:
    """Whether two sides agree where a gradient is zero, and the evidence where all oracles were asked."""

    holds: bool
    evidence: Evidence | None


class Stationary:
    """The gradients of one case, and what its lines say of where they are zero: asked for by few cases."""

    def __init__(self, oracle: Oracle, prepared: Sequence[Prepared]) -> None:
        self.oracle, self.lines = oracle, prepared
        self._put_in: dict[tuple[Solution, ...], Oracle | None] = {}

    @cached_property
    def _gradients(self) -> list[tuple[int, Expr]]:
        known = self.oracle.bench.program.definitions
        derived = ((item.claim.equation.number, node) for item in self.lines for node in _derived(item))
        return [(number, _by_name(node, known)) for number, node in derived]

    @cached_property
    def _inputs(self) -> Mapping[str, Shape]:
        by, known = (node.args[1] for _, node in self._gradients), self.oracle.bench.program.definitions
        return {v.attr[0]: v.shape for v in by if v.attr[0] not in known}

    @cached_property
    def _told(self) -> Mapping[str, list[Solution]]:
        told: dict[str, list[Solution]] = {}
        for item in self.lines:
            solutions = (solved(*pair[:2]) for pair in (*item.literal, *item.mended))
            for found in filter(None, (*solutions, self.estimate(item))):
                known, shape = told.get(found.key, []), self._inputs.get(found.key)
                if shape == found.formula.shape and found not in known:
                    told[found.key] = [*known, found]
        return told

    def estimate(self, item: Prepared) -> Solution | None:
        """`\\hat w = F` as what it tells of w, where a line defines an estimate."""
        program = self.oracle.bench.program
        if item.claim.equation.connective not in (ESTIMATE, ASKED_ESTIMATE):
            return None
        told = [solved(expected, got) for expected, got, _ in item.literal]
        defined = program.definitions.get(item.claim.defines or "")
        if defined is not None and item.claim.defines is not None:
            told.append(Solution(item.claim.defines, defined))
        shapes = {key: program.variables[key].shape for key in self._inputs}
        for found in filter(None, told):
            if found.formula.shape == shapes.get(unmarked(found.key)):
                return Solution(unmarked(found.key), found.formula)
        return None

    def is_asked(self, number: int, asking: int | None) -> bool:
        """Whether the words above an estimate, or the equation before it, ask for a zero."""
        lines = (item.claim.equation for item in self.lines)
        in_words = any(each.number == number and each.connective == ASKED_ESTIMATE for each in lines)
        return in_words or (asking is not None and number - asking <= 1)

    def gradient(self, key: str, number: int) -> Expr | None:
        """The last derivative by a quantity above an equation, or in it."""
        above = [node for at, node in self._gradients if at <= number and node.args[1].attr[0] == key]
        last = above[-1] if above else None
        unnamed = last is not None and is_of_unnamed_loss(last, self.oracle.bench.program.definitions)
        return None if unnamed else last

    def _last(self, number: int) -> str | None:
        """What the last derivative above an equation, or in it, is one by."""
        return next((n.args[1].attr[0] for at, n in reversed(self._gradients) if at <= number), None)

    def found(self, number: int, solution: Solution | None) -> Found | None:
        """Whether the gradient is zero where a line says that it is; None where nothing can be told.

        So with names that nothing tells, `b = \\bar y - m \\bar x`, and beside `x = A^\\top λ` without λ.
        """
        if solution is None or (gradient := self.gradient(solution.key, number)) is None:
            return None
        zero, program = self._zero(number, gradient, solution), self.oracle.bench.program
        inside = program.reach_of(solution.formula)
        new = inside - program.reach_of(gradient) - program.definitions.keys()
        for other in () if zero is None or zero.holds else self._told.get(solution.key, ()):
            left = (program.reach_of(other.formula) - inside) & set(program.inputs)
            new |= {key for key in left if not is_unmoved(self.oracle, (gradient,), key)}
        return zero if zero is None or zero.holds or not new - {solution.key} else None

    def at_solution(self, number: int, pair: Pair) -> Found | None:
        """Whether two sides agree where the gradient above is zero; None where no line tells the place."""
        last: Found | None = None
        for key in sorted((variables(pair[0]) | variables(pair[1])) & self._told.keys()):
            gradient = self.gradient(key, number)
            for solution in self._told[key] if gradient is not None else ():
                assert gradient is not None, "only told for a gradient"
                zero = self._zero(number, gradient, solution)
                if zero is None or not zero.holds:
                    continue
                for together, there in self._places(solution):
                    found = _compared(there, *pair[:2])
                    asked = key == self._last(number) and self._is_settled(number, pair[:2], together)
                    if found is not None and (found.holds or asked):
                        last = found
                    if last is not None and last.holds:
                        return last
        return last

    def fault_behind(self, number: int, solution: Solution | None, faults: Sequence[Fault]) -> Fault | None:
        """An earlier wrong gradient that is zero where a line says that the gradient is."""
        gradient = None if solution is None else self.gradient(solution.key, number)
        for fault in (f for f in faults if gradient is not None and f.expected == gradient):
            assert solution is not None, "only its gradient was sought"
            zeros = apply("zeros", attr=(fault.got.shape,))
            found = [_compared(there, fault.got, zeros) for _, there in self._places(solution)]
            if any(one is not None and one.holds for one in found):
                return fault
        return None

    def multiple(self, number: int, pair: Pair) -> tuple[Expr, Expr] | None:
        """The gradient above times a constant, and the gap between two sides, where these are the same."""
        try:
            gap = apply("sub", *pair[:2])
        except ShapeError:
            return None
        last = self._last(number)
        keys = sorted(variables(gap) | ({last} if last is not None else set()))
        above = [self.gradient(key, number) for key in keys]
        if asks_for_zero(*pair[:2]):
            above += self._of_objectives(gap)
        for part in (part for gradient in above for part in _parts(gradient, gap)):
            factor = self.oracle.factor(part, gap)
            scaled = None if factor is None else _scaled(part, factor)
            if scaled is not None and self.oracle.equal(scaled, gap):
                return scaled, gap
        return None

    def _of_objectives(self, gap: Expr) -> Iterator[Expr]:
        """The derivatives of what is defined by what a line holds: `X^\\top (y - X b) = 0` tells none."""
        program = self.oracle.bench.program
        for key in sorted(variables(gap) & set(program.inputs)):
            for name, formula in list(program.definitions.items())[-_MOST:]:
                if formula.shape == SCALAR and key in program.reach_of(formula) | variables(formula):
                    yield deriv(var(name, SCALAR), var(key, program.variables[key].shape))

    def _zero(self, number: int, gradient: Expr, solution: Solution) -> Found | None:
        """Whether a gradient is zero at a solution, alone or with what is told of other letters.

        None where it is not, and another letter that is solved for may be what makes it so.
        """
        zeros = apply("zeros", attr=(gradient.shape,))
        last: Found | None = None
        for together, there in self._places(solution):
            found = _compared(there, gradient, zeros)
            if found is not None and (found.holds or self._is_settled(number, (gradient,), together)):
                last = found
            if last is not None and last.holds:
                return last
        return last

    def _is_settled(self, number: int, parts: Sequence[Expr], together: tuple[Solution, ...]) -> bool:
        """Whether nothing is left open, beside the first of some solutions, that could be solved for, too."""
        if not self._is_understood(number):
            return False
        first, *others = together
        program = self.oracle.bench.program
        reached = frozenset[str]().union(*(program.reach_of(part) for part in parts))
        known = {first.key, *(other.key for other in others)} | program.reach_of(first.formula)
        open_keys = ((reached & self._inputs.keys()) | self._shared(number, reached)) - known
        moving = [key for key in open_keys if not is_unmoved(self.oracle, parts, key)]
        if any(not self._stands_apart(parts, first.key, key) for key in moving):
            return False
        gradients = [self.gradient(other.key, number) for other in others if other.key in reached]
        there = self._put_in[together]
        return there is not None and all(g is not None and _is_zero_there(there, g) for g in gradients)

    def _shared(self, number: int, reached: frozenset[str]) -> set[str]:
        """The letters that more than one gradient depends on: one of them gives what goes into the others.

        So a multiplier that nothing is derived by is gone in `M = \\frac{p_K}{p_M} K`.
        """
        last = {node.args[1].attr[0]: node for at, node in self._gradients if at <= number}
        letters = reached & set(self.oracle.bench.program.inputs) if len(last) > 1 else ()
        return {
            key
            for key in letters
            if sum(not is_unmoved(self.oracle, (gradient,), key) for gradient in last.values()) > 1
        }

    def _is_understood(self, number: int) -> bool:
        """Whether what the author writes for the last derivative above an equation is what it was read as."""
        key = self._last(number)
        gradient = None if key is None else self.gradient(key, number)
        definitions = self.oracle.bench.program.definitions
        written = [
            any(self.oracle.equal(expected, got) for expected, got, _ in (*item.literal, *item.mended))
            for item in self.lines
            if item.claim.equation.number <= number
            and any(_by_name(node, definitions) == gradient for node in _derived(item))
            and not any(got.op in ("num", "zeros") for _, got, _ in item.literal)
        ]
        return any(written) or not written

    def _stands_apart(self, parts: Sequence[Expr], key: str, other: str) -> bool:
        """Whether all that another letter does to a number is a factor, which moves none of its zeros.

        Then what it becomes with the double of that letter is a multiple of it, whatever the first letter is.
        """
        program = self.oracle.bench.program
        shapes = {parts[0].shape, program.variables[key].shape, program.variables[other].shape}
        if len(parts) != 1 or shapes != {SCALAR}:
            return False
        beside = var(other, SCALAR)
        try:
            whole = written_out(parts[0], other, program)
            doubled = substitute(whole, {beside: apply("mul", num(2), beside)})
            return vanishes(self.oracle, deriv(apply("div", doubled, whole), var(key, SCALAR)))
        except CalculusError:
            return False

    def _places(self, solution: Solution) -> Iterator[tuple[tuple[Solution, ...], Oracle]]:
        """The program with a solution put in, and with those of other letters as well."""
        others = [items[0] for key, items in self._told.items() if key != solution.key]
        for together in dict.fromkeys(((solution,), (solution, *others))):
            if together not in self._put_in:
                self._put_in[together] = _made(self.oracle, together)
            if (there := self._put_in[together]) is not None:
                yield together, there


def _made(oracle: Oracle, solutions: Sequence[Solution]) -> Oracle | None:
    """The oracle where letters are what they are told to be; None where that gives no values."""
    try:
        bench = oracle.bench.defining({solution.key: solution.formula for solution in solutions})
    except (CalculusError, ShapeError):
        return None
    return Oracle(bench, decisive=oracle.decisive)


def _derived(item: Prepared) -> Iterator[Expr]:
    """The derivatives of numbers that a line begins with, each by a whole quantity."""
    for expected, _, _ in (*item.literal, *item.mended):
        yield from (d for d in expected.derivatives if not d.free and d.args[0].shape == SCALAR)


def _by_name(gradient: Expr, definitions: Mapping[str, Expr]) -> Expr:
    """A derivative by what stands for a quantity, `∂f(σ)/∂σ` of a function, as one by the quantity itself."""
    target, variable = gradient.args
    meant = definitions.get(variable.attr[0])
    if meant is None or meant.op != "var" or meant.shape != variable.shape:
        return gradient
    return deriv(substitute(target, {variable: meant}), meant)


def _parts(gradient: Expr | None, gap: Expr) -> Iterator[Expr]:
    """A gradient, and its entries by the indices of what it is compared with."""
    if gradient is None:
        return
    if gradient.shape == gap.shape:
        yield gradient
    indices = [Ix(name, dim) for name, dim in gap.free]
    for rows, columns in product((None, *indices), repeat=2):
        chosen = [s for s in (rows, columns) if s is not None]
        if len(chosen) != len(indices) or len(set(chosen)) != len(chosen) or not chosen:
            continue
        try:
            entry = pick(gradient, rows, columns)
        except ShapeError:
            continue
        yield from (e for e in (entry, apply("transpose", entry)) if e.shape == gap.shape)


def _compared(there: Oracle, expected: Expr, got: Expr) -> Found | None:
    """Whether two sides agree in a program; None where the oracles cannot tell."""
    try:
        close = vanishes(there, apply("sub", expected, got))
    except (CalculusError, ShapeError):
        return None
    if not there.decisive:
        return Found(close, None)
    evidence = there.evidence(expected, got)
    return Found(close, evidence) if evidence.outcome == ("equal" if close else "different") else None


def _is_zero_there(there: Oracle, gradient: Expr) -> bool:
    try:
        return vanishes(there, gradient)
    except CalculusError:
        return False


def _scaled(part: Expr, factor: Factor) -> Expr:
    """An expression times a number and a power of a size."""
    scaled = apply("mul", num(factor.number), part)
    if factor.size is None:
        return scaled
    count = isum(num(1), Ix("·count", factor.size))
    for _ in range(abs(factor.power)):
        scaled = apply("mul", count, scaled) if factor.power > 0 else apply("div", scaled, count)
    return scaled
