"""check_backward: does a hand-written backward pass compute the gradients of a derivation?

Promise: the forward pass is the derivation's own, so every entry of every gradient is compared with reverse
mode, at several points of two sets of sizes; what rounding may leave is measured by the same code in extended
precision. A wrong gradient is told with the line that it should implement and why: the slip that turns the
formula into what the code computes, else what the numbers alone show. It runs the user's code, in a process
of its own; nothing that reads documents only ever comes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gradcheck.code.derivation import Derivation, derivations
from gradcheck.code.judged import Judge, JudgedGradient
from gradcheck.code.orientation import AS_WRITTEN, Orientation, orientations
from gradcheck.code.process import Returned, call
from gradcheck.code.python_names import Names
from gradcheck.code.user_function import UserCodeError
from gradcheck.records import dataclass

SECONDS = 60.0


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
    orientation: Orientation = AS_WRITTEN

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
    against     the document; where the function does not take arrays of its shapes, or returns others, it is
                called with samples in rows instead of columns, vectors of one axis, and so on
    case        the heading of the case that is meant; by default the one under which most is right

    Raises UserCodeError if the function cannot be called or its results cannot be named, ReadingError and
    ProblemError if the document cannot be read.
    """
    found = derivations(against, assignment, seed)
    cases = [d for d in found if case is None or d.name.lower() == case.lower()]
    if not cases:
        named = ", ".join(repr(d.name) for d in found) or "none that defines a loss"
        raise UserCodeError(f"{against} has no such case to check against; it has {named}")
    reports = [_report(derivation, path, function, seed, seconds) for derivation in cases]
    best = max(reports, key=_rank)
    if not best.gradients:
        raise UserCodeError(
            f"{function} returns {', '.join(best.ignored) or 'nothing'}, and no gradient by a name of "
            f"{against}: return a dict such as {{'dW1': ...}}"
        )
    return best


def _rank(report: BackwardReport) -> tuple[int, int, int]:
    gradients = report.gradients
    right = sum(judged.verdict == "right" for judged in gradients)
    return right, len(gradients), sum(judged.line is not None for judged in gradients)


def _report(derivation: Derivation, path: Path, function: str, seed: int, seconds: float) -> BackwardReport:
    """The judgement in the first orientation that fits all shapes, else where most is right."""
    ways = list(_distinct(derivation))
    reports: list[BackwardReport] = []
    for way, returned in zip(ways, call(path, function, derivation.points, ways, seconds), strict=True):
        if returned is None:
            continue
        judge, ignored = _judge(derivation, returned, way, seed)
        document = derivation.document.source.path
        gradients = tuple(judge.of(name) for name in judge.wanted)
        name, signature = derivation.name, returned.signature
        reports.append(BackwardReport(str(path), signature, document, name, gradients, ignored, seed, way))
        if judge.fits:
            return reports[-1]
    return max(reports, key=_rank)


def _distinct(derivation: Derivation) -> Iterator[Orientation]:
    """The orientations that differ for the arrays of this derivation."""
    shapes = derivation.points.shapes.values()
    seen = set()
    for way in orientations(shapes, derivation.case.scope.sample_dim):
        moves = tuple(way.move(shape) for shape in shapes)
        if moves not in seen:
            yield way
        seen.add(moves)


def _judge(
    derivation: Derivation, returned: Returned, orientation: Orientation, seed: int
) -> tuple[Judge, tuple[str, ...]]:
    """The judge of the returned gradients of the loss, and the names of all else that was returned."""
    names = Names(derivation.points.names)
    keys = {name: names.differentiated(name) for name in next(iter(returned.double.values()))}
    true = {n: derivation.derivative(key) for n, key in keys.items() if key in derivation.keys and key}
    wanted = {name: expr for name, expr in true.items() if expr is not None}
    named = {name: key for name, key in keys.items() if key}
    judge = Judge(derivation, returned, orientation, wanted, named, seed)
    return judge, tuple(name for name in keys if name not in wanted)


def _lines(report: BackwardReport) -> list[str]:
    case = f" ({report.case})" if report.case else ""
    lines = [f"ran {report.path}, {report.signature}, against {report.document}{case}"]
    if report.orientation != AS_WRITTEN:
        lines.append(f"  = note: its arrays lie otherwise than the document's: {report.orientation}")
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
    if judged.follows:
        return f"follows from {', '.join(judged.follows)}: right but for what is wrong there"
    if judged.slip is not None:
        return f"{judged.slip.headline} ({judged.slip.code} {judged.slip.name})"
    return "" if judged.finding is None else judged.finding.why


def _details(judged: JudgedGradient, document: str) -> list[str]:
    details: list[str] = []
    if judged.verdict == "right" or judged.follows:
        return details
    if judged.line is not None and not judged.as_line:
        details.append(f"should be: line {judged.line.number} of {document}: {judged.line.latex}")
    if judged.slip is not None:
        details += [f"computes: {judged.slip.computed}"] if judged.slip.computed else []
        details += [f"help: write {judged.slip.right}"] if judged.slip.right else []
        details.append(f"why: {judged.slip.why}")
    if judged.finding is not None:
        details += [f"entry: {entry}" for entry in judged.finding.entries]
        if judged.slip is None:
            details.append(f"help: {judged.finding.help}")
    return details
