"""check_backward: does a hand-written backward pass compute the gradients of a derivation?

Promise: the forward pass is the derivation's own, so every entry of every gradient is compared with reverse
mode, at several points of two sets of sizes; what rounding may leave is measured by the same code in extended
precision. A wrong gradient is told with the line that it should implement and why: the slip that turns the
formula into what the code computes, else what the numbers alone show. It runs the user's code, in a process
of its own; nothing that reads documents only ever comes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from gradcheck.code.compare import ROUNDINGS, draw, medians
from gradcheck.code.derivation import GOOD, Derivation, Line, derivations
from gradcheck.code.directional import Derivative
from gradcheck.code.explain import Measured, explain
from gradcheck.code.objective import Claim, align
from gradcheck.code.process import Returned, call
from gradcheck.code.python_names import Names
from gradcheck.code.result import Entry, Finding
from gradcheck.code.slips import CodeSlip, slip
from gradcheck.code.trees import Layout, Leaf, Numbers, Vector, flatten
from gradcheck.code.user_function import UserCodeError
from gradcheck.expr.tree import Expr
from gradcheck.shapes import SCALAR

NOISE = 4.0  # times the difference between the code in double and in extended precision
SECONDS = 60.0
DIRECTIONS = 3
ONE = np.ones(())


@dataclass(frozen=True, slots=True)
class JudgedGradient:
    """What is said of one returned gradient.

    name      as the code calls it; quantity: what it is the gradient by, as the document writes it
    line      of the document that it should implement, where there is one
    as_line   it computes just what that line says: right by a convention, or the line's own mistake
    """

    name: str
    quantity: str
    verdict: Literal["right", "wrong", "undecided"]
    line: Line | None
    as_line: bool = False
    finding: Finding | None = None
    slip: CodeSlip | None = None


@dataclass(frozen=True, slots=True)
class BackwardReport:
    """The judgement of a backward pass against one case of a document."""

    path: str
    signature: str
    document: str
    case: str
    gradients: tuple[JudgedGradient, ...]
    ignored: tuple[str, ...]
    seed: int

    @property
    def ok(self) -> bool:
        """Whether every gradient is right."""
        return all(judged.verdict == "right" for judged in self.gradients)

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def check_backward(
    path: Path,
    against: Path,
    *,
    function: str = "backward",
    case: str | None = None,
    assignment: Path | None = None,
    seed: int = 0,
    seconds: float = SECONDS,
) -> BackwardReport:
    """Judge each gradient that a Python function returns against a derivation's definitions. Runs the file.

    path        the file; its parameters are named like the document's quantities (`W1` for W^{[1]}), one of
                another name gets all of them as a dict; it returns a dict, or names: `return dW1, db1`
    against     the document; samples are where its shapes have them (mostly columns)
    case        the heading of the case that is meant; by default the one under which most is right

    Raises UserCodeError if the function cannot be called or its results cannot be named, ReadingError and
    ProblemError if the document cannot be read.
    """
    found = derivations(against, assignment, seed)
    cases = [d for d in found if case is None or d.name.lower() == case.lower()]
    if not cases:
        named = ", ".join(repr(d.name) for d in found) or "none that defines a loss"
        raise UserCodeError(f"{against} has no such case to check against; it has {named}")
    reports = []
    for derivation in cases:
        returned = call(path, function, derivation.points, seconds)
        gradients, ignored = _judged(derivation, returned, seed)
        document = derivation.document.source.path
        reports.append(
            BackwardReport(str(path), returned.signature, document, derivation.name, gradients, ignored, seed)
        )
    best = max(reports, key=_rank)
    if not best.gradients:
        raise UserCodeError(
            f"{function} returns {', '.join(best.ignored) or 'nothing'}, and no gradient by a name of "
            f"{against}: return a dict such as {{'dW1': ...}}"
        )
    return best


def _rank(report: BackwardReport) -> tuple[int, int]:
    return sum(g.verdict == "right" for g in report.gradients), len(report.gradients)


def _judged(
    derivation: Derivation, returned: Returned, seed: int
) -> tuple[tuple[JudgedGradient, ...], tuple[str, ...]]:
    names = Names(derivation.points.names)
    keys = {name: names.differentiated(name) for name in next(iter(returned.double.values()))}
    true = {n: derivation.derivative(key) for n, key in keys.items() if key in derivation.keys and key}
    wanted = {name: expr for name, expr in true.items() if expr is not None}
    judge = _Judge(derivation, returned, wanted, {name: key for name, key in keys.items() if key}, seed)
    return tuple(judge.of(name) for name in wanted), tuple(name for name in keys if name not in wanted)


@dataclass(frozen=True, slots=True)
class _Judge:
    """All gradients of one call: name -> true derivative, name -> key."""

    derivation: Derivation
    returned: Returned
    wanted: dict[str, Expr]
    keys: dict[str, str]
    seed: int

    def of(self, name: str) -> JudgedGradient:
        key = self.keys[name]
        lines = self.derivation.lines(key)
        line = lines[-1] if lines else None
        latex = self.derivation.case.scope.latex_of(key)
        wrong = next((place for place in self.returned.double if not self._is_right(name, place)), None)
        if wrong is None:
            return JudgedGradient(name, latex, "right", line)
        got = self._stacked(name)
        as_written = None if got is None else self._line_of(lines, got)
        if as_written is not None and as_written.verdict in GOOD:
            return JudgedGradient(name, latex, "right", as_written, as_line=True)
        finding = self._finding(name, wrong)
        if as_written is not None:
            return JudgedGradient(name, latex, "wrong", as_written, True, finding)
        found = None if got is None else slip(self.derivation, key, got)
        return JudgedGradient(name, latex, "wrong", line, False, finding, found)

    def _true(self, name: str, place: str) -> Numbers:
        run, point = place.split("/")
        found: Numbers = self.derivation.values(self.wanted[name], int(run))[int(point)]
        return found

    def _got(self, name: str, place: str) -> Numbers:
        return _as_shaped(self.returned.double[place][name], self.wanted[name])

    def _claim(self, place: str) -> tuple[Layout, Vector, Claim]:
        layout, true = flatten({name: self._true(name, place) for name in self.wanted})
        return layout, true, align({n: self._got(n, place) for n in self.wanted}, layout, ONE, "gradient")

    def _is_right(self, name: str, place: str) -> bool:
        true, got = self._true(name, place), self._got(name, place)
        return got.shape == true.shape and bool(np.all(np.abs(got - true) <= self._bound(name, place)))

    def _bound(self, name: str, place: str) -> Numbers:
        """What the roundings of a right formula leave, entry by entry."""
        true, got = self._true(name, place), self._got(name, place)
        layout, _ = flatten({name: true})
        claim = align({name: true}, layout, ONE, "gradient")
        eps = align({name: got}, layout, ONE, "gradient").eps
        size = np.maximum(np.abs(true), medians(layout, claim).reshape(true.shape))
        better = self.returned.extended.get(place, {}).get(name, got)
        lost = np.abs(_as_shaped(better, self.wanted[name]) - got)
        return ROUNDINGS * eps * size + (NOISE * lost if lost.shape == size.shape else 0.0)

    def _stacked(self, name: str) -> tuple[Numbers, ...] | None:
        """The values of each run, (point, row, column); None where the shapes are not the quantity's."""
        runs: dict[str, list[Numbers]] = {}
        for place in self.returned.double:
            got = self._got(name, place)
            if got.shape != self._true(name, place).shape:
                return None
            runs.setdefault(place.split("/")[0], []).append(got.astype(float))
        return tuple(np.stack(values) for values in runs.values())

    def _line_of(self, lines: Sequence[Line], got: tuple[Numbers, ...]) -> Line | None:
        """The line whose right side is what the code computes."""
        for line in reversed(lines):
            if (
                line.written.op != "deriv"
                and not line.written.free
                and all(
                    np.allclose(self.derivation.values(line.written, run), values, rtol=1e-9, atol=0.0)
                    for run, values in enumerate(got)
                )
            ):
                return line
        return None

    def _finding(self, name: str, place: str) -> Finding:
        layout, true, claim = self._claim(place)
        leaf = next(leaf for leaf in layout.leaves if leaf.name == name)
        rng = np.random.default_rng(self.seed)
        bound = ROUNDINGS * claim.eps * float(np.linalg.norm(true[leaf.where]))
        directions = [draw(rng, np.ones(leaf.size)) for _ in range(DIRECTIONS)]
        measured = [Measured(d, Derivative(float(true[leaf.where] @ d), bound)) for d in directions]
        point = np.concatenate(
            [self.derivation.points.arrays[place][self.keys[n]].ravel() for n in self.wanted]
        )
        entry = None if name in claim.misfits else _worst(leaf, claim.vector, true, self._bound(name, place))
        found = explain(leaf, claim, layout, point, measured) or _plain(leaf, claim, true)
        return Finding(
            found.parameters, found.cause, found.why, found.help, (entry,) if entry else (), found.factor
        )


