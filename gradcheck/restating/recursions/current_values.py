"""Parameters numbered by the steps of a descent: `w_{t+1} = w_t - \\eta \\, \\partial L/\\partial w_t`.

The t counts how often the parameters were changed, and no state is made of the one before: every line speaks
of their values at present, and the step makes the next ones of them. So `w_t` is w, with or without brackets,
and the step is `w = w - \\eta ...`. A letter that counts anything else in these lines, examples or the states
of a model, stays, and so does one that some line speaks of at several steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

from gradcheck.expr.written.definitions import unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.rates import has_step_size
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Sum
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import dataclass, replace
from gradcheck.restating.recursions.families import Mark, Slot, marks, names_of
from gradcheck.restating.recursions.step_numbers import bound_letter

SIGNS = ("=", ":=", "←")


@dataclass(frozen=True, slots=True)
class Step:
    """The letter that counts the steps of a descent, and how far its values are shifted.

    old, new   what is added to the letter where the values at present and the next ones stand
    """

    slot: Slot
    letter: str
    old: int
    new: int


def with_current_values(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the parameters of each descent without the number of its steps."""
    equations = [item for item in body if isinstance(item, Equation)]
    found: dict[str, set[Step]] = defaultdict(set)
    for each in equations:
        told = _step(each)
        if told is not None:
            found[told[0]].add(told[1])
    steps = {base: steps.pop() for base, steps in found.items() if len(steps) == 1}
    if not steps:
        return body
    names = [list(names_of(each)) for each in equations]
    heads = {name for each in equations if _step(each) is not None for name in written_names(each.head)}
    for step in set(steps.values()):
        own = {base for base, each in steps.items() if each == step}
        near = [
            i for i, n in enumerate(names) if any(e.base in own and _mark(e, step) is not None for e in n)
        ]
        bound = {
            bound_letter(big) for i in near for s in equations[i].sides for big in of_kind(s, BigOperator)
        }
        counted = own | {
            e.base for i in near for e in names[i] if any(m.letter == step.letter for m in marks(e))
        }
        if step.letter in bound or not _at_present(step, own, counted, names, heads):
            steps = {base: each for base, each in steps.items() if each != step}
        else:
            steps |= dict.fromkeys(counted, step)
    if not steps:
        return body

    def present(node: Node) -> Node:
        name = read_name(node) if isinstance(node, Scripted) else None
        step = steps.get(name.base) if name is not None else None
        if name is None or step is None or not isinstance(node, Scripted) or _mark(name, step) is None:
            return mapped(node, present)
        bare = replace(node, sub=None) if step.slot is Slot.BELOW else replace(node, sup=None)
        return bare if bare.sub is not None or bare.sup is not None or bare.primes else node.base

    return [rewritten(item, present) if isinstance(item, Equation) else item for item in body]


def _step(equation: Equation) -> tuple[str, Step] | None:
    """The letter that an equation changes by a step, `w_{t+1} = w_t - ...`, with what counts the steps."""
    head, right = read_name(unboxed(equation.head)), unboxed(equation.links[0].right)
    if head is None or not isinstance(right, Sum) or equation.links[0].relation.sign not in SIGNS:
        return None
    at = [(i, name) for i, term in enumerate(right.terms) if (name := read_name(term.body)) is not None]
    rest = {i for i, term in enumerate(right.terms) if has_step_size(term.body) or derives(term.body)}
    for new in marks(head):
        for place, name in at:
            for old in marks(name):
                alike = (name.base, old.slot, old.letter, old.shift + 1) == (
                    head.base,
                    new.slot,
                    new.letter,
                    new.shift,
                )
                if alike and rest - {place} and right.terms[place].sign != "-":
                    return head.base, Step(new.slot, new.letter, old.shift, new.shift)
    return None


def _mark(name: Name, step: Step) -> Mark | None:
    """The number of the step that a name carries in its place and nothing else does."""
    if step.slot is Slot.BELOW and len(name.sub) != 1:
        return None
    return next((m for m in marks(name) if (m.slot, m.letter) == (step.slot, step.letter)), None)


def _at_present(
    step: Step, own: Set[str], counted: Set[str], names: Sequence[Sequence[Name]], heads: Set[Name]
) -> bool:
    """Whether all that carries the letter carries nothing else, and stands at the values at present.

    own      the parameters, whose next values stand on the left sides of steps
    counted  the letters of all that carries the number of a step in one line with these
    heads    the names on these
    """
    for name in (name for listed in names for name in listed if name.base in counted):
        mark = _mark(name, step)
        bare = not name.sub and name.sample is None and name.base in own
        at = mark is None and bare
        if mark is not None:
            at = mark.shift == step.old or (mark.shift == step.new and name.base in own and name in heads)
            at = at and not (step.slot is Slot.BRACKETS and (name.transpose or name.power is not None))
        if not at:
            return False
    return True
