"""Numbers put in for names, and lines told at them: `Substitute c = 0:`, `dL/dc = -2 Σ (y_i - a x_i)`.

Such a line need not hold for other values. Where the numbers are told right before it, and by themselves, it
is meant for them, and so are the lines that go on from it: a line that is wrong for all values is right if it
holds in the program in which the names are those numbers. An estimate that is told, `\\hat m = …`, is put in
for its letter, too, where a line has the one on its left side and the other on its right. So are numbers that
no formula tells, "for nine heads and four tails": where letters are lost from one side of a line to the other
and numbers stand there with which it holds, they are put in. One lost letter for which one number stands once
may be a mere slip, a λ for which a 2 is left, and is none. A side of numbers alone, `∂f/∂y = 3(2) = 6`, is
told at a point: where no numbers are told and it holds at some of its own, it is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import islice, permutations

from gradcheck.calculus.program import CalculusError
from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.judgement import Judgement, as_read, judged
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.expr.forms.build import num, var
from gradcheck.expr.forms.reading import Note
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Node, Number, Sum, Term
from gradcheck.notation.walk import of_kind
from gradcheck.restating.derivatives.solutions import unmarked
from gradcheck.restating.passages.segments import differentiated
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.verdict import Verdict

Given = Mapping[str, Fraction]
AT_A_POINT = "this holds for numbers that it puts in itself: where it is taken is not told"
_MOST_LETTERS, _MOST_TRIALS = 3, 24


class PutIn:
    """The numbers that stand right before each line of a case, and the lines that hold at them."""

    def __init__(self, scope: Scope, equations: Iterable[Equation]) -> None:
        equations = list(equations)
        self._scope, self._equations = scope, equations
        self._before: dict[int, Given] = {}
        self._ever: set[str] = set()
        self._points: dict[int, Given] = {}
        standing: dict[str, Fraction] = {}
        for equation in equations:
            told = _told(equation)
            if told is not None:
                key = scope.vocabulary.canonical(told[0])
                standing[key] = told[1]
                self._ever.add(key)
            elif standing:
                self._before[equation.number] = standing
                standing = {}

    @cached_property
    def _derived_by(self) -> frozenset[str]:
        """The keys of all that is differentiated by: asked for where there are estimates, which few tell."""
        return frozenset(map(self._scope.vocabulary.canonical, differentiated(self._equations)))

    def judged(self, prepared: Prepared, oracle: Oracle) -> Judgement | None:
        """A line that holds where numbers that nothing tells, or estimates, are put in, and nowhere else."""
        return (
            self._at_estimates(prepared, oracle)
            or self._at_unsaid(prepared, oracle)
            or self._at_a_point(prepared, oracle)
        )

    def at_told(self, prepared: Prepared, oracle: Oracle) -> Judgement | None:
        """A line that holds where the numbers right before it are put in, as those that go on from it do."""
        number = prepared.claim.equation.number
        given = self._before.get(number, {})
        inputs = oracle.bench.program.inputs
        kept = frozenset().union(*(oracle.bench.program.reach_of(got) for _, got, _ in prepared.literal))
        values = {key: num(value) for key, value in given.items() if key in inputs and key not in kept}
        if not values or {oracle.bench.program.variables[key].shape for key in values} != {SCALAR}:
            return None
        found = _held(prepared, oracle, values, "told at the numbers that are put in before it")
        if found is not None:
            self._before.setdefault(number + 1, given)
        return found

    def _at_a_point(self, prepared: Prepared, oracle: Oracle) -> Judgement | None:
        """A side of numbers that holds at some of its own is left open, where no numbers are told."""
        claim, program = prepared.claim, oracle.bench.program
        if not prepared.literal or not is_closed(claim.link.right):
            return None
        number, (expected, got, _) = claim.equation.number, prepared.literal[0]
        letters = sorted(program.reach_of(expected).intersection(program.inputs))
        shapes = {program.variables[key].shape for key in letters}
        if not 0 < len(letters) <= _MOST_LETTERS or shapes != {SCALAR} or self._ever.intersection(letters):
            return None
        worked = len(of_kind(claim.link.right, Number)) > 1
        trials = _assignments(letters, got, 1) if worked else ()
        for trial in [self._points[number]] if number in self._points else islice(trials, _MOST_TRIALS):
            values = {key: num(trial[key]) for key in letters if key in trial}
            if _held(prepared, oracle, values, AT_A_POINT) is not None:
                self._points[number] = trial
                return Judgement(claim, Verdict.UNDECIDED, pair=(expected, got), message=AT_A_POINT)
        return None

    def _at_unsaid(self, prepared: Prepared, oracle: Oracle) -> Judgement | None:
        """A line that has numbers on its right in the place of letters on its left, and holds with these."""
        if not prepared.literal:
            return None
        program = oracle.bench.program
        expected, got, _ = prepared.literal[0]
        lost = program.reach_of(expected).difference(program.reach_of(got)).intersection(program.inputs)
        letters = sorted(key for key in lost if program.variables[key].shape == SCALAR)
        if not 0 < len(letters) <= _MOST_LETTERS or not self._derived_by.isdisjoint(letters):
            return None
        for trial in islice(_assignments(letters, got, 2 if len(letters) == 1 else 1), _MOST_TRIALS):
            said = ", ".join(f"{key} = {value}" for key, value in trial.items())
            values = {key: num(value) for key, value in trial.items()}
            found = _held(prepared, oracle, values, f"right for {said}, which the line puts in")
            if found is not None:
                self._before[prepared.claim.equation.number] = trial
                return found
        return None

    def _at_estimates(self, prepared: Prepared, oracle: Oracle) -> Judgement | None:
        """A line with a letter on one side, and an estimate of it that data alone tell on the other.

        Of a letter that anything is derived by nothing is put in: at its estimate a gradient is zero, and so
        is each multiple of it.
        """
        program = oracle.bench.program
        estimates = {
            k: bare for k in program.definitions if (bare := unmarked(k)) != k and bare in program.inputs
        }
        if not estimates or not prepared.literal:
            return None
        expected, got, _ = prepared.literal[0]
        left, right = program.reach_of(expected), program.reach_of(got)
        values = {
            bare: var(key, program.variables[key].shape)
            for key, bare in estimates.items()
            if (bare in left - right and key in right - left)
            or (bare in right - left and key in left - right)
            if program.variables[key].shape == program.variables[bare].shape
            if not (program.reach_of(program.definitions[key]) & self._derived_by)
        }
        if not values or values.keys() & self._derived_by:
            return None
        return _held(prepared, oracle, values, "told at an estimate that is put in")


def _held(prepared: Prepared, oracle: Oracle, values: Mapping[str, Expr], told: str) -> Judgement | None:
    """The judgement of a line that holds in the program where some inputs are what they are told to be."""
    try:
        there = Oracle(oracle.bench.defining(values), decisive=oracle.decisive)
        for expected, got, notes in prepared.literal:
            if there.equal(expected, got):
                note = Note("info", told)
                verdict = as_read(notes, Verdict.CORRECT)
                return judged(there, prepared.claim, verdict, (expected, got, (*notes, note)))
    except (CalculusError, ShapeError):
        return None
    return None


def _assignments(letters: list[str], got: Expr, least: int) -> Iterator[Given]:
    """Ways to give letters a formula's numbers, each another that stands there so often at least."""
    standing = [
        node.attr[0] for node in got.walk() if node.op == "num" and isinstance(node.attr[0], Fraction)
    ]
    numbers = sorted({value for value in standing if standing.count(value) >= least}, reverse=True)
    for chosen in permutations(numbers, len(letters)):
        yield dict(zip(letters, chosen, strict=True))


@once_a_node
def _told(equation: Equation) -> tuple[Name, Fraction] | None:
    """The name and the number of a line that says nothing but `c = 0` or `a = -1.5`."""
    link = equation.links[0]
    name = read_name(unboxed(equation.head)) if len(equation.links) == 1 else None
    value = _number(unboxed(link.right))
    if name is None or not name.is_plain or name.sub or value is None or link.relation.sign != "=":
        return None
    return name, value


def _number(node: Node) -> Fraction | None:
    """A number with its sign, as written."""
    match node:
        case Number(text=text):
            return Fraction(text)
        case Sum(terms=(Term(sign="-", body=Number(text=text)),)):
            return -Fraction(text)
        case _:
            return None
