"""What a written sum means: its terms added, signs and strikes, and how far a Σ in it reaches.

The product binds tighter than Σ, a minus does not; but where a later term still carries the index that
a Σ binds, the author meant the Σ to reach over it, and that is a reading, told as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.build import apply, num
from gradcheck.expr.names import read_name
from gradcheck.expr.reading import (
    MeaningError,
    Note,
    Reading,
    Readings,
    combine,
    each,
    expression,
    ranked,
)
from gradcheck.expr.tree import Expr
from gradcheck.notation.tree import (
    BigOperator,
    Node,
    Product,
    Relational,
    Sum,
    Term,
    Wrapped,
)
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.elaborate import Elaborator


def added_readings(elaborator: Elaborator, terms: Sequence[Term], span: Span) -> list[Reading]:
    """The readings of a sum, also with a Σ in it reaching over the terms after it.

    Raises ShapeError where the terms do not fit.
    """
    total = _sum_of(elaborator, terms, span)
    extended = _extended_scope(elaborator, terms, span)
    return ranked([*total, *extended]) if extended else total


def _sum_of(elaborator: Elaborator, terms: Sequence[Term], span: Span) -> list[Reading]:
    total: list[Reading] | None = None
    for term in terms:
        addend = _term(elaborator, term)
        total = addend if total is None else combine(total, addend, lambda a, b: [Reading(add(a, b))])
    assert total is not None, "a sum has at least one term"
    return [Reading(r.value.at(span) if isinstance(r.value, Expr) else r.value, r.notes) for r in total]


def _term(elaborator: Elaborator, term: Term) -> list[Reading]:
    if isinstance(term.body, Wrapped) and term.body.is_struck:
        kept = _signed(term, elaborator.readings(term.body.body))
        return [
            *kept,
            Reading(num(0, term.span), (Note("struck", "the struck term left out", term.body.span),)),
        ]
    return _signed(term, elaborator.readings(term.body))


def _signed(term: Term, body: Readings) -> list[Reading]:
    if term.sign == "+":
        return list(body)
    negated = each(body, negative)
    if term.struck:
        return [*negated, *(r.noted(Note("struck", "the struck sign left out", term.span)) for r in body)]
    return negated


def _extended_scope(elaborator: Elaborator, terms: Sequence[Term], span: Span) -> list[Reading]:
    """`Σ_i t^{(i)} - y^{(i)}` with the sum over the later terms, too, where its index goes on there."""
    for position, term in enumerate(terms[:-1]):
        big = trailing_sum(term.body)
        if big is None:
            continue
        inside = Sum(span, (Term(big.body.span, "+", big.body), *terms[position + 1 :]))
        wider = replace_trailing_sum(term.body, BigOperator(big.span, big.kind, big.lower, big.upper, inside))
        literal = _free_after(elaborator, terms[position + 1 :])
        index = bound_letter(big)
        if index is None or index not in literal:
            continue
        note = Note("implicit", f"the sum over {index} reaches to the end", big.span)
        rest = _sum_of(elaborator, [*terms[:position], Term(term.span, term.sign, wider, term.struck)], span)
        return [r.noted(note) for r in rest]
    return []


def _free_after(elaborator: Elaborator, terms: Sequence[Term]) -> set[str]:
    letters: set[str] = set()
    for term in terms:
        try:
            for reading in elaborator.readings(term.body):
                if isinstance(reading.value, Expr):
                    letters |= {name for name, _ in reading.value.free}
        except MeaningError:
            continue
    return letters


def negative(value: object) -> Expr:
    """Minus an expression."""
    return apply("neg", expression(value))


def add(left: object, right: object) -> Expr:
    """The sum of two values; a column of biases and a scalar broadcast.

    Raises ShapeError if the shapes do not fit.
    """
    a, b = expression(left), expression(right)
    if b.op == "neg":
        return apply("sub", a, b.args[0])
    return apply("add", a, b)


def trailing_sum(node: Node) -> BigOperator | None:
    """The Σ that ends a term, if one does."""
    match node:
        case BigOperator(kind="sum"):
            return node
        case Product(factors=factors):
            return trailing_sum(factors[-1])
        case _:
            return None


def replace_trailing_sum(node: Node, by: BigOperator) -> Node:
    """The term with its final Σ replaced."""
    if isinstance(node, Product):
        return Product(
            node.span, (*node.factors[:-1], replace_trailing_sum(node.factors[-1], by)), node.operators
        )
    return by


def bound_letter(node: BigOperator) -> str | None:
    """The index that a Σ binds, if it is written."""
    lower = node.lower
    if isinstance(lower, Relational):
        lower = lower.operands[0]
    name = read_name(lower) if lower is not None else None
    return name.base if name is not None and len(name.base) == 1 else None
