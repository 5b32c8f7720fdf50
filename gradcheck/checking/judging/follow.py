"""Follow-through: is a wrong line just what an earlier wrong line leads to?

The author's value is put in place of the derivative that it was given for, and carried on by the
true rules: through the chain to a variable further back, through a local derivative, or back to the
local derivative that it must have come from. A fault is a wrong link with both of its values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gradcheck.calculus.program import Program
from gradcheck.checking.bench.oracle import Factor, Oracle
from gradcheck.expr.forms.build import apply, deriv, pick
from gradcheck.expr.forms.reading import Jacobian
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.products import pull_back
from gradcheck.records import dataclass
from gradcheck.shapes import ShapeError
from gradcheck.verdict import Role, Verdict

if TYPE_CHECKING:
    from gradcheck.checking.comparisons.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that is wrong by itself: what should stand there, and what does."""

    id: str
    expected: Expr
    got: Expr


def inherit(judgement: Judgement, before: Judgement | None) -> None:
    """What a right step from its left neighbour makes of a link that does not hold against the head.

    It follows from a wrong neighbour. It is right beside a right one: then the neighbour told the head anew,
    `x = \\frac{y}{2 \\cdot 3} = \\frac{y}{6}` below `x = \\frac{y}{p q}`, and the head is what it tells.
    """
    if before is None or judgement.step not in (Verdict.CORRECT, Verdict.CHARITABLE, Verdict.SLIP):
        return
    if before.verdict in (Verdict.WRONG, Verdict.FOLLOWS):
        judgement.verdict, judgement.code = Verdict.FOLLOWS, None
        judgement.cause = before.cause or before.claim.id
    elif judgement.step is before.verdict is Verdict.CORRECT and before.claim.role is Role.RESTATEMENT:
        judgement.verdict, judgement.certainty = Verdict.CORRECT, before.certainty
        judgement.pair = judgement.evidence = judgement.code = judgement.message = None


@dataclass(frozen=True, slots=True)
class Gradient:
    """An expression understood as the derivative of a scalar by (a selection of) a quantity."""

    target: Expr
    owner: Expr
    row: Any
    column: Any

    @property
    def variable(self) -> Expr:
        """The selection that is differentiated by."""
        whole = self.row is None and self.column is None
        return self.owner if whole else pick(self.owner, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Local:
    """An expression understood as the entry-by-entry derivative of one quantity by another."""

    above: Expr
    below: Expr


def as_gradient(expr: Expr) -> Gradient | None:
    """Recognise a derivative or a selection of one."""
    match expr.op:
        case "deriv":
            return Gradient(expr.args[0], expr.args[1], None, None)
        case "pick" if expr.args[0].op == "deriv":
            return Gradient(expr.args[0].args[0], expr.args[0].args[1], *expr.attr)
    return None


def as_local(expr: Expr) -> Local | None:
    """Recognise the matrix of entry-by-entry derivatives that `∂A/∂Z` elaborates to."""
    node = expr
    while node.op == "stack":
        node = node.args[0]
    if node is expr:
        return None
    gradient = as_gradient(node)
    if gradient is None or gradient.target.op != "pick" or gradient.target.args[0].op != "var":
        return None
    return Local(gradient.target.args[0], gradient.owner)


def cause(expected: Expr, got: Expr, faults: list[Fault], oracle: Oracle, sample_dim: str) -> Fault | None:
    """The earliest fault of which `got` is the consequence, or None."""
    here, local = as_gradient(expected), as_local(expected)
    if here is None and local is None:
        faults = [fault for fault in faults if fault.expected == expected and fault.got.shape == got.shape]
    for fault in faults:
        for authors, written in carried_on(expected, got, fault, oracle.bench.program):
            if oracle.equal(authors, written) or _up_to_mean(oracle.factor(authors, written), sample_dim):
                return fault
        if here is None:
            continue
        beside = _beside(expected, got, fault, oracle.bench.program)
        if any(oracle.equal(authors, written) for authors, written in beside):
            return fault
    return None


def _up_to_mean(factor: Factor | None, sample_dim: str) -> bool:
    """Per-sample and mean gradients differ by the number of samples."""
    return factor is not None and factor.number == 1 and factor.size == sample_dim and abs(factor.power) == 1


def carried_on(expected: Expr, got: Expr, fault: Fault, program: Program) -> Iterator[tuple[Expr, Expr]]:
    """Pairs that are equal if `got` follows from the fault; through what is on no path nothing comes."""
    if fault.expected == expected and fault.got.shape == got.shape:
        yield fault.got, got
        return
    here, there = as_gradient(expected), as_gradient(fault.expected)
    local_here, local_there = as_local(expected), as_local(fault.expected)
    if here is not None and there is not None and here.owner != there.owner:
        yield from _through(fault.got, there.variable, here, got, program)
    if here is not None and local_there is not None and here.owner != local_there.below:
        upstream = apply("mul", deriv_of(here.target, local_there.above), fault.got)
        yield from _through(upstream, local_there.below, here, got, program)
    if here is not None and local_there is not None and here.owner == local_there.below:
        yield apply("mul", deriv_of(here.target, local_there.above), fault.got), got
    if local_here is not None and there is not None and there.owner == local_here.below:
        yield fault.got, apply("mul", deriv_of(there.target, local_here.above), got)


def deriv_of(target: Expr, variable: Expr) -> Expr:
    """∂target/∂variable for a quantity."""
    return deriv(target, variable)


def _through(
    authors: Expr, middle: Expr, here: Gradient, got: Expr, program: Program
) -> Iterator[tuple[Expr, Expr]]:
    """The author's cotangent of `middle` pulled back to the variable of this link, if that leads there."""
    if not _leads(here, middle, program):
        return
    try:
        carried = pull_back(authors, Jacobian(((middle, here.owner, here.row, here.column),)))
    except ShapeError:
        return
    if carried.shape == got.shape:
        yield carried, got


def _leads(here: Gradient, middle: Expr, program: Program) -> bool:
    """Whether a quantity depends on what a gradient is by."""
    return here.owner.attr[0] in program.reach_of(middle)


def _beside(expected: Expr, got: Expr, fault: Fault, program: Program) -> Iterator[tuple[Expr, Expr]]:
    """The same where other paths lead to the variable too: only what comes through the fault is off.

    No factor is forgiven here: through a quantity on no path nothing comes, and a mean would seem to follow.
    """
    here, there = as_gradient(expected), as_gradient(fault.expected)
    if here is None or there is None or here.owner == there.owner:
        return
    if fault.got.shape != fault.expected.shape or expected.shape != got.shape:
        return
    if not _leads(here, there.variable, program):
        yield expected, got
        return
    off_there = apply("sub", fault.got, fault.expected)
    for off, written in _through(off_there, there.variable, here, got, program):
        yield apply("add", expected, off), written
