"""Which name of a submission is which quantity of the assignment.

A name that the assignment declares, or that an alias leads to, is that quantity. The others are matched by
their part in the forward pass: going back from the loss, the quantities that a definition uses are compared
by what they are (defined, derived by, or given) and how they enter (as a factor, an addend, an argument).
Only what is the one possible match is made; the report shows it, and an alias in the document overrules it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradcheck.expr.tree import Expr

_WRAPPERS = frozenset({"pick", "stack", "transpose", "isum", "sum", "neg", "mean", "broadcast"})
_PRODUCTS = frozenset({"mul", "matmul", "dot"})
_SUMS = frozenset({"add", "sub"})


@dataclass(frozen=True, slots=True)
class Forward:
    """A forward pass: what each quantity is computed by, the key of the loss, and what is derived by."""

    program: Mapping[str, Expr]
    loss: str | None
    parameters: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """How a quantity enters a definition, and what it is: defined, a parameter, or data."""

    entry: str
    kind: str


def matched(submission: Forward, assignment: Forward, known: frozenset[str]) -> dict[str, str]:
    """The assignment's key of each quantity that the loss of a submission goes back to.

    known  keys that mean the same in both
    """
    found: dict[str, str] = {}
    if submission.loss is None or assignment.loss is None:
        return found
    waiting = [(submission.loss, assignment.loss)]
    while waiting:
        theirs, ours = waiting.pop()
        if theirs in found:
            continue
        found[theirs] = ours
        if theirs in submission.program and ours in assignment.program:
            mine = _parts(submission, theirs)
            given = _parts(assignment, ours)
            waiting += _pairs(mine, given, known, {*found, *known}, set(found.values()))
    return found


def _pairs(
    mine: Mapping[str, _Part],
    given: Mapping[str, _Part],
    known: frozenset[str],
    taken: set[str],
    used: set[str],
) -> Iterator[tuple[str, str]]:
    """The quantities of two definitions that are each other's only counterpart."""
    yield from ((key, key) for key in mine if key in given and key in known)
    open_mine = {key: part for key, part in mine.items() if key not in taken}
    open_given = {key: part for key, part in given.items() if key not in mine and key not in used}
    for key, part in open_mine.items():
        alike = [other for other, its in open_given.items() if _alike(part, its)]
        rivals = [other for other, its in open_mine.items() if _alike(part, its)]
        if len(alike) == 1 and rivals == [key]:
            yield key, alike[0]


def _alike(part: _Part, other: _Part) -> bool:
    same = part.kind == other.kind or (part.entry == "argument" and "data" not in (part.kind, other.kind))
    return same and part.entry == other.entry


def _parts(forward: Forward, key: str) -> dict[str, _Part]:
    """The quantities that a definition uses, each with its part in it."""
    found: dict[str, _Part] = {}
    for name, entry in _entries(forward.program[key], "argument"):
        kind = "parameter" if name in forward.parameters else "data"
        found.setdefault(name, _Part(entry, "defined" if name in forward.program else kind))
    return found


def _entries(expr: Expr, entry: str) -> Iterator[tuple[str, str]]:
    if expr.op == "var":
        yield str(expr.attr[0]), entry
        return
    for arg in expr.args:
        if expr.op in _WRAPPERS:
            yield from _entries(arg, entry)
        elif expr.op in _PRODUCTS:
            yield from _entries(arg, "factor")
        elif expr.op in _SUMS:
            yield from _entries(arg, "addend" if entry == "argument" else entry)
        else:
            yield from _entries(arg, "argument")
