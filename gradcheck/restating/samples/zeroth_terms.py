"""A Σ from 0 over entries of which the zeroth stands by itself: `\\log \\sum_{k=0}^K e^{s_k}` beside `s_0`.

Entries are numbered from 1, and `s_0` is a quantity of its own: so the Σ is its zeroth term and the Σ from 1.
Where `p_k` has a formula for any k, `p_0` is that formula at 0. A Σ of which another letter has no zeroth
entry anywhere is left as it is: its letters are all numbered from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, written_names
from gradcheck.notation.statements import Equation, Statement, formulas, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Group,
    Node,
    Number,
    Relational,
    Sum,
    Symbol,
    Term,
)
from gradcheck.notation.walk import mapped, of_kind, rebuilt
from gradcheck.records import replace
from gradcheck.restating.passages.told_before import told_before

ZEROTH = ("0",)
Change = Callable[[BigOperator], Node]


def with_zeroth_terms(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the zeroth term of each such Σ apart; themselves where there is none."""
    sums = [
        node
        for item in body
        for side in formulas(item)
        for node in of_kind(side, BigOperator)
        if _index(node) is not None
    ]
    if not sums:
        return body
    equations = [item for item in body if isinstance(item, Equation)]
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    apart = {name.base for name in names if name.sub == ZEROTH and name.sample is None}
    told = {d.name.base: d for d in definitions(equations) if _is_for_any(d)}
    if not apart & {base for node in sums for base in _counted(node)}:
        return body
    known = apart | told.keys()
    apart |= {base for node in sums if _counted(node) <= known for base in _counted(node)}

    def change(node: BigOperator) -> Node:
        counted = _counted(node) if _index(node) is not None else set()
        return _with_first(node) if counted and counted <= known else node

    made: list[Statement] = []
    for item in body:
        if not isinstance(item, Equation):
            made.append(item)
            continue
        made.append(rewritten(item, lambda side: rebuilt(side, BigOperator, change)))
        made += _at_zero(item, told, apart, change)
    return made


def _at_zero(
    item: Equation, told: Mapping[str, Definition], apart: set[str], change: Change
) -> list[Equation]:
    """The formula of `p_0` behind the one of `p_k`."""
    return [
        _instance(item, definition, change)
        for base, definition in told.items()
        if base in apart and definition.place == (item.number, 1)
    ]


def _instance(item: Equation, definition: Definition, change: Change) -> Equation:
    index = definition.name.sub[0]
    head, right = (_put(side, index) for side in (item.head, definition.right))
    return told_before(item, head, rebuilt(right, BigOperator, change))


def _is_for_any(definition: Definition) -> bool:
    sub = definition.name.sub
    return len(sub) == 1 and len(sub[0]) == 1 and sub[0].isalpha() and definition.name.sample is None


def _index(node: BigOperator) -> str | None:
    """The letter that a Σ counts from 0 to another letter."""
    match node.lower:
        case Relational(operands=(Symbol(name=name), Number(text="0"))) if isinstance(node.upper, Symbol):
            return name if node.kind == "sum" else None
    return None


def _counted(node: BigOperator) -> set[str]:
    """The letters that carry the index of a Σ."""
    return {name.base for name in written_names(node.body) if _index(node) in name.sub}


def _with_first(node: BigOperator) -> Node:
    assert isinstance(node.lower, Relational), "it counts from 0"
    index = node.lower.operands[0]
    first = _put(node.body, _index(node) or "")
    lower = replace(node.lower, operands=(index, Number(node.lower.span, "1")))
    whole = Sum(node.span, (Term(node.span, "+", first), Term(node.span, "+", replace(node, lower=lower))))
    return Group(node.span, "(", ")", (whole,))


def _put(node: Node, index: str) -> Node:
    """A formula at 0 of an index."""
    if isinstance(node, Symbol) and node.name == index and not node.style:
        return Number(node.span, "0")
    return mapped(node, lambda child: _put(child, index))
