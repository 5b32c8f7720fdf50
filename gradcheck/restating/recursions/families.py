"""Recursions: families of quantities of which each member is made of the one before.

`h_t = f(x_t, h_{t-1})` and `a^{(l)} = σ(W^{(l)} a^{(l-1)} + b^{(l)})` define a family by its step letter, `t`
or `l`, below or above in brackets. A letter whose shifted form names quantities that nothing defines
(`d_i = x_i - x_{i-1}`) counts entries and no steps; `w_{t+1} = w_t - η g` is an update, and no forward pass.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from enum import Enum
from itertools import chain

from gradcheck.expr.written.definitions import Definition, definitions, is_step, written_names
from gradcheck.expr.written.names import Name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Node, Relational, Sum, Symbol
from gradcheck.notation.walk import of_kind, walk
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass

MARK = late_pattern(r"([a-z]|\\ell|\\tau)(?:([+-])(\d))?$")

SHIFT = late_pattern(r"[+-]\d$")


class Slot(Enum):
    """Where a name carries its step."""

    BELOW = "below"
    BRACKETS = "brackets"


@dataclass(frozen=True, slots=True)
class Mark:
    """One step mark of a name: `t-1` is the letter t shifted by -1."""

    slot: Slot
    letter: str
    shift: int


@dataclass(frozen=True, slots=True)
class Families:
    """What a document counts in steps.

    letters   the step letters, each with the slot it stands in
    defined   base letters of what is defined step by step
    bases     base letters of all that carries a step
    carried   base letters of what one step hands to the next: it has a value before the first
    last      letters for the last step
    first     the first step that is computed
    begun     a and h of `h_t = f(a_t)` where `a_0` is given: the value of h before the first step follows
    """

    letters: dict[str, Slot]
    defined: frozenset[str]
    bases: frozenset[str]
    carried: frozenset[str]
    last: frozenset[str]
    first: int
    begun: frozenset[str] = frozenset()


def families(equations: Iterable[Equation]) -> Families | None:
    """The recursion of a document, or None where it has none."""
    listed = list(equations)
    forward = [
        d for d in definitions(listed) if not d.is_function and not is_step(d.right) and not _derives(d.right)
    ]
    heads: dict[str, set[Slot]] = {}
    for d in forward:
        for mark in marks(d.name):
            heads.setdefault(d.name.base, set()).add(mark.slot)
    letters: dict[str, Slot] = {}
    carried: set[str] = set()
    for d in forward:
        for here in marks(d.name):
            for name in written_names(d.right):
                for there in marks(name):
                    alike = there.letter == here.letter and there.slot in heads.get(name.base, ())
                    if alike and there.slot is here.slot and there.shift < here.shift:
                        letters[here.letter] = here.slot
                        carried.add(name.base)
    if not letters:
        return None
    slots = set(letters.values())
    defined, others = _connected(forward, letters, carried)
    first = 1 + max((_start(d.name, slots) for d in forward if d.name.base in defined), default=0)
    given = {d.name.base for d in forward if d.name.base in defined and _is_given(d.name, slots)}
    begun = frozenset(
        base
        for d in forward
        if d.name.base in carried - given
        and (own := {n.base for n in written_names(d.right)} & (given - carried))
        for base in (d.name.base, *own)
    )
    written = [list(names_of(equation)) for equation in listed]
    columns = frozenset(name.base for names in written for name in names if _is_column(name, defined))
    last = _last(listed, [name for names in written for name in names], defined | columns, letters)
    # What carries the letter below in lines of its own alone, as an index, is none of the recursion.
    above: dict[str, Slot] = {k: slot for k, slot in letters.items() if slot is not Slot.BELOW}
    bases = frozenset(
        name.base
        for names in written
        for name in names
        if _steps(name, letters if any(n.base in defined and any(marks(n)) for n in names) else above)
    )
    return Families(
        letters, defined, (bases - others) | defined | columns, frozenset(carried), last, first, begun
    )


def _connected(
    forward: list[Definition], letters: dict[str, Slot], carried: set[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """What is defined step by step together with what is carried, and what is defined apart from it.

    An entry `\\hat y_{t,k}` of what is defined so uses it too.
    """
    heads = {d.name.base for d in forward if _steps(d.name, letters)}
    uses = [
        (
            d.name.base,
            {n.base for n in written_names(d.right) if _steps(_whole(n) if n.base in heads else n, letters)},
        )
        for d in forward
        if _steps(d.name, letters)
    ]
    defined = set(carried)
    while more := {
        base
        for head, used in uses
        for base in {head, *(used & heads)}
        if (head in defined or used & defined) and base not in defined
    }:
        defined |= more
    return frozenset(defined), frozenset(heads - defined)


def _whole(name: Name) -> Name:
    """What a name with one more index is an entry of."""
    return name.without(sub=name.sub[:-1]) if len(name.places) == 2 else name


def _is_column(name: Name, defined: frozenset[str]) -> bool:
    """Whether a name is one example's column of what is stacked, `a^{[L](i)}` of `A^{[L]}`."""
    marked = name.layer is not None and name.sample is not None
    return marked and name.base not in defined and name.base.islower() and name.base.upper() in defined