def _as_shaped(got: Numbers, expr: Expr) -> Numbers:
    """A plain number as the 1 by 1 matrix that the derivation makes of it."""
    return got.reshape(1, 1) if expr.shape == SCALAR and got.size == 1 else got


def _plain(leaf: Leaf, claim: Claim, true: Vector) -> Finding:
    if leaf.name in claim.misfits:
        why = f"the shape is wrong: {claim.misfits[leaf.name].shape} where {leaf.shape} belongs"
        return Finding((leaf.name,), "shape", why, f"return an array of shape {leaf.shape}")
    off = np.abs(claim.vector[leaf.where] - true[leaf.where]) > 1e-9 * np.abs(true[leaf.where])
    why = f"{int(off.sum())} of {leaf.size} entries are wrong, by no rule that was recognised"
    return Finding((leaf.name,), "entries", why, "compare with the formula, factor by factor")


def _worst(leaf: Leaf, got: Vector, true: Vector, bound: Numbers) -> Entry:
    place = leaf.start + int(np.argmax(np.abs(got - true)[leaf.where]))
    index = tuple(int(i) for i in np.unravel_index(place - leaf.start, leaf.shape))
    return Entry(leaf.entry(place), index, float(true[place]), float(got[place]), float(bound[index]), place)


def _lines(report: BackwardReport) -> list[str]:
    case = f" ({report.case})" if report.case else ""
    lines = [f"ran {report.path}, {report.signature}, against {report.document}{case}"]
    width = max(len(judged.name) for judged in report.gradients)
    for judged in report.gradients:
        lines.append(f"  {judged.name:<{width}}  {judged.verdict:<9}  {_headline(judged)}".rstrip())
        lines += [f"      = {detail}" for detail in _details(judged, report.document)]
    if report.ignored:
        lines.append(f"  = note: not judged, no gradient of the loss: {', '.join(report.ignored)}")
    return lines


