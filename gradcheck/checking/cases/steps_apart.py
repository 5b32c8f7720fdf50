"""Lines that give each step's part of a gradient: `\\partial L/\\partial W = \\delta_t x_t^T` with no Σ.

Who derives one step of a recurrent network writes what this step adds to the gradient of its parameters, and
often no sum. The left side then has no step and the right side has, so that no step makes the line right;
where the parts of all steps together are the gradient, the line is right but for the sum that is left to its
reader. Where they are not, it stays what it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement, judged
from gradcheck.expr.forms.build import apply
from gradcheck.expr.forms.reading import Note
from gradcheck.expr.forms.tree import Expr
from gradcheck.verdict import Role, Verdict

ACCUSED = {Verdict.WRONG, Verdict.FOLLOWS}
CLAIMS = {Role.GRADIENT, Role.LOCAL_DERIVATIVE, Role.CHAIN_RULE, Role.RESTATEMENT}
LEFT_OUT = Note("implicit", "the sum over the steps is not written: each step adds its part", code="GC307")


def add_steps(case: Case, oracle: Oracle) -> None:
    """Take back what is said against lines whose parts of all steps make the gradient together."""
    for group in _of_one_link(case.judgements):
        total = _total(group)
        if total is None:
            continue
        expected, got = total
        if expected.shape != got.shape or not oracle.equal(expected, got):
            continue
        for judgement in group:
            place = next(at for at, other in enumerate(case.judgements) if other is judgement)
            pair = (expected, got, (*judgement.notes, LEFT_OUT))
            case.judgements[place] = judged(oracle, judgement.claim, Verdict.CHARITABLE, pair)


def _of_one_link(judgements: Sequence[Judgement]) -> Iterator[list[Judgement]]:
    """The judgements of each link that was judged at several steps, and is accused at one."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.claim.role in CLAIMS:
            groups.setdefault(judgement.claim.id, []).append(judgement)
    for group in groups.values():
        if len(group) > 1 and any(judgement.verdict in ACCUSED for judgement in group):
            yield group


def _total(group: Sequence[Judgement]) -> tuple[Expr, Expr] | None:
    """The one left side of all steps with the sum of the right sides; None where steps have their own."""
    pairs = [judgement.pair for judgement in group if judgement.pair is not None]
    heads = {expected for expected, _ in pairs}
    if len(pairs) != len(group) or len(heads) != 1 or len({got.shape for _, got in pairs}) != 1:
        return None
    return heads.pop(), reduce(lambda one, other: apply("add", one, other), (got for _, got in pairs))
