"""Expectations and integrals as sums: `E_{x \\sim p}[f(x)]`, `\\int f(x) p(x) dx`.

What holds of all finite sets of values and weights, differentiated under the sign, is all that derivations
about such a sum use. The variable becomes the letter of a Σ, and a density that is named without its argument
gets it. An expectation that does not say of which density is left as it is.
"""

from __future__ import annotations

from gradcheck.notation.tree import (
    BigOperator,
    Group,
    Node,
    Operator,
    Product,
    Relational,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace
from gradcheck.source import Span


def with_sums(side: Node) -> Node:
    """A formula with its expectations and integrals written as sums; itself where it has none."""
    expects = any(isinstance(node.base, Symbol) and node.base.name == "E" for node in of_kind(side, Scripted))
    integrates = any(node.kind == "int" for node in of_kind(side, BigOperator))
    return _as_sums(side) if expects or integrates else side


def _as_sums(node: Node) -> Node:
    """The same, from the innermost on."""
    node = mapped(node, _as_sums)
    match node:
        case BigOperator(kind="int", lower=None, body=Product() as body):
            return _of_integral(node, body)
        case Product():
            return _of_expectations(node)
        case _:
            return node


def _of_integral(node: BigOperator, body: Product) -> Node:
    """`\\sum_x` for an integral that ends in `dx`."""
    last = body.factors[-1]
    letter = last.name[1:] if isinstance(last, Symbol) and last.name.startswith("d") else ""
    if len(letter) != 1 or len(body.factors) < 2:
        return node
    rest = replace(body, factors=body.factors[:-1], operators=body.operators[:-1])
    inner = rest if len(rest.factors) > 1 else rest.factors[0]
    return replace(node, kind="sum", lower=Symbol(last.span, letter), body=inner)


def _of_expectations(node: Product) -> Node:
    factors, operators = list(node.factors), list(node.operators)
    position = 0
    while position + 1 < len(factors):
        made = None if operators[position].kind else _sum_of(factors[position], factors[position + 1])
        if made is not None:
            factors[position : position + 2] = [made]
            del operators[position]
        position += 1
    if len(factors) == len(node.factors):
        return node
    if len(factors) == 1 and not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def _sum_of(sign: Node, brackets: Node) -> Node | None:
    """The sum that an expectation is; None for any other two factors."""
    if not isinstance(sign, Scripted) or sign.sub is None or not isinstance(brackets, Group):
        return None
    is_sign = isinstance(sign.base, Symbol) and sign.base.name == "E"
    told = _variable_and_density(sign.sub, brackets) if is_sign and len(brackets.items) == 1 else None
    if told is None:
        return None
    letter, density = told
    span = sign.span.cover(brackets.span)
    inner = _in_lower_case(Group(brackets.span, "(", ")", brackets.items), letter)
    body = Product(span, (*density, inner), tuple(_joins(span) for _ in density))
    total = BigOperator(span, "sum", Symbol(sign.sub.span, letter), None, body)
    return Group(span, "(", ")", (total,))


def _variable_and_density(below: Node, brackets: Group) -> tuple[str, tuple[Node, ...]] | None:
    """What varies, and the density of it with its argument, as two factors."""
    if isinstance(below, Relational):
        variable, density = below.operands[0], below.operands[-1]
        if [relation.sign for relation in below.relations] != ["∼"] or not isinstance(variable, Symbol):
            return None
        letter = variable.name
    else:
        letters = {n.name.lower() for n in _arguments(brackets)}
        letter, density = (letters.pop(), below) if len(letters) == 1 else ("", below)
    if len(letter) != 1 or not letter.islower():
        return None
    if isinstance(density, Product) and len(density.factors) == 2:
        return letter, density.factors
    argument = Group(density.span, "(", ")", (Symbol(density.span, letter),))
    return (letter, (density, argument)) if isinstance(density, Symbol | Scripted) else None


def _arguments(node: Node) -> list[Symbol]:
    """The lone letters in brackets behind names."""
    return [
        second.items[0]
        for inner in of_kind(node, Product)
        for first, second in zip(inner.factors, inner.factors[1:], strict=False)
        if isinstance(first, Symbol | Scripted) and isinstance(second, Group) and len(second.items) == 1
        if isinstance(second.items[0], Symbol) and len(second.items[0].name) == 1
    ]


def _in_lower_case(node: Node, letter: str) -> Node:
    """A formula of a random variable X as one of its values x."""
    if isinstance(node, Symbol) and node.name == letter.upper() and not node.style:
        return Symbol(node.span, letter)
    return mapped(node, lambda child: _in_lower_case(child, letter))


def _joins(span: Span) -> Operator:
    return Operator(Span(span.start, span.start), "")
