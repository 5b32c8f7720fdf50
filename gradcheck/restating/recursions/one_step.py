"""One step of a recursion: a cell that makes `h_t` of `h_{t-1}`, derived with the gradient of `h_t` given.

Whoever derives one cell takes what comes back from the next step into the gradient that he is given, and
hands on what he finds; he writes no later step, adds up no steps and has no loss of all of them. Then what
stands at t and what stands at t-1 are quantities of their own, and no step is one of several. That is another
reading of the document: whether a line leaves out what later steps bring shows by what becomes right. With a
loss of its own at each step, a line that leaves out the steps before is a frequent mistake, unless a sentence
says that the state before is held constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import Quotient, derives, quotients_in
from gradcheck.expr.written.vocabulary import LOSS_BASES, is_loss_name
from gradcheck.notation.statements import Equation, Prose, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.patterns import late_pattern
from gradcheck.restating.recursions.families import Families, Slot, families, marks, names_of

_BEFORE: Final = late_pattern(r"[a-z]\s*-\s*1\b")
_CONSTANT: Final = late_pattern(r"\b(?:constant|fixed)\b", re.IGNORECASE)
_DENIED: Final = late_pattern(r"\b(?:not?|never|cannot|if|unlike|instead)\b|n['’]t\b", re.IGNORECASE)


def with_one_step(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with the steps t and t-1 as words; None where more than one step is spoken of."""
    equations = [item for item in body if isinstance(item, Equation)]
    found = families(equations)
    if found is None or set(found.letters.values()) != {Slot.BELOW} or len(found.letters) != 1:
        return None
    loss = any(is_loss_name(d.name) and not derives(d.right) for d in definitions(equations))
    if loss and not any(isinstance(item, Prose) and _holds_before(item.text) for item in body):
        return None
    (letter,) = found.letters
    if not all(_is_of_one(equation, letter, found) for equation in equations):
        return None
    targets = {t for e in equations for side in e.sides for q in quotients_in(side) if (t := _target(q))}
    if not targets or not targets <= LOSS_BASES:
        return None
    return [
        rewritten(item, lambda side: _told(side, letter)) if isinstance(item, Equation) else item
        for item in body
    ]


def _holds_before(text: str) -> bool:
    """Whether a sentence says that what stands at the step before is constant: `h_{t-1}` held fixed."""
    found = (sentence for sentence in re.split(r"[.;:!?]\s", text) if _BEFORE.search(sentence))
    return any(_CONSTANT.search(sentence) and not _DENIED.search(sentence) for sentence in found)


def _target(quotient: Quotient) -> str | None:
    name = None if quotient.target is None else read_name(quotient.target)
    return None if name is None else name.base


def _is_of_one(equation: Equation, letter: str, found: Families) -> bool:
    """Whether an equation speaks of a step and the one before, and of no other, and adds up nothing."""
    shifts = {mark.shift for name in names_of(equation) for mark in marks(name) if mark.letter == letter}
    below = [mark for name in names_of(equation) if name.base in found.bases for mark in name.sub]
    last = any(mark in found.last or mark.isdigit() for mark in below)
    adds = equation.links[0].relation.sign == "+=" or any(_sums(equation))
    return shifts <= {0, -1} and not last and not adds


def _sums(equation: Equation) -> Iterator[Node]:
    return (n for side in equation.sides for n in of_kind(side, BigOperator))


def _told(node: Node, letter: str) -> Node:
    node = mapped(node, lambda child: _told(child, letter))
    name = read_name(node) if isinstance(node, Scripted) else None
    if name is None or not isinstance(node, Scripted) or node.sub is None or len(name.sub) != 1:
        return node
    if name.sub[0] not in (letter, f"{letter}-1"):
        return node
    return Scripted(node.span, node.base, Symbol(node.sub.span, name.sub[0], "word"), node.sup, node.primes)
