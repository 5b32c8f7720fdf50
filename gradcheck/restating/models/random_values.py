r"""Probabilities of values: `P(X = x \mid \mu)` is the density of X at x, `P(x \mid \mu)`.

The value of a random variable has its letter as a small one, with the same marks. `P(y = 1)` and `P(Y = k)`
are other things: events, and probabilities by index.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gradcheck.notation.conditionals import LETTERS
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Product, Relational, Scripted, Symbol
from gradcheck.notation.walk import rebuilt
from gradcheck.notation.whole import where_written
from gradcheck.records import replace


@where_written(*LETTERS)
def with_values_of_variables(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the value alone in such probabilities; themselves where there are none."""
    return [rewritten(item, _written) if isinstance(item, Equation) else item for item in body]


def _written(side: Node) -> Node:
    return rebuilt(side, Product, _with_values)


def _with_values(node: Product) -> Product:
    factors = list(node.factors)
    for position, (letter, group) in enumerate(pairwise(node.factors)):
        base = letter.base if isinstance(letter, Scripted) else letter
        if isinstance(base, Symbol) and base.name in LETTERS and isinstance(group, Group):
            items = tuple(map(_value, group.items))
            if any(new is not old for new, old in zip(items, group.items, strict=True)):
                factors[position + 1] = replace(group, items=items)
    same = all(new is old for new, old in zip(factors, node.factors, strict=True))
    return node if same else replace(node, factors=tuple(factors))


def _value(item: Node) -> Node:
    """The x of `X = x`; the argument itself where it is nothing like that."""
    if not isinstance(item, Relational) or [sign.sign for sign in item.relations] != ["="]:
        return item
    variable, value = item.operands
    return value if latex(_small(variable)) == latex(value) != latex(variable) else item


def _small(node: Node) -> Node:
    """A name with its letter as a small one."""
    if isinstance(node, Scripted):
        return replace(node, base=_small(node.base))
    if isinstance(node, Symbol) and len(node.name) == 1:
        return replace(node, name=node.name.lower())
    return node
