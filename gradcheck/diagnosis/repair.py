"""The search for the smallest change that makes a wrong formula right.

First edits of the author's formula at one place, then the same edit wherever a subexpression occurs, then
slips of the reference that give what was written, then pairs. Candidates are sieved by value; whatever
passes is confirmed on all sample points, and the repairs that are shown by the oracles. A repair may not
use the left side that the line is about, nor any gradient of equal value: that would explain everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from gradcheck.calculus import Bench
from gradcheck.calculus.adjoint import gradient
from gradcheck.diagnosis.canonical import canonical
from gradcheck.diagnosis.case import Case, Change, Diagnosis, Kind, Repair, Slip
from gradcheck.diagnosis.edits import (
    Candidate,
    Direction,
    additions,
    code_of,
    insertions,
    is_quantity,
    local_candidates,
    renamings,
)
from gradcheck.diagnosis.message import headline, why
from gradcheck.diagnosis.misconceptions import MISCONCEPTIONS
from gradcheck.diagnosis.order import TIE, cost
from gradcheck.diagnosis.setting import Setting
from gradcheck.diagnosis.sieve import Catalogue, Sieve
from gradcheck.diagnosis.site import Site, at, replaced, sites
from gradcheck.diagnosis.values import Values
from gradcheck.expr.build import pick
from gradcheck.expr.tree import Expr
from gradcheck.shapes import ShapeError

# What undoes an edit, seen from the other formula.
_OPPOSITE: dict[Kind, Kind] = {
    "rewrite": "rewrite", "rename": "rename", "insert": "remove", "remove": "insert", "add": "subtract",
    "subtract": "add",
}  # fmt: skip
# A slip of the reference that gives the written value by another formula is less likely.
_ELSEWHERE = 0.4


@dataclass(frozen=True, slots=True)
class Found:
    """A repair and its place in the order."""

    cost: float
    repair: Repair


class Search:
    """One case: its sieve, its setting, and what was found."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.bench = case.bench
        self.values = Values(case.bench.runs[0])
        self.expected = case.bench.prepare(case.expected)
        self.written = case.bench.prepare(case.written)
        self.wanted = self.values(self.expected)
        formulas = [self.written, self.expected]
        known = case.reference if case.reference is not None else right_formula(case)
        reference = None if known is None else case.bench.prepare(known)
        self.reference = reference
        self.setting = Setting(
            case.bench.program, formulas + ([reference] if reference else []), case.vocabulary
        )
        self.named = Catalogue(self.values, (*self.setting.quantities, *self.setting.gradients))
        self.multipliers = Catalogue(self.values, self.setting.multipliers)
        self.terms = Catalogue(self.values, self.setting.terms)

    def singles(self) -> list[Found]:
        """One edit, at one place or wherever the same subexpression stands."""
        return self._merged([*self._at_one_place(), *self._at_all_places(), *self._from_reference()])

    def _passing(self, sieve: Sieve, direction: Direction) -> Iterator[Candidate]:
        """The candidates of every place that give the wanted value.

        Nothing is put into a right formula: that a written one has too much is seen in itself.
        """
        for site in sites(sieve.root, self.setting):
            offered = list(local_candidates(site, direction))
            if is_quantity(site.node):
                offered += renamings(site, sieve.filling(site.path, self.named))
            if direction == "mend":
                offered += insertions(site, sieve.multiplying(site.path, self.multipliers))
                offered += additions(site, sieve.adding(site.path, self.terms))
            for number in sieve.passing(site.path, (c.new for c in offered)):
                yield offered[number]

    def _merged(self, found: Iterable[Found]) -> list[Found]:
        """The cheapest of equal repairs, in order; one found from the reference takes its equal's places."""
        best: dict[object, Found] = {}
        for item in sorted(found, key=lambda f: f.cost):
            key = canonical(self.setting.opened(item.repair.repaired))
            known = best.setdefault(key, item)
            if not known.repair.changes and item.repair.codes == known.repair.codes:
                best[key] = Found(known.cost, item.repair)
        return sorted(best.values(), key=lambda f: f.cost)

    def _at_one_place(self) -> Iterator[Found]:
        sieve = Sieve(self.values, self.written, self.wanted)
        for candidate in self._passing(sieve, "mend"):
            repaired = replaced(self.written, candidate.path, candidate.new)
            old = at(self.written, candidate.path)
            yield from self._confirmed(candidate, old, repaired)

    def _at_all_places(self) -> Iterator[Found]:
        """The same edit of a subexpression that stands at several places."""
        sieve = Sieve(self.values, self.written, self.wanted)
        for group in repeated(self.written, self.setting):
            site = group[0]
            offered = chain(local_candidates(site, "mend"), renamings(site, self.named.exprs))
            for candidate in offered:
                try:
                    repaired = self.written
                    for place in group:
                        repaired = replaced(repaired, place.path, candidate.new)
                except ShapeError:
                    continue
                if sieve.gives(repaired):
                    yield from self._confirmed(candidate, site.node, repaired)

    def _from_reference(self) -> Iterator[Found]:
        """Slips of a right formula that give what was written: what was left out is seen only there."""
        written = self.values(self.written)
        for right in (self.reference, self.expected):
            if right is None or right.op == "deriv" or right.shape != self.written.shape:
                continue
            sieve = Sieve(self.values, right, written)
            for candidate in self._passing(sieve, "break"):
                old = at(right, candidate.path)
                code = code_of(candidate, old, self.setting, "break")
                slipped = replaced(right, candidate.path, candidate.new)
                if self.bench.close(slipped, self.written):
                    extra = 0.0 if canonical(slipped) == canonical(self.written) else _ELSEWHERE
                    slip = Slip(code, _OPPOSITE[candidate.kind], candidate.new, old, candidate.part)
                    yield Found(cost(candidate, code, old) + extra, Repair((slip,), (), right))

    def _confirmed(self, candidate: Candidate, old: Expr, repaired: Expr) -> Iterator[Found]:
        if self._is_circular(candidate) or not self.bench.close(self.expected, repaired):
            return
        code = code_of(candidate, old, self.setting, "mend")
        slip = Slip(code, candidate.kind, old, candidate.new, candidate.part)
        changes = (
            tuple(difference(old, candidate.new))
            if candidate.kind == "rewrite"
            else (Change(old, candidate.new),)
        )
        yield Found(cost(candidate, code, old), Repair((slip,), changes, repaired))

    def _is_circular(self, candidate: Candidate) -> bool:
        new = candidate.part
        for node in new.walk():
            if node == self.expected or (node.op == "deriv" and self.bench.close(node, self.expected)):
                return True
        return False


