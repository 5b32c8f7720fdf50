"""Models that data are to follow: "we fit `y = w x + b`" beside the loss `\\sum_i (y_i - w x_i - b)^2`.

Were y defined so, what is squared would be zero whatever the parameters are. Where a difference that another
formula squares, or takes the norm of, holds the name, with indices or without, and takes away just what it is
said to be, the equation tells what is wanted of the data, and defines nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gradcheck.expr.definitions import definitions, unboxed, written_names
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import Group, Node, Scripted, Sum
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace

# The terms of a difference: each with its sign and the letters in it, whatever their indices.
Terms = Counter[tuple[str, frozenset[str]]]
_OTHER = {"+": "-", "-": "+"}


def with_models_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, in which what only a difference of the loss is to make small defines nothing."""
    equations = [item for item in body if isinstance(item, Equation)]
    models = {
        (equation.number, definition.name.base): _terms(definition.right)
        for equation in equations
        for definition in definitions([equation])
        if not definition.is_function and unboxed(equation.links[0].right) is definition.right
    }
    if not models:
        return body
    sums = [
        (e.number, _terms(inner))
        for e in equations
        for side in e.sides
        for node in (*of_kind(side, Scripted), *of_kind(side, Group))
        if (inner := _made_small(node)) is not None
    ]
    found = {
        number
        for (number, base), terms in models.items()
        if terms and any(at != number and _takes_away(held, base, terms) for at, held in sums)
    }
    return [
        replace(item, connective="condition") if isinstance(item, Equation) and item.number in found else item
        for item in body
    ]


def _made_small(node: Node) -> Sum | None:
    """The difference that a loss measures: what is squared, or stands in a norm."""
    match node:
        case Scripted(base=Group(items=(inner,)), sup=Node()) | Group(open="|" | "\\|", items=(inner,)):
            return inner if isinstance(inner, Sum) else None
    return None


def _terms(node: Node) -> Terms:
    return Counter(_signed(node, "+"))


def _signed(node: Node, sign: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The terms of a formula, those in brackets by themselves; one without letters is told by none."""
    node = unboxed(node)
    if isinstance(node, Group) and len(node.items) == 1:
        yield from _signed(node.items[0], sign)
    elif isinstance(node, Sum):
        for term in node.terms:
            yield from _signed(term.body, _OTHER[sign] if term.sign == "-" else sign)
    else:
        yield sign, frozenset(name.base for name in written_names(node))


def _takes_away(held: Terms, base: str, terms: Terms) -> bool:
    """Whether a sum is the name alone and, with the other sign, all that it is said to be."""
    for sign in "+-":
        lone = (sign, frozenset((base,)))
        rest = Counter({((s if sign == "-" else _OTHER[s]), letters): n for (s, letters), n in terms.items()})
        if held[lone] == 1 and held - Counter((lone,)) == rest:
            return True
    return False
