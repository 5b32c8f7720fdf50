"""What is written for a transpose: `A^t`, where the t stands above names and nowhere else, and `u \\cdot v`.

What has norms is a vector of geometry, of which a dot makes the inner product. A time or a step is written
as an index somewhere, too, is shifted or bound, or marks the names that lines define; a power is that of a
number, which is something by itself. Where none of this is found and a name stands both with the mark and
without it, or the words speak of transposes, the mark is read as `^T`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import unboxed
from gradcheck.expr.written.names import read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Prose, Statement, renamed
from gradcheck.notation.tree import Fraction, Group, Node, Number, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, of_kind, rebuilt, walk
from gradcheck.patterns import late_pattern
from gradcheck.records import replace

LETTER = "t"
SPOKEN_OF = late_pattern(r"\btranspos", re.IGNORECASE)
# How many names stand both ways where no words help.
FEWEST = 2
# What stands beside two vectors and is no matrix that belongs to one of them.
_NUMBERS = (Number, Fraction, Group)


def with_transposes(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `A^\\top` for `A^t`, where t can mean nothing else, and with inner products."""
    equations = [item for item in body if isinstance(item, Equation)]
    if len(_normed(equations)) > 1:
        body = _with_inner_products(body, _normed(equations))
        equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for equation in equations for side in equation.sides if LETTER in letters_in(side)]
    marked = [node for side in sides for node in of_kind(side, Scripted) if _is_marked(node)]
    if not marked:
        return body
    nodes = [node for equation in equations for side in equation.sides for node in walk(side)]
    letters = sum(isinstance(node, Symbol) and node.name == LETTER for node in nodes)
    if letters > len(marked) or any(_is_marked(unboxed(e.head)) for e in equations):
        return body
    spoken = any(SPOKEN_OF.search(item.text) for item in body if isinstance(item, Prose))
    if not spoken and len(set(_both_ways(marked, nodes))) < FEWEST:
        return body

    return [renamed(item, _turned) if isinstance(item, Equation) else item for item in body]


def _normed(equations: Sequence[Equation]) -> frozenset[str]:
    """The keys of small letters of which the norm is taken."""
    sides = (side for equation in equations for side in equation.sides)
    held = (group.items for side in sides for group in of_kind(side, Group) if group.open == "\\|")
    names = (read_name(items[0]) for items in held if len(items) == 1)
    return frozenset(name.key for name in names if name is not None and name.base.islower() and not name.sub)


def _with_inner_products(body: Sequence[Statement], vectors: frozenset[str]) -> Sequence[Statement]:
    def paired(product: Product) -> Product | Group:
        kinds = [operator.kind for operator in product.operators]
        places = [place for place, kind in enumerate(kinds) if kind == "cdot"]
        if not places or len(kinds) != len(product.factors) - 1:
            return product
        factors, first = product.factors, places[0]
        pair = factors[first : first + 2]
        names = [read_name(node) for node in pair]
        beside = (*factors[first - 1 : first], *factors[first + 2 : first + 3])
        alone = len(places) == 1 and all(isinstance(node, _NUMBERS) or _is_sign(node) for node in beside)
        if not alone or any(name is None or not name.is_plain or name.key not in vectors for name in names):
            return product
        inner = Group(pair[0].span.cover(pair[1].span), "⟨", "⟩", pair, (",",))
        if len(factors) == 2:
            return inner
        operators = (*product.operators[:first], *product.operators[first + 1 :])
        return replace(product, factors=(*factors[:first], inner, *factors[first + 2 :]), operators=operators)

    def written(side: Node) -> Node:
        return rebuilt(side, Product, paired)

    return [renamed(item, written) if isinstance(item, Equation) else item for item in body]


def _is_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name in ("partial", "nabla")


def _turned(side: Node) -> Node:
    return rebuilt(side, Scripted, _with_turned)


def _with_turned(node: Scripted) -> Scripted:
    marked = node.sup is not None and _is_marked(node)
    return replace(node, sup=Symbol(node.sup.span, "top")) if node.sup is not None and marked else node


def _is_marked(node: Node) -> bool:
    match node:
        case Scripted(sup=Symbol(name="t", style="")):
            return True
        case _:
            return False


def _both_ways(marked: Sequence[Node], nodes: Sequence[Node]) -> Iterator[str]:
    """What stands with the mark in one place and without it in another."""
    inside = {id(node.base) for node in marked if isinstance(node, Scripted)}
    plain = {latex(node) for node in nodes if isinstance(node, Symbol | Scripted) and id(node) not in inside}
    for node in marked:
        if isinstance(node, Scripted):
            bare = node.base if node.sub is None else replace(node, sup=None)
            yield from [latex(bare)] if latex(bare) in plain else []
