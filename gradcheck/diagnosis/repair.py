"""From a case to its diagnosis: search, confirmation by the oracles, words.

One change is looked for first, two only where one does not do. What is shown was compared with the left side
by every oracle, not only by the sieve. Ties are shown, two at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf

import numpy as np

from gradcheck.calculus import Bench
from gradcheck.calculus.adjoint import formula_of
from gradcheck.calculus.differences import BITS as STEP_BITS
from gradcheck.calculus.evaluate import EvaluationError
from gradcheck.diagnosis.case import Case, Diagnosis
from gradcheck.diagnosis.letters import lettered_like
from gradcheck.diagnosis.message import headline, why
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.diagnosis.order import TIE
from gradcheck.diagnosis.pairs import pairs
from gradcheck.diagnosis.search import Found, Search
from gradcheck.diagnosis.shared import Shared
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import replace

MOST_TRIED = 6
MOST_ENTRIES = 2000
BITS = 192
MOST_READINGS = 32
MOST_PAIRED = 2
MOST_SHOWN = 3


def explain(cases: Sequence[Case]) -> Diagnosis | None:
    """The simplest explanation over the readings of a line: one change of any of them before two of one."""
    with np.errstate(all="ignore"):
        shared = Shared()
        asked = (_search(case, shared) for case in _with_references(_distinct(cases)))
        searches = [search for search in asked if search is not None]
        found = _simplest(searches, Search.singles)
        if found is not None:
            return found
        return _simplest(searches[:MOST_PAIRED], lambda search, _: pairs(search))


def _search(case: Case, shared: Shared) -> Search | None:
    """The search of a reading; None of one that has no value, its sizes being those of nothing here."""
    try:
        return Search(case, shared)
    except EvaluationError:
        return None


def _simplest(searches: Iterable[Search], find: Callable[[Search, float], list[Found]]) -> Diagnosis | None:
    """The cheapest explanation that the oracles confirm, the first of those that cost the same.

    find    the repairs of a reading, cheapest first; they are of use if they cost less than a number
    """
    best: Diagnosis | None = None
    for search in searches:
        below = inf if best is None else best.cost
        found = find(search, below)
        told = _told(search, found) if found and found[0].cost < below else None
        best = told if told is not None and told.cost < below else best
    return best


def _distinct(cases: Sequence[Case]) -> list[Case]:
    """One case a formula; those whose sides differ in shape only where there are no others."""
    distinct = list(reversed({(c.expected, c.written): c for c in reversed(cases)}.values()))
    fitting = [c for c in distinct if c.expected.shape == c.written.shape]
    return (fitting or distinct)[:MOST_READINGS]


def _with_references(cases: Sequence[Case]) -> Iterator[Case]:
    """The cases with the right formula of what they expect, which readings of one line often share."""
    known: dict[Expr, Expr | None] = {}
    for case in cases:
        if case.reference is not None:
            yield case
            continue
        if case.expected not in known:
            known[case.expected] = right_formula(case)
        yield replace(case, reference=known[case.expected])


def _told(search: Search, found: list[Found]) -> Diagnosis | None:
    """The repairs that the oracles confirm, in words."""
    kept = confirmed(search.bench, search.expected, _near(found))
    if not kept:
        return None
    best = kept[0].repair
    record = MISCONCEPTIONS[best.slips[0].code]
    return Diagnosis(
        code=record.code,
        name=record.name,
        repair=best,
        alternatives=tuple(item.repair for item in kept[1:]),
        headline=headline(best, search.case.name, search.case.spelling),
        why=why(best),
        cost=kept[0].cost,
    )


def _near(found: list[Found]) -> list[Found]:
    """The repairs that are not much dearer than the first.

    One that has no place in the author's formula is left out where another of the same name has one.
    """
    near = [item for item in found if item.cost <= found[0].cost + TIE][:MOST_TRIED]
    placed = {item.repair.codes for item in near if item.repair.changes}
    return [item for item in near if item.repair.changes or item.repair.codes not in placed]


def right_formula(case: Case) -> Expr | None:
    """The expected derivative as a formula of named quantities, where it is a derivative."""
    found = formula_of(case.bench.program.definitions, case.expected)
    if found is None or not case.bench.close(case.expected, found):
        return None
    return lettered_like(found, case.written)


def confirmed(bench: Bench, expected: Expr, found: Iterable[Found]) -> list[Found]:
    """The first few repairs that the oracles agree to."""
    kept: list[Found] = []
    for item in found:
        if len(kept) == MOST_SHOWN:
            break
        if agree(bench, expected, item.repair.repaired):
            kept.append(item)
    return kept


def agree(bench: Bench, expected: Expr, repaired: Expr) -> bool:
    """Whether reverse mode and finite differences, both in balls, find two formulas equal.

    The symbolic proof is left out: it takes longer than the search, and a repair needs no proof.
    """
    if max(run.entries for run in bench.runs) > MOST_ENTRIES:
        return bench.compare(expected, repaired).outcome == "equal"
    left, right = bench.prepare(expected), bench.prepare(repaired)
    analytic = [run.contrast(left, right, BITS, "analytic").outcome for run in bench.runs]
    by_steps = bench.runs[0].contrast(left, right, STEP_BITS, "differences").outcome
    return set(analytic) == {"equal"} and by_steps != "different"
