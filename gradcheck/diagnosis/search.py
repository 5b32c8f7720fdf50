"""The search for one change that makes a wrong formula right.

First edits of the author's formula at one place, then the same edit wherever a subexpression occurs, then
slips of a right formula that give what was written. Candidates are sieved by value; whatever passes is
confirmed on all sample points. A repair may not use the left side that the line is about, nor any gradient
of equal value: that would explain everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from math import inf

import numpy as np

from gradcheck.diagnosis.canonical import canonical
from gradcheck.diagnosis.case import Case, Change, Kind, Repair, Slip
from gradcheck.diagnosis.difference import difference
from gradcheck.diagnosis.edits import (
    GENERAL,
    Candidate,
    additions,
    code_of,
    completions,
    inner_insertions,
    insertions,
    is_coefficient,
    is_quantity,
    joined,
    local_candidates,
    renamings,
    signed_terms,
    takes_terms,
    ways_to_multiply,
)
from gradcheck.diagnosis.gathering import gathered
from gradcheck.diagnosis.order import PATH, SEVERAL, STANDS, cost, least, size, too_dear
from gradcheck.diagnosis.paths import diagonals, paths
from gradcheck.diagnosis.placing import placed
from gradcheck.diagnosis.residuals import complements, residuals, upstream_parts
from gradcheck.diagnosis.setting import is_count
from gradcheck.diagnosis.shared import Shared
from gradcheck.diagnosis.sieve import Catalogue, Sieve
from gradcheck.diagnosis.site import at, repeated, replaced, sites
from gradcheck.expr.forms.build import apply, variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops.operation import Array
from gradcheck.records import dataclass
from gradcheck.shapes import ShapeError

# What undoes an edit, seen from the other formula.
_OPPOSITE: dict[Kind, Kind] = {
    "rewrite": "rewrite", "rename": "rename", "insert": "remove", "remove": "insert", "add": "subtract",
    "subtract": "add",
    "path": "path", "diagonal": "diagonal",
}  # fmt: skip
# A slip of the reference that gives the written value by another formula is less likely.
_ELSEWHERE = 0.4
_ROUNDING = 1e-12
# A factor of no more nodes is a name, turned or picked, or a slope at one.
SMALL = 3
# Of a sum of more terms it is not asked whether several are missing.
MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A repair and its place in the order."""

    cost: float
    repair: Repair


