"""The bench: one program, sampled once, on which the judge compares expressions.

`close` is a float64 sieve for searches among readings and repairs. `compare` decides: in balls at a point,
with reverse mode and again with finite differences, and by SymPy on components; in balls at a point of the
other set of sizes too, unless float64 is close there and the components are proved identical.
`different` needs two disjoint balls and the agreement of all oracles; a ball that contains zero proves
nothing, so precision is raised until it is small beside the entry. No tolerance decides.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from itertools import takewhile
from typing import Literal

import numpy as np

from gradcheck.calculus.contrast import Contrast
from gradcheck.calculus.differences import BITS
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.calculus.evidence import Evidence, NumericEvidence, Outcome, SymbolicEvidence, Witness
from gradcheck.calculus.program import Program, separate
from gradcheck.calculus.reverse import ReverseMode
from gradcheck.calculus.runs import CLOSE, FEWEST_BITS, Run, drawn
from gradcheck.calculus.sampling import sample
from gradcheck.calculus.sizes import as_stated, choose_sizes, entries
from gradcheck.calculus.symbolic import Symbolic
from gradcheck.expr.forms.build import merge, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops.operation import Array
from gradcheck.records import replace
from gradcheck.shapes import Dim, ShapeError, show

_PRECISIONS = (FEWEST_BITS, 768, 3072)
_MOST_BALLS = 4000  # entries of all inputs, from where balls take seconds
_SMALL_SIZE = 5
_MOST_NAMES = 1  # free sizes up to which components stay short at the sizes of the first run
_UNKNOWN = SymbolicEvidence("unknown", "not tried")
_MOST_AS_STATED = 100_000  # entries of one array, up to which stated sizes are tried
_AS_STATED = "this holds at the sizes that are stated as numbers, and not at others"
_NOTHING = NumericEvidence("undecided", None, None)
_MOST_COMPARED = 20_000  # pairs: every judge of a case asks for the same ones, a search for many more


class Bench:
    """A program's samples, kept with everything computed on them.

    sizes    fixed sizes by name; the others are chosen, pairwise different, two sets of them
    seed     all points follow from it
    dims     further named sizes that claims use and the program does not
    points   points of each float64 run
    bounds   pairs of sizes of which the first must not exceed the second
    """

    def __init__(
        self,
        program: Program,
        sizes: Mapping[str, int] | None = None,
        seed: int = 0,
        dims: tuple[Dim, ...] = (),
        points: int = 3,
        bounds: tuple[tuple[Dim, Dim], ...] = (),
    ) -> None:
        self.program, self._height = program.separated()
        self._seed, self._points, self._bounds = seed, points, bounds
        self._fixed = dict(sizes or {})
        self._dims = (*dims, *program.dims)
        self.runs = tuple(
            drawn(self.program, choose_sizes(self._dims, self._fixed, k, bounds=bounds), 2 * seed + k, points)
            for k in (0, 1)
        )
        self._separated: dict[Expr, tuple[Expr, int]] = {}
        self._compared: dict[tuple[Expr, Expr], bool] = {}
        self._ratios: dict[tuple[Expr, Expr], tuple[float, ...] | None] = {}
        self._stated: Run | None = None
        self.symbolic = self._small(seed)

    def _small(self, seed: int) -> Symbolic:
        """The symbolic oracle at the first run's sizes, or at smaller ones where there are many."""
        first = self.runs[0]
        fixed_are_small = all(size <= _SMALL_SIZE for size in self._fixed.values())
        if fixed_are_small and len(first.sizes) - len(self._fixed) <= _MOST_NAMES:
            return Symbolic(self.program, first.sizes, lambda: first.given)
        return self._at_sizes((3, 2), seed)

    @cached_property
    def _smallest(self) -> Symbolic:
        """A second try for what is too large for the first: every free size is 2."""
        return self._at_sizes((2,), 0)

    def _at_sizes(self, pool: tuple[int, ...], seed: int) -> Symbolic:
        small = {name: size for name, size in self._fixed.items() if size <= _SMALL_SIZE}
        sizes = choose_sizes(self._dims, small, pool=pool, bounds=self._bounds)
        return Symbolic(
            self.program, sizes, lambda: sample(self.program, sizes, seed, 1, ReverseMode()).given
        )

    def defining(self, more: Mapping[str, Expr], sizes: Mapping[str, int] | None = None) -> Bench:
        """The bench of the program in which some inputs are defined, which may fix some sizes.

        Raises CycleError or SamplingError.
        """
        program = replace(self.program, definitions={**self.program.definitions, **more})
        fixed = {**self._fixed, **(sizes or {})}
        return Bench(program, fixed, self._seed, self._dims, self._points, self._bounds)

    def prepare(self, expr: Expr) -> Expr:
        """The expression with its bound indices named apart, as the evaluators want it.

        Raises EvaluationError for one that is nested too deeply.
        """
        try:
            return separate(expr, self._height, self._separated)[0]
        except RecursionError:
            raise EvaluationError("the expression is nested too deeply") from None

    def value(self, expr: Expr) -> Array:
        """The float64 value at the first point, axes (free indices by name..., rows, columns)."""
        run = self.runs[0]
        prepared = self.prepare(expr)
        return run.in_order(prepared, run.floats.value(prepared))

    def differences(self, expr: Expr) -> Array:
        """As `value`, with derivatives by finite differences."""
        run = self.runs[0]
        prepared = self.prepare(expr)
        field, evaluator = run.balls(BITS, "differences")
        with field.precision():
            balls = evaluator.value(prepared)
            return run.in_order(prepared, balls).astype(float)

    def close(self, left: Expr, right: Expr) -> bool:
        """Whether two expressions that are alike have the same float64 values, to rounding, at all points."""
        pair = (left, right)
        known = self._compared.get(pair)
        if known is None:
            if len(self._compared) >= _MOST_COMPARED:
                self._compared.clear()
            known = self._compared[pair] = self._is_close(left, right)
        return known

    def _is_close(self, left: Expr, right: Expr) -> bool:
        if not _alike(left, right):
            return False
        try:
            a, b = self.prepare(left), self.prepare(right)
            return all(_close(run.floats.value(a), run.floats.value(b)) for run in self.runs)
        except EvaluationError:
            return False

    def ratios(self, left: Expr, right: Expr) -> tuple[float, ...] | None:
        """The number that the left side is to be multiplied by to give the right, for each set of sizes.

        None where they are not alike, or there is none at some of them, or zero. Raises EvaluationError.
        """
        if not _alike(left, right):
            return None
        pair = (left, right)
        if pair not in self._ratios:
            if len(self._ratios) >= _MOST_COMPARED:
                self._ratios.clear()
            a, b = self.prepare(left), self.prepare(right)
            found = (_ratio(run.floats.value(a), run.floats.value(b)) for run in self.runs)
            known = [ratio for ratio in takewhile(lambda ratio: ratio is not None, found) if ratio]
            self._ratios[pair] = tuple(known) if len(known) == len(self.runs) else None
        return self._ratios[pair]

    def compare(self, left: Expr, right: Expr) -> Evidence:
        """What the oracles find about `left = right`.

        An index that is free on one side only is one that the claim must hold for all of.
        Raises ShapeError if the shapes differ.
        """
        if left.shape != right.shape:
            raise ShapeError(f"the left side is {show(left.shape)}, the right side {show(right.shape)}")
        merge((left, right))
        try:
            close = self._compared.get((left, right), False)
            return self._decided(self.prepare(left), self.prepare(right), close=close)
        except EvaluationError as reason:
            return _undecided(_UNKNOWN, _NOTHING, _NOTHING, str(reason))

    def _decided(self, left: Expr, right: Expr, *, close: bool) -> Evidence:
        """What is found of two sides of one shape; `close` where float64 saw no difference at any point."""
        if any(run.entries > _MOST_BALLS for run in self.runs):
            return self._in_floats(left, right)
        runs = self.runs if close else [run.telling(left, right) for run in self.runs]
        found = [_analytic(runs[0], left, right)]
        symbolic = self._proof(left, right) if close and found[0].outcome == "equal" else _UNKNOWN
        if symbolic.outcome != "identity":  # else float64 has seen the other sizes, and a proof tells more
            found += [_analytic(run, left, right) for run in runs[1:]]
        which = next((k for k, c in enumerate(found) if c.outcome == "different"), 0)
        run, analytic = runs[which], found[which]
        by_steps = run.contrast(left, right, BITS, "differences")
        numbers = _numeric(analytic), _numeric(by_steps)
        if any(side.derivatives and not run.is_consistent(side) for side in (left, right)):
            reason = "internal error: reverse mode and finite differences disagree about a derivative"
            return _undecided(_UNKNOWN, *numbers, reason)
        if analytic.outcome == "different":
            if self._equal_as_stated(left, right):
                return _undecided(_UNKNOWN, *numbers, _AS_STATED)
            return self._refuted(left, right, run, analytic, by_steps)
        if any(c.outcome != "equal" for c in found):
            return _undecided(_UNKNOWN, *numbers, _why_undecided(found))
        if symbolic is _UNKNOWN:
            symbolic = self._proof(left, right)
        return _confirmed(symbolic, *numbers)

    def _proof(self, left: Expr, right: Expr) -> SymbolicEvidence:
        symbolic = self.symbolic.decide(left, right)
        return self._smallest.decide(left, right) if symbolic.outcome == "unknown" else symbolic

    def _equal_as_stated(self, left: Expr, right: Expr) -> bool:
        """Whether the sides agree where sizes have the numbers that the document gives for them.

        A `1/60` that comes from sizes 20 and 30 is right there alone; what a machine has no room for says no.
        """
        sizes = as_stated(self.runs[0].sizes)
        if sizes is None:
            return False
        parts = (left, right, *self.program.definitions.values())
        if entries(parts, sizes) > _MOST_AS_STATED:
            return False
        if self._stated is None:
            self._stated = drawn(self.program, sizes, 0, 1)
        return _close(self._stated.floats.value(left), self._stated.floats.value(right))

    def _in_floats(self, left: Expr, right: Expr) -> Evidence:
        """For sizes beyond balls: float64 may agree, it never refutes."""
        pairs = [(run.floats.value(left), run.floats.value(right)) for run in self.runs]
        if all(_close(a, b) for a, b in pairs):
            analytic = NumericEvidence("equal", max(_float_error(a, b) for a, b in pairs), CLOSE)
            return Evidence("equal", "agrees", _UNKNOWN, analytic, _NOTHING)
        reason = f"arrays of {self.runs[0].entries} entries in all are too large to tell for certain"
        return _undecided(_UNKNOWN, _NOTHING, _NOTHING, reason)

    def _refuted(self, left: Expr, right: Expr, run: Run, analytic: Contrast, by_steps: Contrast) -> Evidence:
        if by_steps.outcome == "equal":  # the two oracles agree, so the gap is below what steps resolve
            by_steps = replace(by_steps, outcome="undecided")
        numbers = _numeric(analytic), _numeric(by_steps)
        symbolic = self.symbolic.decide_different(left, right)
        return Evidence("different", "proved", symbolic, *numbers, _witness(left, right, run, analytic))


