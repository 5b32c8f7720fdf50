"""What is said of lines with a lost bracket, and of those that rest on one.

Where it was meant to close is a guess. What is right by the guess is right to a kind reader; nothing is
called wrong by it, neither the line itself nor one that rests on what it defines.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.checking.comparisons.claims import Claim
from gradcheck.checking.comparisons.judgement import Judgement
from gradcheck.expr.forms.build import reach
from gradcheck.expr.meaning.scope import Scope
from gradcheck.notation.lost_brackets import GUESSED
from gradcheck.notation.statements import Equation, Link
from gradcheck.notation.tree import Text
from gradcheck.verdict import Verdict

HERE = "{}: this does not hold where it was guessed to end"
ABOVE = "this rests on `{}`, in whose formula {}: it does not hold where that was guessed to end"

ACCUSING = (Verdict.WRONG, Verdict.FOLLOWS, Verdict.SLIP)


def leave_guessed_open(judgements: Sequence[Judgement], scope: Scope) -> None:
    """Leave open what is wrong by a guessed bracket alone, and call charitable what is right by one."""
    guessed = {
        _place(j.claim): said
        for j in judgements
        if (said := _lost(j.claim.equation, j.claim.link)) is not None
    }
    if not guessed:
        return
    keys = {
        key: guessed[definition.place]
        for key, told in scope.quantities.items()
        for definition in told
        if definition.place in guessed
    }
    taken_back: set[str] = set()
    for judgement in judgements:
        said = guessed.get(_place(judgement.claim))
        if said is not None and judgement.verdict is Verdict.CORRECT:
            judgement.verdict, judgement.message = Verdict.CHARITABLE, said
        elif judgement.verdict in ACCUSING:
            above = next((key for key in _used(judgement, scope) if key in keys), None)
            if said is not None:
                judgement.leave_open(HERE.format(said))
            elif above is not None:
                judgement.leave_open(ABOVE.format(scope.latex_of(above), keys[above]))
            elif judgement.cause in taken_back:
                judgement.leave_open(HERE.format("a bracket is lost further up"))
            else:
                continue
            taken_back.add(judgement.claim.id)


def _place(claim: Claim) -> tuple[int, int]:
    return claim.equation.number, claim.link.number


def _lost(equation: Equation, link: Link) -> str | None:
    """What is said beside an equation of a bracket that its head lost, or the right side of one link."""
    words = [node for node in equation.context if isinstance(node, Text) and node.content in GUESSED]
    sides = (equation.head.span, link.right.span)
    return next((w.content for w in words if any(s.start <= w.span.start <= s.end for s in sides)), None)


def _used(judgement: Judgement, scope: Scope) -> frozenset[str]:
    """Everything that what was compared rests on."""
    keys = {node.attr[0] for node in judgement.nodes if node.op == "var"}
    return frozenset().union(*(reach(key, scope.program) for key in keys))
