"""The sign of a differential: `∂`, `d`, and `d` glued to a name.

`dW` standing as a factor is one name, the author's gradient; in a quotient `\\frac{dL}{dW}` it is `d` and
`W`. Only the quotient shows which is meant, so names are glued first and taken apart there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcheck.notation.tree import (
    Accent,
    Fraction,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Scripted,
    Symbol,
)
from gradcheck.notation.vocabulary import GREEK
from gradcheck.records import replace
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.notation.compounds import Token
    from gradcheck.notation.parser import Parser


def glued(parser: Parser, letter: Token) -> Symbol | Accent | None:
    """The one name of `d\\gamma`, `d\\mathbf W` or `d\\hat{x}`, if the letter just taken is its `d`.

    The accent then stands over both letters, as in `\\hat{dx}`.
    """
    following = parser.tok
    if letter.text != "d" or parser.script or following.start != letter.end:
        return None
    if following.kind == "symbol" and following.text in GREEK:
        parser.advance()
        return Symbol(Span(letter.start, following.end), f"d{following.text}")
    if following.kind == "alphabet" and _is_one_letter(parser):
        styled = parser.atom()
        assert isinstance(styled, Symbol)
        return Symbol(Span(letter.start, styled.span.end), f"d{styled.name}", styled.style)
    if following.kind == "accent" and _is_one_letter(parser):
        accent = parser.atom()
        assert isinstance(accent, Accent)
        assert isinstance(accent.base, Symbol)
        name = replace(accent.base, name=f"d{accent.base.name}")
        return replace(accent, span=Span(letter.start, accent.span.end), base=name)
    return None


def _is_one_letter(parser: Parser) -> bool:
    braced = parser.peek().kind == "{"
    name = parser.peek(1 + braced)
    alone = (name.kind == "letters" and len(name.text) == 1) or (name.kind == "symbol" and name.text in GREEK)
    return alone and (not braced or parser.peek(3).kind == "}")


def is_glued(node: Node) -> bool:
    """Whether the node is a name like `dW` or `dgamma`, maybe with scripts."""
    base = node.base if isinstance(node, Scripted) else node
    base = base.base if isinstance(base, Accent) else base
    if not isinstance(base, Symbol) or base.style == "word" or base.name[0] != "d":
        return False
    return len(base.name) == 2 or base.name[1:] in GREEK


def is_bare_sign(node: Node) -> bool:
    """Whether the node is `∂` or `d` alone, maybe to a power."""
    base = node.base if isinstance(node, Scripted) else node
    return isinstance(base, Symbol) and base.name in ("partial", "d")


def begins(token: Token) -> bool:
    """Whether a differential begins at the token."""
    if token.kind == "symbol":
        return token.text == "partial"
    return token.kind == "letters" and token.text[0] == "d" and len(token.text) <= 2


def last_head(factors: Sequence[Node], operators: Sequence[Operator]) -> int | None:
    """Where the last differential begins among the factors that are juxtaposed up to the end."""
    for index in range(len(factors) - 1, -1, -1):
        if is_bare_sign(factors[index]) or is_glued(factors[index]):
            doubled = index and is_bare_sign(factors[index - 1]) and operators[index - 1].kind == ""
            return index - 1 if doubled else index  # `dd/dc` derives a quantity d
        if index and operators[index - 1].kind != "":
            return None
    return None


def quotient(parser: Parser, factors: list[Node], operators: list[Operator]) -> bool:
    """Turn `∂L` before and `∂W` after a slash, or δ for ∂ in both, into one Fraction; False for others.

    Of a second derivative, two may stand below: `∂²L/∂a∂b`, `d²L/(da db)`.
    """
    head = last_head(factors, operators)
    several = head is not None and _order(factors[head]) > 1
    bracketed = several and parser.peek()[:2] == ("open", "(") and begins(parser.peek(2))
    if head is None or not (bracketed or begins(parser.peek())):
        head = last_change(factors, operators)
        if head is None or not begins_change(parser.peek(), parser.peek(2)):
            return False
    parser.advance()
    start = parser.tok.start
    below: list[Node] = [parser.factor()]
    if bracketed and isinstance(below[0], Group) and len(below[0].items) == 1:
        denominator = below[0].items[0]
    else:
        if (is_bare_sign(below[0]) or is_change(below[0])) and parser.begins_operand():
            below.append(parser.factor())
        if several and begins(parser.tok) and not _is_raised(below[-1]):
            below.append(parser.factor())
            if is_bare_sign(below[-1]) and parser.begins_operand():
                below.append(parser.factor())
        denominator = product(parser.since(start), below)
    numerator = product(factors[head].span.cover(factors[-1].span), factors[head:])
    numerator, denominator = taken_apart(numerator, denominator)
    made = Fraction(parser.since(numerator.span.start), numerator, denominator)
    del operators[head:]
    factors[head:] = [made]
    return True


def _order(sign: Node) -> int:
    """The 2 of `∂²`."""
    power = sign.sup if isinstance(sign, Scripted) and is_bare_sign(sign) else None
    return int(power.text) if isinstance(power, Number) and power.text in "234" else 1


def _is_raised(node: Node) -> bool:
    return isinstance(node, Scripted) and node.sup is not None


def product(span: Span, factors: list[Node]) -> Node:
    """Juxtaposed factors as one node."""
    if len(factors) == 1:
        return factors[0]
    between = tuple(Operator(Span(f.span.start, f.span.start), "") for f in factors[1:])
    return Product(span, tuple(factors), between)


def is_change(node: Node) -> bool:
    """Whether the node is a δ without scripts: before a name, a change of it."""
    return isinstance(node, Symbol) and node.name == "delta" and not node.style


def begins_change(token: Token, following: Token) -> bool:
    """Whether a δ without scripts stands at a token."""
    return token[:2] == ("symbol", "delta") and following.kind not in ("_", "^", "operator", "sign")


def last_change(factors: Sequence[Node], operators: Sequence[Operator]) -> int | None:
    """Where the last δ begins that has something behind it, among the factors juxtaposed up to the end."""
    for index in range(len(factors) - 2, -1, -1):
        if operators[index].kind != "":
            return None
        if is_change(factors[index]):
            return index
    return None


def taken_apart(numerator: Node, denominator: Node) -> tuple[Node, Node]:
    """A quotient's two sides, with `dL`, `dW` as `d L`, `d W` if both begin with a differential."""
    if _begins_differential(numerator) and _begins_differential(denominator):
        return _split(numerator), _split(denominator)
    return numerator, denominator