def _headline(judged: JudgedGradient) -> str:
    line = judged.line
    if judged.verdict == "right":
        agreement = " by convention" if judged.as_line else ""
        return "" if line is None else f"line {line.number}{agreement}: {line.latex}"
    if judged.as_line and line is not None:
        return (
            f"it computes what line {line.number} says, and that line is {line.verdict.value}: {line.latex}"
        )
    if judged.slip is not None:
        return f"{judged.slip.headline} ({judged.slip.code} {judged.slip.name})"
    return "" if judged.finding is None else judged.finding.why


def _details(judged: JudgedGradient, document: str) -> list[str]:
    details: list[str] = []
    if judged.verdict == "right":
        return details
    if judged.line is not None and not judged.as_line:
        details.append(f"should be: line {judged.line.number} of {document}: {judged.line.latex}")
    if judged.slip is not None:
        details += [f"computes: {judged.slip.computed}", f"help: write {judged.slip.right}"]
        details.append(f"why: {judged.slip.why}")
    if judged.finding is not None:
        details += [
            f"entry: {e.name}: expected {e.expected:.6g}, got {e.got:.6g} (bound {e.bound:.1g})"
            for e in judged.finding.entries
        ]
        if judged.slip is None:
            details.append(f"help: {judged.finding.help}")
    return details