def _steps(name: Name, letters: dict[str, Slot]) -> bool:
    """Whether a name carries a step and no other mark in its place."""
    return any(
        letters.get(mark.letter) is mark.slot and (mark.slot is Slot.BRACKETS or len(name.places) == 1)
        for mark in marks(name)
    )


def is_stepwise(equation: Equation, found: Families) -> bool:
    """Whether an equation speaks of the recursion: a definition by what it defines, a claim by any name."""
    own = [d.name for d in definitions([equation]) if _steps(d.name, found.letters)]
    counts = {*found.letters, *found.last}
    return any(
        name.base in found.bases
        for name in own or names_of(equation)
        if own or any(mark.letter in counts for mark in marks(name)) or _is_last(name, found)
    ) or any(limit in found.last for limit in _limits(equation))


def _is_last(name: Name, found: Families) -> bool:
    """Whether a name carries the last step, or one counted from it, `L-1`, or a step by its number."""
    texts = [SHIFT.sub("", text) for text in (*name.places[:1], name.layer, name.sample) if text is not None]
    return any(text in found.last or text.isdigit() for text in texts)


def _limits(equation: Equation) -> Iterator[str]:
    """The letters above the Σ of an equation."""
    for side in equation.sides:
        for node in of_kind(side, BigOperator):
            if isinstance(node.upper, Symbol):
                yield node.upper.name


def marks(name: Name) -> Iterator[Mark]:
    """The step marks that a name may carry, behind a word that tells it from others."""
    places = [(Slot.BELOW, text) for text in name.places[:1]]
    places += [(Slot.BRACKETS, mark) for mark in (name.layer, name.sample) if mark is not None]
    for slot, text in places:
        found = MARK.match(text)
        if found is not None:
            shift = int(found[3]) * (1 if found[2] == "+" else -1) if found[2] else 0
            yield Mark(slot, found[1].removeprefix("\\"), shift)


def names_of(equation: Equation) -> Iterator[Name]:
    """Every name that an equation writes."""
    return chain.from_iterable(map(written_names, equation.sides))


def _derives(node: Node) -> bool:
    return bool(quotients_in(node))


def _start(name: Name, slots: set[Slot]) -> int:
    """The number of a member that is given, `a^{(1)} = x`, else 0."""
    texts = [*name.places[:1]] if Slot.BELOW in slots else []
    texts += [t for t in (name.layer, name.sample) if t is not None and Slot.BRACKETS in slots]
    return max((int(text) for text in texts if text in ("0", "1")), default=0)


def _is_given(name: Name, slots: set[Slot]) -> bool:
    """Whether a name is that of a member by its number, `a_0`."""
    texts = [*name.places[:1]] if Slot.BELOW in slots else []
    texts += [text for text in (name.layer, name.sample) if text is not None and Slot.BRACKETS in slots]
    return any(text in ("0", "1") for text in texts)


def _last(
    equations: list[Equation], names: list[Name], defined: frozenset[str], letters: dict[str, Slot]
) -> frozenset[str]:
    """The letters for the last step: above a Σ over steps, a capital as a defined member's mark, or a letter
    that marks such a member where the loss is told of it, `J = \\|a_n - y\\|^2`."""
    found = set(_of_the_loss(equations, defined, letters))
    for equation in equations:
        for side in equation.sides:
            for node in of_kind(side, BigOperator):
                if isinstance(node.upper, Symbol):
                    lower = node.lower.operands[0] if isinstance(node.lower, Relational) else None
                    if isinstance(lower, Symbol) and lower.name in letters:
                        found.add(node.upper.name)
    above = set(_bounds(equations, letters))
    for name in names:
        texts = [text for text in (*name.places[:1], name.layer, name.sample) if text is not None]
        found |= {t for t in texts if name.base in defined and len(t) == 1 and t.isupper()}
        found |= above.intersection(texts) if name.base in defined else set()
    return frozenset(found)


def _bounds(equations: Iterable[Equation], letters: Container[str]) -> Iterator[str]:
    """The letters that bound a step letter from above: "for the hidden layers `1 \\le k < m`"."""
    for link in (link for equation in equations for link in equation.links):
        if link.relation.sign in ("<", "≤") and isinstance(link.left, Symbol) and link.left.name in letters:
            right = link.right.terms[0].body if isinstance(link.right, Sum) else link.right
            if isinstance(right, Symbol) and not right.style:
                yield right.name


def _of_the_loss(
    equations: Iterable[Equation], defined: frozenset[str], letters: dict[str, Slot]
) -> Iterator[str]:
    """The letters of the members that a loss is made of, where a loss for every step is not meant."""
    for definition in definitions(equations):
        if not is_loss_name(definition.name) or definition.name.sub or definition.is_function:
            continue
        bound = {limit for node in walk(definition.right) if (limit := _bound(node)) is not None}
        for name in written_names(definition.right):
            found = {mark.letter for mark in marks(name) if name.base in defined and not mark.shift}
            yield from found - bound - letters.keys()


def _bound(node: Node) -> str | None:
    """The letter that a Σ counts with."""
    if not isinstance(node, BigOperator):
        return None
    lower = node.lower.operands[0] if isinstance(node.lower, Relational) else node.lower
    return lower.name if isinstance(lower, Symbol) else None
