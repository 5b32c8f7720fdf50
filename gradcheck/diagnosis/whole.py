"""What is told of a line as a whole, where no edit of its formula says it.

A right line may still derive nothing (it is circular) or come from nowhere (right after a wrong one), and
a line that is right by courtesy has a slip's name too. None of this changes a verdict: it is told beside it.
A sum that is not written is a slip only where the case writes its sums; elsewhere it is a notation.
"""

from __future__ import annotations

from gradcheck.checking.cases.checked import Case
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.diagnosis.partials import read_partial, written_partials
from gradcheck.expr.forms.reading import CHARITABLE
from gradcheck.expr.forms.tree import Expr
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Fraction, Node
from gradcheck.verdict import Role, Verdict

_RIGHT = {Verdict.CORRECT, Verdict.CONVENTION, Verdict.CHARITABLE, Verdict.SLIP}
_FAULTY = {Verdict.WRONG, Verdict.FOLLOWS}
_DERIVING = {Role.GRADIENT, Role.LOCAL_DERIVATIVE, Role.CHAIN_RULE}

CIRCULAR = "this is circular: the left side stands on the right as well, so nothing is derived"
OUT_OF_NOTHING = "this is right, but the line before it is not: the result does not follow from there"


def told_of_whole(
    case: Case, judgement: Judgement, before: Judgement | None
) -> tuple[str, str | None] | None:
    """The code of what a right line is guilty of as a whole, with words where the record's do not do.

    before  the judgement of the link before it
    """
    if judgement.verdict not in _RIGHT:
        return None
    if is_circular(case, judgement):
        return "GC607", CIRCULAR
    if is_out_of_nothing(judgement, before):
        return "GC606", OUT_OF_NOTHING
    code = _courtesy(case, judgement) if judgement.verdict is Verdict.CHARITABLE else None
    return None if code is None else (code, None)


def is_circular(case: Case, judgement: Judgement) -> bool:
    """Whether a derivative is given by itself: it stands on the right by its name, and in the value too.

    Either alone is not enough: where `A` is only another name of `Z`, ∂L/∂A has the value of ∂L/∂Z, and
    in a sum over paths a derivative may be written for a part of itself.
    """
    claim = judgement.claim
    if judgement.pair is None or claim.role not in _DERIVING:
        return False
    expected, got = judgement.pair
    head = read_partial(claim.head.node, case.scope)
    if head is None or expected not in set(got.walk()):
        return False
    if got == expected and read_partial(claim.right.node, case.scope) is not None:
        return not _is_sign(claim.head.node) and latex(claim.head.node) == latex(claim.right.node)
    return any(head.is_named_like(each) for each in written_partials(claim.right.node, case.scope))


def _is_sign(node: Node) -> bool:
    """Whether a derivative is written as a sign, `\\bar{y}`: all of it stands in one place."""
    return isinstance(node, Fraction) and node.numerator.span == node.span


def is_out_of_nothing(judgement: Judgement, before: Judgement | None) -> bool:
    """Whether a link is right though its left neighbour is wrong."""
    return (
        before is not None
        and before.claim.equation is judgement.claim.equation
        and before.verdict in _FAULTY
        and judgement.step is Verdict.WRONG
    )


def is_unlike(judgement: Judgement) -> bool:
    """Whether a later link of a chain joins what has another shape: a chain of equals signs went too far."""
    return judgement.code == "GC603" and judgement.claim.link.number > 1


def _courtesy(case: Case, judgement: Judgement) -> str | None:
    """The slip that a charitable reading forgives, where it has a name."""
    given = [note for note in judgement.notes if note.kind in CHARITABLE]
    if (
        any(note.kind == "order" for note in given)
        and judgement.claim.defines == case.scope.loss_key is not None
    ):
        return "GC108"
    code = next((note.code for note in given if note.code is not None), None)
    if code != "GC307":
        return code
    return _unwritten_sum(case, judgement)


def _unwritten_sum(case: Case, judgement: Judgement) -> str | None:
    """Which sum is not written; none where the case writes no sums at all."""
    if judgement.pair is None or not _writes_sums(case, judgement):
        return None
    total = judgement.pair[1]
    return "GC204" if total.op == "isum" and total.attr[0].dim == case.scope.sample_dim else "GC307"


def _writes_sums(case: Case, judgement: Judgement) -> bool:
    """Whether sums over an index are written anywhere else in the case."""
    formulas: list[Expr] = [*case.scope.program.values()]
    formulas += [j.pair[1] for j in case.judgements if j.pair is not None and j is not judgement]
    return any(node.op in ("isum", "sum") for formula in formulas for node in formula.walk())
