"""Brackets that a slash lost: `1 / 1 + e^{-z}` where `1/(1 + e^{-z})` was meant.

Nobody divides by one and then adds: what stands behind the one was below the line of a fraction, and its
brackets were left out when that was written with a slash. So it is read first, and told as a slip; where the
division by one makes a claim right, that stands. Among numbers alone it may be a step of a calculation.
A number that is written right before letters is their coefficient: a square, `(x - m)^2/2s^2`, is divided by
all of `2s^2`. Behind a bare letter, `λ/2 w^2`, or in `v^2/2 t`, where the slash is closer than the letter,
the half is a coefficient itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gradcheck.expr.forms.reading import Note
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.notation.tree import Group, Node, Number, Operator, Product, Scripted, Sum, Symbol, Term
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace


def with_brackets(terms: Sequence[Term]) -> tuple[tuple[Term, ...], Note] | None:
    """The terms with the brackets put in, and what is said of it; None where no division by one is."""
    for place, (term, following) in enumerate(pairwise(terms)):
        body = term.body
        if not isinstance(body, Product) or not _divides_by_one(body) or following.sign not in ("+", "-"):
            continue
        if not any(of_kind(addend.body, Symbol) for addend in terms):
            return None
        one = body.factors[-1]
        span = one.span.cover(following.body.span)
        below = Group(span, "(", ")", (Sum(span, (Term(one.span, "+", one), following)),))
        whole = replace(body, factors=(*body.factors[:-1], below), span=body.span.cover(span))
        read = replace(term, body=whole, span=term.span.cover(span))
        note = Note("noise", "the brackets around what stands below the slash are not written", span)
        return (*terms[:place], read, *terms[place + 2 :]), note
    return None


def term_below(factors: Sequence[Node], before: Sequence[str], place: int) -> Product | None:
    """A number and the letters behind it that a power is divided by; None where it is by one factor."""
    above = factors[place - 1] if place else None
    raised = isinstance(above, Scripted) and isinstance(above.sup, Number)
    end = place + 1
    while end < len(factors) and before[end] == "" and _is_letter(factors[end]):
        end += 1
    number = factors[place]
    if end == place + 1 or not isinstance(number, Number) or above is None or not raised:
        return None
    if number.span.end < factors[place + 1].span.start and number.span.start - above.span.end <= len("/"):
        return None
    below = tuple(factors[place:end])
    span = below[0].span.cover(below[-1].span)
    return Product(span, below, tuple(Operator(node.span, "") for node in below[1:]))


def _is_letter(node: Node) -> bool:
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Symbol) and base.name not in BUILTIN


def _divides_by_one(product: Product) -> bool:
    return (
        product.operators[-1].kind in ("/", "div")
        and isinstance(product.factors[-1], Number)
        and product.factors[-1].text == "1"
    )
