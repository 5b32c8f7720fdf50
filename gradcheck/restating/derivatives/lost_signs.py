"""A fraction with one `∂`: `\\frac{\\partial}{w} L`, `\\frac{\\partial L}{w}`, `\\frac{u^2}{\\partial u}`.

A `∂` is no quantity that anything could be divided by, so that the other one was left out. It is put in, with
no place of its own in the text: that is how a reading tells that it is not written. A `d` may be a number of
dimensions, and is left to what the letters below it are.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import after_sign, read_quotient
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Fraction, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import rebuilt, walk
from gradcheck.records import replace
from gradcheck.source import Span


def with_signs(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the `∂` put in that a quotient has on its other side alone."""
    return [rewritten(item, _with_signs) if isinstance(item, Equation) else item for item in body]


def _with_signs(side: Node) -> Node:
    return rebuilt(side, Fraction, _with_sign)


def _with_sign(node: Fraction) -> Fraction:
    if read_quotient(node) is not None:
        return node
    above, below = _begins(node.numerator), _begins(node.denominator)
    target = _below_sign(node.numerator)
    if below and target is not None:
        return replace(node, numerator=_signed(target))
    if above and not below and read_name(node.denominator) is not None:
        return replace(node, denominator=_signed(node.denominator))
    if below and after_sign(node.numerator) is None and _could_be_meant(node.numerator):
        return replace(node, numerator=_signed(node.numerator))
    return node


def _below_sign(node: Node) -> Node | None:
    """The L of `\\partial_L` above `\\partial w`: what is differentiated slipped below its sign."""
    if isinstance(node, Scripted) and node.sup is None and isinstance(node.base, Symbol):
        return node.sub if node.base.name == "partial" else None
    return None


def _begins(node: Node) -> bool:
    return _is_sign(node.factors[0] if isinstance(node, Product) else node)


def _is_sign(node: Node) -> bool:
    """Whether it is the sign itself, maybe to a power; `\\partial_w` is a derivative already."""
    base = node.base if isinstance(node, Scripted) and node.sub is None else node
    return isinstance(base, Symbol) and base.name == "partial"


def _could_be_meant(numerator: Node) -> bool:
    """Whether there is something to differentiate, and no derivative in it."""
    inside = walk(numerator)
    return any(read_name(node) is not None for node in inside) and not any(map(_is_sign, inside))


def _signed(node: Node) -> Node:
    nowhere = Span(node.span.start, node.span.start)
    factors = node.factors if isinstance(node, Product) else (node,)
    operators = node.operators if isinstance(node, Product) else ()
    sign = Symbol(nowhere, "partial")
    return Product(node.span, (sign, *factors), (Operator(nowhere, ""), *operators))
