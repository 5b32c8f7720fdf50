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
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck.code.compare import Comparer, draw, rms, weights
from gradcheck.code.explain import Measured, explain, factor_finding
from gradcheck.code.localise import WrongEntry, measure_entry, only_wrong_entry, restrict, wrong_entries
from gradcheck.code.objective import Calls, Claim, Claimant, Kind, Objective
from gradcheck.code.result import Entry, Finding, GradientReport, Note, Verdict
from gradcheck.code.screen import Screened, choose_method, screen
from gradcheck.code.trees import Layout, Leaf, Vector, as_array, flatten

MOVE = 1e-2  # of a parameter's size: how far a point is moved off a kink
BLIND = 0.5  # a resolution above this would not notice a flipped sign
SINGLE = (1e-10, 1e-5)  # relative errors that roundings to float32 leave
VALUES = 1e-12  # relative rounding granted to values, whose formula is not there to show its own
PASSES, MOST = 60, 8  # directions spent on halving, entries shown


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
    directions  how many random directions screen it
    seed        draws the same directions again; None draws anew

    Raises StructureError if the structures of x and the gradient do not correspond, ValueError if f(x) is an
    array and `kind` is "gradient".
    """
    seed = secrets.randbits(32) if seed is None else seed
    rng = np.random.default_rng(seed)
    layout, point = flatten(x)
    calls = Calls()
    layout, value = _evaluate(f, layout, point, calls)
    if value.ndim and value.size > 1 and kind == "gradient":
        raise ValueError(f"f returns an array of shape {value.shape}: pass kind='vjp' or kind='jacobian'")
    cotangent = (
        np.ones(value.shape) if kind == "gradient" else draw(rng, np.ones(value.size)).reshape(value.shape)
    )
    objective = Objective(f, layout, cotangent, calls)
    claimant = Claimant(grad, kind, layout, cotangent, calls)
    at_zero = float(np.vdot(cotangent, value))
    return _Check(objective, claimant, rng, seed, max(directions, 1)).run(point, at_zero)


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

    def run(self, point: Vector, at_zero: float, notes: tuple[Note, ...] = ()) -> GradientReport:
        comparer = Comparer(self.objective, Claim(np.zeros_like(point)), point, at_zero, "complex step")
        if not np.isfinite(at_zero):
            text = f"f(x) is {at_zero}: choose a point x where f is finite, or rewrite f where it overflows"
            return self._report("undecided", comparer, (), (*notes, Note("not-finite", text)))
        comparer = replace(comparer, claim=self.claimant.at(point))
        if not self.claimant.callable:
            comparer = comparer.noisy(VALUES)
        notes = (*notes, *_precision_notes(comparer.claim))
        findings = tuple(_not_finite(comparer.claim, self.layout))
        if findings:
            return self._report("wrong", comparer, findings, notes)
        comparer = comparer.by(choose_method(comparer, self._direction(comparer)))
        screened = self._screen(comparer)
        if any(s.outcome == "not complex-safe" for s in screened):
            comparer = comparer.by("central differences")
            screened = self._screen(comparer)
        return self._conclude(comparer, screened, notes)

    def _conclude(
        self, comparer: Comparer, screened: Sequence[Screened], notes: tuple[Note, ...]
    ) -> GradientReport:
        point = comparer.point
        notes = tuple(dict.fromkeys((*notes, *(note for s in screened for note in s.notes))))
        findings = tuple(self._locate(screened)) + tuple(self._misfits(comparer))
        if findings:
            return self._report("wrong", comparer, merged(findings), notes)
        if any(s.outcome == "kink" for s in screened):
            if self.claimant.callable and not any(note.kind == "moved" for note in notes):
                return self._moved(point, notes)
            notes = (
                *notes,
                Note("kink", "f has a kink within the step: any slope between its two sides is accepted"),
            )
        resolution = max((s.resolution for s in screened), default=0.0)
        verdict: Verdict = "correct" if resolution < BLIND else "undecided"
        return self._report(verdict, comparer, (), notes, resolution)

    def _moved(self, point: Vector, notes: tuple[Note, ...]) -> GradientReport:
        shift = np.concatenate(
            [
                (rms(point[leaf.where]) or 1.0) * self.rng.uniform(-1, 1, leaf.size)
                for leaf in self.layout.leaves
            ]
        )
        moved = self.layout.round(point + MOVE * shift)
        note = Note(
            "moved", "f has a kink at x or within the step from it: judged at a random point 1 % away"
        )
        return self.run(moved, self.objective.real(moved), (*notes, note))

    def _direction(self, comparer: Comparer) -> Vector:
        """A direction over every leaf that has a claim of its own shape."""
        direction = draw(self.rng, weights(self.layout, comparer.claim, comparer.point))
        for leaf in self.layout.leaves:
            if leaf.name in comparer.claim.misfits:
                direction[leaf.where] = 0.0
        return direction

    def _screen(self, comparer: Comparer) -> list[Screened]:
        """Leaves with a gradient along `directions` directions; those claimed to be constant along one more."""
        live: list[Leaf] = []
        constant: list[Leaf] = []
        for leaf in self.layout.leaves:
            if leaf.name not in comparer.claim.misfits:
                (live if comparer.claim.vector[leaf.where].any() else constant).append(leaf)
        screened: list[Screened] = []
        for group, times in ((live, self.directions), (constant, 1)):
            for _ in range(times if group else 0):
                direction = _on(group, self._direction(comparer))
                screened += self._weigh(comparer, group, direction)
                if screened[-1].outcome in ("wrong", "not complex-safe"):
                    return screened
        return screened

    def _weigh(self, comparer: Comparer, group: list[Leaf], direction: Vector) -> list[Screened]:
        """One direction; where noise hides much, each leaf alone, since the noise may be that of one leaf."""
        pooled = screen(comparer, self.claimant, direction, self.rng)
        if pooled.outcome != "right" or pooled.comparer.digits < 1e-9 or len(group) == 1:
            return [pooled]
        alone = (screen(comparer, self.claimant, _on([leaf], direction), self.rng) for leaf in group)
        return sorted(alone, key=lambda s: s.outcome == "wrong")

    def _locate(self, screened: Sequence[Screened]) -> list[Finding]:
        if not screened or screened[-1].outcome != "wrong":
            return []
        wrong = screened[-1]
        single = only_wrong_entry(wrong.comparer, wrong.direction, wrong.residual)
        if single is not None:
            return [self._entries_finding([single], complete=True)]
        found = [f for leaf in self.layout.leaves if (f := self._leaf_finding(wrong, leaf))]
        return found or [_unlocated(self.layout, wrong)]

    def _leaf_finding(self, wrong: Screened, leaf: Leaf) -> Finding | None:
        comparer, direction = wrong.comparer, _on([leaf], wrong.direction)
        if not direction.any():
            return None
        residual = comparer.residual(direction) if len(self.layout.leaves) > 1 else wrong.residual
        if not residual.significant:
            return None
        why = self._explained(comparer, leaf, direction)
        if why is not None:
            return replace(why, entries=self._example(comparer, leaf, direction))
        single = only_wrong_entry(comparer, direction, residual)
        found, complete = (
            ([single], True) if single else wrong_entries(comparer, direction, residual, PASSES, MOST)
        )
        if not found:
            return _unlocated(self.layout, replace(wrong, direction=direction))
        return self._entries_finding(found, complete)

    def _explained(self, comparer: Comparer, leaf: Leaf, direction: Vector) -> Finding | None:
        trials = [direction, *(draw(self.rng, np.abs(direction)) for _ in range(2))]
        measured = [Measured(trial[leaf.where], comparer.derivative(trial)) for trial in trials]
        return explain(leaf, comparer.claim, self.layout, comparer.point, measured)

    def _misfits(self, comparer: Comparer) -> list[Finding]:
        """Leaves whose gradient has another shape: wrong as they are; which slip made them so is measured."""
        found = []
        for leaf in self.layout.leaves:
            if leaf.name in comparer.claim.misfits:
                sizes = np.zeros_like(comparer.point)
                sizes[leaf.where] = rms(comparer.point[leaf.where]) or 1.0
                why = self._explained(comparer, leaf, draw(self.rng, sizes))
                found.append(why or _shape_finding(leaf, comparer.claim.misfits[leaf.name].shape))
        return found

    def _example(self, comparer: Comparer, leaf: Leaf, scales: Vector) -> tuple[Entry, ...]:
        """An entry that shows the fault: of those with the largest claims the first that is off."""
        order = np.argsort(-np.abs(comparer.claim.vector[leaf.where]), kind="stable")[:3] + leaf.start
        for position in order:
            entry = measure_entry(comparer, int(position), scales)
            if entry.significant:
                return (_shown(entry, self.layout),)
        return ()

    def _entries_finding(self, found: list[WrongEntry], complete: bool) -> Finding:
        entries = tuple(_shown(entry, self.layout) for entry in found)
        names = tuple(dict.fromkeys(self.layout.leaf_of(entry.position).name for entry in found))
        if len(found) > 1 or not complete:
            if len(found) > 2 and all(SINGLE[0] < _error(entry) < SINGLE[1] for entry in found):
                why = "off everywhere by roundings of float32: a part of the gradient is computed in float32"
                return Finding(names, "float32", why, "look for an array or a cast of that type", entries)
            number = str(len(found)) if complete else f"{len(found)} or more"
            why = f"{number} entries are wrong, by no common rule"
            return Finding(names, "entries", why, "look at what is special about these entries", entries)
        entry = found[0]
        if not entry.got:
            return Finding(
                names, "entry", "one entry is 0, and should not be", "look for an index left out", entries
            )
        ratio = entry.got / entry.expected if entry.expected else np.inf
        rule = factor_finding(names, ratio) if np.isfinite(ratio) else None
        if rule and (rule.cause == "sign" or self.layout.leaf_of(entry.position).size == 1):
            return replace(rule, why=f"{rule.why} (one entry)", entries=entries)
        size = (
            f"{ratio:.6g} times what it should be"
            if abs(ratio - 1) > 1e-3
            else f"off by {ratio - 1:.1e} of its size"
        )
        why = f"one entry is wrong: {size}"
        return Finding(names, "entry", why, "look at the index of this entry", entries, ratio)

    def _report(
        self,
        verdict: Verdict,
        comparer: Comparer,
        findings: tuple[Finding, ...],
        notes: tuple[Note, ...],
        resolution: float = np.inf,
    ) -> GradientReport:
        effort = self.objective.calls.effort()
        return GradientReport(verdict, findings, notes, comparer.method, resolution, self.seed, effort)


def merged(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding where several say the same: a factor common to parameters, two that are swapped."""
    kept: list[Finding] = []
    for finding in findings:
        twin = next((k for k in kept if _same(k, finding)), None)
        if twin is None:
            kept.append(finding)
            continue
        names = tuple(dict.fromkeys((*twin.parameters, *finding.parameters)))
        kept[kept.index(twin)] = replace(twin, parameters=names, entries=(*twin.entries, *finding.entries))
    return tuple(kept)


