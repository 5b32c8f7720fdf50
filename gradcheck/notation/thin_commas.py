"""Commas that were thin spaces: `\\frac12,\\alpha^T K \\alpha`, of which a converter has eaten the backslash.

Markdown takes `\\,` for an escaped comma. Such a comma stands between two factors without a space on either
side; what is before it is no lone name or number, as in a list, and what follows it holds no relation of its
own, so that otherwise it would say nothing. Rejected: to leave what follows unread, since the equation
before it then says something that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.notation.sheet import Element, Separator
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Dots,
    Fraction,
    Node,
    Operator,
    Product,
    Relation,
    Sum,
)
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace


def without_thin_commas(elements: Iterable[Element]) -> Iterator[Element]:
    """The stream with the two sides of each such comma as one operand."""
    found: list[Element] = []
    listed = list(elements)
    skip = 0
    for place, element in enumerate(listed):
        if skip:
            skip -= 1
            continue
        following = listed[place + 1] if place + 1 < len(listed) else None
        ends = place + 2 >= len(listed) or not isinstance(listed[place + 2], Relation)
        joined = _joined(found[-2:], element, following) if ends else None
        if joined is None:
            found.append(element)
        else:
            found[-1], skip = joined, 1
    return iter(found)


def _joined(before: list[Element], comma: Element, behind: Element | None) -> Node | None:
    """The product over a comma; None where it is one."""
    if not isinstance(comma, Separator) or comma.kind != "," or len(before) < 2:
        return None
    relation, first = before
    if not isinstance(relation, Relation) or not isinstance(first, Product | Sum | Fraction):
        return None
    if not isinstance(behind, Product | Sum | Fraction) or of_kind(behind, Dots):
        return None
    if (first.span.end, comma.span.end) != (comma.span.start, behind.span.start):
        return None
    if comma.span.end - comma.span.start != 1:
        return None
    return _product(first, behind)


def _product(first: Node, second: Node) -> Node | None:
    """The last term of one times the first term of the other; None where a Σ or a function ends the first."""
    span = first.span.cover(second.span)
    if isinstance(first, Sum):
        *kept, last = first.terms
        inner = _product(last.body, second)
        if inner is None:
            return None
        ends = inner.terms if isinstance(inner, Sum) else (replace(last, body=inner),)
        joined = (replace(ends[0], sign=last.sign, span=last.span.cover(ends[0].span)), *ends[1:])
        return Sum(span, (*kept, *joined))
    if isinstance(second, Sum):
        inner = _product(first, second.terms[0].body) if second.terms[0].sign == "+" else None
        return None if inner is None else Sum(span, (replace(second.terms[0], body=inner), *second.terms[1:]))
    factors = (*_factors(first), *_factors(second))
    if isinstance(factors[len(_factors(first)) - 1], BigOperator | Call):
        return None
    between = Operator(second.span, "")
    operators = (*_operators(first), between, *_operators(second))
    return Product(span, factors, operators)


def _factors(node: Node) -> tuple[Node, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def _operators(node: Node) -> tuple[Operator, ...]:
    return node.operators if isinstance(node, Product) else ()
