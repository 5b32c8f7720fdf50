"""The judge's view of the bench: is this equal to that, and by which factor do they differ?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import numpy as np

from gradcheck.calculus.compare import Bench
from gradcheck.calculus.evidence import Evidence, NumericEvidence, SymbolicEvidence, Witness
from gradcheck.expr.forms.tree import Expr, distinct
from gradcheck.records import dataclass
from gradcheck.shapes import ShapeError

SIMPLE = 24
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Factor:
    """`got = number · size^power · expected` everywhere."""

    number: Fraction
    size: str | None = None
    power: int = 0

    @property
    def is_one(self) -> bool:
        """Whether there is no factor at all."""
        return self.number == 1 and self.power == 0

    def __str__(self) -> str:
        over = self.size if self.power < 0 else None
        above = self.size if self.power > 0 else None
        raised = "" if abs(self.power) < 2 else f"^{abs(self.power)}"
        top = f"{self.number.numerator}" if above is None else f"{above}{raised}"
        if above is not None and self.number.numerator != 1:
            top = f"{self.number.numerator} {above}{raised}"
        below = [str(self.number.denominator)] if self.number.denominator != 1 else []
        below += [f"{over}{raised}"] if over is not None else []
        return (
            top
            if not below
            else f"{top}/{' '.join(below)}"
            if len(below) == 1
            else f"{top}/({' '.join(below)})"
        )


class Oracle:
    """Comparisons of one case, each made once.

    decisive    whether an equality that float64 finds has to be confirmed by all oracles
    """

    def __init__(self, bench: Bench, *, decisive: bool) -> None:
        self.bench = bench
        self.decisive = decisive
        self._evidence: dict[tuple[Expr, Expr], Evidence] = {}

    @cached_property
    def takes_norms(self) -> bool:
        """Whether a definition holds a norm."""
        return any(node.op == "norm" for node in distinct(self.bench.program.definitions.values()))

    def equal(self, expected: Expr, got: Expr) -> bool:
        """Whether two expressions are the same; in doubt they are not."""
        if not self._close(expected, got):
            return False
        return not self.decisive or self.evidence(expected, got).outcome == "equal"

    def evidence(self, expected: Expr, got: Expr) -> Evidence:
        """What the oracles found of a pair of equal shapes."""
        pair = (expected, got)
        if pair not in self._evidence:
            self._evidence[pair] = self.bench.compare(expected, got)
        return self._evidence[pair]

    def _close(self, expected: Expr, got: Expr) -> bool:
        try:
            return self.bench.close(expected, got)
        except ShapeError:
            return False

    def without_value(self, expected: Expr) -> Evidence:
        """The evidence against a formula that divides by zero: what should be there, and that nothing is."""
        first = self.bench.value(expected)
        place = (0,) * first.ndim
        indices = {name: 1 for name, _ in expected.free}
        run = self.bench.runs[0]
        derives = bool(expected.derivatives)
        stepped = float(self.bench.differences(expected)[place]) if derives else None
        witness = Witness({}, (1, 1), indices, float(first[place]), math.inf, dict(run.sizes), stepped)
        symbolic = SymbolicEvidence("different", "a denominator is zero")
        nothing = NumericEvidence("different", None, None)
        return Evidence("different", "proved", symbolic, nothing, nothing, witness)

    def samples(self, sample_dim: str) -> int:
        """How many samples the first set of sizes has."""
        return dict(self.bench.runs[0].sizes).get(sample_dim, 2)

    def is_zero(self, value: Expr) -> bool:
        """Whether an expression is zero at all sample points."""
        prepared = self.bench.prepare(value)
        return not any(run.floats.value(prepared).any() for run in self.bench.runs)

    def vanishes(self, value: Expr) -> bool:
        """Whether an expression is zero up to roundings at all sample points."""
        prepared = self.bench.prepare(value)
        return all(np.abs(run.floats.value(prepared)).max(initial=0) <= _ROUNDING for run in self.bench.runs)

    def is_constant(self, value: Expr) -> bool:
        """Whether all entries of an expression are one number, the same at all sample points."""
        prepared = self.bench.prepare(value)
        found = np.concatenate([np.ravel(run.floats.value(prepared)) for run in self.bench.runs])
        return bool(np.ptp(found) <= _ROUNDING)

    def cancels(self, expected: Expr, got: Expr) -> bool:
        """Whether two expressions differ by roundings of what cancels, at all sample points."""
        a, b = self.bench.prepare(expected), self.bench.prepare(got)
        gaps = [np.max(np.abs(run.floats.value(a) - run.floats.value(b))) for run in self.bench.runs]
        return all(gap <= _ROUNDING for gap in gaps)

    def factor(self, expected: Expr, got: Expr) -> Factor | None:
        """The constant between two expressions, as a simple number times a power of a size, or None."""
        ratios = self.bench.ratios(expected, got)
        return None if ratios is None else _recognised(ratios, [run.sizes for run in self.bench.runs])


def _recognised(ratios: Sequence[float], sizes: list[Mapping[str, int]]) -> Factor | None:
    """A number and a power of one size that give every ratio at its sizes."""
    names = [None, *sorted(set.intersection(*(set(s) for s in sizes)))]
    for name in names:
        for power in (0,) if name is None else (-1, 1, -2, 2):
            base = [1.0 if name is None else float(s[name]) ** power for s in sizes]
            numbers = [ratio / unit for ratio, unit in zip(ratios, base, strict=True)]
            if any(abs(n - numbers[0]) > 3e-9 * abs(n) for n in numbers):
                continue  # no number is near all of them
            simple = Fraction(numbers[0]).limit_denominator(SIMPLE)
            if simple and all(abs(n - float(simple)) <= 1e-9 * abs(n) for n in numbers):
                return Factor(simple, name, power)
    return None
