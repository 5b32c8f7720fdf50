"""Where a loss is least: `w = (X^\\top X)^{-1} X^\\top y` below `∇_w J = …` solves it and defines no w.

Were w defined so, the gradient above would be asked for at the solution alone, where it is zero whatever is
written. Such a line stands below a derivative by its name, and holds nothing but what the derived formula
holds beside that name; a layer `z = W x` below `∂ℓ/∂z` brings in names of its own, and defines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gradcheck.expr.definitions import definitions, read_applied, written_names
from gradcheck.expr.names import IDENTITIES, read_name
from gradcheck.expr.quotients import read_quotient
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Node


def with_conditions_solved(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, in which a line that tells where a gradient is zero defines nothing."""
    equations = [item for item in body if isinstance(item, Equation)]
    formulas: dict[str, set[str]] = {}
    for definition in definitions(equations):
        formulas.setdefault(definition.name.base, set()).update(_bases(definition.right))
    held: dict[str, set[str]] = {}
    solved: set[int] = set()
    for equation in equations:
        for definition in definitions([equation]):
            known, inside = held.get(definition.name.base), _bases(definition.right) - IDENTITIES
            if known and definition.name.base not in inside and inside and inside <= known:
                solved.add(equation.number)
        for base, names in _derived_by(equation.head, formulas):
            if base in names:
                held.setdefault(base, set()).update(names - {base})

    def told(item: Statement) -> Statement:
        if isinstance(item, Equation) and item.number in solved:
            return replace(item, connective="condition")
        return item

    return tuple(map(told, body))


def _bases(node: Node) -> set[str]:
    return {name.base for name in written_names(node)}


def _derived_by(head: Node, formulas: dict[str, set[str]]) -> list[tuple[str, set[str]]]:
    """The variables of the derivative that a line begins with, each with the names of what is derived."""
    quotient = read_quotient(head)
    if quotient is None or quotient.target is None:
        return []
    applied = read_applied(quotient.target)
    target = read_name(quotient.target) if applied is None else applied.function
    names = [name for variable in quotient.variables if (name := read_name(variable)) is not None]
    return [] if target is None else [(name.base, formulas.get(target.base, set())) for name in names]
