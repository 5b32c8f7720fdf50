"""check_gradient: is a gradient written as code right; where is it wrong, and why.

Promise: screening costs a few evaluations of f whatever the number of parameters, locating one wrong entry
a few more; nothing is accused that rounding, saturation or a kink explains; what cannot be judged is
`undecided`. It runs the user's functions, on points near x, with the warnings of NumPy's floating point
turned off. Directions are drawn anew at each call unless a seed is given, since an unlucky direction must
not be unlucky for ever; the global seed is not touched.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any, get_args

import numpy as np

from gradcheck.code.compare import (
    LEAST,
    ZERO,
    Comparer,
    Method,
    draw,
    largest_share,
    medians,
    rms,
    small_entries,
    weights,
)
from gradcheck.code.directional import Derivative
from gradcheck.code.faults import faults, merged, misfits, not_finite, on_leaves
from gradcheck.code.objective import Calls, Claim, Claimant, Kind, NotComplexSafe, Objective
from gradcheck.code.repeats import varying
from gradcheck.code.result import Finding, GradientReport, Note, Verdict
from gradcheck.code.rows import placed_in_rows
from gradcheck.code.screen import (
    LOST,
    Screened,
    by_real_numbers,
    confirmed,
    not_complex_safe,
    screen,
    screen_entries,
)
from gradcheck.code.trees import Layout, Leaf, Vector, as_array, flatten
from gradcheck.code.vector_valued import known_slip
from gradcheck.records import dataclass, replace

MOVE = 1e-2  # of a parameter's size: how far a point is moved off a kink
BLIND = 0.5  # a resolution above this would not notice a flipped sign
FAINT = 1e-6  # of the largest share: what the noise may be then
SUSPECT = ("kink", "moved", "loss-digits", "formula-digits")  # what random numbers look like
VALUES = 1e-12  # relative rounding granted to values, whose formula is not there to show its own
KINK = Note("kink", "f has a kink within the step: any slope between its two sides is accepted")
MOVED = Note("moved", "f has a kink at x or within the step from it: judged at a random point 1 % away")


def check_gradient(
    f: Callable[[Any], Any],
    grad: Any,
    x: Any,
    *,
    kind: Kind = "gradient",
    directions: int = 2,
    seed: int | None = None,
) -> GradientReport:
    """Judge a hand-written gradient of f at x.

    f           x -> a number, or an array (then give `kind`)
    grad        kind "gradient": x -> structure of x;
                "vjp": (x, u) -> structure of x, with <u, f'(x) d> = <vjp, d> for every d;
                "jacobian": x -> structure of x, each array of shape f(x).shape + the parameter's shape.
                Gradient and Jacobian may be values at x; a function lets the check use other points too
    x           array, number, or nested tuple, list, dict of arrays (float32 or float64, NumPy or tensors)
    directions  how many random directions screen it, the last of them roughly; 2 at least
    seed        draws the same directions again; None draws anew

    Raises StructureError if the structures of x and the gradient do not correspond, ValueError if f(x) is an
    array and `kind` is "gradient", or no real numbers, or if `kind` is no known one. An error that f raises
    at x, or the gradient anywhere, is passed on.
    """
    if kind not in get_args(Kind):
        raise ValueError(f"kind is {kind!r}: it must be one of {', '.join(get_args(Kind))}")
    seed = secrets.randbits(32) if seed is None else seed
    rng = np.random.default_rng(seed)
    layout, point = flatten(x)
    calls = Calls()
    layout, value = _evaluate(f, layout, point, calls)
    if value.dtype.kind not in "fiub":
        returned = "None" if value[()] is None else f"{value.dtype} values"
        raise ValueError(f"f returns {returned}: return the loss, a real number")
    if value.ndim and value.size > 1 and kind == "gradient":
        raise ValueError(f"f returns an array of shape {value.shape}: pass kind='vjp' or kind='jacobian'")
    cotangent = (
        np.ones(value.shape) if kind == "gradient" else draw(rng, np.ones(value.size)).reshape(value.shape)
    )
    objective = Objective(f, layout, cotangent, calls)
    claimant = Claimant(grad, kind, layout, cotangent, calls)
    at_zero = np.longdouble(np.vdot(cotangent, value))
    return _Check(objective, claimant, rng, seed, max(directions, 2)).run(point, at_zero)


def assert_gradient(
    f: Callable[[Any], Any],
    grad: Any,
    x: Any,
    *,
    kind: Kind = "gradient",
    directions: int = 2,
    seed: int | None = None,
) -> None:
    """Raise AssertionError with the whole report unless `check_gradient` says "correct"; same arguments."""
    report = check_gradient(f, grad, x, kind=kind, directions=directions, seed=seed)
    if not report.ok:
        raise AssertionError(str(report))


def _evaluate(f: Callable[[Any], Any], layout: Layout, point: Vector, calls: Calls) -> tuple[Layout, Any]:
    """f(x) in double where f allows it, else in the precision x was given in."""
    calls.real += 1
    with np.errstate(all="ignore"):
        if all(leaf.precision == np.float64 for leaf in layout.leaves):
            return layout, as_array(f(layout.build(point)))
        try:
            return layout, as_array(f(layout.build(point)))
        except (TypeError, ValueError, RuntimeError):
            given = replace(layout, lifted=False)
            return given, as_array(f(given.build(point)))


@dataclass(frozen=True, slots=True)
class _Check:
    objective: Objective
    claimant: Claimant
    rng: np.random.Generator
    seed: int
    directions: int

    @property
    def layout(self) -> Layout:
        return self.objective.layout

    def run(self, point: Vector, at_zero: np.longdouble, notes: tuple[Note, ...] = ()) -> GradientReport:
        if not np.isfinite(at_zero):
            text = f"f(x) is {at_zero}: choose a point x where f is finite, or rewrite f where it overflows"
            return self._report("undecided", "central differences", (), (*notes, Note("not-finite", text)))
        claim = self.claimant.at(point)
        notes = (*notes, *_precision_notes(claim))
        typical = medians(self.layout, claim)
        sizes = np.maximum(np.maximum(np.abs(claim.vector), typical), LEAST)
        digits = 0.0
        if not self.claimant.callable:
            digits, sizes = VALUES, np.maximum(sizes, largest_share(self.layout, claim, point))
        comparer = Comparer(
            self.objective,
            claim,
            point,
            typical,
            sizes,
            at_zero,
            "complex step",
            digits,
            moved=MOVED in notes,
        )
        holes, unknown = not_finite(comparer)
        if holes or unknown:
            verdict: Verdict = "wrong" if holes else "undecided"
            return self._report(verdict, "central differences", holes, (*notes, *unknown))
        screened = self._screen(comparer)
        if screened and screened[-1].outcome == "not complex-safe":
            screened = self._screen(comparer, complex_safe=False)
        return self._conclude(comparer, screened, notes)

    def _screen(self, comparer: Comparer, complex_safe: bool = True) -> list[Screened]:
        """Leaves with a gradient along several directions, then those with nearly none, and with none at all.

        The last direction is compared with real numbers roughly, and exactly only where that disagrees: it
        is there to notice a complex step that a function like abs betrays, and the rare unlucky direction.
        """
        claim, scales = comparer.claim, weights(self.layout, comparer.claim, comparer.point, comparer.typical)
        judged = [leaf for leaf in self.layout.leaves if leaf.size and leaf.name not in claim.misfits]
        most = ZERO * largest_share(self.layout, claim, comparer.point)
        live = [leaf for leaf in judged if (np.abs(claim.vector[leaf.where]) > most[leaf.where]).any()]
        faint = [leaf for leaf in judged if leaf not in live and claim.vector[leaf.where].any()]
        constant = [leaf for leaf in judged if leaf not in live and leaf not in faint]
        if not complex_safe:
            comparer = by_real_numbers(comparer)
        screened: list[Screened] = []
        for group in (live, faint, constant):
            for turn in range(self.directions if group else 0):
                direction = on_leaves(group, draw(self.rng, scales))
                if turn == self.directions - 1 and comparer.roughly_agrees(direction):
                    continue
                comparer, found = self._along(comparer, group, direction, first=not screened)
                screened += found
                if screened[-1].outcome in ("wrong", "not complex-safe"):
                    return screened
        return [*screened, *self._small_entries(comparer, screened)]

    def _along(
        self, comparer: Comparer, group: list[Leaf], direction: Vector, first: bool
    ) -> tuple[Comparer, list[Screened]]:
        """Judge one direction; complex step needs the claim, or real differences, to agree with it."""
        if comparer.method == "central differences":
            return comparer, self._weigh(comparer, group, direction, None)
        try:
            measured: Derivative | None = comparer.derivative(direction)
        except NotComplexSafe:
            comparer, measured = by_real_numbers(comparer), None
        if measured is not None and (not first or comparer.against(measured, direction).significant):
            comparer, measured = confirmed(comparer, direction, measured)
            if measured is None and not first:
                return comparer, [not_complex_safe(comparer, direction)]
        return comparer, self._weigh(comparer, group, direction, measured)

    def _small_entries(self, comparer: Comparer, screened: Sequence[Screened]) -> list[Screened]:
        """Entries far below their neighbours, by themselves: beside these, their errors are roundings."""
        clean = all(s.outcome == "right" and s.comparer.digits < LOST for s in screened)
        comparer = replace(comparer, reach=min((s.comparer.reach for s in screened), default=np.inf))
        groups = small_entries(comparer.claim, comparer.typical) if clean and self.claimant.callable else ()
        found = (screen_entries(comparer, self.claimant, places, self.rng) for places in groups)
        return [s for some in found for s in some if s.outcome == "wrong"]

    def _weigh(
        self, comparer: Comparer, group: list[Leaf], direction: Vector, measured: Derivative | None
    ) -> list[Screened]:
        """One direction; where noise hides much, each leaf alone, since the noise may be that of one leaf."""
        pooled = screen(comparer, self.claimant, direction, self.rng, measured)
        quiet = pooled.comparer.digits < LOST or not self.claimant.callable
        if pooled.outcome != "right" or quiet or len(group) == 1:
            return [pooled]
        alone = [screen(comparer, self.claimant, on_leaves([leaf], direction), self.rng) for leaf in group]
        return sorted(alone, key=lambda s: s.outcome == "wrong")

    def _conclude(
        self, comparer: Comparer, screened: Sequence[Screened], notes: tuple[Note, ...]
    ) -> GradientReport:
        method = screened[-1].comparer.method if screened else "central differences"
        told = (note for s in screened for note in ((_zero_note(s),) if _is_zero(s) else s.notes))
        notes = tuple(dict.fromkeys((*notes, *told)))
        findings: list[Finding] = []
        for wrong in (s for s in screened if s.outcome == "wrong"):
            findings += faults(wrong, self.rng)
        findings += misfits(comparer.by(method), self.rng)
        resolution = max((s.resolution for s in screened if not _is_zero(s)), default=0.0)
        if findings or resolution >= BLIND or any(note.kind in SUSPECT for note in notes):
            random = varying(comparer.by(method), self.claimant)
            if random is not None:
                return self._report("undecided", method, (), (random,))
        if findings and self.claimant.kind != "gradient":
            findings = known_slip(findings, comparer.by(method), self.claimant, self.rng)
        if findings and self.claimant.kind == "jacobian":
            jacobian = self.claimant.raw(comparer.point)
            findings = [placed_in_rows(finding, comparer.by(method), jacobian) for finding in findings]
        if findings:
            return self._report("wrong", method, merged(findings), notes)
        if any(s.outcome == "kink" for s in screened):
            if self.claimant.callable and not any(note.kind == "moved" for note in notes):
                return self._moved(comparer.point, notes)
            notes = (*notes, KINK)
        verdict: Verdict = "correct" if resolution < BLIND else "undecided"
        raised = self.objective.calls.raised
        if verdict == "undecided" and raised is not None:
            where = "at points near x: choose x well inside of the domain of f"
            notes = (*notes, Note("raised", f"f raises {type(raised).__name__} ({raised}) {where}"))
        return self._report(verdict, method, (), notes, resolution)

    def _moved(self, point: Vector, notes: tuple[Note, ...]) -> GradientReport:
        shifts = [
            (rms(point[leaf.where]) or 1.0) * self.rng.uniform(-1, 1, leaf.size)
            for leaf in self.layout.leaves
        ]
        moved = self.layout.round(point + MOVE * np.concatenate(shifts))
        return self.run(moved, self.objective.real(moved), (*notes, MOVED))

    def _report(
        self,
        verdict: Verdict,
        method: Method,
        findings: Sequence[Finding],
        notes: tuple[Note, ...],
        resolution: float = np.inf,
    ) -> GradientReport:
        effort = self.objective.calls.effort()
        return GradientReport(verdict, tuple(findings), notes, method, resolution, self.seed, effort)


def _is_zero(screened: Screened) -> bool:
    """Along this direction the gradient is less than the noise, and that is next to nothing."""
    comparer, direction, bound = screened.comparer, screened.direction, screened.residual.bound
    claimed = float(np.linalg.norm(comparer.claim.vector * direction))
    if screened.outcome != "right" or claimed > bound:
        return False
    most = largest_share(comparer.objective.layout, comparer.claim, comparer.point)
    share = float(np.linalg.norm(most * direction))
    return claimed <= ZERO * share and bound <= FAINT * share


def _zero_note(screened: Screened) -> Note:
    leaves = screened.comparer.objective.layout.leaves
    names = ", ".join(leaf.name for leaf in leaves if screened.direction[leaf.where].any())
    return Note(
        "zero", f"{names}: the gradient is 0 but for roundings of what cancels, and f agrees within them"
    )


def _precision_notes(claim: Claim) -> tuple[Note, ...]:
    if claim.eps < 1e-8:
        return ()
    return (
        Note(
            "float32",
            "the gradient holds float32 numbers: judged to float32's rounding; use float64 for more",
        ),
    )
