"""Definitions that a derivation only puts in: `∂p_i/∂a_j = ∂/∂a_j (e^{a_i} / Σ_k e^{a_k})`.

Authors say in words that p is the softmax of a, and write its formula where they differentiate it. A link
that changes nothing but what is differentiated tells what its name stands for, up to a constant, which no
derivative sees; and so does `∂a/∂z = σ'(z)`. Such a step is believed only where nothing else says what the
variable does: taken for a definition, a wrong one makes itself right. Of a loss that nothing defines,
`∇J(w) = ∇F(w)` or `∂J/∂w = ∂/∂w ½(wx - y)²` tells all that depends on this variable, and of others nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradcheck.expr.written.definitions import Definition, mentions, read_applied, unboxed
from gradcheck.expr.written.indices import names_within
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import derives, out_of_brackets, quotients_in, read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Call, Fraction, Group, Node, Number, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, parts
from gradcheck.records import dataclass, replace

_TAKEN_OUT = "taken out"


@dataclass(frozen=True, slots=True)
class Derivative:
    """What is differentiated in a formula, and by what; `rest` is the formula with a mark in its place."""

    target: Node
    variable: Name
    rest: str


def put_in(equations: Iterable[Equation]) -> Iterator[tuple[Definition, Name]]:
    """The definitions that steps put in, each with the variable that it is differentiated by."""
    for equation in equations:
        for link in equation.links:
            before = _only_derivative(link.left)
            after = None if before is None else _only_derivative(link.right) or _slope(link.right)
            if (
                before is None
                or after is None
                or (before.rest, before.variable.key)
                != (
                    after.rest,
                    after.variable.key,
                )
            ):
                continue
            name = read_name(before.target)
            if name is None or not name.is_plain or is_loss_name(name) or read_name(after.target) is not None:
                continue
            bases = {inside.base for inside in names_within(after.target)}
            if after.variable.base in bases and not mentions(after.target, before.target):
                yield Definition(name, after.target, (equation.number, link.number)), after.variable


def losses_told(equations: Iterable[Equation]) -> Iterator[Definition]:
    """What losses are by a derivative at the head of an equation and the derivative that it is equal to."""
    for equation in equations:
        link = equation.links[0]
        before, after = _whole(link.left), _whole(link.right)
        if before is None or after is None or before[1].key != after[1].key or link.relation.sign != "=":
            continue
        target, variable = before
        applied = read_applied(target)
        name = read_name(target) if applied is None else applied.function
        if name is not None and name.is_plain and is_loss_name(name) and name.key not in _keys(after[0]):
            place = equation.number, link.number
            yield Definition(name, _without_argument(after[0], variable), place, by=variable)


def _without_argument(node: Node, variable: Name) -> Node:
    """F of `F(w)`: the quantity, whose argument is what it is derived by."""
    applied = read_applied(node)
    if applied is None or not isinstance(node, Product) or len(applied.arguments) != 1:
        return node
    argument = read_name(applied.arguments[0])
    return node.factors[0] if argument is not None and argument.key == variable.key else node


def _keys(node: Node) -> set[str]:
    return {name.key for name in names_within(node)}


def _whole(node: Node) -> tuple[Node, Name] | None:
    """What a formula derives, and by what, where it is a derivative and nothing else; None for another."""
    node = out_of_brackets(unboxed(node))
    quotient = read_quotient(node)
    target = None if quotient is None else quotient.target
    if quotient is None and isinstance(node, Product) and all(o.kind == "" for o in node.operators):
        quotient, rest = read_quotient(node.factors[0]), node.factors[1:]
        if quotient is not None and quotient.target is None:
            target = replace(node, factors=rest, operators=node.operators[1:]) if len(rest) > 1 else rest[0]
    if quotient is None or target is None or len(quotient.variables) != 1:
        return None
    variable = read_name(quotient.variables[0])
    one = not isinstance(target, Product) or read_applied(target) is not None or _is_scaled(target)
    return None if variable is None or not one or derives(target) else (target, variable)


def _is_scaled(product: Product) -> bool:
    """Whether all but the last factor of a product are numbers: an operator before it derives all of it."""
    first = product.factors[:-1]
    return all(isinstance(f, Number | Fraction) and read_quotient(f) is None for f in first)


def _slope(node: Node) -> Derivative | None:
    """`\\sigma'(z)` as the derivative of `\\sigma(z)` by z, where a formula is nothing else."""
    match out_of_brackets(node):
        case Product(factors=(Scripted() as function, argument), operators=(sign,)) as whole if not sign.kind:
            target: Node = replace(whole, factors=(_without_prime(function), argument))
        case Call(function=Scripted() as function, argument=argument) as whole:
            target = replace(whole, function=_without_prime(function))
        case _:
            return None
    variable = read_name(out_of_brackets(argument))
    if (
        function.primes != 1
        or function.sup is not None
        or not isinstance(argument, Group)
        or variable is None
    ):
        return None
    return Derivative(target, variable, latex(Symbol(node.span, _TAKEN_OUT)))


def _without_prime(function: Scripted) -> Node:
    return function.base if function.sub is None else replace(function, primes=0)


@once_a_node
def _only_derivative(node: Node) -> Derivative | None:
    """The one derivative of a formula; None where there is none, or another beside it."""
    node = out_of_brackets(node)
    found = list(_derivatives(node)) if quotients_in(node) else []
    if len(found) != 1:
        return None
    whole, target, variable = found[0]
    name = read_name(variable)
    mark = Symbol(node.span, _TAKEN_OUT)
    return None if name is None else Derivative(target, name, latex(_replaced(node, whole, mark)))


def _derivatives(node: Node) -> Iterator[tuple[tuple[Node, ...], Node, Node]]:
    """The derivatives of a formula: the nodes that each is written by, its target, its variable."""
    quotient = read_quotient(node) if not isinstance(node, Product) else None
    if quotient is not None and quotient.target is not None and len(quotient.variables) == 1:
        yield (node,), quotient.target, quotient.variables[0]
        return
    children = list(node.factors if isinstance(node, Product) else parts(node))
    position = 0
    while position < len(children):
        operator = read_quotient(children[position]) if isinstance(node, Product) else None
        if operator is not None and operator.target is None and position + 1 < len(children):
            following = children[position + 1]
            lone = isinstance(following, Group) and len(following.items) == 1
            target = following.items[0] if isinstance(following, Group) and lone else following
            yield (children[position], following), target, operator.variables[0]
            position += 2
            continue
        yield from _derivatives(children[position])
        position += 1


def _replaced(node: Node, written: tuple[Node, ...], mark: Node) -> Node:
    if node is written[0]:
        return mark
    if isinstance(node, Product) and any(factor is written[0] for factor in node.factors):
        factors = [mark if factor is written[0] else factor for factor in node.factors]
        if len(written) == 1:
            return replace(node, factors=tuple(factors))
        at = factors.index(mark) + 1
        kept = (*factors[:at], *factors[at + 1 :])
        return (
            replace(node, factors=kept, operators=(*node.operators[: at - 1], *node.operators[at:]))
            if (len(kept) > 1)
            else mark
        )
    return mapped(node, lambda child: _replaced(child, written, mark))
