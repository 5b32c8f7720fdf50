"""Courtesy that a case does not ask for: `∂L/∂W_1 = δ_1 x` beside `∂L/∂W_2 = δ_2 h^T`.

A transpose that the shapes force is supplied, since many authors leave all of them out. One who writes them
has forgotten this one, and such a line is wrong as it stands. That is certain only where nothing else in the
case had to be turned: where several lines had, or a definition, the arrays lie otherwise than they were read.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.forms.reading import Note
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.writing import is_transposed
from gradcheck.notation.tree import Node, Product, Scripted
from gradcheck.notation.walk import of_kind
from gradcheck.verdict import Certainty, Role, Verdict

_TURNED = ("transpose", "order")
# `x ⊗ δ` is the outer product, and means its own transpose.
_PLAIN = ("", "cdot", "@", "odot", "circ")
NOT_TURNED = "a transpose is missing, which the other gradients here have"


def withdraw_courtesy(judgements: Sequence[Judgement], scope: Scope) -> None:
    """Accuse the one gradient of a case that lacks a transpose, where the others have theirs."""
    supplied = [j for j in judgements if any(note.kind in _TURNED for note in j.notes)]
    equations = {j.claim.equation.number for j in supplied}
    several = len({j.claim.id for j in supplied}) < len(supplied)  # steps of a recursion
    if len(equations) != 1 or several or not all(_lacks_one(j) for j in supplied):
        return
    readings = scope.used.values()
    if any(note.kind in _TURNED for reading in readings for note in reading.notes):
        return
    if any(_writes_its_own(j) for j in judgements if j.claim.equation.number not in equations):
        root = supplied[0]
        root.verdict, root.certainty, root.pair = Verdict.WRONG, Certainty.PROVED, None
        root.code, root.message, root.evidence = "GC603", NOT_TURNED, None
        for heir in supplied[1:]:
            heir.verdict, heir.cause, heir.code = Verdict.FOLLOWS, root.claim.id, None


def _lacks_one(judgement: Judgement) -> bool:
    """Whether a gradient is right but for one transpose, of a bare name."""
    assumed = [note for note in judgement.notes if note.kind != "info"]
    told = judgement.verdict is Verdict.CHARITABLE and _tells_gradient(judgement)
    return told and len(assumed) == 1 and _is_of_name(assumed[0], judgement.claim.right.node)


def _tells_gradient(judgement: Judgement) -> bool:
    derived = judgement.pair is not None and bool(judgement.pair[0].derivatives)
    return derived and judgement.claim.role in (Role.GRADIENT, Role.STEP)


def _is_of_name(note: Note, formula: Node) -> bool:
    """Whether the factor that was turned is a name without a transpose of its own, in a plain product."""
    for product in of_kind(formula, Product):
        plain = all(operator.kind in _PLAIN for operator in product.operators)
        for factor in product.factors:
            if plain and factor.span == note.span and not _is_turned(factor):
                return note.kind == "transpose" and read_name(factor) is not None
    return False


def _writes_its_own(judgement: Judgement) -> bool:
    """Whether a gradient is right as it stands, and has a transpose in it."""
    right = (
        judgement.verdict in (Verdict.CORRECT, Verdict.CONVENTION) and "layout" not in judgement.conventions
    )
    turned = map(_is_turned, of_kind(judgement.claim.right.node, Scripted))
    return right and _tells_gradient(judgement) and any(turned)


def _is_turned(node: Node) -> bool:
    return isinstance(node, Scripted) and is_transposed(node)
