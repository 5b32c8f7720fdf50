"""A case as it is read and screened, before it is judged for good."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property

from gradcheck.calculus.compare import Bench
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.prepare import Prepared, pairs_of
from gradcheck.checking.comparisons.withheld import Sampled
from gradcheck.checking.judging.conventions import Agreements
from gradcheck.expr.forms.build import variables
from gradcheck.expr.forms.tree import Expr, distinct
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.records import dataclass
from gradcheck.shapes import Dim


@dataclass
class Draft:
    """A case as float64 alone judges it, with what it takes to judge it for good.

    prepared    its lines with their comparisons, as far as it was read
    sampled     its bench, and agreements: None where the case cannot be computed
    without     the bench without what is told of some quantities
    symmetric   the bench with some matrices symmetric
    """

    case: Case
    prepared: list[Prepared]
    sampled: Sampled | None = None
    agreements: Agreements | None = None
    without: Callable[[Iterable[str]], Bench] | None = None
    supposing: Callable[[Iterable[str], str], Bench] | None = None

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
