"""Labels of which a document tells the values one by one: `if y = 0`, then `if y = 1`.

Such a label answers a question, so that "where it is 0" says for which samples a line is told, as `1 - y`
tells by a number. One value alone may be any point of any quantity, `x = 0`; two, or a set of two beside one,
are all that there are. What is defined or derived by is no label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed
from gradcheck.expr.written.names import DELTAS, RUNNING_LETTERS, read_name
from gradcheck.expr.written.quotients import variables_in
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import CASE, Equation
from gradcheck.notation.tree import Cases, Group, Node, Number, Relational, Sum
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace

# Ties, 0 beside -1 and 1, are left out: the two others tell them apart well enough.
_DOMAINS = {frozenset({0, 1}): "binary", frozenset({-1, 1}): "sign", frozenset({-1, 0, 1}): "sign"}


def answers(equations: Sequence[Equation]) -> Mapping[str, str]:
    """The letters of such labels, with the domain of each."""
    told: dict[str, set[int]] = {}
    for base, value in (pair for equation in equations for pair in _told(equation)):
        told.setdefault(base, set()).add(value)
    if not told:
        return {}
    other = {d.name.base for d in definitions(equations) if _whole(d.right) is None}
    other |= {name.base for equation in equations for side in equation.sides for name in variables_in(side)}
    sets = dict(found for equation in equations if (found := set_told(equation)) is not None)
    domains = {base: _DOMAINS.get(frozenset(values | sets.get(base, set()))) for base, values in told.items()}
    return {base: domain for base, domain in domains.items() if domain is not None and base not in other}


def value_told(condition: Relational) -> tuple[str, int] | None:
    """The letter and the number of `y = 1`; None for any other relation, and for one entry's, `y_2 = 0`."""
    if len(condition.relations) != 1 or condition.relations[0].sign != "=":
        return None
    name, value = read_name(unboxed(condition.operands[0])), _whole(condition.operands[1])
    if name is None or value is None or name.primes or name.power is not None:
        return None
    is_entry = any(mark.isdigit() for mark in name.sub)
    return None if is_entry or name.base in RUNNING_LETTERS or name.base in DELTAS else (name.base, value)


def lone_value(equation: Equation) -> tuple[str, int] | None:
    """The letter and the number that an equation gives it, if it says nothing else."""
    return value_told(as_relation(equation)) if len(equation.links) == 1 else None


def values_of_labels(equations: Sequence[Equation]) -> list[Relational]:
    """The values of labels of which cases are told, that words may recall: "for a positive sample"."""
    known = answers(equations)
    cases = {pair[0]: e for e in equations if e.connective == CASE and (pair := lone_value(e)) is not None}
    told = [as_relation(equation) for base, equation in cases.items() if base in known]
    others = [replace(each, relations=(replace(each.relations[0], sign="≠"),)) for each in told]
    return [*told, *others]


def as_relation(equation: Equation) -> Relational:
    """The first link of an equation, as a relation between its sides."""
    link = equation.links[0]
    return Relational(link.left.span.cover(link.right.span), (link.left, link.right), (link.relation,))


@once_a_node
def _told(equation: Equation) -> tuple[tuple[str, int], ...]:
    """The letters with the values that an equation gives them, alone or in its cases and conditions."""
    alone = lone_value(equation)
    conditions = [node for node in equation.context if isinstance(node, Relational)]
    for side in equation.sides:
        for cases in of_kind(side, Cases):
            rows = (row.condition for row in cases.rows if row.condition is not None)
            conditions += [node for row in rows for node in of_kind(row, Relational)]
    found = (alone, *map(value_told, conditions))
    return tuple(pair for pair in found if pair is not None)


def set_told(equation: Equation) -> tuple[str, set[int]] | None:
    r"""`y \in \{0, 1\}`."""
    link = equation.links[0]
    name = read_name(unboxed(equation.head))
    if link.relation.sign != "∈" or name is None or not isinstance(link.right, Group):
        return None
    values = [_whole(item) for item in link.right.items]
    return None if None in values else (name.base, {value for value in values if value is not None})


def _whole(node: Node) -> int | None:
    """The whole number that a formula is, with its sign."""
    if isinstance(node, Sum) and len(node.terms) == 1:
        inner = _whole(node.terms[0].body)
        return inner if inner is None or node.terms[0].sign != "-" else -inner
    return int(node.text) if isinstance(node, Number) and node.text.isdigit() else None
