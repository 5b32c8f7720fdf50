"""Two formulas for one quantity, of which one rests on a function that nothing says what it is.

`J(θ) = \\frac12 \\sum_i (h_θ(x_i) - y_i)^2 = \\frac12 (Xθ - y)^T (Xθ - y)` leaves h open and says by matrices
what it makes. Where a later side of a definition's chain holds no such function, it defines the name, too:
the two stand as alternatives, and what can be differentiated is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.definitions import definitions, read_applied, unboxed
from gradcheck.expr.function_names import is_parameterised
from gradcheck.expr.quotients import derives
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Node, Product
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace


def with_other_formulas(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a definition by the later formula before such a chain."""
    equations = [item for item in body if isinstance(item, Equation)]
    known = {d.name.base for d in definitions(equations)}
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            made += _other(item, known)
        made.append(item)
    return made


def _other(equation: Equation, known: Collection[str]) -> Iterator[Equation]:
    """The definition by the first later side that rests on no open function, if the first side does."""
    first, *others = equation.links
    defines = [d for d in definitions([equation]) if d.place == (equation.number, 1) and not d.is_function]
    if not others or not defines or derives(unboxed(equation.head)) or not _is_open(first.right, known):
        return
    for link in others:
        if link.relation.sign == "=" and not _is_open(link.right, known):
            told = replace(first, number=0, right=link.right)
            yield replace(equation, links=(told,), context=())
            return


def _is_open(node: Node, known: Collection[str]) -> bool:
    """Whether a formula applies a function with parameters, `h_θ(x)`, that nothing defines."""
    for inner in of_kind(node, Product):
        for at in range(len(inner.factors) - 1):
            if inner.operators[at].kind:
                continue
            pair = replace(inner, factors=inner.factors[at : at + 2], operators=inner.operators[at : at + 1])
            applied = read_applied(pair)
            if applied and is_parameterised(applied.function) and applied.function.base not in known:
                return True
    return False
