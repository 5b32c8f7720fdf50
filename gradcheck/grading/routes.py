"""The way to a result: which line states it, and which lines lead there.

A line states a result if its chain derives that quantity by the loss and its right side leaves no derivative
standing that is not itself derived in the case: the last such line counts, as it does for a reader. Its way
are the other lines about that derivative and, in turn, about each derivative that those use.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.grading.evidence import LOSS, PART, Derivative, Evidence, Line
from gradcheck.records import dataclass
from gradcheck.verdict import Role, Verdict

FAULTY = frozenset({Verdict.WRONG, Verdict.FOLLOWS})
_STATES_NOTHING = frozenset({Role.CHAIN_RULE, Role.DECLARATION, Role.DEFINITION})


@dataclass(frozen=True, slots=True)
class Route:
    """How a submission comes to one result.

    final      the line that states it, None if none does
    way        the lines that lead there, in order, without the final one
    per_part   a line that states the derivative of a part of the loss (one sample) alone
    """

    final: Line | None
    way: tuple[Line, ...]
    per_part: Line | None = None


def route(evidence: Evidence, case: str, quantity: str) -> Route:
    """The route of a submission to the derivative of a case's loss by a quantity."""
    lines = [line for line in evidence.lines if line.case == case]
    stated = _stated(lines)
    about = [line for line in lines if line.derives is not None and line.derives.by == quantity]
    closing = [line for line in about if _states(line, stated)]
    final = next((line for line in reversed(closing) if _is_of_loss(line)), None)
    part = next((line for line in reversed(closing) if line.derives and line.derives.of == PART), None)
    way = {line.id for line in _way(lines, about)} - {final.id if final else ""}
    return Route(final, tuple(line for line in lines if line.id in way), part)


def root(evidence: Evidence, line: Line) -> Line:
    """The line that a line follows from, else itself."""
    return evidence.line(line.cause or "") or line


def unclear(evidence: Evidence, case: str) -> Iterator[str]:
    """What was not understood in such a way that a result of this case may stand in it."""
    for line in evidence.lines:
        open_line = line.verdict == Verdict.UNDECIDED and line.derives is None
        if open_line and line.case in (case, "") and line.role not in _STATES_NOTHING:
            yield f"line {line.line}: {line.message or 'not decided'}"
        if line.aside and line.case == case:
            yield f"line {line.line} defines something that the loss does not depend on"
        if line.stray and line.case == case:
            yield f"line {line.line} derives by something that was matched with no quantity of the assignment"
    for unread in evidence.unread:
        yield f"line {unread.line}: not read: {unread.reason}"


def _is_of_loss(line: Line) -> bool:
    return line.derives is not None and line.derives.of == LOSS


def _stated(lines: list[Line]) -> frozenset[Derivative]:
    """The derivatives that are stated, found by closing over the lines until nothing is added."""
    stated: frozenset[Derivative] = frozenset()
    while True:
        more = frozenset(line.derives for line in lines if line.derives is not None and _states(line, stated))
        if more <= stated:
            return stated
        stated |= more


def _states(line: Line, stated: frozenset[Derivative]) -> bool:
    if line.role in _STATES_NOTHING or line.derives is None:
        return False
    if line.role == Role.UPDATE and any(use.by == line.derives.by for use in line.uses):
        return False
    return all(use != line.derives and use in stated for use in line.uses)


def _way(lines: list[Line], about: list[Line]) -> Iterator[Line]:
    """The lines about a derivative and about all that these use, updates left out."""
    waiting, seen = list(about), set[str]()
    while waiting:
        line = waiting.pop()
        if line.id in seen or line.role == Role.UPDATE:
            continue
        seen.add(line.id)
        yield line
        used = {use for use in line.uses if use.of}
        waiting += [other for other in lines if other.derives in used]