def _begins_differential(node: Node) -> bool:
    first = node.factors[0] if isinstance(node, Product) else node
    return is_bare_sign(first) or is_glued(first)


def _split(node: Node) -> Node:
    """The node with each glued name among its factors as two factors."""
    factors = node.factors if isinstance(node, Product) else (node,)
    operators = node.operators if isinstance(node, Product) else ()
    if not any(is_glued(factor) for factor in factors):
        return node
    split_factors: list[Node] = []
    split_operators: list[Operator] = []
    for index, factor in enumerate(factors):
        if is_glued(factor):
            sign, name = split_name(factor)
            split_factors += [sign, name]
            split_operators.append(Operator(Span(name.span.start, name.span.start), ""))
        else:
            split_factors.append(factor)
        split_operators += operators[index : index + 1]
    return Product(node.span, tuple(split_factors), tuple(split_operators))


def split_name(node: Node) -> tuple[Symbol, Node]:
    """The `d` and the name behind it, with its scripts, of a glued name."""
    if isinstance(node, Scripted):
        sign, base = split_name(node.base)
        return sign, replace(node, span=Span(base.span.start, node.span.end), base=base)
    if isinstance(node, Accent):
        sign, base = split_name(node.base)
        sign = replace(sign, span=Span(node.span.start, node.span.start + 1))
        return sign, replace(node, span=Span(sign.span.end, node.span.end), base=base)
    assert isinstance(node, Symbol)
    after = node.span.start + 1
    return Symbol(Span(node.span.start, after), "d"), Symbol(
        Span(after, node.span.end), node.name[1:], node.style
    )
