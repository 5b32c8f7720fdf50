r"""Densities that are told of any one value, `f(x; a) = a e^{-a x}`, and stand at examples, `f(x_i; a)`.

The value that a density is told of stands for each of the examples and is none of them: its letter becomes
another one where the density is told, or its bare x would be all examples in an array. Where the density
stands at an example, `x_i`, its formula is written out for that, since what else its brackets hold is the
same everywhere. Only densities of one example are, whose other arguments never change; losses are none.
All letters of a probability that nothing else speaks of are its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from gradcheck.expr.written.definitions import read_applied, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.conditionals import LETTERS
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind
from gradcheck.records import dataclass, replace
from gradcheck.restating.functions.models_inlined import FREE_LETTERS
from gradcheck.restating.passages.applications import with_values_put


@dataclass(frozen=True, slots=True)
class _Density:
    """`function(value; others) = right`, and the number of the equation that tells it.

    function   its letter
    """

    function: str
    value: str
    others: tuple[str, ...]
    right: Node
    place: int


def with_densities_at_examples(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such densities written out at examples; themselves where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    told: dict[str, list[_Density]] = {}
    for equation in equations:
        for function, density in _told(equation):
            told.setdefault(function, []).append(density)
    once = {function: each[0] for function, each in told.items() if len(each) == 1}
    found = {f: density for f, density in once.items() if _is_of_examples(f, density, equations)}
    own: dict[int, tuple[str, ...]] = {density.place: (density.value,) for density in found.values()}
    own |= {
        d.place: (d.value, *d.others) for f, d in once.items() if f not in found and _is_alone(d, equations)
    }
    if not own:
        return body
    written = {name.base for e in equations for side in e.sides for name in written_names(side)}
    free = [letter for letter in FREE_LETTERS if letter not in written]

    def changed(item: Equation) -> Equation:
        for letter, other in zip(own.get(item.number, ()), free, strict=False):
            item = rewritten(item, partial(_with_letter, letter=letter, other=other))
        return item if item.number in own else rewritten(item, lambda node: _written_out(node, found))

    return [changed(item) if isinstance(item, Equation) else item for item in body]


def _with_letter(node: Node, letter: str, other: str) -> Node:
    styles = {inner.style for inner in of_kind(node, Symbol) if inner.name == letter}
    style = styles.pop() if len(styles) == 1 else ""  # a bold letter stays one: it is a vector
    return _at(node, Symbol(node.span, other, style), letter)


def _told(equation: Equation) -> Iterator[tuple[str, _Density]]:
    """The densities that an equation tells of a bare value, also in the middle of a chain."""
    for link in equation.links:
        left = unboxed(link.left)
        applied = read_applied(left)
        if applied is None or not isinstance(left, Product) or is_loss_name(applied.function):
            continue
        value, others = applied.arguments[0], tuple(map(latex, applied.arguments[1:]))
        if not isinstance(value, Symbol) or link.relation.sign not in ("=", ":="):
            continue
        names = [name for name in written_names(link.right) if name.base == value.name]
        if value.name in letters_in(link.right) and not any(name.sub for name in names):
            base = applied.function.base
            yield latex(left.factors[0]), _Density(base, value.name, others, link.right, equation.number)


def _is_alone(density: _Density, equations: Sequence[Equation]) -> bool:
    """Whether nothing else speaks of a probability: what its letters stand for is then its own matter."""
    others = (side for equation in equations if equation.number != density.place for side in equation.sides)
    return density.function in LETTERS and not any(density.function in letters_in(side) for side in others)


def _is_of_examples(function: str, density: _Density, equations: Sequence[Equation]) -> bool:
    """Whether a density stands at examples elsewhere, and nowhere at anything else."""
    groups = [
        group
        for equation in equations
        if equation.number != density.place
        for side in equation.sides
        for group in _arguments_of(function, side)
    ]
    return bool(groups) and all(_is_at_example(group, density) for group in groups)


def _arguments_of(function: str, node: Node) -> Iterator[Group]:
    for inner in of_kind(node, Product):
        for first, second in zip(inner.factors, inner.factors[1:], strict=False):
            if isinstance(second, Group) and latex(first) == function:
                yield second


def _is_at_example(group: Group, density: _Density) -> bool:
    name: Name | None = read_name(group.items[0]) if group.items else None
    marked = name is not None and name.base == density.value and bool(name.sub or name.sample)
    return marked and tuple(map(latex, group.items[1:])) == density.others


def _written_out(node: Node, densities: Mapping[str, _Density]) -> Node:
    def value(first: Node, group: Node) -> Node | None:
        density = densities.get(latex(first)) if isinstance(group, Group) else None
        if density is None or not isinstance(group, Group):
            return None
        span = first.span.cover(group.span)
        return Group(span, "(", ")", (_at(density.right, group.items[0], density.value),))

    return with_values_put(node, value)


def _at(node: Node, value: Node, letter: str) -> Node:
    """A formula with a value for its letter, in brackets where something stands on the letter."""
    if isinstance(node, Symbol) and node.name == letter:
        return value
    if isinstance(node, Scripted) and isinstance(node.base, Symbol) and node.base.name == letter:
        return replace(
            node, base=value if isinstance(value, Symbol) else Group(node.span, "(", ")", (value,))
        )
    return mapped(node, lambda child: _at(child, value, letter))
