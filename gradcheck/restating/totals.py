"""A total that lines derive though only its summands have a formula: `L_i = …`, `∂L/∂W = \\frac1N \\sum_i …`.

An author who tells the loss "for one example" derives that of all. Whether it is the mean or the sum, the
lines show: where each of its gradients adds up over the examples, or divides by how many there are, it is
`L = \\frac1N \\sum_i L_i` if all divide, `L = \\sum_i L_i` if none does. Where a term of one shows neither,
L may be that of one example, or holds more than its summands; where some divide and some do not, nothing is
told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gradcheck.expr.definitions import definitions
from gradcheck.expr.indices import bound_letters
from gradcheck.expr.names import Name, read_name
from gradcheck.expr.quotients import quotients_in, read_quotient
from gradcheck.expr.vocabulary import is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Link, Statement
from gradcheck.notation.tree import BigOperator, Fraction, Node, Number, Relation, Sum
from gradcheck.notation.walk import walk
from gradcheck.restating.summands import stepped


def with_totals(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such a total told before its first gradient; themselves where there is none."""
    equations = [item for item in body if isinstance(item, Equation)]
    summand = _summand(equations)
    if summand is None:
        return body
    letter = summand.sub[0] if summand.sub else summand.sample or ""
    derived = [e for e in equations if _derived(e.head, summand.base) is not None]
    factor = _factor([link.right for e in derived for link in e.links], letter)
    if factor is None:
        return body
    at = next(position for position, item in enumerate(body) if item is derived[0])
    return [*body[:at], _total(summand, letter, factor, derived[0]), *body[at:]]


def _summand(equations: Sequence[Equation]) -> Name | None:
    """The one loss that has a formula, where that is for one example."""
    told = {d.name.key: d.name for d in definitions(equations) if is_loss_name(d.name)}
    if len(told) != 1:
        return None
    name = next(iter(told.values()))
    marks = [*name.sub, *([name.sample] if name.sample else [])]
    is_one = name.layer is None and len(marks) == 1 and len(marks[0]) == 1 and marks[0].isalpha()
    return name if is_one and name.base not in stepped(equations) else None


def _derived(head: Node, base: str) -> Node | None:
    """The total, where a head is a derivative of it."""
    quotient = read_quotient(head)
    if quotient is None or quotient.target is None:
        return None
    name = read_name(quotient.target)
    return quotient.target if name is not None and name.base == base and name.key == base else None


def _factor(rights: Sequence[Node], letter: str) -> str | None:
    """What stands before the Σ of the total, "" for nothing; None where the lines do not show it."""
    terms = [term for right in rights for term in _terms(right)]
    sums = [any(_sums(node, letter) for node in walk(term)) for term in terms]
    shares = [next(_shares(term), "") for term in terms]
    shown = all(one or share for one, share in zip(sums, shares, strict=True))
    return shares[0] if any(sums) and shown and len(set(shares)) == 1 else None


def _terms(right: Node) -> tuple[Node, ...]:
    """What a gradient adds up."""
    return tuple(term.body for term in right.terms) if isinstance(right, Sum) else (right,)


def _sums(node: Node, letter: str) -> bool:
    return isinstance(node, BigOperator) and node.kind == "sum" and letter in bound_letters(node)


def _shares(right: Node) -> Iterator[str]:
    """Each `1/N` of a formula."""
    for node in walk(right):
        if isinstance(node, Fraction) and isinstance(node.numerator, Number) and node.numerator.text == "1":
            name = read_name(node.denominator)
            if name is not None and name.is_plain and not name.sub and not any(quotients_in(node)):
                yield latex(node)


def _total(summand: Name, letter: str, factor: str, gradient: Equation) -> Equation:
    """The definition of the total, that no line by itself writes: its link has the number of none."""
    target = _derived(gradient.head, summand.base)
    assert target is not None, "its gradient was found"
    one = f"_{{{letter}}}" if summand.sub else f"^{{({letter})}}"
    formula = parse_one(rf"{factor} \sum_{{{letter}}} {latex(target)}{one}")
    assert formula is not None, "templates can be read"
    link = Link(0, Relation(gradient.span, "="), target, formula, gradient.span)
    return replace(gradient, head=target, links=(link,), connective="", context=(), tag=None)