def _analytic(run: Run, left: Expr, right: Expr) -> Contrast:
    """Reverse mode in balls, with more bits until the answer is clear."""
    found = run.contrast(left, right, _PRECISIONS[0], "analytic")
    for bits in _PRECISIONS[1:]:
        if found.outcome != "undecided":
            break
        found = run.contrast(left, right, bits, "analytic")
    return found


def _confirmed(symbolic: SymbolicEvidence, analytic: NumericEvidence, by_steps: NumericEvidence) -> Evidence:
    if symbolic.outcome == "different" or by_steps.outcome == "different":
        reason = "internal error: an oracle sees a difference where reverse mode does not"
        return _undecided(symbolic, analytic, by_steps, reason)
    certainty: Literal["proved", "agrees"] = "proved" if symbolic.outcome == "identity" else "agrees"
    return Evidence("equal", certainty, symbolic, analytic, by_steps)


def _undecided(
    symbolic: SymbolicEvidence, analytic: NumericEvidence, by_steps: NumericEvidence, reason: str
) -> Evidence:
    return Evidence("undecided", "agrees", symbolic, analytic, by_steps, None, reason)


def _why_undecided(found: list[Contrast]) -> str:
    if any(not c.finite for c in found):
        return "a side has no finite value at the sample points"
    return "the two sides could not be told apart, nor shown equal, at any precision tried"


