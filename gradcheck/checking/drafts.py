"""A case as it is read and screened, before it is judged for good."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from gradcheck.checking.checked import Case
from gradcheck.checking.conventions import Agreements
from gradcheck.checking.prepare import Prepared, pairs_of
from gradcheck.checking.withheld import Sampled
from gradcheck.expr.tree import Expr, distinct


@dataclass
class Draft:
    """A case as float64 alone judges it, with what it takes to judge it for good.

    sampled     its bench, and agreements: None where the case cannot be computed
    """

    case: Case
    prepared: list[Prepared]
    sampled: Sampled | None = None
    agreements: Agreements | None = None

    @cached_property
    def formulas(self) -> tuple[Expr, ...]:
        """Everything that will be compared, each formula once: many links share a side."""
        return tuple(dict.fromkeys(pairs_of(self.prepared)))

    @cached_property
    def nodes(self) -> tuple[Expr, ...]:
        """Every node of these formulas, once."""
        return tuple(distinct(self.formulas))

    @cached_property
    def varied(self) -> frozenset[str]:
        """The keys of all that is differentiated by in them."""
        return frozenset(node.args[1].attr[0] for node in self.nodes if node.op == "deriv")

    @cached_property
    def meaning(self) -> Hashable:
        """What the judge sees: two hypotheses that mean the same get the same verdicts."""
        scope = self.case.scope
        return (
            frozenset(scope.program.items()),
            frozenset((key, reading.notes) for key, reading in scope.used.items()),
            tuple((p.claim.role, *p.literal, *p.mended, *p.layout) for p in self.prepared),
        )
