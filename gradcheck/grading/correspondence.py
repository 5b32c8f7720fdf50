"""Which name of a submission is which quantity of the assignment.

A name that the assignment declares, or that an alias leads to, is that quantity. The others are matched by
their part in the forward pass: going back from the loss, the quantities that a definition uses are compared
by what they are (defined, derived by, or given) and how they enter (as a factor, an addend, an argument).
Only what is the one possible match is made; the report shows it, and an alias in the document overrules it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradcheck.expr.forms.build import variables
from gradcheck.expr.forms.tree import Expr
from gradcheck.records import dataclass

_WRAPPERS = frozenset({"pick", "stack", "transpose", "isum", "sum", "neg", "mean", "broadcast"})
_PRODUCTS = frozenset({"mul", "matmul", "dot"})
_SUMS = frozenset({"add", "sub"})


@dataclass(frozen=True, slots=True)
class Forward:
    """A forward pass.

    program     what each quantity is computed by
    loss        the key of the loss
    parameters  what is derived by
    between     quantities that stand between the loss and what it is of, such as the loss of one sample
    """

    program: Mapping[str, Expr]
    loss: str | None
    parameters: frozenset[str]
    between: frozenset[str] = frozenset()

    @property
    def reached(self) -> frozenset[str]:
        """Every quantity that the loss depends on."""
        seen: set[str] = set()
        waiting = [] if self.loss is None else [self.loss]
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                waiting += variables(self.program[key]) if key in self.program else ()
        return frozenset(seen)


@dataclass(frozen=True, slots=True)
class _Part:
    """How a quantity enters a definition, and what it is: defined, a parameter, or data."""

    entry: str
    kind: str


def matched(submission: Forward, assignment: Forward, known: frozenset[str]) -> dict[str, str]:
    """The assignment's key of each quantity that the loss of a submission goes back to.

    known  keys that mean the same in both
    """
    found = {key: key for key in sorted(known & submission.reached & assignment.reached)}
    if submission.loss is None or assignment.loss is None:
        return found
    waiting = [(submission.loss, assignment.loss), *found.items()]
    done: set[str] = set()
    while waiting:
        theirs, ours = waiting.pop(0)
        if theirs in done or found.get(theirs, ours) != ours:
            continue
        done.add(theirs)
        found[theirs] = ours
        other = other_name(submission.program.get(theirs))
        if other is not None:
            waiting.append((other, other_name(assignment.program.get(ours)) or ours))
            continue
        if theirs in submission.program and ours in assignment.program:
            waiting += _pairs(_parts(submission, theirs), _parts(assignment, ours), found)
    return found


def other_name(definition: Expr | None) -> str | None:
    """The quantity that a definition only gives another name, as a whole or entry by entry."""
    while definition is not None and definition.op in ("stack", "pick"):
        definition = definition.args[0]
    return str(definition.attr[0]) if definition is not None and definition.op == "var" else None


def _pairs(
    mine: Mapping[str, _Part], given: Mapping[str, _Part], found: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The quantities of two definitions that are each other's only counterpart."""
    taken = set(found.values())
    open_mine = {key: part for key, part in mine.items() if key not in found}
    open_given = {key: part for key, part in given.items() if key not in taken}
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
    for name, entry in _entries(forward.program[key], "argument", forward):
        kind = "parameter" if name in forward.parameters else "data"
        found.setdefault(name, _Part(entry, "defined" if name in forward.program else kind))
    return found


def _entries(expr: Expr, entry: str, forward: Forward) -> Iterator[tuple[str, str]]:
    if expr.op == "var":
        key = str(expr.attr[0])
        if key in forward.between and key in forward.program:
            yield from _entries(forward.program[key], entry, forward)
        else:
            yield key, entry
        return
    for arg in expr.args:
        if expr.op in _WRAPPERS:
            yield from _entries(arg, entry, forward)
        elif expr.op in _PRODUCTS:
            yield from _entries(arg, "factor", forward)
        elif expr.op in _SUMS:
            yield from _entries(arg, "addend" if entry == "argument" else entry, forward)
        else:
            yield from _entries(arg, "argument", forward)
