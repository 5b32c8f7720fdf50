"""What a check found, as data, and its rendering as plain text.

Promise: everything a reader needs to mend the gradient is in the record (parameter, entry, expected, got,
bound, why, help), so that a test, a notebook and a terminal print the same facts. Rejected: raising inside
the check (a report of a wrong gradient is a result, not an accident), and one boolean (what could not be
judged is not right).
"""

from __future__ import annotations

from typing import Literal

from gradcheck.records import dataclass

Verdict = Literal["correct", "wrong", "undecided"]
Cause = Literal[
    "factor", "sign", "transpose", "shape", "batch-sum", "constant", "swapped", "order", "penalty", "offset",
    "entry", "entries", "not-finite", "float32", "unknown",
]  # fmt: skip
NoteKind = Literal[
    "kink", "loss-digits", "formula-digits", "float32", "moved", "not-finite", "zero", "random", "raised",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the gradient: by differences `expected` within `bound`, by the gradient `got`.

    position  of the parameter's number among all numbers of x
    row       of a Jacobian, the index of f's value; empty where f is a number or several rows are wrong
    """

    name: str
    index: tuple[int, ...]
    expected: float
    got: float
    bound: float
    position: int
    row: tuple[int, ...] = ()

    def __str__(self) -> str:
        """With as many digits as show that the two differ."""
        digits = next(n for n in (6, 9, 12, 17) if n == 17 or f"{self.expected:.{n}g}" != f"{self.got:.{n}g}")
        pair = f"expected {self.expected:.{digits}g}, got {self.got:.{digits}g}"
        return f"{self.name}: {pair} (bound {self.bound:.1g})"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the parameters it is in, its cause, the sentence, the remedy, entries that show it."""

    parameters: tuple[str, ...]
    cause: Cause
    why: str
    help: str
    entries: tuple[Entry, ...] = ()
    factor: float | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A circumstance that limits or explains the judgement, and accuses nobody."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Effort:
    """How often the user's functions were called: `f` on real and on complex numbers, and the gradient."""

    real: int
    complex: int
    gradient: int


@dataclass(frozen=True, slots=True)
class GradientReport:
    """The judgement of one gradient at one point.

    method      how derivatives were measured: complex step, or extrapolated central differences
    resolution  the smallest relative error of one typical entry that this check would have found
    seed        the seed of the directions: pass it to see the same check again
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    method: Literal["complex step", "central differences"]
    resolution: float
    seed: int
    effort: Effort

    @property
    def ok(self) -> bool:
        return self.verdict == "correct"

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def _lines(report: GradientReport) -> list[str]:
    lines = [f"gradient {report.verdict}, by {report.method}"]
    for finding in report.findings:
        lines.append(f"  {', '.join(finding.parameters)}: {finding.why}")
        lines += [f"    = entry: {entry}" for entry in finding.entries]
        lines.append(f"    = help: {finding.help}")
    lines += [f"  = note: {note.text}" for note in report.notes]
    if report.verdict == "correct" and report.resolution:
        lines.append(
            f"  = note: an error of {report.resolution:.0e} of a typical entry would have been found"
        )
    return [*lines, f"  = note: seed {report.seed}"]
