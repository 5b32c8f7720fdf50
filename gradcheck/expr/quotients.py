"""Derivatives as they are written: `∂L/∂W`, `dσ/dz`, `∂/∂w [...]`, `dW`; and plain fractions.

The derivative of a scalar is an array of the variable's shape. The derivative of a matrix by a matrix is
kept as a Jacobian, which has meaning in a chain; where the one depends on the other entry by entry
it is also the matrix of those derivatives (`∂A/∂Z = σ'(Z)`), and both readings are offered.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gradcheck.expr.apart import by_scalar, matched_entries
from gradcheck.expr.build import apply, deriv, num, pick, stack
from gradcheck.expr.mixed import entries, sizes_here
from gradcheck.expr.names import Name, is_mixed, is_square, read_name
from gradcheck.expr.reading import (
    Jacobian,
    MeaningError,
    Reading,
    Readings,
    Value,
    combine,
    expression,
    ranked,
)
from gradcheck.expr.resolve import resolve
from gradcheck.expr.several import with_others_held
from gradcheck.expr.tree import Expr, Ix
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.tree import (
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
from gradcheck.notation.walk import walk
from gradcheck.records import dataclass, replace
from gradcheck.shapes import SCALAR
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.elaborate import Elaborator

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
    below = _differentials(node.denominator)
    above = after_sign(node.numerator) if below else None
    if above is None:
        return None
    order = _order(node.numerator)
    if order == _order(node.denominator) > 1 and len(below) == 1:  # `∂²f / ∂²x`, with the 2 at the sign
        return Quotient(None if isinstance(above, Blank) else above, below * order)
    return Quotient(None if isinstance(above, Blank) else above, _repeated(below, order))


@once_a_node
def quotients_in(formula: Node) -> tuple[Quotient, ...]:
    """The derivatives in a formula, each place once, parents first."""
    written = (node for node in walk(formula) if isinstance(node, Product | Fraction | Scripted))
    return tuple(quotient for node in written if (quotient := read_quotient(node)) is not None)


def behind_signs(formula: Node) -> Iterator[Node]:
    """What stands behind each `∇_w` in a product, maybe a longer one."""
    products = (node.factors for node in walk(formula) if isinstance(node, Product))
    return (behind for each in products for sign, behind in pairwise(each) if _subscripted(sign))


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
    """The variable below `∇_W` or `∂_W`, twice for `∇²_x`; empty for anything else."""
    match node:
        case Scripted(base=Symbol(name="nabla" | "partial"), sub=Node() as variable, sup=sup, primes=0):
            order = 1 if sup is None else int(sup.text) if isinstance(sup, Number) and sup.text in "12" else 0
            return (variable,) * order
        case _:
            return ()


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
    if isinstance(node, Sum) and len(node.terms) > 1 and _is_lone_sign(node.terms[0]):
        return replace(node, terms=node.terms[1:])  # `\partial -\log p`: what begins with a minus sign
    return _glued(node)


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
    from gradcheck.expr.names import is_greek

    return len(text) == 1 or is_greek(text)


def differentiate(
    elaborator: Elaborator, target: Readings, variables: tuple[Node, ...], span: Span, partial: bool = False
) -> list[Reading]:
    """The derivative of what the target may mean with respect to each variable in turn.

    Raises MeaningError if a variable is no quantity of the program.
    """
    from gradcheck.expr.by_formula import by_formula

    for position, node in enumerate(variables):
        name = read_name(out_of_brackets(node))
        if name is None and len(variables) == 1:
            return by_formula(elaborator, target, node, span)
        if name is None:
            raise MeaningError("differentiated by something that is no name", node.span)
        if name.power is not None and not (is_square(name) and len(variables) == 1):
            raise MeaningError("differentiated by a power", node.span)
        by = by_square if name.power is not None else derivative if position == 0 else again
        if any(map(is_mixed, name.sub)):
            whole = resolve(name.without(power=None, sub=()), elaborator.scope)
            target = _at_several(elaborator, target, whole, name)
            continue
        variable = resolve(name.without(power=None), elaborator.scope)
        held = _held(elaborator, target, variable, span, partial=partial) if position == 0 else []
        target = ranked([*held, *combine(target, variable, functools.partial(by, elaborator, span=span))])
    return list(target)


def _at_several(elaborator: Elaborator, target: Readings, whole: Readings, name: Name) -> list[Reading]:
    """`∂L/∂y_{j-k+1}`: the entry that several indices select of the derivative of a number by all of y."""
    sizes = sizes_here(elaborator.scope)
    found: list[Reading] = []
    for reading in combine(target, whole, functools.partial(derivative, elaborator, span=name.span)):
        if isinstance(reading.value, Expr):
            selected = entries(reading.value, name.sub, sizes, name.span)
            found += [Reading(entry, reading.notes) for entry in selected]
    if not found:
        raise MeaningError("a Jacobian's entries at such places are not read", name.span)
    return found


def out_of_brackets(node: Node) -> Node:
    return node.items[0] if isinstance(node, Group) and len(node.items) == 1 else node


def by_square(elaborator: Elaborator, target: Value, variable: Value, span: Span) -> list[Reading]:
    """`∂ℓ/∂σ²`: the square is the variable, so that ∂ℓ/∂σ = ∂ℓ/∂σ² · 2σ."""
    found = derivative(elaborator, target, variable, span)
    inner = apply("mul", num(2), expression(variable))
    return [Reading(apply("div", expression(r.value), inner).at(span), r.notes) for r in found]


def _held(
    elaborator: Elaborator, target: Readings, variable: Readings, span: Span, *, partial: bool
) -> list[Reading]:
    """`∂f(x, h)/∂x` with h held, though it may depend on x."""
    found: list[Reading] = []
    for t in target:
        for v in variable:
            if not isinstance(v.value, Expr):
                continue
            own = with_others_held(elaborator.scope, t, v.value, partial=partial)
            if own is not None:
                formula, place = own
                found += [r.noted(*t.notes) for r in derivative(elaborator, formula.value, place, span)]
    return found


def again(elaborator: Elaborator, gradient: Value, variable: Value, span: Span) -> list[Reading]:
    """A second derivative: of a gradient by a column, the Hessian, a row for each entry of the gradient."""
    if not isinstance(gradient, Expr) or not isinstance(variable, Expr):
        raise MeaningError("a derivative of a derivative of matrices has no reading", span)
    if variable.op == "transpose":
        variable = variable.args[0]
    owner, row, column = selection(variable)
    if owner is None or row is not None or column is not None or SCALAR in (gradient.shape, variable.shape):
        return derivative(elaborator, gradient, variable, span)
    if gradient.shape[1] != 1 or variable.shape[1] != 1:
        raise MeaningError("a second derivative by a matrix has no reading", span)
    index = Ix("·r", gradient.shape[0])
    entry = deriv(pick(gradient, index, None), owner)
    return [Reading(stack(apply("transpose", entry), index, 0).at(span))]


def derivative(elaborator: Elaborator, target: Value, variable: Value, span: Span) -> list[Reading]:
    """All meanings of ∂target/∂variable."""
    if not isinstance(target, Expr) or not isinstance(variable, Expr):
        raise MeaningError("a derivative of a derivative of matrices has no reading", span)
    if variable.op == "transpose":
        inner = derivative(elaborator, target, variable.args[0], span)
        return [Reading(apply("transpose", r.value), r.notes) for r in inner if isinstance(r.value, Expr)]
    owner, row, column = selection(variable)
    if owner is None:
        raise MeaningError("differentiated by something that is no quantity of its own", span)
    if target.shape == SCALAR:
        whole = deriv(target, owner)
        return [Reading((whole if row is None and column is None else pick(whole, row, column)).at(span))]
    found: list[Reading] = []
    if variable.shape == target.shape and elaborator.scope.elementwise(target, variable):
        found.append(Reading(matched_entries(target, owner, row, column).at(span)))
    elif variable.shape == SCALAR:
        found.append(Reading(by_scalar(target, owner, row, column).at(span)))
    found.append(Reading(Jacobian(((target, owner, row, column),), span)))
    return ranked(found)


def selection(variable: Expr) -> tuple[Expr | None, Any, Any]:
    """A variable as (the quantity, selected row, selected column)."""
    if variable.op == "var":
        return variable, None, None
    if variable.op == "pick" and variable.args[0].op == "var":
        return variable.args[0], *variable.attr
    return None, None, None
