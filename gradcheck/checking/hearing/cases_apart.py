"""Formulas that say themselves what holds for equal indices and what for others, or belong to one of the two.

`\\delta_{ij}` and `\\begin{cases}` tell both. What a sum over `t \\neq i` takes as its term, `∂p_t/∂z_i`, is
meant there of a t that is not i, and so is the line that works it out: no words repeat the condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.names import DELTAS, base_text, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import BigOperator, Cases, Fraction, Node, Relational, Scripted, Symbol
from gradcheck.notation.walk import of_kind, parts
from gradcheck.restating.sayings.regions_told import is_region


def of_terms(equations: Sequence[Equation]) -> Iterator[tuple[int, Relational]]:
    """The numbers of the lines that tell such a derivative, each with the condition of the sum."""
    terms = {
        latex(node): big.lower
        for equation in equations
        for side in equation.sides
        for big in of_kind(side, BigOperator)
        if isinstance(big.lower, Relational) and _are_different(big.lower)
        for node in of_kind(big.body, Fraction)
    }
    for equation in equations if terms else ():
        told = terms.get(latex(equation.head)) if isinstance(equation.head, Fraction) else None
        if told is not None and not tells_cases_apart(equation):
            yield equation.number, told


def _are_different(condition: Relational) -> bool:
    """Whether it is `t \\neq i` of two letters."""
    letters = [node.name for node in condition.operands if isinstance(node, Symbol) and not node.style]
    return [r.sign for r in condition.relations] == ["≠"] and len({*letters}) == len(condition.operands) == 2


def tells_cases_apart(equation: Equation) -> bool:
    """Whether an equation says itself what holds for equal indices and what for others."""
    return any(_is_for_all(link.right) for link in equation.links)


@once_a_node
def _is_for_all(node: Node) -> bool:
    told = bool(of_kind(node, Relational) or of_kind(node, Cases))
    marked = told or any(base_text(inner.base) in DELTAS for inner in of_kind(node, Scripted))
    return marked and _tells_apart(node)


def _tells_apart(node: Node) -> bool:
    name = read_name(node)
    kronecker = name is not None and name.base in DELTAS and len(name.sub) == 2
    if isinstance(node, BigOperator):
        return _tells_apart(node.body)  # `\sum_{c=1}^C` tells a range, and no cases
    if isinstance(node, Cases) and _are_of_values(node):
        return any(_tells_apart(row.value) for row in node.rows)
    told_apart = isinstance(node, Relational) and {r.sign for r in node.relations} <= {"=", "≠"}
    return kronecker or told_apart or isinstance(node, Cases) or any(map(_tells_apart, parts(node)))


def _are_of_values(cases: Cases) -> bool:
    """Whether what tells the cases orders values, `m_j > 0` and otherwise, and no indices."""
    told = [r for row in cases.rows if row.condition is not None for r in of_kind(row.condition, Relational)]
    return bool(told) and all(map(is_region, told))
