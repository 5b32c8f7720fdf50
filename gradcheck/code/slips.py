"""Which slip turns a right formula into the one that code computes.

Promise: a slip is named only if the formula with it gives the code's values at every point of both sets of
sizes; where several do, one with a name of its own is taken first. The edits are those of the
diagnosis, in both directions, since code has factors too many as well as too few.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradcheck.code.derivation import Derivation
from gradcheck.code.repeated import everywhere, some_terms
from gradcheck.code.trees import Numbers
from gradcheck.code.whole_factor import CLOSE, whole_factor
from gradcheck.diagnosis.case import Case, Kind, Repair, Slip
from gradcheck.diagnosis.edits import GENERAL, Candidate, code_of
from gradcheck.diagnosis.message import headline, why
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.diagnosis.readable import readable
from gradcheck.diagnosis.search import Search
from gradcheck.diagnosis.sieve import Sieve
from gradcheck.diagnosis.site import at, replaced
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.printing.printer import latex, plain
from gradcheck.records import dataclass, replace
from gradcheck.shapes import ShapeError

Rank = tuple[bool, int]  # a slip with a name of its own first, then those high up in the formula
MOST_READ = 240  # characters of a formula that anybody reads
UNDONE: dict[Kind, Kind] = {
    "rewrite": "rewrite", "rename": "rename", "insert": "remove", "remove": "insert", "add": "subtract",
    "subtract": "add",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeSlip:
    """The misconception, what it did to the formula, and the two formulas in the author's names.

    headline         what stands where something else belongs, or the meaning, where that is long
    computed, right  empty where a formula is too long to be read
    """

    code: str
    name: str
    headline: str
    why: str
    computed: str
    right: str


def slip(derivation: Derivation, key: str, got: tuple[Numbers, ...]) -> CodeSlip | None:
    """The slip that explains the code's values of a gradient, (point, row, column) for each run; or None.

    A constant factor first, then one edit of a right formula, one and the mean besides, then one edit made
    everywhere, and a sum that lost terms.
    """
    expected, formulas = derivation.derivative(key), derivation.formulas(key)
    if expected is None:
        return None
    factor = _factor(derivation, expected, next(iter(formulas), None), got)
    if factor is not None:
        return factor
    m = derivation.case.scope.sample_dim
    for formula in formulas:
        search = Search(
            Case(derivation.bench, expected, formula, derivation.case.scope.latex_of, reference=formula)
        )
        found = _best(derivation, search, formula, got)
        if found is not None:
            return _told(derivation, formula, *found)
        if m in derivation.bench.runs[0].sizes:
            means = [array / run.sizes[m] for array, run in zip(got, derivation.bench.runs, strict=True)]
            found = _best(derivation, search, formula, tuple(means))
        if found is not None:
            told = _told(derivation, formula, *found)
            computed = rf"{m} \cdot {told.computed}" if told.computed else ""
            said = f"{told.headline}; and the factor `1/{m}` is missing"
            return replace(told, headline=said, computed=computed)
        several = _several(derivation, search, formula, got)
        if several is not None:
            return several
    return None


def _factor(
    derivation: Derivation, expected: Expr, formula: Expr | None, got: tuple[Numbers, ...]
) -> CodeSlip | None:
    """A factor of the whole gradient."""
    runs = derivation.bench.runs
    values = [derivation.values(expected, run) for run in range(len(runs))]
    found = whole_factor(values, got, [run.sizes for run in runs])
    if found is None:
        return None
    m = derivation.case.scope.sample_dim
    record = MISCONCEPTIONS[found.code(m)]
    match record.code:
        case "GC201":
            said = f"the factor `1/{m}` is missing"
        case "GC202":
            said = f"the factor `{found}` does not belong here"
        case "GC203":
            said = f"the mean is taken over `{found.under}`, and belongs over `{m}`"
        case "GC501":
            said = "the sign is wrong: this is -1 times the gradient"
        case _:
            said = f"a constant factor is wrong: this is `{found}` times the gradient"
    right = _short(latex(formula, derivation.case.scope.latex_of)) if formula is not None else ""
    shown = f"-({right})" if record.code == "GC501" else rf"{found} \cdot ({right})"
    return CodeSlip(record.code, record.name, said, record.cause, shown if right else "", right)


def _told(derivation: Derivation, formula: Expr, made: Slip, computed: Expr) -> CodeSlip:
    names = derivation.case.scope.latex_of
    repair = Repair((made,), (), formula)
    code, record = made.code, MISCONCEPTIONS[made.code]
    shown, right = (_short(latex(expr, names)) for expr in (computed, formula))
    said = _short(headline(repair, names)) or record.meaning
    return CodeSlip(code, record.name, said, why(repair), shown, right)


def _short(text: str) -> str:
    return text if len(text) <= MOST_READ else ""


def _several(
    derivation: Derivation, search: Search, formula: Expr, got: tuple[Numbers, ...]
) -> CodeSlip | None:
    """Some terms of a sum only; or one edit made wherever it can be made."""
    names, record = derivation.case.scope.latex_of, MISCONCEPTIONS["GC306"]
    for kept, lost in some_terms(formula):
        if _computes(derivation, kept, got):
            right, shown = (_short(latex(expr, names)) for expr in (formula, kept))
            less = _short(plain(lost, lambda key: readable(names(key))))
            said = f"terms are left out: `{less}`" if less else "terms of a sum are left out"
            return CodeSlip(record.code, record.name, said, record.cause, shown, right)
    for made, computed in everywhere(formula, search.setting):
        if _computes(derivation, computed, got):
            told = _told(derivation, formula, made, computed)
            return replace(told, headline=f"everywhere alike: {told.headline}")
    return None


def _computes(derivation: Derivation, formula: Expr, got: tuple[Numbers, ...]) -> bool:
    with np.errstate(all="ignore"):
        return all(close(derivation.values(formula, run), got[run]) for run in range(len(got)))


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
            agrees = _computes(derivation, computed, got)
        except ShapeError:
            continue
        if agrees:
            code = code_of(candidate, old, search.setting, "break")
            made = Slip(code, UNDONE[candidate.kind], candidate.new, old, candidate.part)
            yield (code in GENERAL, len(candidate.path)), made, computed


def _candidates(search: Search, sieve: Sieve) -> Iterator[Candidate]:
    """Slips of the formula; and what may be put into it, which the diagnosis offers as a repair only."""
    yield from search.slipped(sieve)
    for candidate in search.passing(sieve):
        if candidate.kind in ("insert", "add"):
            yield replace(candidate, code=None)


def close(one: Numbers, other: Numbers) -> bool:
    """Do a formula and code have the same values, but for how they round."""
    size = max(float(np.abs(one).max(initial=0.0)), float(np.abs(other).max(initial=0.0)))
    return one.shape == other.shape and float(np.abs(one - other).max(initial=0.0)) <= CLOSE * size