class Search:
    """One case: its sieve, its setting, and what was found.

    shared  what the searches for other readings of the same line have found
    """

    def __init__(self, case: Case, shared: Shared | None = None) -> None:
        self.case = case
        self.bench = case.bench
        self.shared = shared or Shared()
        self.values = self.shared.values(case.bench)
        self.expected = case.expected
        self.written = gathered(case.written)
        self.wanted = self.values(self.expected)
        self.reference = case.reference
        given = [f for f in (self.written, self.expected, self.reference) if f is not None]
        around = self.around = self.shared.around(case, given)
        self.setting = around.setting
        self.named, self.multipliers, self.terms = around.named, around.multipliers, around.terms

    def singles(self, below: float = inf) -> list[Found]:
        """One edit, at one place or wherever the same subexpression stands; none where all cost too much.

        Only where none is found may a part of the chain be put in that has no name of one letter.

        below   what costs as much is of no use; what always does is left out in a first round
        """
        if self.written.shape != self.expected.shape:
            return self.merged(self._reshaped())
        sieve = Sieve(self.values, self.written, self.wanted)
        if below < inf and not any(found.cost < below for found in self._found(sieve, below)):
            return []
        return self._found(sieve, inf)

    def _found(self, sieve: Sieve, below: float) -> list[Found]:
        ways = (
            self._at_one_place(sieve, below),
            self._at_all_places(sieve, below),
            self._from_reference(),
            self._lost_paths() if min(PATH.values()) + STANDS < below else (),
            self._lost_terms() if below > SEVERAL else (),
        )
        return self.merged(chain.from_iterable(ways)) or self.merged(self._completed(sieve, below))

    def passing(self, sieve: Sieve, below: float = inf) -> Iterator[Candidate]:
        """The candidates of every place that give the wanted value, of kinds that may cost less than this."""
        for site in sites(sieve.root, self.setting):
            offered = list(local_candidates(site, "mend", too_dear(below, len(site.path))))
            if is_coefficient(site):
                numbers = sieve.number_at(site.path)
                offered += (Candidate(site.path, n, "rewrite", n, "GC206") for n in numbers)
            if is_quantity(site.node) and least("rename") < below:
                offered += renamings(site, sieve.filling(site.path, self.named))
            ways = ways_to_multiply(site)
            if any(ways) and least("insert") < below:
                offered += insertions(site, sieve.multiplying(site.path, self.multipliers, ways))
            if takes_terms(site) and least("add") < below:
                offered += additions(site, sieve.adding(site.path, self.terms))
            for k in sieve.passing(site.path, (c.new for c in offered)):
                yield offered[k]

    def slipped(self, sieve: Sieve) -> Iterator[Candidate]:
        """The slips of a right formula that give what was written.

        Nothing is put into it: that the written one has too much is seen in that itself.
        """
        for site, slips in self.shared.slips(sieve.root, self.setting):
            offered = list(slips)
            if is_quantity(site.node):
                offered += renamings(site, sieve.filling(site.path, self.named))
            for k in sieve.passing(site.path, (c.new for c in offered)):
                yield offered[k]

    def merged(self, found: Iterable[Found]) -> list[Found]:
        """The cheapest of equal repairs, in order; one found from the reference takes its equal's places."""
        best: dict[object, Found] = {}
        for item in sorted(found, key=lambda f: f.cost):
            key = canonical(self.setting.opened(item.repair.repaired))
            known = best.setdefault(key, item)
            if not known.repair.changes and item.repair.codes == known.repair.codes:
                best[key] = Found(known.cost, item.repair)
        return sorted(best.values(), key=lambda f: f.cost)

    def _at_one_place(self, sieve: Sieve, below: float) -> Iterator[Found]:
        for candidate in self.passing(sieve, below):
            repaired = replaced(self.written, candidate.path, candidate.new)
            old = at(self.written, candidate.path)
            yield from self.confirmed(candidate, old, repaired)

    def _completed(self, sieve: Sieve, below: float) -> Iterator[Found]:
        """The error of the output put in, or what is left of it completed; or a gradient put in.

        Either would explain too much as one of two edits, or where less is written than is put in.
        """
        if below <= min(least("insert"), least("add")):
            return
        setting, differences = self.setting, residuals(self.setting, (self.expected, self.written))
        gradients = () if setting.speaks_of_gradients else upstream_parts(setting)
        places = list(sites(self.written, setting))
        small = sum(is_quantity(site.node) for site in places) < 2
        parts = Catalogue(self.values, () if small else (*differences, *complements(places), *gradients))
        terms = Catalogue(self.values, () if small else differences)
        for site in places:
            offered = list(completions(site, differences))
            ways = ways_to_multiply(site)
            if any(ways):
                offered += insertions(site, sieve.multiplying(site.path, parts, ways))
            if takes_terms(site):
                offered += additions(site, sieve.adding(site.path, terms))
            offered += () if small else inner_insertions(site)
            for number in sieve.passing(site.path, (c.new for c in offered)):
                repaired = replaced(self.written, site.path, offered[number].new)
                yield from self.confirmed(offered[number], site.node, repaired)

    def _reshaped(self) -> Iterator[Found]:
        """One edit that gives a formula of another shape the right one; few do, so each is computed."""
        for site in sites(self.written, self.setting):
            offered = chain(
                local_candidates(site, "mend"),
                renamings(site, self.named.exprs),
                insertions(site, self.multipliers.exprs),
            )
            for candidate in offered:
                try:
                    repaired = replaced(self.written, candidate.path, candidate.new)
                except ShapeError:
                    continue
                if repaired.shape == self.expected.shape:
                    yield from self.confirmed(candidate, site.node, repaired)
        yield from self._lost_from_reference()

    def _lost_from_reference(self) -> Iterator[Found]:
        """What was left out of a right formula, where that changed its shape."""
        if self.reference is None:
            return
        for site in sites(self.reference, self.setting):
            for candidate in local_candidates(site, "break"):
                try:
                    slipped = replaced(self.reference, candidate.path, candidate.new)
                except ShapeError:
                    continue
                if self.bench.close(slipped, self.written):
                    yield from self._seen_in(self.reference, candidate, site.node, slipped)

    def _at_all_places(self, sieve: Sieve, below: float) -> Iterator[Found]:
        """The same edit of a subexpression that stands at several places.

        No constant factor, nor a sign: one that is lost is lost at one place, and of `1 - a - a` half of each
        is no slip, nor is `\\sigma(-v) (-v)` what anybody meant by `\\sigma(v) v`.
        """
        for group in repeated(self.written, self.setting):
            site = group[0]
            dear = too_dear(below, len(site.path))
            local = (
                c
                for c in local_candidates(site, "mend", dear)
                if c.code != "GC206" and (c.code != "GC501" or c.new.op != "neg")
            )
            named = self.named.exprs if least("rename") < below else ()
            offered = chain(local, renamings(site, named))
            for candidate in offered:
                try:
                    repaired = self.written
                    for place in group:
                        repaired = replaced(repaired, place.path, candidate.new)
                except ShapeError:
                    continue
                if sieve.gives(repaired):
                    yield from self.confirmed(candidate, site.node, repaired, [g.node for g in group])

    def _from_reference(self) -> Iterator[Found]:
        """Slips of a right formula that give what was written: what was left out is seen only there."""
        written = self.values(self.written)
        if self._is_nothing(written):
            return  # many slips make zero of a formula, so zero tells nothing
        for right in (self.reference, self.expected):
            if right is None or _is_derivative(right) or right.shape != self.written.shape:
                continue
            table = self.shared.slipped(self.values, right, self.around)
            if table.tells_of(written):
                giving = table.giving(written)
            else:
                giving = self.slipped(Sieve(self.values, right, written))
            for candidate in giving:
                old = at(right, candidate.path)
                slipped = replaced(right, candidate.path, candidate.new)
                if self.bench.close(slipped, self.written):
                    yield from self._seen_in(right, candidate, old, slipped)

    def _is_nothing(self, written: Array) -> bool:
        """Whether a value is zero, or the roundings of what cancels."""
        return not np.any(np.abs(written) > _ROUNDING * np.max(np.abs(self.wanted), initial=0.0))

    def _lost_terms(self) -> Iterator[Found]:
        """Several terms of a right formula that were left out together, as all steps of time but one."""
        right = self.reference
        terms = [] if right is None or right.shape != self.written.shape else [*signed_terms(right)]
        if right is None or not 2 < len(terms) <= MOST_TERMS or self._is_nothing(self.values(self.written)):
            return
        for count in range(2, len(terms)):
            for missing in combinations(terms, count):
                part = joined(missing)
                if self.bench.close(apply("add", self.written, part), self.expected):
                    slip = Slip("GC306", "add", self.written, right, part)
                    yield Found(SEVERAL, Repair((slip,), (), right))

    def _lost_paths(self) -> Iterator[Found]:
        """A quantity that was held constant."""
        if self.reference is None or self._is_nothing(self.values(self.written)):
            return
        for quantity, variable, diagonal in diagonals(self.bench.program, self.expected):
            if self.bench.close(self.written, diagonal):
                slip = Slip("GC407", "diagonal", self.written, variable, quantity)
                yield Found(PATH["GC407"], Repair((slip,), (), self.reference))
        for code, quantity, through in paths(self.bench.program, self.expected):
            if self.bench.close(apply("add", self.written, through), self.expected):
                slip = Slip(code, "path", self.written, self.reference, quantity)
                stands = quantity.attr[0] in variables(self.written)
                price = PATH[code] + (STANDS if stands else 0.0)
                yield Found(price, Repair((slip,), (), self.reference))

    def _seen_in(self, right: Expr, candidate: Candidate, old: Expr, slipped: Expr) -> Iterator[Found]:
        """A slip of a right formula that gives what was written; in value alone if it is one with a name.

        What is left without a term, or a factor of one name, is as good as a name: nothing else hits it.
        """
        code = code_of(candidate, old, self.setting, "break")
        same_formula = canonical(slipped) == canonical(self.written)
        small = candidate.kind == "remove" and size(candidate.part) <= SMALL
        if not (same_formula or small or candidate.kind == "subtract") and code in GENERAL:
            return
        extra = 0.0 if same_formula or candidate.kind == "subtract" else _ELSEWHERE
        stands = candidate.new if candidate.path else self.written
        slip = Slip(code, _OPPOSITE[candidate.kind], stands, old, candidate.part)
        price = cost(candidate, code, old, candidate.new, self.setting) + extra
        yield Found(price, Repair((slip,), (), right))

    def confirmed(
        self, candidate: Candidate, old: Expr, repaired: Expr, nodes: Sequence[Expr] = ()
    ) -> Iterator[Found]:
        """The edit as a repair, if all sample points agree; `nodes` are the places where it is made."""
        if self.is_circular(candidate) or not self.bench.close(self.expected, repaired):
            return
        code = code_of(candidate, old, self.setting, "mend")
        slip = Slip(code, candidate.kind, old, candidate.new, candidate.part)
        changes = [
            change
            for node in nodes or (old,)
            for change in (
                difference(node, candidate.new)
                if candidate.kind == "rewrite"
                else (Change(node, candidate.new),)
            )
        ]
        told = tuple(placed(self.written, change) for change in changes)
        yield Found(cost(candidate, code, old, old, self.setting), Repair((slip,), told, repaired))

    def is_circular(self, candidate: Candidate) -> bool:
        """Whether an edit brings in the left side, or a gradient of its value."""
        if candidate.kind not in ("rename", "insert", "add"):
            return False
        return any(
            node == self.expected or (node.op == "deriv" and self.bench.close(node, self.expected))
            for node in candidate.part.walk()
        )


def _is_derivative(right: Expr) -> bool:
    """Whether a right side is a derivative itself, in part or up to a count: that shows no way to it."""
    while right.op in ("pick", "div") or (right.op == "mul" and is_count(right.args[0])):
        right = right.args[-1] if right.op == "mul" else right.args[0]
    return right.op == "deriv"