def _numeric(found: Contrast) -> NumericEvidence:
    outcome: Outcome = found.outcome
    return NumericEvidence(outcome, found.relative_error, found.bound)


def _alike(left: Expr, right: Expr) -> bool:
    """Whether two expressions have one shape, and each index runs over one size in both."""
    ranges = dict(left.free)
    return left.shape == right.shape and all(ranges.get(name, dim) == dim for name, dim in right.free)


def _close(a: Array, b: Array) -> bool:
    size = np.maximum(np.abs(a), np.abs(b))
    largest = size.max(initial=0.0)  # neither NaN nor infinity is lost in a maximum
    if not math.isfinite(largest):
        return False
    return bool((np.abs(a - b) <= CLOSE * size + 1e-12 * largest).all())


def _ratio(a: Array, b: Array) -> float | None:
    """What `a` is to be multiplied by to give `b`; what is not finite has no ratio."""
    if a.shape != b.shape:
        a, b = np.broadcast_arrays(a, b)
    scale = float(np.vdot(a, a))
    ratio = float(np.vdot(a, b)) / scale if scale else 0.0
    if ratio == 0.0 or not math.isfinite(ratio):
        return None
    gap = float(np.abs(b - ratio * a).max(initial=0.0))
    return ratio if gap <= 1e-9 * float(np.abs(b).max(initial=0.0)) else None


