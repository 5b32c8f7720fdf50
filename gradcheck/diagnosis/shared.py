"""What the searches for one line share: its readings are many, and differ in how products are bracketed.

Readings that name the same quantities in the same way have one setting, and one set of quantities that may be
put in; they are held against one right formula, whose slips are the same for all of them. Only what is found
of the written formula itself is each reading's own.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from gradcheck.calculus import Bench
from gradcheck.diagnosis.case import Case
from gradcheck.diagnosis.edits import Candidate, local_candidates
from gradcheck.diagnosis.setting import Setting
from gradcheck.diagnosis.sieve import Catalogue
from gradcheck.diagnosis.site import Site, sites
from gradcheck.diagnosis.slipped import Slipped
from gradcheck.diagnosis.values import Values
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """A setting, and what a repair may put in: names for names, factors, terms."""

    setting: Setting
    named: Catalogue
    multipliers: Catalogue
    terms: Catalogue


class Shared:
    """Values, settings and slips of right formulas, each found once for a line."""

    def __init__(self) -> None:
        self._values: dict[Bench, Values] = {}
        self._around: dict[Hashable, Around] = {}
        self._slips: dict[tuple[Expr, Setting], list[tuple[Site, list[Candidate]]]] = {}
        self._slipped: dict[tuple[Expr, Around], Slipped] = {}

    def values(self, bench: Bench) -> Values:
        """Values at the points of a bench's first run."""
        if bench not in self._values:
            self._values[bench] = Values(bench.runs[0])
        return self._values[bench]

    def around(self, case: Case, formulas: Sequence[Expr]) -> Around:
        """What stands around some formulas, of which the written one is the first."""
        key = (case.bench, _signature(formulas), tuple(case.vocabulary))
        if key not in self._around:
            self._around[key] = self._made(case, formulas)
        return self._around[key]

    def _made(self, case: Case, formulas: Sequence[Expr]) -> Around:
        setting, values = Setting(case.bench.program, formulas, case.vocabulary), self.values(case.bench)
        multipliers, terms = setting.multipliers, setting.terms
        if not setting.speaks_of_gradients:
            # A gradient put in where none was written explains too much beside other edits.
            multipliers, terms = setting.likely(multipliers), setting.likely(terms)
        catalogues = (Catalogue(values, exprs) for exprs in (setting.named, multipliers, terms))
        return Around(setting, *catalogues)

    def slipped(self, values: Values, right: Expr, around: Around) -> Slipped:
        """The slips of a right formula, to be asked which of them give a value."""
        key = right, around
        if key not in self._slipped:
            offered = self.slips(right, around.setting)
            self._slipped[key] = Slipped(values, right, offered, around.named)
        return self._slipped[key]

    def slips(self, right: Expr, setting: Setting) -> list[tuple[Site, list[Candidate]]]:
        """The places of a right formula, each with what one slip there makes of it."""
        key = right, setting
        if key not in self._slips:
            places = sites(right, setting)
            self._slips[key] = [(site, list(local_candidates(site, "break"))) for site in places]
        return self._slips[key]


def _signature(formulas: Sequence[Expr]) -> Hashable:
    """All that a setting asks of formulas: formulas of one signature have the same setting."""
    nodes = [node for formula in formulas for node in formula.walk()]
    return (
        tuple(dict.fromkeys((n.attr, n.args[0].op) for n in nodes if n.op == "pick")),
        tuple(dict.fromkeys(n for n in nodes if n.op == "deriv")),
        frozenset(n.op for n in nodes),
        frozenset(name for formula in formulas for name, _ in formula.free),
        bool(formulas[0].derivatives),
        any(n.op == "transpose" and n.args[0].op == "pick" for n in nodes),
        tuple(f.args[0] for f in formulas if f.op in ("add", "sub")),
        frozenset(n for n in nodes if n.op == "sub" and n.args[0].op == "num"),
    )
