"""Things of a list beside single ones: `v_{n_i}`, the i-th that was drawn, beside `v_c` and `v_w`.

`-\\log σ(v_c^T v_w) - \\sum_i \\log σ(-v_{n_i}^T v_w)` speaks of a centre, of a word, and of words that were
drawn, none of which is one of the others. Read as entries of one array they might be, and a derivative by
one would hold the rest. The list becomes a quantity of its own, with i as its index. Where some letter of
the base runs, `Σ_j e^{s_j}` beside `s_{y_i}`, the mark chooses one of those, and is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.marks import read_mark
from gradcheck.expr.written.names import LAYER_MARK, Name, read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind, walk
from gradcheck.records import replace
from gradcheck.restating.samples.fixed_letters import OPERATORS

Lists = Mapping[tuple[str, str], str]


def with_lists_apart(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such lists as quantities of their own; themselves where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    lists = _lists(equations)
    if not lists:
        return body

    def apart(node: Node) -> Node:
        node = mapped(node, apart)
        name = read_name(node) if isinstance(node, Scripted) and node.sub is not None else None
        if name is None or len(name.sub) != 1 or not isinstance(node, Scripted) or node.sub is None:
            return node
        letter, index = _drawn(name) or (name.sub[0], None)
        if (name.base, letter) not in lists:
            return node
        mark = Symbol(node.sub.span, index or lists[name.base, letter])
        return replace(node, base=Symbol(node.base.span, f"{name.base}{LAYER_MARK}{letter}"), sub=mark)

    return [rewritten(item, apart) if isinstance(item, Equation) else item for item in body]


def _lists(equations: Sequence[Equation]) -> Lists:
    """(base, letter) of each list → the letter that counts it."""
    sides = [side for equation in equations for side in equation.sides]
    sums = [node for side in sides for node in of_kind(side, BigOperator)]
    bound = {letter for node in sums for letter in bound_letters(node)}
    lowers = [inner for node in sums if node.lower is not None for inner in walk(node.lower)]
    running = bound | {inner.name for inner in lowers if isinstance(inner, Symbol)}
    names = [name for side in sides for name in written_names(side) if name.sub]
    found = {(name.base, drawn[0]): drawn[1] for name in names if (drawn := _drawn(name)) is not None}
    marks: dict[str, set[str]] = {}
    for name in names:
        if _drawn(name) is None:
            marks.setdefault(name.base, set()).update(name.sub)
    bare = {name.base for side in sides for name in written_names(side) if not name.sub}
    return {
        (base, letter): index
        for (base, letter), index in found.items()
        if index in bound
        and base not in bare
        and marks.get(base)
        and letter not in running
        and not marks[base] & running
        and not any(mark.isdigit() for mark in marks[base])
    }


def _drawn(name: Name) -> tuple[str, str] | None:
    """The n and i of `v_{n_i}`."""
    mark = read_mark(name.sub[0]) if len(name.sub) == 1 else None
    operator = name.base in OPERATORS or f"\\{name.base}" in OPERATORS
    if mark is None or mark.index is None or len(mark.base) != 1 or operator:
        return None
    return mark.base, mark.index
