"""Derivatives as they are written: `∂L/∂W`, `dσ/dz`, `∂/∂w [...]`, `dW`; and plain fractions.

What is differentiated, by what, and how often, as far as the signs tell; what that means stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.tree import (
    Accent,
    Blank,
    Fraction,
    Group,
    Node,
    Number,
    Product,
    Scripted,
    Sum,
    Symbol,
    Term,
    Wrapped,
)
from gradcheck.notation.walk import of_kind, walk
from gradcheck.records import dataclass, replace
from gradcheck.source import Span

if TYPE_CHECKING:
    pass

SIGNS = {"partial", "d"}


@dataclass(frozen=True, slots=True)
class DerivativeOperator:
    """`∂/∂w` waiting for what it acts on."""

    variables: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """`∂target/∂variables`; the target is None in the operator form."""

    target: Node | None
    variables: tuple[Node, ...]


@once_a_node
def read_quotient(node: Node) -> Quotient | None:
    """Recognise a derivative: `∂L/∂W`, `∂/∂W`, `∇_W`, `∇_W L`, `∇L(W)`; None for anything else."""
    if isinstance(node, Product) and len(node.factors) > 1 and all(o.kind == "" for o in node.operators):
        variables = _subscripted(node.factors[0]) or by_argument(node.factors)
        rest = node.factors[1:]
        whole = Product(rest[0].span.cover(rest[-1].span), rest, node.operators[1:])
        return Quotient(rest[0] if len(rest) == 1 else whole, variables) if variables else None
    if not isinstance(node, Fraction):
        return Quotient(None, variables) if (variables := _subscripted(node)) else None
    below = tuple(map(_bare, _differentials(node.denominator)))
    above = after_sign(node.numerator) if below else None
    if above is None:
        return None
    above = _bare(above)
    order = _order(node.numerator)
    if order == _order(node.denominator) > 1 and len(below) == 1:  # `∂²f / ∂²x`, with the 2 at the sign
        return Quotient(None if isinstance(above, Blank) else above, below * order)
    below = _repeated(below, order)
    if 1 < len(below) != order > 1:
        return None  # `∂³f / ∂x ∂y`: by what a third time is not said
    return Quotient(None if isinstance(above, Blank) else above, below)


@once_a_node
def quotients_in(formula: Node) -> tuple[Quotient, ...]:
    """The derivatives in a formula, each place once, parents first."""
    written = (node for node in walk(formula) if isinstance(node, Product | Fraction | Scripted))
    return tuple(quotient for node in written if (quotient := read_quotient(node)) is not None)


@once_a_node
def behind_signs(formula: Node) -> tuple[Node, ...]:
    """What stands behind each `∇_w` in a product, maybe a longer one."""
    pairs = (pair for product in of_kind(formula, Product) for pair in pairwise(product.factors))
    return tuple(behind for sign, behind in pairs if _subscripted(sign))


@once_a_node
def variables_in(formula: Node) -> tuple[Name, ...]:
    """The names that the derivatives in a formula are taken by."""
    names = (read_name(variable) for quotient in quotients_in(formula) for variable in quotient.variables)
    return tuple(name for name in names if name is not None)


def derives_by(formula: Node, name: Name) -> bool:
    """Whether a formula holds a derivative by a name, be it `dw` for that of the loss."""
    written = (read_name(node) for node in walk(formula) if isinstance(node, Scripted | Symbol))
    glued = (inner.differentiated for inner in written if inner is not None)
    return any(by is not None and by.key == name.key for by in (*variables_in(formula), *glued))


def targets_in(formula: Node) -> Iterator[Name]:
    """The names that are differentiated in a formula: `L` of `∂L/∂w` and of `∇_w L`."""
    targets = (quotient.target for quotient in quotients_in(formula))
    names = (read_name(target) for target in (*targets, *behind_signs(formula)) if target is not None)
    return (name for name in names if name is not None)


def derives(node: Node) -> bool:
    """Whether a formula is a derivative and nothing more: what it defines is known by what it means."""
    while isinstance(node, Wrapped):
        node = node.body
    quotient = read_quotient(node)
    return quotient is not None and quotient.target is not None


def tells_derivative(node: Node) -> bool:
    """Whether a formula is a derivative times numbers or lone names, `-\\eta \\partial E / \\partial w`."""
    if isinstance(node, Sum) and len(node.terms) == 1:
        node = node.terms[0].body
    if derives(node) or not isinstance(node, Product):
        return derives(node)
    others = [factor for factor in node.factors if not derives(factor)]
    plain = all(isinstance(factor, Number) or read_name(factor) is not None for factor in others)
    return plain and len(others) == len(node.factors) - 1


def _subscripted(node: Node) -> tuple[Node, ...]:
    """The variable below `∇_W` or `∂_W`, twice for `∇²_x`, both of `∇²_{ux}` and `∇_{xx}`; none elsewhere."""
    match node:
        case Scripted(base=Symbol(name="nabla"), sub=Product() as pair, primes=0) if _is_pair(pair, node.sup):
            return pair.factors
        case Scripted(base=Symbol(name="nabla" | "partial"), sub=Node() as variable, sup=sup, primes=0):
            order = 1 if sup is None else int(sup.text) if isinstance(sup, Number) and sup.text in "12" else 0
            return (variable,) * order
        case _:
            return ()


def _is_pair(below: Product, power: Node | None) -> bool:
    """Whether a product below ∇ names two variables in a row: `∇_{Xw}` is derived by a formula."""
    if len(below.factors) != 2 or below.operators[0].kind or None in map(read_name, below.factors):
        return False
    squared = isinstance(power, Number) and power.text == "2"
    first, second = map(read_name, below.factors)
    return squared or (power is None and first is not None and second is not None and first.key == second.key)


def by_argument(factors: Sequence[Node]) -> tuple[Node, ...]:
    """The w of `∇L(w)`, twice for `∇²L(w)`: a gradient is taken by the only argument of its function."""
    match factors:
        case (sign, function, Group(open="(" | "[", items=(argument,))):
            order = 1
            if isinstance(sign, Scripted) and sign.sub is None and isinstance(sign.sup, Number):
                order, sign = int(sign.sup.text) if sign.sup.text in "12" else 0, sign.base
            variable = read_name(argument)
            plain = variable is not None and variable.is_plain and read_name(function) is not None
            return (argument,) * order if plain and sign == Symbol(sign.span, "nabla") else ()
        case _:
            return ()


def _order(numerator: Node) -> int:
    """The 2 of `∂²f`."""
    first = numerator.factors[0] if isinstance(numerator, Product) else numerator
    power = first.sup if isinstance(first, Scripted) else None
    return int(power.text) if isinstance(power, Number) and power.text.isdigit() else 1


def _repeated(variables: tuple[Node, ...], order: int) -> tuple[Node, ...]:
    """The variables of a higher derivative one by one: `∂x²` of a second one is x and x."""
    only = variables[0]
    if len(variables) != 1 or order < 2 or not isinstance(only, Scripted) or not isinstance(only.sup, Number):
        return variables
    if only.sup.text != str(order):
        return variables
    return (only.base if only.sub is None else replace(only, sup=None),) * order


def derivative_operator(node: Node) -> DerivativeOperator | None:
    """`∂/∂w` without a target, maybe in a box or in brackets of its own."""
    while isinstance(node, Wrapped | Group):
        if isinstance(node, Wrapped) and node.kind == "boxed":
            node = node.body
        elif isinstance(node, Group) and len(node.items) == 1 and node.open in ("(", "["):
            node = node.items[0]
        else:
            break
    quotient = read_quotient(node)
    return None if quotient is None or quotient.target else DerivativeOperator(quotient.variables)


def _is_sign(node: Node) -> bool:
    if isinstance(node, Scripted) and node.sub is None and not node.primes:
        node = node.base
    return isinstance(node, Symbol) and node.name in SIGNS


def _is_lone_sign(term: Term) -> bool:
    return term.sign == "+" and isinstance(term.body, Symbol) and term.body.name == "partial"


def after_sign(node: Node) -> Node | None:
    """What follows the ∂ of a numerator; Blank if nothing does, None if there is no ∂."""
    if _is_sign(node):
        return Blank(node.span)
    if isinstance(node, Product) and _is_sign(node.factors[0]) and node.operators[0].kind == "":
        rest = node.factors[1:]
        whole = Product(rest[0].span.cover(rest[-1].span), rest, node.operators[1:])
        return rest[0] if len(rest) == 1 else whole
    if isinstance(node, Sum) and len(node.terms) > 1:
        return _summed_after_sign(node)
    return _glued(node)


def _summed_after_sign(node: Sum) -> Node | None:
    """The sum behind one `∂` without brackets: above a `∂w` nothing stands that is not differentiated."""
    first, *others = node.terms
    if _is_lone_sign(first):
        return replace(node, terms=node.terms[1:])  # `\partial -\log p`: what begins with a minus sign
    sign = first.body.factors[0] if isinstance(first.body, Product) else None
    several = sum(symbol.name == "partial" for symbol in of_kind(node, Symbol)) > 1
    if first.sign != "+" or several or not isinstance(sign, Symbol) or sign.name != "partial":
        return None
    body = after_sign(first.body)
    return None if body is None else replace(node, terms=(replace(first, body=body), *others))


def _differentials(node: Node) -> tuple[Node, ...]:
    """The variables of `∂w`, `∂x ∂y`, `dz`; empty if the node is no product of differentials."""
    factors = node.factors if isinstance(node, Product) else (node,)
    alone = _is_sign(factors[0]) and not any(_is_sign(f) or _glued(f) for f in factors[1:])
    if alone and len(factors) > 2 and isinstance(node, Product):
        return (Product(factors[1].span.cover(factors[-1].span), factors[1:], node.operators[1:]),)
    variables: list[Node] = []
    position = 0
    while position < len(factors):
        if _is_sign(factors[position]) and position + 1 < len(factors):
            variables.append(factors[position + 1])
            position += 2
            continue
        glued = _glued(factors[position])
        if glued is None:
            return ()
        variables.append(glued)
        position += 1
    return tuple(variables)


def _glued(node: Node) -> Node | None:
    """`dz` written as one name: the z with its scripts."""
    match node:
        case Symbol(span=span, name=name, style=style) if (
            len(name) > 1 and name[0] == "d" and _is_letter(name[1:])
        ):
            return Symbol(Span(span.start + 1, span.end), name[1:], style)
        case Scripted(span=span, base=Symbol() as base, sub=sub, sup=sup, primes=primes):
            inner = _glued(base)
            return (
                None if inner is None else Scripted(Span(span.start + 1, span.end), inner, sub, sup, primes)
            )
        case Product(span=span, factors=factors, operators=operators):
            first = _glued(factors[0])
            return None if first is None else Product(span, (first, *factors[1:]), operators)
        case _:
            return None


def _is_letter(text: str) -> bool:
    from gradcheck.expr.written.names import is_greek

    return len(text) == 1 or is_greek(text)


def _bare(node: Node) -> Node:
    """The name of `∂(o)`: brackets around nothing else say nothing."""
    inner = out_of_brackets(node) if isinstance(node, Group) and node.open in "([" else node
    return inner if isinstance(inner, Symbol | Scripted | Accent) else node


def out_of_brackets(node: Node) -> Node:
    """What stands alone in brackets."""
    return node.items[0] if isinstance(node, Group) and len(node.items) == 1 else node
