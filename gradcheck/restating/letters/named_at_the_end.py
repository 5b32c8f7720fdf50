"""Names given at the end of a chain: `∂L/∂z = ŷ - y = δ`, and from there on δ is written.

Such a last link claims nothing: it reads like `=: δ`, which says so. It is taken that way where nothing else
defines the name, no line before and no formula that what is derived rests on holds it, and a later line uses
it. After a bare derivative, `∂L/∂z = δ`, only letters of gradients are taken so, and those that the variable
stands below, `∂L/∂Z = G_Z`: `∂z/∂w = x` claims.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gradcheck.expr.meaning.unnamed_loss import SIGNALS
from gradcheck.expr.written.definitions import NAMES_ITS_RIGHT, definitions, unboxed, written_names
from gradcheck.expr.written.named_gradients import is_below
from gradcheck.expr.written.names import DELTAS, RUNNING_LETTERS, read_name
from gradcheck.expr.written.negation import negated
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Relational, Scripted
from gradcheck.records import replace

# Letters that gradients are called by, G of a matrix; elsewhere G is whatever its document says.
_OF_GRADIENTS = SIGNALS | {"G"}


def with_names_given(body: Sequence[Statement], declared: Collection[str]) -> Sequence[Statement]:
    """The statements with `=:` where a chain ends in a new name; themselves where none does.

    declared   the keys that have a shape: they are inputs, or defined
    """
    equations = [item for item in body if isinstance(item, Equation)]
    known = {d.name.key for d in definitions(equations)} | set(declared) | _forward_names(equations)
    later = _first_and_last_uses(equations)
    made: list[Statement] = []
    for item in body:
        key = (_said_to_be(item) or _new_name(item)) if isinstance(item, Equation) else None
        if isinstance(item, Equation) and key is not None and key not in known:
            first, last = later[key]
            if first == item.number < last:
                item = _naming(item)
        made.append(item)
    return made


def _forward_names(equations: Sequence[Equation]) -> set[str]:
    """The keys in the formulas that what is derived rests on; those in all formulas where it has none."""
    uses: dict[str, set[str]] = {}
    for d in definitions(equations):
        if not derives(d.right):
            uses.setdefault(d.name.key, set()).update(name.key for name in written_names(d.right))
    derived = {n.key for e in equations if derives(e.head) for n in written_names(e.head)} & uses.keys()
    if not derived:
        return {key for keys in uses.values() for key in keys}
    found, open_keys = set(derived), [*derived]
    while open_keys:
        new = uses.get(open_keys.pop(), set()) - found
        found |= new
        open_keys += new
    return found


def _first_and_last_uses(equations: Sequence[Equation]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for equation in equations:
        for side in equation.sides:
            for name in written_names(side):
                first, _ = found.get(name.key, (equation.number, 0))
                found[name.key] = (first, equation.number)
    return found


def _new_name(equation: Equation) -> str | None:
    """The key of the bare name that a derivation ends in, if it does and writes it nowhere else."""
    last = _last_equality(equation)
    link = equation.links[last]
    right = unboxed(link.right)
    if isinstance(right, Scripted) and isinstance(right.sub, Relational):
        return None  # `\delta_{j = k}` is an indicator
    name = read_name(right)
    if name is None or not name.is_plain or name.differentiated is not None or link.relation.sign != "=":
        return None
    if name.base in DELTAS and len(name.sub) == 2 and {*name.sub} <= RUNNING_LETTERS | {*"abcdefgh"}:
        return None  # Kronecker's δ_{bc} names no error signal
    if name.key in {n.key for side in equation.sides[: last + 1] for n in written_names(side)}:
        return None
    if derives(link.left):
        return name.key if name.base in _OF_GRADIENTS or is_below(link.left, name) else None
    return name.key if derives(equation.head) else None


def _said_to_be(equation: Equation) -> str | None:
    """The key of the new name of `\\log p = u - v := -E`, where `:=` parts a formula from a name."""
    link = equation.links[-1]
    if link.relation.sign not in (":=", NAMES_ITS_RIGHT) or read_name(unboxed(link.left)) is not None:
        return None
    right = unboxed(link.right)
    name = read_name(negated(right) or right)
    return name.key if name is not None and name.is_plain and name.differentiated is None else None


def _last_equality(equation: Equation) -> int:
    """The number of the last link but those of a space that a value lies in, `\\in \\mathbb{R}^n`."""
    last = len(equation.links) - 1
    while last and equation.links[last].relation.sign == "∈":
        last -= 1
    return last


def _naming(equation: Equation) -> Equation:
    last = _last_equality(equation)
    link = equation.links[last]
    naming = replace(link, relation=replace(link.relation, sign=NAMES_ITS_RIGHT))
    return replace(equation, links=(*equation.links[:last], naming, *equation.links[last + 1 :]))
