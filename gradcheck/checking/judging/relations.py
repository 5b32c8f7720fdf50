"""Lines that set nothing equal: `x ∼ N(0, 1)`, `1 ≤ t ≤ T`, `f(x) ≤ g(x)`, `f(x + h) ≈ f(x)`, `∇L ∝ p - y`.

What a sign of distribution or of sets tells, and a condition on letters that no formula tells, only says what
something is, like `x ∈ ℝ^n`. An inequality between formulas and an approximation are claims, and none that
agreement at random points could prove: they are left open, with what could be judged in their place.
What `∝` stands between is right up to a positive number; what else an author lets the factor hold, a size or
all that does not depend on the variable, is not said, so no such line is called wrong.
"""

from __future__ import annotations

from typing import Final

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.judgement import Judgement, judged, verdict_of
from gradcheck.checking.comparisons.prepare import Prepared
from gradcheck.expr.forms.build import apply, num
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.closed import is_closed
from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.notation.statements import Link
from gradcheck.notation.tree import Node, Product
from gradcheck.records import replace
from gradcheck.verdict import Certainty, Role, Verdict

SAYING: Final = frozenset("∼∈∉⊂⊆")
ORDERS: Final = frozenset("<>≤≥≪≫≺⪯≻⪰")
OPEN: Final = "the two sides differ by more than a positive number: what else the factor may hold is not said"
INEQUALITY: Final = "an inequality is not checked: write what is to be compared as an equation"
APPROXIMATION: Final = "an approximation is not checked: write `=` and the terms that are left out"
ADDED: Final = "only a part is added here: write what all parts come to, with `=`"


def related(prepared: Prepared, scope: Scope, oracle: Oracle) -> Judgement:
    """What is said of a link by whose sign its sides are not equal."""
    claim, sign = prepared.claim, prepared.claim.link.relation.sign
    if sign == "∝":
        return _proportional(prepared, oracle)
    if (sign in SAYING and not _is_size(claim.link.right)) or all(
        _is_condition(link, scope) for link in claim.equation.links
    ):
        return Judgement(replace(claim, role=Role.DECLARATION), Verdict.CORRECT, Certainty.PROVED)
    told = INEQUALITY if sign in ORDERS else {"≈": APPROXIMATION, "+=": ADDED, "-=": ADDED}.get(sign)
    return Judgement(claim, Verdict.UNDECIDED, message=told or f"`{sign}` is not checked: write an equation")


def _is_size(side: Node) -> bool:
    """Whether a side is rows times columns, `∼ m × n`, which may not be the size of the other side."""
    return isinstance(side, Product) and any(sign.kind == "times" for sign in side.operators)


def _is_condition(link: Link, scope: Scope) -> bool:
    """Whether a link orders letters of which no formula tells what they are, and numbers."""
    sides = (link.left, link.right)
    named = any(read_name(unboxed(side)) is not None for side in sides)
    return link.relation.sign in ORDERS and named and all(_is_free(side, scope) for side in sides)


def _is_free(side: Node, scope: Scope) -> bool:
    name = read_name(unboxed(side))
    if name is None:
        return is_closed(side)
    return name.is_plain and scope.vocabulary.canonical(name) not in scope.program


def _proportional(prepared: Prepared, oracle: Oracle) -> Judgement:
    for expected, got, notes in (*prepared.literal, *prepared.mended):
        factor = oracle.factor(expected, got)
        if factor is None or factor.size is not None or factor.number <= 0:
            continue
        scaled = apply("mul", num(factor.number), expected)
        if oracle.equal(scaled, got):
            verdict = verdict_of(notes, Verdict.CORRECT)
            return judged(oracle, prepared.claim, verdict, (scaled, got, notes), None, None)
    return Judgement(prepared.claim, Verdict.UNDECIDED, message=OPEN)
