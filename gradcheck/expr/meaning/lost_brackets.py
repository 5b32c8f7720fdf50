"""Brackets that a slash lost: `1 / 1 + e^{-z}` where `1/(1 + e^{-z})` was meant.

Nobody divides by one and then adds: what stands behind the one was below the line of a fraction, and its
brackets were left out when that was written with a slash. So it is read first, and told as a slip; where the
division by one makes a claim right, that stands. Among numbers alone it may be a step of a calculation.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gradcheck.expr.forms.reading import Note
from gradcheck.notation.tree import Group, Number, Product, Sum, Symbol, Term
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


def _divides_by_one(product: Product) -> bool:
    return (
        product.operators[-1].kind in ("/", "div")
        and isinstance(product.factors[-1], Number)
        and product.factors[-1].text == "1"
    )
