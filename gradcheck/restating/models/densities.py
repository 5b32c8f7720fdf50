"""Densities that are called by name: `\\mathcal{N}(x \\mid \\mu, \\sigma^2)`, `\\mathrm{Bern}(y \\mid p)`.

They become calls of functions whose formulas are known, if they are told of a point: `\\mathcal{N}(m, S)`
is a distribution, and stays as it is written. The identity behind a variance says that entries are
independent, and has no size of its own: it is told by the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_

from gradcheck.expr.written.names import IDENTITIES, base_text
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Number, Operator, Product, Symbol
from gradcheck.notation.walk import rebuilt
from gradcheck.notation.whole import where_written
from gradcheck.records import replace

NORMAL, ISOTROPIC, BERNOULLI = "NormalDensity", "IsotropicDensity", "BernoulliDensity"
_BERNOULLI = frozenset(("Bern", "Ber", "Bernoulli"))
_OF_A_POINT = ("mid", ";", "|")


@where_written("N", *_BERNOULLI)
def with_densities(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such densities as calls of the functions that they are."""
    return [rewritten(item, _written) if isinstance(item, Equation) else item for item in body]


def _written(side: Node) -> Node:
    return rebuilt(side, Product, _with_calls)


def _with_calls(node: Product) -> Product:
    factors = list(node.factors)
    for position, (sign, group) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
        if node.operators[position].kind or not isinstance(sign, Symbol) or not isinstance(group, Group):
            continue
        told = bool(group.separators) and group.separators[0] in _OF_A_POINT
        if len(group.items) == 3 and sign.name == "N" and (told or sign.style == "mathcal"):
            *point, spread = group.items
            number = _number_of(spread)
            name = NORMAL if number is spread else ISOTROPIC
            factors[position : position + 2] = _call(name, sign, group, (*point, number))
        elif len(group.items) == 2 and told and sign.name in _BERNOULLI:
            factors[position : position + 2] = _call(BERNOULLI, sign, group, group.items)
    same = all(map(is_, factors, node.factors))
    return node if same else replace(node, factors=tuple(factors))


def _call(name: str, sign: Node, group: Group, items: tuple[Node, ...]) -> tuple[Node, Node]:
    arguments = Group(group.span, "(", ")", items, (",",) * (len(items) - 1))
    return Symbol(sign.span, name, "word"), arguments


def _number_of(spread: Node) -> Node:
    """`\\sigma^2` of `\\sigma^2 I`, and 1 of `I` alone."""
    if base_text(spread) in IDENTITIES:
        return Number(spread.span, "1")
    if isinstance(spread, Product) and base_text(spread.factors[-1]) in IDENTITIES:
        kept = spread.factors[:-1]
        operators: tuple[Operator, ...] = spread.operators[: len(kept) - 1]
        return kept[0] if len(kept) == 1 else replace(spread, factors=kept, operators=operators)
    return spread
