"""From "wrong along a direction" to findings: which parameters, which entries, which slip.

Promise: the cheapest question first: is it one entry (few directions), which leaves (one direction each),
does a known slip explain a leaf (three), else which of its entries (halving). Every finding shows an entry
that was measured by itself. Equal findings of several parameters become one. Rejected: a list of all wrong
entries, which nobody reads.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gradcheck.code.compare import LEAST, ROUGH, Comparer, Residual, draw, rms
from gradcheck.code.directional import FULL
from gradcheck.code.explain import Measured, explain, factor_finding, in_words
from gradcheck.code.localise import NEGLIGIBLE, WrongEntry, measure_entry, only_wrong_entry, wrong_entries
from gradcheck.code.objective import Claim
from gradcheck.code.pattern import offset, place
from gradcheck.code.result import Entry, Finding, Note
from gradcheck.code.screen import Screened
from gradcheck.code.trees import Layout, Leaf, Vector
from gradcheck.records import replace

SINGLE = (1e-10, 1e-5)  # relative errors that roundings to float32 leave
ALIKE, CLOSE = 3, 1e-6  # entries that are enough to see a rule, and how well they must keep it
COMPARE = "compare with the formula, factor by factor"
PASSES, MOST, SHOWN = 60, 8, 3  # directions spent on halving, entries found, and those of them shown


def faults(wrong: Screened, rng: np.random.Generator) -> list[Finding]:
    """What is wrong with the gradient, given a direction along which it is."""
    comparer, layout = wrong.comparer, wrong.comparer.objective.layout
    single = only_wrong_entry(comparer, wrong.direction, wrong.residual)
    if single is not None:
        return [_entries_finding([single], layout, complete=True)]
    moved = [leaf for leaf in layout.leaves if wrong.direction[leaf.where].any()]
    if len(moved) == 1:
        return [_leaf_finding(comparer, moved[0], wrong.direction, wrong.residual, rng)]
    found: list[Finding] = []
    right: list[str] = []
    for leaf in moved:
        direction = on_leaves([leaf], wrong.direction)
        residual = comparer.residual(direction)
        if residual.significant and abs(residual.value) > NEGLIGIBLE * abs(wrong.residual.value):
            found.append(_leaf_finding(comparer, leaf, direction, residual, rng))
        else:
            right.append(leaf.name)
    return [_beside(finding, right) for finding in found] or [_unlocated(moved, wrong.residual)]


def misfits(comparer: Comparer, rng: np.random.Generator) -> list[Finding]:
    """Leaves whose gradient has another shape: wrong as they are; which slip made them so is measured."""
    found = []
    for leaf in comparer.objective.layout.leaves:
        if leaf.name in comparer.claim.misfits:
            sizes = np.zeros_like(comparer.point)
            sizes[leaf.where] = rms(comparer.point[leaf.where]) or 1.0
            why = _explained(comparer, leaf, draw(rng, sizes), rng)
            found.append(why or _shape_finding(leaf, comparer.claim.misfits[leaf.name].shape))
    return found


def not_finite(comparer: Comparer) -> tuple[list[Finding], list[Note]]:
    """Leaves with entries that are nan or infinite; notes where f itself has no finite slope."""
    found: list[Finding] = []
    unknown: list[Note] = []
    claim, layout = comparer.claim, comparer.objective.layout
    if not claim.misfits and np.isfinite(claim.vector).all():
        return found, unknown
    for leaf in layout.leaves:
        array = claim.misfits.get(leaf.name, claim.vector[leaf.where])
        bad = np.flatnonzero(~np.isfinite(array))
        if not bad.size:
            continue
        value = array.ravel()[bad[0]]
        entry = None if leaf.name in claim.misfits else _finite(comparer, leaf.start + int(bad[0]))
        if entry is None and leaf.name not in claim.misfits:
            name = leaf.entry(leaf.start + int(bad[0]))
            text = f"{name}: the gradient is {value}, and f has no finite slope there: choose another point x"
            unknown.append(Note("not-finite", text))
            continue
        why = f"{bad.size} of {array.size} entries are not finite (the first is {value})"
        shown = () if entry is None else (entry,)
        remedy = "look for a quotient or a logarithm of 0, or an overflow"
        found.append(Finding((leaf.name,), "not-finite", why, remedy, shown))
    return found, unknown


def _finite(comparer: Comparer, position: int) -> Entry | None:
    """What the entry should be, where f has a finite slope along it that can be measured."""
    layout, point = comparer.objective.layout, comparer.point
    direction = np.zeros_like(point)
    direction[position] = 1.0
    vector = np.where(np.isfinite(comparer.claim.vector), comparer.claim.vector, 0.0)
    plain = replace(comparer.by("central differences"), claim=Claim(vector), sizes=np.zeros_like(point))
    scale = plain.length_scale(direction)
    measured = plain.derivative(direction, FULL)
    most = max(abs(measured.value), float(abs(comparer.at_zero)) / scale, LEAST)
    if measured.kink or not measured.bound <= ROUGH * most:
        return None
    got = float(comparer.claim.vector[position])
    return _shown(WrongEntry(position, measured.value, got, measured.bound), layout)


def merged(findings: Sequence[Finding]) -> list[Finding]:
    """One finding where several say the same: a factor common to parameters, two that are swapped."""
    kept: list[Finding] = []
    for finding in findings:
        twin = next((k for k in kept if _same(k, finding)), None)
        if twin is None:
            kept.append(finding)
            continue
        names = tuple(dict.fromkeys((*twin.parameters, *finding.parameters)))
        entries = (*twin.entries, *finding.entries)
        kept[kept.index(twin)] = replace(twin, parameters=names, entries=entries)
    return kept


def on_leaves(leaves: Sequence[Leaf], direction: Vector) -> Vector:
    """The direction on some leaves, 0 on the others."""
    part = np.zeros_like(direction)
    for leaf in leaves:
        part[leaf.where] = direction[leaf.where]
    return part


def _beside(finding: Finding, right: Sequence[str]) -> Finding:
    """Told also by what is right, where nothing else tells where to look."""
    if finding.cause != "entries" or not right or len(right) > MOST:
        return finding
    some, them = ("is", "it") if len(right) == 1 else ("are", "them")
    (name,) = finding.parameters
    shared = f"; {', '.join(right)} {some} right: look at the factors that {name} does not share with {them}"
    return replace(finding, help=finding.help + shared)


def _leaf_finding(
    comparer: Comparer, leaf: Leaf, direction: Vector, residual: Residual, rng: np.random.Generator
) -> Finding:
    why = _explained(comparer, leaf, direction, rng)
    if why is not None:
        return replace(why, entries=_example(comparer, leaf, direction))
    single = only_wrong_entry(comparer, direction, residual)
    if single is not None:
        return _entries_finding([single], comparer.objective.layout, complete=True)
    alike = offset(comparer, leaf, residual, rng)
    if alike is not None:
        return replace(alike, entries=_example(comparer, leaf, direction))
    found, complete = wrong_entries(comparer, direction, residual, PASSES, MOST)
    if not found:
        return _unlocated([leaf], residual)
    where = place(comparer, leaf, direction, residual, found) if len(found) > 1 else ""
    return _entries_finding(found, comparer.objective.layout, complete, where)


def _explained(comparer: Comparer, leaf: Leaf, direction: Vector, rng: np.random.Generator) -> Finding | None:
    trials = [direction, *(draw(rng, np.abs(direction)) for _ in range(2))]
    measured = [Measured(trial[leaf.where], comparer.derivative(trial)) for trial in trials]
    return explain(leaf, comparer.claim, comparer.objective.layout, comparer.point, measured)


def _example(comparer: Comparer, leaf: Leaf, scales: Vector) -> tuple[Entry, ...]:
    """An entry that shows the fault: of those with the largest claims the first that is off."""
    order = np.argsort(-np.abs(comparer.claim.vector[leaf.where]), kind="stable")[:3] + leaf.start
    for position in order:
        entry = measure_entry(comparer, int(position), scales)
        if entry.significant:
            return (_shown(entry, comparer.objective.layout),)
    return ()


def _entries_finding(found: list[WrongEntry], layout: Layout, complete: bool, where: str = "") -> Finding:
    """Several entries; `where` is the part of the array that they all lie in."""
    entries = tuple(_shown(entry, layout) for entry in found)
    leaf = layout.leaf_of(found[0].position)
    names = (leaf.name,)
    if len(found) == 1 and complete:
        return _entry_finding(found[0], names, entries, layout)
    relative = [_relative(entry) for entry in found]
    if len(found) > 2 and all(SINGLE[0] < each < SINGLE[1] for each in relative):
        why = (
            f"off everywhere by about {np.median(relative):.0e} of its size, as roundings are: a part of the "
            "gradient is computed in float32, or by differences"
        )
        return Finding(names, "float32", why, "look for an array or a cast of that type", entries[:SHOWN])
    number = f"{len(found)} of {leaf.size}" if complete else f"at least {len(found)} of {leaf.size}"
    rule, remedy = _common_rule(found, where)
    why = f"{number} entries are wrong, {rule}" + (f", all of them in {where}" if where else "")
    return Finding(names, "entries", why, remedy, entries[:SHOWN])


def _common_rule(found: list[WrongEntry], where: str) -> tuple[str, str]:
    """What several wrong entries have in common, and what to do about it."""
    ratios = np.array([entry.got / entry.expected if entry.expected else np.nan for entry in found])
    sizes = np.array([abs(entry.got) for entry in found])
    if len(found) < ALIKE:
        return "by no common rule", f"look at what is special about {where}" if where else COMPARE
    if not ratios.any():
        return "and 0", "look for what is left out there, or counted once instead of added up"
    if np.ptp(ratios) < CLOSE * abs(ratios[0]):
        return (
            f"by the same factor {in_words(float(ratios[0]))}",
            "look for a factor that only these should have",
        )
    if np.ptp(sizes) < CLOSE * sizes[0]:
        return (
            f"and all of size {sizes[0]:.6g}",
            "look for what limits them, as a clipping of the gradient does",
        )
    return "by no common rule", f"look at what is special about {where}" if where else COMPARE


def _entry_finding(
    entry: WrongEntry, names: tuple[str, ...], entries: tuple[Entry, ...], layout: Layout
) -> Finding:
    if not entry.got:
        return Finding(names, "entry", "one entry is 0, and should not be", "look for a lost index", entries)
    if not entry.expected:
        return Finding(names, "entry", "one entry should be 0", "look for an index too many", entries)
    ratio = entry.got / entry.expected
    rule = factor_finding(names, _within(entry, ratio))
    if rule.cause == "sign" or layout.leaf_of(entry.position).size == 1:
        return replace(rule, why=f"{rule.why} (one entry)", entries=entries)
    off = (
        f"{ratio:.6g} times what it should be"
        if _relative(entry) > 1e-3
        else f"off by {ratio - 1:.1e} of its size"
    )
    return Finding(
        names, "entry", f"one entry is wrong: {off}", "look at the index of this entry", entries, ratio
    )


def _within(entry: WrongEntry, ratio: float) -> float:
    """-1 if the bound on what was measured allows it, since no other factor is as plain."""
    return -1.0 if abs(entry.got + entry.expected) <= entry.bound else ratio


def _shown(entry: WrongEntry, layout: Layout) -> Entry:
    leaf = layout.leaf_of(entry.position)
    index = tuple(int(i) for i in np.unravel_index(entry.position - leaf.start, leaf.shape))
    return Entry(leaf.entry(entry.position), index, entry.expected, entry.got, entry.bound, entry.position)


def _relative(entry: WrongEntry) -> float:
    return abs(entry.got - entry.expected) / (abs(entry.expected) or 1.0)


def _shape_finding(leaf: Leaf, shape: tuple[int, ...]) -> Finding:
    why = f"the shape is wrong: {shape} where {leaf.name} has {leaf.shape}"
    return Finding((leaf.name,), "shape", why, f"return an array of shape {leaf.shape}")


def _unlocated(leaves: Sequence[Leaf], residual: Residual) -> Finding:
    names = tuple(leaf.name for leaf in leaves)
    why = (
        f"wrong along a random direction: expected {residual.expected:.9g}, got {residual.claimed:.9g} "
        f"(bound {residual.bound:.1g}); too little for single entries"
    )
    return Finding(names, "unknown", why, "compare with a second derivation, or in higher precision")


def _same(one: Finding, other: Finding) -> bool:
    if one.cause != other.cause:
        return False
    if one.cause == "swapped":
        return set(one.parameters) == set(other.parameters)
    alike = one.factor is not None and other.factor is not None and abs(one.factor / other.factor - 1) < 1e-6
    return one.cause in ("factor", "sign") and alike