def right_formula(case: Case) -> Expr | None:
    """The expected derivative as a formula of named quantities, where it is a derivative."""
    wanted, selectors = case.expected, None
    if wanted.op == "pick":
        wanted, selectors = wanted.args[0], wanted.attr
    if wanted.op != "deriv":
        return None
    target, variable = wanted.args
    asked = variable if selectors is None else pick(variable, *selectors)
    found = gradient(case.bench.program.definitions, target, asked)
    return found if found is not None and case.bench.close(case.expected, found) else None


def repeated(root: Expr, setting: Setting) -> list[list[Site]]:
    """The places of each subexpression that occurs more than once."""
    groups: dict[Expr, list[Site]] = {}
    for site in sites(root, setting):
        if site.node.op != "num":
            groups.setdefault(site.node, []).append(site)
    return [group for group in groups.values() if len(group) > 1]


def difference(old: Expr, new: Expr) -> Iterator[Change]:
    """The smallest subexpressions in which two formulas differ; an exchange of operands is one change."""
    if old == new:
        return
    same_kind = old.op == new.op and old.attr == new.attr and len(old.args) == len(new.args) > 0
    exchanged = same_kind and sorted(map(hash, old.args)) == sorted(map(hash, new.args))
    if not same_kind or exchanged or old.op in ("pick", "deriv"):
        yield Change(old, new)
        return
    for a, b in zip(old.args, new.args, strict=True):
        yield from difference(a, b)


def confirmed(bench: Bench, expected: Expr, found: Iterable[Found], most: int) -> list[Found]:
    """The first few repairs that the oracles agree to."""
    kept: list[Found] = []
    for item in found:
        if len(kept) == most:
            break
        if bench.compare(expected, item.repair.repaired).outcome == "equal":
            kept.append(item)
    return kept


def explain(case: Case) -> Diagnosis | None:
    """Search, have the oracles confirm, and put into words."""
    with np.errstate(all="ignore"):
        search = Search(case)
        found = _near(search.singles())
    kept = confirmed(case.bench, search.expected, found, 3)
    if not kept:
        return None
    best = kept[0].repair
    record = MISCONCEPTIONS[best.slips[0].code]
    return Diagnosis(
        code=record.code,
        name=record.name,
        repair=best,
        alternatives=tuple(item.repair for item in kept[1:]),
        headline=headline(best, case.name),
        why=why(best),
        cost=kept[0].cost,
    )


def _near(found: list[Found]) -> list[Found]:
    """The repairs that are not much dearer than the first.

    One that has no place in the author's formula is left out where another of the same name has one.
    """
    near = [item for item in found if item.cost <= found[0].cost + TIE]
    placed = {item.repair.codes for item in near if item.repair.changes}
    return [item for item in near if item.repair.changes or item.repair.codes not in placed]
