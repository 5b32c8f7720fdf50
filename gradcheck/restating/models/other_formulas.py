"""Two formulas for one quantity, of which one rests on a function that nothing says what it is.

`J(θ) = \\frac12 \\sum_i (h_θ(x_i) - y_i)^2 = \\frac12 (Xθ - y)^T (Xθ - y)` leaves h open and says by matrices
what it makes. Where a later side of a definition's chain holds no such function, it defines the name, too:
the two stand as alternatives, and what can be differentiated is taken. So do `\\sum_i KL(P_i \\| Q_i)` and a
formula that holds no P and Q. Where the later side is made of the argument as a whole, as in
`g(θ^T x) = 1/(1 + e^{-θ^T x})`, it tells the function.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.written.definitions import DEFINING, definitions, read_applied, unboxed, written_names
from gradcheck.expr.written.function_names import FUNCTION_LETTERS, is_parameterised
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Node, Product
from gradcheck.notation.walk import letters_in, of_kind
from gradcheck.records import replace
from gradcheck.restating.functions.models_inlined import FREE_LETTERS
from gradcheck.restating.functions.told_at_entries import of_any
from gradcheck.restating.models.divergences import compared


def with_other_formulas(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a definition by the later formula before such a chain."""
    equations = [item for item in body if isinstance(item, Equation)]
    known = {d.name.base for d in definitions(equations)}
    letters = {letter for each in equations for side in each.sides for letter in letters_in(side)}
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            made += _other(item, known)
            made += _functions(item, known, letters)
        made.append(item)
    return made


def _functions(equation: Equation, known: Collection[str], letters: Collection[str]) -> Iterator[Equation]:
    """The definition of an open function by the side behind its value, where that is made of its argument."""
    for link in equation.links:
        value = unboxed(link.left)
        applied = read_applied(value)
        if applied is None or link.relation.sign not in DEFINING or len(applied.arguments) != 1:
            continue
        name, argument = applied.function, applied.arguments[0]
        free = next((letter for letter in FREE_LETTERS if letter not in letters), None)
        is_open = name.is_plain and name.base in FUNCTION_LETTERS - BUILTIN.keys() and name.base not in known
        if free is None or not is_open or read_name(argument) is not None:
            continue
        told_of_any = of_any(latex(argument), free)
        formula, at = told_of_any(link.right), told_of_any(value)
        own = letters_in(argument) | letters_in(value)
        if free in letters_in(formula) and not letters_in(formula) & own:
            told = replace(link, number=0, left=at, right=formula)
            yield replace(equation, head=at, links=(told,), context=())


def _other(equation: Equation, known: Collection[str]) -> Iterator[Equation]:
    """The definition by the first later side that rests on no open function, if the first side does."""
    first, *later = equation.links
    defines = [d for d in definitions([equation]) if d.place == (equation.number, 1) and not d.is_function]
    if not later or not defines or derives(unboxed(equation.head)):
        return
    lists, is_open = compared(first.right), _is_open(first.right, known)
    for link in later if lists or is_open else ():
        another = lists.isdisjoint(name.base for name in written_names(link.right)) if lists else is_open
        if another and link.relation.sign == "=" and not _is_open(link.right, known):
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