def _float_error(a: Array, b: Array) -> float:
    largest = max(float(np.max(np.abs(a), initial=0.0)), float(np.max(np.abs(b), initial=0.0)))
    return float(np.max(np.abs(a - b))) / largest if largest else 0.0


def _witness(left: Expr, right: Expr, run: Run, found: Contrast) -> Witness:
    """The entry where the sides differ most, with the values of what the formula names."""
    assert found.place is not None
    named = [key for key in sorted(variables(right) | variables(left)) if key in run.program.variables]
    point = {}
    for key in named:
        variable = run.program.variables[key]
        node = next(n for side in (left, right) for n in side.walk() if n.op == "var" and n.attr[0] == key)
        value = run.floats.value(node)[..., 0, :, :]
        if value.size <= 16 and variable.shape == node.shape:
            point[key] = value.tolist()
    indices = {**run.index_values(left, found.place), **run.index_values(right, found.place)}
    entry = (found.place[-2] + 1, found.place[-1] + 1)
    stepped = _by_steps(left, right, run, found.place)
    return Witness(point, entry, indices, found.expected, found.got, dict(run.sizes), stepped)


def _by_steps(left: Expr, right: Expr, run: Run, place: tuple[int, ...]) -> float | None:
    """The left side at a place by finite differences; None where it holds no derivative."""
    if not left.derivatives:
        return None
    field, evaluator = run.balls(BITS, "differences")
    with field.precision():
        value, _ = np.broadcast_arrays(evaluator.value(left), evaluator.value(right))
        return float(value[_within(value.shape, place)].mid())


def _within(shape: tuple[int, ...], place: tuple[int, ...]) -> tuple[int, ...]:
    """A place in an array that may have fewer axes, or one entry along some: axes are told from the last."""
    wanted = (*(0,) * len(shape), *place)[-len(shape) :]
    return tuple(min(at, size - 1) for at, size in zip(wanted, shape, strict=True))
