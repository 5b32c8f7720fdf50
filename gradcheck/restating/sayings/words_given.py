"""Names of several capitals that `:=` gives to a formula: `\\sum_j e_j w_{ij} := EH_i`.

Behind `:=`, where a formula stands before it, a new name stands and no product; from there on the same
letters side by side are that name. In a definition, `A := BC`, the name is on the left and B and C multiply.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.definitions import NAMES_ITS_RIGHT, unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped
from gradcheck.records import replace

STYLE = "mathrm"


def with_words_given(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such letters as one name; themselves where none is given."""
    words = {word for item in body if isinstance(item, Equation) if (word := _given(item))}
    if not words:
        return body

    def change(node: Node) -> Node:
        node = mapped(node, change)
        for word in words:
            node = _joined(node, word)
        return node

    return [rewritten(item, change) if isinstance(item, Equation) else item for item in body]


def _given(equation: Equation) -> str:
    """The capitals of the name that an equation ends in, "" where it ends in none."""
    link = equation.links[-1]
    right = unboxed(link.right)
    named = link.relation.sign in (":=", NAMES_ITS_RIGHT) and read_name(unboxed(link.left)) is None
    if not named or not isinstance(right, Product) or any(operator.kind for operator in right.operators):
        return ""
    letters = [_capital(factor) for factor in right.factors]
    bare = all(isinstance(factor, Symbol) for factor in right.factors[:-1])
    return "".join(letters) if bare and all(letters) else ""


def _capital(node: Node) -> str:
    """The letter of a capital, maybe with a subscript; "" for anything else."""
    base = node.base if isinstance(node, Scripted) and node.sup is None else node
    plain = isinstance(base, Symbol) and not base.style and len(base.name) == 1 and base.name.isupper()
    return base.name if isinstance(base, Symbol) and plain else ""


def _joined(node: Node, word: str) -> Node:
    """A product in which the letters of a word stand side by side, with the word instead."""
    if not isinstance(node, Product):
        return node
    factors, operators = list(node.factors), list(node.operators)
    size = len(word)
    for first in range(len(factors) - size, -1, -1):
        run = factors[first : first + size]
        beside = not any(operator.kind for operator in operators[first : first + size - 1])
        if not beside or "".join(map(_capital, run)) != word or isinstance(run[0], Scripted):
            continue
        name = Symbol(run[0].span.cover(run[-1].span), word, STYLE)
        last = run[-1]
        whole = replace(last, span=name.span, base=name) if isinstance(last, Scripted) else name
        factors[first : first + size] = [whole]
        del operators[first : first + size - 1]
    if len(factors) == 1:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))
