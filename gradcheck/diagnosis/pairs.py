"""The search for two changes, where one does not do.

The likelier first edits are made one by one, and each result is searched like a formula of its own; how many
are tried depends on the size of the formula, never on the clock, so that the same line always gets the same
answer. Of two edits at most one may be of the kind that explains everything. Of a formula of another shape
the first edit has to give the right one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from gradcheck.diagnosis.case import Repair, Slip
from gradcheck.diagnosis.difference import difference
from gradcheck.diagnosis.edits import (
    GENERAL,
    Candidate,
    code_of,
    insertions,
    is_quantity,
    local_candidates,
    renamings,
)
from gradcheck.diagnosis.order import CHEAPEST, TIE, cost, size
from gradcheck.diagnosis.placing import placed
from gradcheck.diagnosis.search import Found, Search
from gradcheck.diagnosis.sieve import Sieve
from gradcheck.diagnosis.site import at, replaced, sites
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass
from gradcheck.shapes import ShapeError

# First edits times what a search behind one of them costs: its nodes, and a part of the names that it has to
# try one by one where the formula is not linear; all of those that it has to try below a derivative.
MOST_WORK = 6000
REBUILT = 5
# Two edits that are together more far-fetched than this make one formula of any other.
DEAREST = 3.02
# What costs just as much as is left is still looked at.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class First:
    """A first edit and the formula that it leads to."""

    candidate: Candidate
    slip: Slip
    cost: float
    formula: Expr


def pairs(search: Search) -> list[Found]:
    """The repairs by two edits of the author's formula."""
    found: list[Found] = []
    best = float("inf")
    for first in _first_edits(search):
        left = min(best + TIE, DEAREST) - first.cost
        if left < CHEAPEST:
            break
        for second in _second_edits(search, first, left + _ROUNDING):
            if first.cost + second.cost > DEAREST:
                continue
            slips = (first.slip, *second.repair.slips)
            repaired = second.repair.repaired
            changes = tuple(placed(search.written, c) for c in difference(search.written, repaired))
            found.append(Found(first.cost + second.cost, Repair(slips, changes, repaired)))
            best = min(best, first.cost + second.cost)
    return search.merged(found)


def _second_edits(search: Search, first: First, below: float) -> Iterator[Found]:
    """The edits of what a first one made that give the right formula; of use are those that cost less."""
    if search.is_circular(first.candidate):
        return
    sieve = Sieve(search.values, first.formula, search.wanted)
    for candidate in search.passing(sieve, below):
        if candidate.path == first.candidate.path or not _is_modest(search, candidate):
            continue
        old = at(first.formula, candidate.path)
        for item in search.confirmed(candidate, old, replaced(first.formula, candidate.path, candidate.new)):
            if first.slip.code not in GENERAL or item.repair.codes[0] not in GENERAL:
                yield item


def _is_modest(search: Search, candidate: Candidate) -> bool:
    """Whether an edit names no gradient where none was written: with one, two edits explain anything."""
    return candidate.kind != "rename" or candidate.part.op != "deriv" or search.setting.speaks_of_gradients


def _first_edits(search: Search) -> list[First]:
    """The edits that give another value of the right shape, cheapest first, one of each value."""
    seen = {_signature(search, search.written)}
    kept: list[First] = []
    for first in sorted(_offered(search), key=lambda f: f.cost):
        value = _signature(search, first.formula)
        if value not in seen:
            seen.add(value)
            kept.append(first)
    if not kept:
        return []
    fits = search.written.shape == search.expected.shape
    return kept[: MOST_WORK // _work(search, search.written if fits else kept[0].formula)]


def _work(search: Search, formula: Expr) -> int:
    """What the search for a second edit costs, by a formula of the right shape."""
    sieve = Sieve(search.values, formula, search.wanted)
    rebuilt = derived = 0
    for path, place in sieve.places.items():
        if place.linear != path and is_quantity(at(formula, path)):
            names = sum(named.shape == sieve.shapes[path] for named in search.named.exprs)
            if place.node.derivatives:
                derived += names  # each takes a backward pass of its own
            else:
                rebuilt += names
    return size(formula) + derived + rebuilt // REBUILT


def _signature(search: Search, formula: Expr) -> bytes:
    """What formulas of one value share."""
    value = search.values(formula)
    size = float(np.max(np.abs(value), initial=0.0))
    return f"{size:.8e}".encode() + (np.round(value / (size or 1.0), 8) + 0.0).tobytes()


def _offered(search: Search) -> Iterator[First]:
    for site in sites(search.written, search.setting):
        for candidate in chain(
            local_candidates(site, "mend"),
            renamings(site, search.named.exprs),
            insertions(site, search.multipliers.exprs),
        ):
            if not _is_modest(search, candidate):
                continue
            try:
                formula = replaced(search.written, candidate.path, candidate.new)
            except ShapeError:
                continue
            if formula.shape == search.expected.shape:
                code = code_of(candidate, site.node, search.setting, "mend")
                slip = Slip(code, candidate.kind, site.node, candidate.new, candidate.part)
                yield First(
                    candidate, slip, cost(candidate, code, site.node, site.node, search.setting), formula
                )
