"""Definitions that a derivation only puts in: `∂p_i/∂a_j = ∂/∂a_j (e^{a_i} / Σ_k e^{a_k})`.

Authors say in words that p is the softmax of a, and write its formula where they differentiate it. A link
that changes nothing but what is differentiated tells what its name stands for, up to a constant, which no
derivative sees. Such a step is believed only where nothing else says what the variable does: taken for a
definition, a wrong one makes itself right. A loss is never defined so, since a part of it is often all that
depends on the variable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gradcheck.expr.definitions import Definition, mentions
from gradcheck.expr.indices import names_within
from gradcheck.expr.names import Name, read_name
from gradcheck.expr.quotients import read_quotient
from gradcheck.expr.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Group, Node, Product, Symbol
from gradcheck.notation.walk import mapped, parts

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
            before, after = _only_derivative(link.left), _only_derivative(link.right)
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


@once_a_node
def _only_derivative(node: Node) -> Derivative | None:
    """The one derivative of a formula; None where there is none, or another beside it."""
    found = list(_derivatives(node))
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
