"""A lone δ as a sign: `\\frac{\\delta E}{\\delta w}` is a derivative, and `\\delta h_t` the error at h_t.

Nobody divides one error by another, so a δ that begins both halves of a fraction is ∂. Before a name it is
the sign of the loss's derivative where a line says so, `\\delta h = \\partial E / \\partial h`, or where
several left sides are written with it and it never stands alone; Δ so used is a step, and no gradient. Both
are written out as derivatives before anything is read, so that every line about them is a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gradcheck.expr.definitions import definitions, unboxed, written_names
from gradcheck.expr.names import Name, read_name
from gradcheck.expr.quotients import read_quotient
from gradcheck.expr.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Fraction, Node, Operator, Product, Symbol
from gradcheck.notation.walk import mapped, walk
from gradcheck.source import Span

DELTA, PARTIAL = "delta", "partial"
SEVERAL = 2
# What a loss is called that the document has no letter for.
LOSSES = ("L", "J", "E", "C")


def with_deltas_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with derivatives in place of what a lone δ is the sign of; themselves where none is."""
    body = [rewritten(item, _with_partials) if isinstance(item, Equation) else item for item in body]
    equations = [item for item in body if isinstance(item, Equation)]
    loss = _loss_of_errors(equations)
    if loss is None:
        return body
    return [
        rewritten(item, lambda side: _with_derivatives(side, loss)) if isinstance(item, Equation) else item
        for item in body
    ]


def _with_partials(node: Node) -> Node:
    """A formula in which a fraction of δ's is one of ∂'s."""
    node = mapped(node, _with_partials)
    if isinstance(node, Fraction) and _begins(node.numerator) and _begins(node.denominator):
        return replace(node, numerator=_signed(node.numerator), denominator=_signed(node.denominator))
    return node


def _begins(node: Node) -> bool:
    """Whether a δ without scripts begins a product."""
    return isinstance(node, Product) and _is_delta(node.factors[0]) and node.operators[0].kind == ""


def _signed(node: Node) -> Node:
    """A product of differentials with ∂ for each δ."""
    assert isinstance(node, Product), "a delta begins a product"
    factors = tuple(Symbol(f.span, PARTIAL) if _is_delta(f) else f for f in node.factors)
    return replace(node, factors=factors)


def _is_delta(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name == DELTA and not node.style


def _loss_of_errors(equations: Sequence[Equation]) -> Node | None:
    """What the errors `\\delta h` are derivatives of; None where δ is no such sign."""
    heads: set[str] = set()
    for equation in equations:
        name = _error(unboxed(equation.head))
        if name is None:
            continue
        heads.add(name.key)
        quotient = read_quotient(unboxed(equation.links[0].right))
        by = None if quotient is None else read_name(quotient.variables[0])
        if quotient is not None and quotient.target is not None and by is not None and by.key == name.key:
            return quotient.target
    if len(heads) < SEVERAL or any(_stands_alone(side) for e in equations for side in e.sides):
        return None
    return _named_loss(equations)


def _error(node: Node) -> Name | None:
    """The h_t of `\\delta h_t`."""
    if isinstance(node, Product) and len(node.factors) == 2 and _begins(node):
        name = read_name(node.factors[1])
        return name if name is not None and name.is_plain else None
    return None


def _stands_alone(side: Node) -> bool:
    """Whether a δ of a formula is no sign before a name: a factor, or what carries marks of its own."""
    signs = sum(1 for node in walk(side) if isinstance(node, Product) for _ in _signs(node))
    letters = sum(1 for node in walk(side) if isinstance(node, Symbol) and node.name == DELTA)
    return letters > signs


def _signs(node: Product) -> Iterator[int]:
    """Where a δ stands right before a name in a product."""
    for at, (sign, target) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
        if _is_delta(sign) and node.operators[at].kind == "" and read_name(target) is not None:
            yield at


def _named_loss(equations: Sequence[Equation]) -> Node:
    """The last loss that is defined, or a letter that the document leaves free."""
    found: Node | None = None
    for equation in equations:
        head = unboxed(equation.head)
        name = read_name(head)
        if name is not None and is_loss_name(name) and any(True for _ in definitions([equation])):
            found = head
    if found is not None:
        return found
    taken = {name.base for e in equations for side in e.sides for name in written_names(side)}
    letter = next((letter for letter in LOSSES if letter not in taken), "\\ell")
    return Symbol(equations[0].head.span, letter.lstrip("\\"))


def _with_derivatives(node: Node, loss: Node) -> Node:
    """A formula with `∂loss/∂h` for `\\delta h`."""
    node = mapped(node, lambda child: _with_derivatives(child, loss))
    if not isinstance(node, Product):
        return node
    factors, operators = list(node.factors), list(node.operators)
    for at in reversed(list(_signs(node))):
        span = factors[at].span.cover(factors[at + 1].span)
        factors[at : at + 2] = [_derivative(span, loss, factors[at + 1])]
        del operators[at]
    return replace(node, factors=tuple(factors), operators=tuple(operators)) if factors[1:] else factors[0]


def _derivative(span: Span, above: Node, below: Node) -> Fraction:
    sign, between = Symbol(span, PARTIAL), (Operator(span, ""),)
    return Fraction(span, Product(span, (sign, above), between), Product(span, (sign, below), between))
