"""KL divergences as they are written: `D_{KL}(q \\| p)`, `KL(\\mathcal{N}(m, s^2) \\| \\mathcal{N}(0, 1))`.

Between two names it is that of two distributions over a few values, between two normals whose entries are
independent it is that of their means and deviations. Any other, of densities or of normals with a whole
covariance, stays as it is written, and so does a `D_{KL}` that stands for something else in the document.
Where a document gives it a formula that holds neither, and derives it by its name alone, the divergence is a
number of that name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import base_text, index_parts, read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    Blank,
    Call,
    Fraction,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Root,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import of_kind, rebuilt
from gradcheck.notation.whole import where_written
from gradcheck.records import replace

LETTERS = ("D", "\\mathcal{D}", "\\mathbb{D}", "\\mathfrak{D}")
NORMALS = ("\\mathcal{N}", "N")
IDENTITIES = ("I", "\\mathbb{I}")


@where_written("KL", "K")
def with_divergences(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such divergences as calls of the functions that they are."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = _named if _is_a_number(equations) else _told
    return [rewritten(item, told) if isinstance(item, Equation) else item for item in body]


def _is_a_number(equations: Sequence[Equation]) -> bool:
    """Whether the name of a divergence stands alone somewhere, and is told elsewhere by other names."""
    alone = any(
        _is_divergence(part)
        for e in equations
        for side in e.sides
        for node in of_kind(side, Fraction)
        for part in _factors(node.numerator)
    )
    return alone and any(_is_told_by_others(equation) for equation in equations)


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def compared(node: Node) -> frozenset[str]:
    """The base letters of what the divergences of a formula compare: P and Q of `\\sum_i KL(P_i \\| Q_i)`."""
    return frozenset(
        name.base
        for inner in of_kind(node, Product)
        for sign, group in pairwise(inner.factors)
        if isinstance(group, Group) and _is_divergence(sign)
        for name in written_names(group)
    )


def _is_told_by_others(equation: Equation) -> bool:
    sign, *arguments = _factors(equation.head)
    if not _is_divergence(sign) or len(arguments) != 1 or not isinstance(arguments[0], Group):
        return False
    between = {name.base for name in written_names(arguments[0])}
    return between.isdisjoint(name.base for link in equation.links for name in written_names(link.right))


def _named(side: Node) -> Node:
    """A formula with the name of a divergence alone for the divergence."""

    def alone(node: Product) -> Node:
        places = [place for place, factor in enumerate(node.factors[:-1]) if _is_divergence(factor)]
        dropped = {place + 1 for place in places if isinstance(node.factors[place + 1], Group)}
        if not dropped:
            return node
        kept = tuple(factor for place, factor in enumerate(node.factors) if place not in dropped)
        operators = tuple(o for place, o in enumerate(node.operators, 1) if place not in dropped)
        return kept[0] if len(kept) == 1 else replace(node, factors=kept, operators=operators)

    return rebuilt(side, Product, alone)


def _told(side: Node) -> Node:
    return rebuilt(side, Product, _with_calls)


def _with_calls(node: Product) -> Product:
    if not any(map(_is_divergence, node.factors)):
        return node
    factors = list(node.factors)
    for position, factor in enumerate(factors[:-1]):
        following = factors[position + 1]
        if _is_divergence(factor) and isinstance(following, Group) and not node.operators[position].kind:
            called = _call(factor, following)
            factors[position : position + 2] = called or factors[position : position + 2]
    return replace(node, factors=tuple(factors))


def _is_divergence(node: Node) -> bool:
    """`KL`, `D_{KL}`, `D_{\\text{KL}}`."""
    if isinstance(node, Scripted) and node.sub is not None and node.sup is None:
        if base_text(node.base) not in LETTERS:
            return False
        below = "".join(part.removeprefix("\\text{").removesuffix("}") for part in index_parts(node.sub))
        return below == "KL"
    return isinstance(node, Symbol) and node.name == "KL"


def _call(sign: Node, group: Group) -> list[Node] | None:
    """The name of the function and its arguments; None for other densities."""
    sides = _sides(group)
    if len(sides) != 2:
        return None
    normals = [_normal(side) for side in sides]
    if all(normal is not None for normal in normals):
        arguments = tuple(part for normal in normals if normal is not None for part in normal)
        return [Symbol(sign.span, "NormalKL", "word"), _group(group, arguments)]
    if all(read_name(side) is not None for side in sides):
        return [Symbol(sign.span, "KL", "word"), _group(group, sides)]
    return None


def _group(group: Group, items: Sequence[Node]) -> Group:
    return Group(group.span, "(", ")", tuple(items), (",",) * (len(items) - 1))


def _sides(group: Group) -> tuple[Node, ...]:
    """What stands on the two sides of the bars."""
    if len(group.items) == 3 and isinstance(group.items[1], Blank):  # `p \\mid \\mid q`
        return group.items[::2]
    if len(group.items) == 2:
        return group.items
    (alone,) = group.items if len(group.items) == 1 else (None,)
    if not isinstance(alone, Product) or any(operator.kind for operator in alone.operators):
        return ()
    bars = [i for i, f in enumerate(alone.factors) if isinstance(f, Symbol) and f.name == "parallel"]
    if len(bars) != 1:
        return ()
    parts = alone.factors[: bars[0]], alone.factors[bars[0] + 1 :]
    return tuple(_product(part) for part in parts) if all(parts) else ()


def _product(factors: Sequence[Node]) -> Node:
    if len(factors) == 1:
        return factors[0]
    span = factors[0].span.cover(factors[-1].span)
    return Product(span, tuple(factors), tuple(Operator(f.span, "") for f in factors[1:]))


def _normal(node: Node) -> tuple[Node, Node] | None:
    """The mean and the deviations of `\\mathcal{N}(\\mu, \\sigma^2 I)`; None for what is no such normal."""
    if not isinstance(node, Product) or len(node.factors) != 2 or base_text(node.factors[0]) not in NORMALS:
        return None
    arguments = node.factors[1]
    if not isinstance(arguments, Group) or len(arguments.items) not in (2, 3):
        return None
    mean, variance = arguments.items[-2:]  # `\mathcal{N}(z; \mu, \sigma^2)` says of what it is one
    deviation = _deviation(variance)
    return None if deviation is None else (mean, deviation)


def _deviation(variance: Node) -> Node | None:
    """σ of `\\sigma^2`, `\\sigma^2 I` and `diag(\\sigma^2)`, and the root of another number."""
    match variance:
        case Scripted(base=base, sup=Number(text="2"), primes=0):
            return base if variance.sub is None else replace(variance, sup=None)
        case Number():
            return variance if variance.text == "1" else Root(variance.span, variance)
        case Symbol() if base_text(variance) in IDENTITIES:
            return Number(variance.span, "1")
        case Call(function=Symbol(name="diag"), argument=Group(items=(inner,))):
            return _deviation(inner)
        case Product(factors=(Symbol(name="diag"), Group(items=(inner,)))):
            return _deviation(inner)
        case Product(factors=(inner, Symbol() as last)) if base_text(last) in IDENTITIES:
            return _deviation(inner)
        case Symbol() | Scripted():
            name = base_text(variance.base if isinstance(variance, Scripted) else variance) or ""
            return Root(variance.span, variance) if name.removeprefix("\\")[:1].islower() else None
        case _:
            return None
