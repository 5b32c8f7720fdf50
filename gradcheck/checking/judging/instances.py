"""The instances of one written equation made one judgement again.

A line about every step is right where it is right at each of them, wrong where it is wrong at one, and
undecided where one is. The judgement that stands for all says at which step it was made. What a chain tells
of a name besides (`gradcheck.restating.letters.substituted`) is not judged where the chain itself is.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.written.names import read_name
from gradcheck.verdict import Certainty, Role, Verdict

# The number of a link that no line of the document writes: it only says what stands for an unknown.
TOLD_BY_NOBODY = 0
TOLD_TWICE = "this is one step of a recursion, which tells it otherwise"
# The first of these that an instance has is the verdict of all.
GRAVEST = (
    Verdict.WRONG,
    Verdict.FOLLOWS,
    Verdict.UNDECIDED,
    Verdict.SLIP,
    Verdict.CHARITABLE,
    Verdict.CONVENTION,
    Verdict.CORRECT,
)


def together(
    judgements: Sequence[Judgement], instances: Mapping[int, str], members: Container[str] = ()
) -> list[Judgement]:
    """One judgement a link, in their order.

    instances   equation (by identity) → its steps
    members     letters whose numbers below are steps
    """
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.claim.link.number == TOLD_BY_NOBODY:
            continue
        judgement.instance = instances.get(id(judgement.claim.equation))
        if judgement.instance is None and _tells_a_step(judgement, members):
            judgement.leave_open(TOLD_TWICE)
        groups.setdefault(judgement.claim.id, []).append(judgement)
    return [_gravest([j for j in group if not _is_brought_in(j)] or group) for group in groups.values()]


def _tells_a_step(judgement: Judgement, members: Container[str]) -> bool:
    """Whether a line gives one step of a recursion by its number another formula, which was not taken."""
    name = read_name(judgement.claim.link.left)
    again = judgement.claim.role is Role.RESTATEMENT and judgement.pair is None
    if not again or name is None or name.base not in members:
        return False
    return name.sub != () and all(mark.isdigit() and int(mark) > 1 for mark in name.sub)


def _is_brought_in(judgement: Judgement) -> bool:
    """Whether a judgement is of what a chain only tells of a name, and not of what it writes."""
    return judgement.claim.equation.links[0].number > 1


def _gravest(group: list[Judgement]) -> Judgement:
    found = min(group, key=lambda judgement: GRAVEST.index(judgement.verdict))
    if found.verdict is Verdict.FOLLOWS and found.cause == found.claim.id:
        # Wrong at one step only because of another step of the same line.
        found.verdict, found.cause = Verdict.WRONG, None
    certainties = {judgement.certainty for judgement in group}
    if found.verdict is not Verdict.WRONG and len(certainties) > 1 and None not in certainties:
        found.certainty = Certainty.AGREES
    return found