def _same(one: Finding, other: Finding) -> bool:
    if one.cause != other.cause:
        return False
    if one.cause == "swapped":
        return set(one.parameters) == set(other.parameters)
    alike = one.factor is not None and other.factor is not None and abs(one.factor / other.factor - 1) < 1e-6
    return one.cause in ("factor", "sign") and alike


def _on(leaves: Sequence[Leaf], direction: Vector) -> Vector:
    places = np.zeros(direction.size, bool)
    for leaf in leaves:
        places[leaf.where] = True
    return restrict(direction, np.flatnonzero(places))


def _error(entry: WrongEntry) -> float:
    return abs(entry.got - entry.expected) / (abs(entry.expected) or 1.0)


def _shown(entry: WrongEntry, layout: Layout) -> Entry:
    leaf = layout.leaf_of(entry.position)
    index = tuple(int(i) for i in np.unravel_index(entry.position - leaf.start, leaf.shape))
    return Entry(leaf.entry(entry.position), index, entry.expected, entry.got, entry.bound)


def _precision_notes(claim: Claim) -> tuple[Note, ...]:
    if claim.eps < 1e-8:
        return ()
    return (
        Note(
            "float32",
            "the gradient holds float32 numbers: judged to float32's rounding; use float64 for more",
        ),
    )


