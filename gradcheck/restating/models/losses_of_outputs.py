"""Losses that are any smooth function of one quantity: `L = \\ell(O)`, where nothing says what `\\ell` is.

Then `\\ell(O)` is L wherever it stands, and the gradient `\\nabla \\ell(O)` is `\\nabla_O L`. Where L is
told, a letter of functions stands for `\\ell`, so that it is any function of all entries of O, and of
nothing else. A formula for `\\ell` in a section further down is an example, and tells nothing of what
stands above; one before, or in the same section, is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import DEFINING, read_applied, unboxed
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Product, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import dataclass, replace
from gradcheck.restating.derivatives.nablas import below, is_bare


@dataclass(frozen=True, slots=True)
class _Loss:
    """The L of `L = \\ell(O)`, and O."""

    whole: Node
    output: Node


def with_losses_of_outputs(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with L for `\\ell(O)`; themselves where no loss is given so."""
    found = dict(_found(body))
    if not found:
        return body

    def change(node: Node) -> Node:
        node = mapped(node, change)
        return _put(node, found) if isinstance(node, Product) else node

    free = free_letter(body)
    return [_told(item, found, free, change) if isinstance(item, Equation) else item for item in body]


def _told(equation: Equation, found: Container[str], free: str, change: Callable[[Node], Node]) -> Equation:
    """An equation with L for `\\ell(O)`; the one that tells it with a letter of functions for `\\ell`."""
    right = unboxed(equation.links[0].right)
    if latex(right) not in found or not isinstance(right, Product):
        return rewritten(equation, change)
    named = Symbol(right.factors[0].span, free)
    whole = replace(right, factors=(named, right.factors[1]))
    return rewritten(equation, lambda side: whole if side is equation.links[0].right else side)


def free_letter(body: Sequence[Statement]) -> str:
    """A letter of functions that the document does not write; any smooth function has it."""
    sides = (side for item in body if isinstance(item, Equation) for side in item.sides)
    written = {node.name for side in sides for node in of_kind(side, Symbol)}
    letters = sorted(letter.removeprefix("\\") for letter in FUNCTION_LETTERS)
    return next((letter for letter in letters if letter not in written), letters[0])


def _found(body: Sequence[Statement]) -> Iterator[tuple[str, _Loss]]:
    """By `\\ell(O)` as it is written: the loss that it is."""
    told: dict[str, list[int]] = {}
    losses: list[tuple[int, Equation, Name, Name]] = []
    section = 0
    for item in body:
        if isinstance(item, Heading):
            section += 1
        elif isinstance(item, Equation) and item.links[0].relation.sign in DEFINING:
            loss, function = read_name(unboxed(item.head)), _function(item.links[0].right)
            applied = read_applied(item.head)
            if loss is not None and function is not None and len(item.links) == 1 and is_loss_name(loss):
                losses.append((section, item, loss, function))
            elif loss is not None or applied is not None:
                name = loss if applied is None else applied.function
                told.setdefault("" if name is None else name.key, []).append(section)
    for place, equation, loss, function in losses:
        meant = [at for at in told.get(function.key, ()) if at <= place]
        if meant or told.get(loss.key) or function.key == loss.key:
            continue
        right = unboxed(equation.links[0].right)
        assert isinstance(right, Product), "a function is applied"
        group = right.factors[1]
        assert isinstance(group, Group), "brackets follow it"
        yield latex(right), _Loss(equation.head, group.items[0])


def _function(right: Node) -> Name | None:
    """The `\\ell` of `\\ell(O)`, with one plain name in its brackets."""
    applied = read_applied(right)
    if applied is None or len(applied.arguments) != 1 or not is_loss_name(applied.function):
        return None
    output = read_name(applied.arguments[0])
    plain = output is not None and output.is_plain and applied.function.is_plain
    return applied.function if plain else None


def _put(node: Product, found: Mapping[str, _Loss]) -> Node:
    """A product with L for each `\\ell(O)`, below a bare ∇ by O."""
    factors, operators = list(node.factors), list(node.operators)
    for position in range(len(factors) - 2, -1, -1):
        pair = factors[position : position + 2]
        if operators[position].kind or not isinstance(pair[1], Group):
            continue
        span = pair[0].span.cover(pair[1].span)
        loss = found.get(latex(Product(span, (pair[0], pair[1]), (operators[position],))))
        if loss is None:
            continue
        factors[position : position + 2] = [replace(loss.whole, span=span)]
        del operators[position]
        if position and is_bare(factors[position - 1]) and not operators[position - 1].kind:
            nabla = factors[position - 1]
            factors[position - 1] = below(nabla, replace(loss.output, span=nabla.span))
    if len(factors) == len(node.factors):
        return node
    if len(factors) == 1 and not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))
