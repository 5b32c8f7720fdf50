"""A judgement: what is said of one link and on what ground; and what its assumptions amount to."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.calculus.evidence import Evidence
from gradcheck.checking.bench.oracle import Factor, Oracle
from gradcheck.checking.comparisons.claims import Claim
from gradcheck.expr.forms.reading import CHARITABLE, SLIPS, Note
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass
from gradcheck.verdict import Certainty, Role, Verdict

Pair = tuple[Expr, Expr, tuple[Note, ...]]
# How much a verdict speaks for the hypothesis under which a link got it.
WORTH = {
    Verdict.CORRECT: 1.0,
    Verdict.CONVENTION: 0.8,
    Verdict.SLIP: 0.6,
    Verdict.CHARITABLE: 0.5,
    Verdict.FOLLOWS: 0.2,
}


@dataclass
class Judgement:
    """What is said of one link, and on what ground.

    pair        expected and written expressions that the evidence is about
    notes       the assumptions of the reading that was taken
    factor      the constant by which it is off, under a convention or as part of a fault
    instance    the steps that stand for all of a recursion, `t = 2`
    pairs       of a fault: all readings, any of which would have made the line right
    """

    claim: Claim
    verdict: Verdict
    certainty: Certainty | None = None
    pair: tuple[Expr, Expr] | None = None
    notes: tuple[Note, ...] = ()
    evidence: Evidence | None = None
    conventions: tuple[str, ...] = ()
    factor: Factor | None = None
    code: str | None = None
    message: str | None = None
    help: str | None = None
    cause: str | None = None
    step: Verdict | None = None
    instance: str | None = None
    pairs: tuple[tuple[Expr, Expr], ...] = ()

    @property
    def nodes(self) -> Iterator[Expr]:
        """Every node of what was compared for it, of all readings of a fault."""
        pairs = self.pairs if self.pair is None else (*self.pairs, self.pair)
        return (node for pair in pairs for side in pair for node in side.walk())

    @property
    def role_is_claim(self) -> bool:
        """Whether the link claims something beyond defining a name."""
        return self.claim.role not in (Role.DEFINITION, Role.DECLARATION)

    def leave_open(self, reason: str) -> None:
        """Take back what was said of the link."""
        self.verdict, self.message, self.cause = Verdict.UNDECIDED, reason, None
        self.certainty, self.code = None, None

    @property
    def worth(self) -> float:
        """How much it speaks for the hypothesis that it was made under."""
        return 0.0 if self.claim.role is Role.DECLARATION else WORTH.get(self.verdict, 0.0)


def judged(
    oracle: Oracle,
    claim: Claim,
    verdict: Verdict,
    pair: Pair,
    convention: str | None = None,
    factor: Factor | None = None,
) -> Judgement:
    """A verdict on a link with the evidence for its two sides, where the oracle decides."""
    expected, got, notes = pair
    judgement = Judgement(claim, verdict, None, (expected, got), notes, factor=factor)
    judgement.conventions = (convention,) if convention else ()
    judgement.code = slip_code(claim, notes)
    if oracle.decisive:
        judgement.evidence = oracle.evidence(expected, got)
        judgement.certainty = Certainty(judgement.evidence.certainty)
    return judgement


def verdict_of(notes: tuple[Note, ...], otherwise: Verdict) -> Verdict:
    """A slip where the reading undoes one, else what is given."""
    return Verdict.SLIP if any(note.kind in SLIPS for note in notes) else otherwise


def as_read(notes: tuple[Note, ...], otherwise: Verdict) -> Verdict:
    """The verdict of a line that holds as it was read, where its shapes may have forced a reading."""
    loose = any(note.kind in CHARITABLE for note in notes)
    return verdict_of(notes, Verdict.CHARITABLE if loose else otherwise)


def by_agreement(notes: tuple[Note, ...]) -> Verdict:
    """The same of a line that is right by a convention."""
    return as_read(notes, Verdict.CONVENTION)


def slip_code(claim: Claim, notes: tuple[Note, ...]) -> str | None:
    """The code of the slip that is undone, one in this very line before one in a definition that it uses."""
    slips = [note for note in notes if note.kind in SLIPS and note.code]
    own = [note for note in slips if note.span is not None and note.span in claim.link.span]
    return next((note.code for note in (*own, *slips)), None)


def keeps_shapes(notes: tuple[Note, ...]) -> bool:
    """Whether nothing was assumed that only an ill-shaped line would need."""
    return all(note.kind in ("hadamard", "implicit", "info", "struck") for note in notes)


def only_loose(notes: tuple[Note, ...]) -> bool:
    """Whether all that was assumed is that a product of equal shapes is taken entry by entry."""
    return all(note.kind in ("hadamard", "info", "struck") for note in notes)


def mends(notes: tuple[Note, ...]) -> bool:
    return any(note.kind in CHARITABLE or note.kind in SLIPS for note in notes)
