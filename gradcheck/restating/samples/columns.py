"""`p_i^T q_j = Σ_k p_{ik} q_{kj}`: q_j is the j-th column of what has the entries q_{kj}.

Elsewhere the vector `q_j` is the row j of q. An author whose entries carry the letter of the vector in the
second place, in the formula that writes the product out, counts columns; his entries are then read in the
other order, so that the j-th vector is a row again. Which of the two is meant shows by what becomes right.
The same holds for `R = P Q^T` beside `\\sum_k p_{ik} q_{kj}`, which calls the entries of Q^T by its letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, names_of_factors, read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace


def with_columns_turned(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with the entries of such letters in the other order; None where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    bases = {base for equation in equations for base in _columns(equation)} | _of_transposes(equations)
    if not bases:
        return None

    def told(node: Node) -> Node:
        node = mapped(node, told)
        name = read_name(node) if isinstance(node, Scripted) else None
        if name is None or not isinstance(node, Scripted) or node.sub is None or name.base not in bases:
            return node
        marks = _two(name)
        if marks is None:
            return node
        span = node.sub.span
        letters = tuple(Symbol(span, mark) for mark in marks[::-1])
        return replace(node, sub=Product(span, letters, (Operator(span, ""),)))

    return [rewritten(item, told) if isinstance(item, Equation) else item for item in body]


def _columns(equation: Equation) -> Iterator[str]:
    """The letters that one chain writes as a vector with an index, and by entries with it in second place."""
    vectors = {
        (name.base, name.sub[0])
        for side in equation.sides
        for name in written_names(side)
        if len(name.sub) == 1 and len(name.sub[0]) == 1
    }
    for node in (node for side in equation.sides for node in of_kind(side, BigOperator)):
        for name in written_names(node.body):
            marks = _two(name)
            if marks is not None and marks[0] in bound_letters(node) and (name.base, marks[1]) in vectors:
                yield name.base


def _of_transposes(equations: Sequence[Equation]) -> set[str]:
    """q of `\\sum_k p_{ik} q_{kj}` beside `P Q^T`: entries of the transpose by the letter of the matrix."""
    pairs = [
        (first, second)
        for equation in equations
        for side in equation.sides
        for node in of_kind(side, Product)
        for first, second in pairwise(names_of_factors(node))
        if first is not None and second is not None and not first.transpose
    ]
    turned = {(x.base, y.base) for x, y in pairs if y.transpose and not (x.sub or y.sub)}
    return {
        y.base
        for x, y in pairs
        if (x.base.upper(), y.base.upper()) in turned and x.base.islower() and y.base.islower()
        if (own := _two(x)) is not None and (other := _two(y)) is not None
        if own[1] == other[0] and own[0] != other[1]
    }


def _two(name: Name) -> tuple[str, str] | None:
    """The two index letters of an entry."""
    marks = "".join(name.sub)
    plain = len(marks) == 2 and marks.isascii() and marks.islower() and marks.isalpha()
    return (marks[0], marks[1]) if plain else None
