"""Index letters that name layers: `a_j = Σ_i w_{ji} x_i` and `y_k = Σ_j w_{kj} z_j` have two matrices.

In one tradition i counts inputs, j hidden units and k outputs, throughout; `w_{ji}` and `w_{kj}` are then
two layers' weights, and `δ_j` and `δ_k` two layers' errors. A base that is written over two kinds of
letters becomes two, where each kind has its own definition, weighs its own sum, or is added to one as its
bias, and other names keep their letters. Rejected: to take every letter for a layer, since `s_i` and `s_j`
of a softmax are two entries of one vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.names import DELTAS, LAYER_MARK, RUNNING_LETTERS, Name, base_text, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Node, Scripted, Symbol
from gradcheck.notation.walk import mapped
from gradcheck.records import dataclass, field, replace

Letters = tuple[str, ...]


@dataclass
class Uses:
    """How a document writes its indexed names.

    letters   base → the index letters that it is written over, in order of writing
    defined   base → those over which it is defined
    weighing  base → those over which a definition of the forward pass holds it
    together  bases of which one definition holds two kinds
    beside    base → those that a definition of the forward pass over the same letters holds: biases
    bare      bases that are written without indices, too
    """

    letters: dict[str, list[Letters]] = field(default_factory=dict)
    defined: dict[str, set[Letters]] = field(default_factory=dict)
    weighing: dict[str, set[Letters]] = field(default_factory=dict)
    together: set[str] = field(default_factory=set)
    beside: dict[str, set[Letters]] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)


def told_apart(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the quantities of different layers under different names; else themselves."""
    uses = _uses([item for item in body if isinstance(item, Equation)])
    several = {base: kinds for base, kinds in uses.letters.items() if len(kinds) > 1}
    weights = [base for base in several if _weighs_layers(base, uses)]
    if not weights or any(base not in weights and not _is_of_each_layer(base, uses) for base in several):
        return body
    fixed = {kinds[0] for kinds in uses.letters.values() if len(kinds) == 1}
    if any((letter,) not in fixed for base in weights for kind in several[base] for letter in kind):
        return body
    marks = {
        (base, kind): f"{base}{LAYER_MARK}{''.join(kind)}"
        for base, kinds in several.items()
        for kind in kinds[1:]
    }
    return [_renamed(item, marks) if isinstance(item, Equation) else item for item in body]


def _uses(equations: Sequence[Equation]) -> Uses:
    uses = Uses()
    for name in _names(equations):
        kind = _letters(name)
        if kind is None:
            uses.bare.add(name.base)
        elif kind not in uses.letters.setdefault(name.base, []):
            uses.letters[name.base].append(kind)
    for definition in definitions(equations):
        own = _letters(definition.name)
        if own is not None:
            uses.defined.setdefault(definition.name.base, set()).add(own)
        held: dict[str, set[Letters]] = {}
        for name in written_names(definition.right) if not derives(definition.right) else ():
            kind = _letters(name)
            if kind is not None:
                held.setdefault(name.base, set()).add(kind)
        for base, kinds in held.items():
            uses.weighing.setdefault(base, set()).update(kinds)
            uses.beside.setdefault(base, set()).update(kind for kind in kinds if kind == own)
            if len(kinds) > 1:
                uses.together.add(base)
    return uses


def _names(equations: Sequence[Equation]) -> Iterator[Name]:
    """Every name but Kronecker's delta, which has the letters of what it compares."""
    for equation in equations:
        for side in equation.sides:
            for name in written_names(side):
                if not (name.base in DELTAS and len(name.sub) == 2):
                    yield name


def _letters(name: Name) -> Letters | None:
    """The index letters of a name that has nothing else below it and no layer; None for another."""
    indexed = bool(name.sub) and name.layer is None and all(part in RUNNING_LETTERS for part in name.sub)
    return name.sub if indexed else None


def _weighs_layers(base: str, uses: Uses) -> bool:
    """Whether each kind of a base with two indices weighs a sum of its own, one on top of the other."""
    kinds = uses.letters[base]
    if base in uses.together or base in uses.bare or base in uses.defined:
        return False
    if any(len(kind) != 2 or kind not in uses.weighing.get(base, ()) for kind in kinds):
        return False
    return any(one[0] == other[1] for one in kinds for other in kinds if one != other)


def _is_of_each_layer(base: str, uses: Uses) -> bool:
    """Whether each kind of a base has a definition of its own, or stands in one as its bias."""
    told = uses.beside if base not in uses.defined else uses.defined
    return base not in uses.bare and told.get(base, set()) == set(uses.letters[base])


def _renamed(equation: Equation, marks: dict[tuple[str, Letters], str]) -> Equation:
    def change(node: Node) -> Node:
        if isinstance(node, Scripted) and (name := read_name(node)) is not None:
            mark = marks.get((name.base, _letters(name) or ()))
            if mark is not None and base_text(node.base) == name.base:
                return replace(node, base=Symbol(node.base.span, mark))
        return mapped(node, change)

    return rewritten(equation, change)