def _not_finite(claim: Claim, layout: Layout) -> list[Finding]:
    found = []
    for leaf in layout.leaves:
        bad = np.flatnonzero(~np.isfinite(claim.vector[leaf.where]))
        if bad.size:
            value = claim.vector[leaf.start + bad[0]]
            name = leaf.entry(leaf.start + int(bad[0]))
            why = f"{bad.size} of {leaf.size} entries are not finite ({name} is {value})"
            found.append(Finding((leaf.name,), "not-finite", why, "look for a quotient or logarithm of 0"))
    return found


def _shape_finding(leaf: Leaf, shape: tuple[int, ...]) -> Finding:
    why = f"the shape is wrong: {shape} where {leaf.name} has {leaf.shape}"
    return Finding((leaf.name,), "shape", why, f"return an array of shape {leaf.shape}")


def _unlocated(layout: Layout, wrong: Screened) -> Finding:
    names = tuple(leaf.name for leaf in layout.leaves if wrong.direction[leaf.where].any())
    residual = wrong.residual
    why = (
        f"wrong along a random direction: expected {residual.expected:.9g}, got {residual.claimed:.9g} "
        f"(bound {residual.bound:.1g}); too little for single entries"
    )
    return Finding(names, "unknown", why, "compare with a second derivation, or check in higher precision")
