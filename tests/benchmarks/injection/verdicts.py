"""What the judge says of every slip: a wrong line must be called wrong, whether or not it is explained.

The wrong formulas of a claim are printed as lines of a few documents, each with the right line before them,
and read and judged like any other. The lines of one document are mixed, so that no slip is so common in
it that it would pass for a convention of its author.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gradcheck.verdict import Verdict
from tests.benchmarks.injection.follow import document, judgements_of
from tests.benchmarks.injection.injection import Injected

LINES = 12
RIGHT = (Verdict.CORRECT, Verdict.CHARITABLE)


@dataclass(frozen=True)
class Judged:
    """One slip and the verdict on its line; whether the right line before it was read as it was meant."""

    injected: Injected
    verdict: Verdict
    is_read: bool

    @property
    def fits(self) -> bool:
        """Whether the formula has the shape of its left side."""
        return self.injected.wrong.shape == self.injected.claim.left.shape


def verdicts(items: Iterable[Injected]) -> Iterator[Judged]:
    """The verdict on each slip; one that follows from another of its document is judged once more, alone."""
    by_claim: dict[tuple[str, str], list[Injected]] = defaultdict(list)
    for item in items:
        by_claim[item.derivation.name, item.claim.name].append(item)
    for members in by_claim.values():
        count = -(-len(members) // LINES)
        for k in range(count):
            for judged in _judged(members[k::count]):
                alone = judged.verdict is Verdict.FOLLOWS
                yield _judged([judged.injected])[0] if alone else judged


def _judged(members: Sequence[Injected]) -> list[Judged]:
    """The verdicts on the wrong lines of one claim, in one document after the right line."""
    derivation, claim = members[0].derivation, members[0].claim
    lines = [(claim.left, claim.right), *((claim.left, item.wrong) for item in members)]
    right, *found = judgements_of(document(derivation.program, lines))[-len(lines) :]
    return [Judged(item, j.verdict, right.verdict in RIGHT) for item, j in zip(members, found, strict=True)]
