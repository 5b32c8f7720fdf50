"""What a diagnosis is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from gradcheck.records import dataclass

if TYPE_CHECKING:
    from gradcheck.calculus import Bench
    from gradcheck.expr.forms.tree import Expr

Kind = Literal["rewrite", "rename", "insert", "remove", "add", "subtract", "path", "diagonal"]


def unspelt(_: Expr) -> str | None:
    """No text of the author's is known for an expression."""
    return None


@dataclass(frozen=True, slots=True)
class Case:
    """A line that is wrong.

    bench       the program at its sample points
    expected    what the line should be: the left side of the claim
    written     what it says, its nodes with their places in the text
    name        quantity's key -> the way the author writes it
    spelling    a derivative or function -> the author's own plain text for it, where that is known
    vocabulary  further expressions that a repair may use; quantities of the program are known anyway
    reference   a right formula for the same, if one is known
    """

    bench: Bench
    expected: Expr
    written: Expr
    name: Callable[[str], str] = str
    vocabulary: tuple[Expr, ...] = ()
    reference: Expr | None = None
    spelling: Callable[[Expr], str | None] = unspelt


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the written formula, and what belongs there; `old` carries its span."""

    old: Expr
    new: Expr


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip that a repair undoes.

    code   of the misconception
    kind   how it is undone: rewrite, rename, insert, remove (a factor), add, subtract (a term), or a path
           that is taken in, or all but the diagonal of a Jacobian
    wrong  what stands; right: what belongs there
    part   the quantity, factor or term that it is about
    """

    code: str
    kind: Kind
    wrong: Expr
    right: Expr
    part: Expr


@dataclass(frozen=True, slots=True)
class Repair:
    """A tested repair.

    changes   the smallest places that change; empty where only the reference shows what is missing
    repaired  the right formula
    """

    slips: tuple[Slip, ...]
    changes: tuple[Change, ...]
    repaired: Expr

    @property
    def codes(self) -> tuple[str, ...]:
        """The misconceptions that it undoes, one for a single slip."""
        return tuple(slip.code for slip in self.slips)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Which slip explains the line.

    code, name    of the misconception; of the first, where two slips are needed
    repair        the first repair in the documented order
    alternatives  others that explain the line as well, two at most
    headline      what is wrong, in the author's symbols
    why           why people make this slip
    cost          how far-fetched the repair is, to choose among the readings of a line
    """

    code: str
    name: str
    repair: Repair
    alternatives: tuple[Repair, ...]
    headline: str
    why: str
    cost: float

    @property
    def edits(self) -> tuple[tuple[Expr, Expr], ...]:
        """Pairs of a written node and what belongs in its place."""
        return tuple((change.old, change.new) for change in self.repair.changes)

    @property
    def repaired(self) -> Expr:
        """The right formula."""
        return self.repair.repaired
