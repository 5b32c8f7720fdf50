"""A total that lines derive though only its summands have a formula: `L_i = …`, `∂L/∂W = \\frac1N \\sum_i …`.

An author who tells the loss "for one example" derives that of all. Whether it is the mean or the sum, the
lines show: where each of its gradients adds up over the examples, or divides by how many there are, it is
`L = \\frac1N \\sum_i L_i` if all divide, `L = \\sum_i L_i` if none does. Where a term of one shows neither,
L may be that of one example, or holds more than its summands; where some divide and some do not, nothing is
told. The other way round, `∂L_i/∂z_i` beside the formula of a total alone is about what that adds up, without
the mean, unless a line about it divides by how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Link, Statement
from gradcheck.notation.tree import BigOperator, Fraction, Node, Number, Product, Relation, Sum
from gradcheck.notation.walk import relettered, walk
from gradcheck.records import replace
from gradcheck.restating.samples.summands import stepped


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


def with_summands_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with what a total adds up told where only its parts are derived by a mark of theirs."""
    equations = [item for item in body if isinstance(item, Equation)]
    told = [d for d in definitions(equations) if is_loss_name(d.name)]
    of_one = [(each, target) for each in equations if (target := _one_derived(each)) is not None]
    rights = [link.right for each, _ in of_one for link in each.links]
    if not of_one or any(_share(node) for right in rights for node in walk(right)):
        return body
    equation, target = of_one[0]
    name = read_name(target)
    known = {d.name.base for d in told if _mark(d.name) is not None} | set(stepped(equations))
    if name is None or name.base in known:
        return body
    found = {d.name.key: part for d in told if (part := _added_up(d.right, _mark(name) or "")) is not None}
    if len(found) != 1:
        return body
    (summand,) = found.values()
    link = Link(0, Relation(equation.span, "="), target, summand, equation.span)
    line = replace(equation, head=target, links=(link,), connective="", context=(), tag=None)
    at = next(position for position, item in enumerate(body) if item is equation)
    return [*body[:at], line, *body[at:]]


def _one_derived(equation: Equation) -> Node | None:
    """What an equation derives at its head, where that is a loss with the mark of one example."""
    quotient = read_quotient(equation.head)
    name = None if quotient is None or quotient.target is None else read_name(quotient.target)
    marked = name is not None and is_loss_name(name) and _mark(name) is not None
    return quotient.target if marked and quotient is not None else None


def _mark(name: Name) -> str | None:
    """The letter of the one example that a name is of."""
    marks = [*name.sub, *([name.sample] if name.sample else [])]
    is_one = name.layer is None and len(marks) == 1 and len(marks[0]) == 1 and marks[0].isalpha()
    return marks[0] if is_one else None


def _added_up(right: Node, letter: str) -> Node | None:
    """What a mean or a sum over examples adds up, for the example of a letter."""
    sign, body = "", right
    if isinstance(right, Sum) and len(right.terms) == 1:
        sign, body = right.terms[0].sign.removeprefix("+"), right.terms[0].body
    *before, last = body.factors if isinstance(body, Product) else (body,)
    if not isinstance(last, BigOperator) or last.kind != "sum" or len(before) > 1:
        return None
    factor = _without_count(before[0]) if before else ""
    letters = sorted(bound_letters(last))
    if factor is None or len(letters) != 1:
        return None
    summand = relettered(last.body, letters[0], letter)
    return parse_one(rf"{sign} {factor} \left( {latex(summand)} \right)")


def _without_count(node: Node) -> str | None:
    """The number that stays of `\frac{1}{2m}`, "" where it is 1; None of what is no share of a count."""
    if not isinstance(node, Fraction) or not isinstance(node.numerator, Number):
        return None
    below = node.denominator.factors if isinstance(node.denominator, Product) else (node.denominator,)
    numbers = [factor for factor in below if isinstance(factor, Number)]
    names = [read_name(factor) for factor in below if not isinstance(factor, Number)]
    if len(names) != 1 or names[0] is None or not names[0].is_plain or len(numbers) > 1:
        return None
    under = numbers[0].text if numbers else "1"
    return "" if node.numerator.text == under == "1" else rf"\frac{{{node.numerator.text}}}{{{under}}}"


def _summand(equations: Sequence[Equation]) -> Name | None:
    """The one loss that has a formula, where that is for one example."""
    told = {d.name.key: d.name for d in definitions(equations) if is_loss_name(d.name)}
    if len(told) != 1:
        return None
    name = next(iter(told.values()))
    return name if _mark(name) is not None and name.base not in stepped(equations) else None


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
    return (latex(node) for node in walk(right) if _share(node))


def _share(node: Node) -> bool:
    """Whether a formula is `1/N`."""
    if not isinstance(node, Fraction) or not isinstance(node.numerator, Number) or node.numerator.text != "1":
        return False
    name = read_name(node.denominator)
    return name is not None and name.is_plain and not name.sub and not any(quotients_in(node))


def _total(summand: Name, letter: str, factor: str, gradient: Equation) -> Equation:
    """The definition of the total, that no line by itself writes: its link has the number of none."""
    target = _derived(gradient.head, summand.base)
    assert target is not None, "its gradient was found"
    one = f"_{{{letter}}}" if summand.sub else f"^{{({letter})}}"
    formula = parse_one(rf"{factor} \sum_{{{letter}}} {latex(target)}{one}")
    assert formula is not None, "templates can be read"
    link = Link(0, Relation(gradient.span, "="), target, formula, gradient.span)
    return replace(gradient, head=target, links=(link,), connective="", context=(), tag=None)
