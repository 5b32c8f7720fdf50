"""A product as a flat run of factors, in each way in which it may be meant as one.

A struck factor is read both with and without it; a `×` that nothing follows may be the letter X; a function
without brackets and a derivative's sign may reach over one factor or over more. Who names what is derived may
write its formula behind it, `dz/dw [w x + b]`: that multiplies, or it is derived.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as cartesian

from gradcheck.expr.forms.reading import Note
from gradcheck.expr.written.bare_arguments import reaches
from gradcheck.expr.written.names import is_greek, read_name
from gradcheck.expr.written.quotients import derivative_operator, read_quotient
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.tree import (
    BigOperator,
    Fraction,
    Group,
    Node,
    Operator,
    Product,
    Scripted,
    Symbol,
    Wrapped,
)
from gradcheck.notation.walk import letters_in
from gradcheck.records import dataclass, replace

MAX_STRUCK = 4


@dataclass(frozen=True, slots=True)
class FlatProduct:
    """Factors with the operator before each (the first has none), and what was assumed to get here."""

    factors: tuple[Node, ...]
    before: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@once_a_node
def product_variants(node: Product) -> tuple[FlatProduct, ...]:
    """The product with its struck factors kept or left out, and a dangling operator explained."""
    return tuple(_variants(node))


def _variants(node: Product) -> Iterator[FlatProduct]:
    factors, before = _opened(node)
    struck = [i for i, factor in enumerate(factors) if _is_struck(factor)]
    dangling = node.operators[-1] if len(node.operators) == len(node.factors) else None
    for choice in cartesian((True, False), repeat=min(len(struck), MAX_STRUCK)):
        dropped = {i for i, keep in zip(struck, choice, strict=False) if not keep}
        notes = tuple(Note("struck", "a struck factor left out", factors[i].span) for i in sorted(dropped))
        kept = [i for i in range(len(factors)) if i not in dropped]
        if not kept:
            continue
        flat = _flattened([_unstruck(factors[i]) for i in kept], [before[i] for i in kept])
        if dangling is None:
            for reach in () if _weighs_what_is_derived(*flat) else reaches(*flat):
                yield FlatProduct(*reach, notes)
            yield from _acting_on_all(*flat, notes)
            yield from _deriving_a_formula(*flat, notes)
            continue
        yield FlatProduct(
            *flat, (*notes, Note("slip", f"nothing follows the last `{_sign(dangling)}`", dangling.span))
        )
        if dangling.kind == "times":
            letter = Symbol(dangling.span, "X")
            read_as_letter = Note("slip", "`\\times` read as the letter X", dangling.span, "GC703")
            yield FlatProduct((*flat[0], letter), (*flat[1], ""), (*notes, read_as_letter))


def _acting_on_all(
    factors: tuple[Node, ...], before: tuple[str, ...], notes: tuple[Note, ...]
) -> Iterator[FlatProduct]:
    """`d/dz σ(z)(1-σ(z))`: the derivative of all that follows, unless brackets say how far it reaches."""
    rest, between = factors[1:], before[2:]
    if len(rest) < 2 or derivative_operator(factors[0]) is None or any(between):
        return
    if isinstance(rest[0], Group) and not all(isinstance(factor, Group) for factor in rest):
        return
    span = rest[0].span.cover(rest[-1].span)
    whole = Product(span, rest, tuple(Operator(span, "") for _ in between))
    yield FlatProduct((factors[0], Group(span, "(", ")", (whole,))), ("", ""), notes)


def _deriving_a_formula(
    factors: tuple[Node, ...], before: tuple[str, ...], notes: tuple[Note, ...]
) -> Iterator[FlatProduct]:
    """`dz/dw [w x + b]`: the square brackets hold what z is, and the variable stands in it."""
    match factors:
        case (Fraction(numerator=Product(factors=(sign, *_))) as quotient, Group(open="[", items=(formula,))):
            derivative = None if before[1] else read_quotient(quotient)
        case _:
            return
    if derivative is None or derivative.target is None or read_name(derivative.target) is None:
        return
    if all(letters_in(variable) <= letters_in(formula) for variable in derivative.variables):
        yield FlatProduct((replace(quotient, numerator=sign), factors[1]), before, notes)


def _weighs_what_is_derived(factors: tuple[Node, ...], before: tuple[str, ...]) -> bool:
    """`d/dw λ Σ_j w_j^2`: the weight of a penalty stands between; nobody derives that alone."""
    if len(factors) != 3 or any(before[2:]) or derivative_operator(factors[0]) is None:
        return False
    weight, whole = factors[1:]
    normed = whole.base if isinstance(whole, Scripted) else whole
    penalty = isinstance(whole, BigOperator) or (isinstance(normed, Group) and normed.open == "\\|")
    name = read_name(weight)
    return penalty and name is not None and name.is_plain and is_greek(name.base.lstrip("\\"))


def _sign(operator: Operator) -> str:
    return {"times": "×", "cdot": "·"}.get(operator.kind, operator.kind)


def _opened(node: Product) -> tuple[list[Node], list[str]]:
    before = ["", *(operator.kind for operator in node.operators)][: len(node.factors)]
    return list(node.factors), before


def _flattened(factors: list[Node], before: list[str]) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """A product that was boxed or struck as a whole joins the product around it."""
    flat: list[Node] = []
    kinds: list[str] = []
    for factor, kind in zip(factors, before, strict=True):
        if isinstance(factor, Product) and len(factor.operators) < len(factor.factors):
            inner, inner_kinds = _opened(factor)
            inner, inner_before = list(inner), [kind, *inner_kinds[1:]]
            nested = _flattened([_unstruck(f) for f in inner], inner_before)
            flat += nested[0]
            kinds += nested[1]
        else:
            flat.append(factor)
            kinds.append(kind)
    return tuple(flat), tuple(kinds)


def _is_struck(node: Node) -> bool:
    return isinstance(node, Wrapped) and node.is_struck


def _unstruck(node: Node) -> Node:
    while isinstance(node, Wrapped) and node.is_struck:
        node = node.body
    return node
