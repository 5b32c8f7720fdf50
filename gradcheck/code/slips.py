"""Which slip turns a right formula into the one that code computes.

Promise: a slip is named only if the formula with it gives the code's values at every point of both sets of
sizes; where several do, one with a name of its own is taken first. The edits are those of the
diagnosis, in both directions, since code has factors too many as well as too few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from gradcheck.code.derivation import Derivation
from gradcheck.code.trees import Numbers
from gradcheck.diagnosis.case import Case, Kind, Repair, Slip
from gradcheck.diagnosis.edits import GENERAL, Candidate, code_of
from gradcheck.diagnosis.message import headline, why
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.diagnosis.search import Search
from gradcheck.diagnosis.sieve import Sieve
from gradcheck.diagnosis.site import at, replaced
from gradcheck.expr.printer import latex
from gradcheck.expr.tree import Expr
from gradcheck.shapes import ShapeError

Rank = tuple[bool, int]  # a slip with a name of its own first, then those high up in the formula
CLOSE = 1e-9  # relative: code and formula round differently
UNDONE: dict[Kind, Kind] = {
    "rewrite": "rewrite", "rename": "rename", "insert": "remove", "remove": "insert", "add": "subtract",
    "subtract": "add",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeSlip:
    """The misconception, what it did to the formula, and the two formulas in the author's names."""

    code: str
    name: str
    headline: str
    why: str
    computed: str
    right: str


def slip(derivation: Derivation, key: str, got: tuple[Numbers, ...]) -> CodeSlip | None:
    """The slip that explains the code's values of a gradient, (point, row, column) for each run; or None."""
    formula, expected = derivation.formula(key), derivation.derivative(key)
    if formula is None or expected is None:
        return None
    names = derivation.case.scope.latex_of
    search = Search(Case(derivation.bench, expected, formula, names, reference=formula))
    m = derivation.case.scope.sample_dim
    found = _best(derivation, search, formula, got)
    mean_lost = found is None and m in derivation.bench.runs[0].sizes
    if mean_lost:
        means = [array / run.sizes[m] for array, run in zip(got, derivation.bench.runs, strict=True)]
        found = _best(derivation, search, formula, tuple(means))
    if found is None:
        return None
    made, computed = found
    repair = Repair((made,), (), formula)
    record = MISCONCEPTIONS[made.code]
    said = headline(repair, names) + (f"; and the factor `1/{m}` is missing" if mean_lost else "")
    shown = latex(computed, names)
    return CodeSlip(
        made.code,
        record.name,
        said,
        why(repair),
        rf"{m} \cdot {shown}" if mean_lost else shown,
        latex(formula, names),
    )


def _best(
    derivation: Derivation, search: Search, formula: Expr, got: tuple[Numbers, ...]
) -> tuple[Slip, Expr] | None:
    with np.errstate(all="ignore"):
        found = list(_explaining(derivation, search, formula, got))
    return min(found, key=lambda item: item[0])[1:] if found else None


def _explaining(
    derivation: Derivation, search: Search, formula: Expr, got: tuple[Numbers, ...]
) -> Iterator[tuple[Rank, Slip, Expr]]:
    sieve = Sieve(search.values, formula, got[0])
    for candidate in _candidates(search, sieve):
        old = at(formula, candidate.path)
        try:
            computed = replaced(formula, candidate.path, candidate.new)
            agrees = all(close(derivation.values(computed, run), got[run]) for run in range(len(got)))
        except ShapeError:
            continue
        if agrees:
            code = code_of(candidate, old, search.setting, "break")
            made = Slip(code, UNDONE[candidate.kind], candidate.new, old, candidate.part)
            yield (code in GENERAL, len(candidate.path)), made, computed


def _candidates(search: Search, sieve: Sieve) -> Iterator[Candidate]:
    """Slips of the formula; and what may be put into it, which the diagnosis offers as a repair only."""
    yield from search.passing(sieve, "break")
    for candidate in search.passing(sieve, "mend"):
        if candidate.kind in ("insert", "add"):
            yield replace(candidate, code=None)


def close(one: Numbers, other: Numbers) -> bool:
    """Do a formula and code have the same values, but for how they round."""
    size = max(float(np.abs(one).max(initial=0.0)), float(np.abs(other).max(initial=0.0)))
    return one.shape == other.shape and float(np.abs(one - other).max(initial=0.0)) <= CLOSE * size
