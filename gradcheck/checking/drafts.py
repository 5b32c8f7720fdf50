"""A case as it is read and screened, before it is judged for good."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property

from gradcheck.checking.checked import Case
from gradcheck.checking.conventions import Agreements, in_columns
from gradcheck.checking.judgement import WORTH, mends
from gradcheck.checking.prepare import Prepared, pairs_of
from gradcheck.checking.shape_products import shapes_multiplied
from gradcheck.checking.vanishing import asks_for_zero
from gradcheck.checking.withheld import Sampled
from gradcheck.expr.build import variables
from gradcheck.expr.closed import is_closed
from gradcheck.expr.scope import Scope
from gradcheck.expr.tree import Expr, distinct
from gradcheck.expr.vocabulary import Vocabulary
from gradcheck.records import dataclass
from gradcheck.shapes import Dim
from gradcheck.verdict import Role, Verdict


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
    def most(self) -> float:
        """The most that it can be worth, as the lines in it were read."""
        return sum(_most_of(item, self.case.scope) for item in self.prepared)

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
    def targets(self) -> frozenset[str]:
        """The keys of all names in what is differentiated in them."""
        return frozenset(key for node in self.nodes if node.op == "deriv" for key in variables(node.args[0]))

    @cached_property
    def meaning(self) -> Hashable:
        """What the judge sees: two hypotheses that mean the same get the same verdicts."""
        scope = self.case.scope
        return (
            frozenset(scope.program.items()),
            frozenset((key, reading.notes) for key, reading in scope.used.items()),
            tuple((p.claim.role, *p.literal, *p.mended, *p.layout) for p in self.prepared),
        )


def named_sizes(draft: Draft, vocabulary: Vocabulary) -> tuple[Dim, ...]:
    """The sizes that the formulas of a draft use, whether or not a quantity has them."""
    dims = [dim for shape in vocabulary.shapes.values() for dim in shape]
    constants = {node for node in draft.nodes if node.op in ("eye", "ones", "zeros")}
    seen: set[Expr] = set()
    for formula in draft.formulas:
        dims += [dim for _, dim in formula.free]
        found = [node for node in distinct((formula,), seen) if node in constants] if constants else []
        dims += [dim for node in found for dim in node.shape]
    return tuple(dict.fromkeys(dim for dim in dims if isinstance(dim, str)))


def _most_of(item: Prepared, scope: Scope) -> float:
    """The most that the verdict of one line can be worth."""
    claim = item.claim
    if claim.role is Role.DECLARATION:
        return 0.0
    defines = claim.role in (Role.DEFINITION, Role.RESTATEMENT)
    if defines or item.literal or item.in_regions or is_closed(claim.link.right) or shapes_multiplied(claim):
        return WORTH[Verdict.CORRECT]
    if item.mended and (claim.role is Role.LOCAL_DERIVATIVE or asks_for_zero(*item.mended[0][:2])):
        return WORTH[Verdict.CORRECT]
    plain = any(not mends(notes) for _, _, notes in item.mended)
    if plain or item.layout or item.turned or any(True for _ in in_columns(claim, scope)):
        return WORTH[Verdict.CONVENTION]
    return WORTH[Verdict.SLIP] if item.mended else 0.0
