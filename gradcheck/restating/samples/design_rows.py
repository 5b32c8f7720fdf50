"""Samples that are rows of a design matrix: `x^{(i)}` beside `X w` is x_i, the i-th row of X set upright.

`x^{(i)}` of `W X` is a column. Where weights stand behind the capital, `X w` and `X^T (X w - y)`, it is a
row, and what is marked by samples is numbered by rows, as `x_i` is: the rules of numbered vectors then say
what X and y are. A bare x beside them is any one sample, which rows have no place for: then the marks stay,
and X is another quantity. Rejected: a transposed batch of its own kind, which every rule about samples had
to know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.names import Name, names_of_factors, read_name
from gradcheck.notation.scripts import is_transposition, split_superscript
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, relettered, walk
from gradcheck.records import replace
from gradcheck.restating.functions.models_inlined import FREE_LETTERS

JOINS = {"", "cdot", "times"}


def with_rows_numbered(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with sample marks as subscripts, where samples are rows; else themselves."""
    equations = [item for item in body if isinstance(item, Equation)]
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    marks = {(name.base, name.sample) for name in names if name.sample is not None and name.base.islower()}
    marked = frozenset(base for base, _ in marks)
    bare = {name.base for name in names if name.sample is None and not name.sub}
    whole = {base.upper() for base in marked if len(base) == 1} & bare
    if not whole or any(name.layer is not None for name in names) or not has_rows(equations, whole):
        return body
    rows = {capital.lower() for capital in whole}
    about_one = [e for e in equations if bare & rows and _is_about_one(e, rows)]
    letters = {mark for _, mark in marks}
    free = next((letter for letter in FREE_LETTERS if letter not in bare | marked), None)
    if free is None or (
        about_one and (len(letters) > 1 or any(_holds(e, whole | letters) for e in about_one))
    ):
        return body
    one = _of_example(marked, min(letters))

    def numbered(item: Equation) -> Equation:
        for parameter in rows.intersection(_parameters(item)):
            item = rewritten(item, partial(relettered, old=parameter, new=free))
        return rewritten(rewritten(item, one) if item in about_one else item, _numbered)

    return [numbered(item) if isinstance(item, Equation) else item for item in body]


def _is_about_one(equation: Equation, rows: set[str]) -> bool:
    """Whether an equation speaks of any one sample, as a whole or by entries, and tells no function of it."""
    own = rows.difference(_parameters(equation))
    names = (name for side in equation.sides for name in written_names(side))
    return any(name.base in own and name.sample is None for name in names)


def _parameters(equation: Equation) -> Iterator[str]:
    """The letter of each function that an equation tells by a formula."""
    for definition in definitions([equation]):
        if definition.parameter is not None:
            yield definition.parameter.base


def _holds(equation: Equation, letters: set[str]) -> bool:
    return any(letters & letters_in(side) for side in equation.sides)


def _of_example(marked: Collection[str], letter: str) -> Callable[[Node], Node]:
    """A formula about one sample with its letter below each name that is marked elsewhere."""

    def change(node: Node) -> Node:
        name = read_name(node) if isinstance(node, Symbol | Accent | Scripted) else None
        if name is None or name.base not in marked or name.sample is not None:
            return mapped(node, change)
        index = Symbol(node.span, letter)
        if not isinstance(node, Scripted):
            return Scripted(node.span, node, index, None)
        sub = (
            index if node.sub is None else Product(index.span, (index, node.sub), (Operator(index.span, ""),))
        )
        return replace(node, sub=sub)

    return change


def has_rows(equations: Iterable[Equation], whole: Collection[str]) -> bool:
    """Whether weights stand behind these capitals, and never before them: samples are their rows."""
    return {way for e in equations for side in e.sides for way in _ways(side, whole)} == {"rows"}


def _ways(node: Node, whole: Collection[str]) -> Iterator[str]:
    """Whether each product takes the samples of a capital for rows or for columns."""
    for product in of_kind(node, Product):
        names = names_of_factors(product)
        for place, (first, second) in enumerate(pairwise(names)):
            if product.operators[place].kind not in JOINS:
                continue
            if first is not None and first.base in whole:
                if first.transpose or second is None or second.base != first.base:
                    yield "rows"
            elif second is not None and second.base in whole and place + 2 == len(names):
                between = names[0] is not None and names[0].base == second.base  # `X^T D X`
                yield from ["columns"] if second.transpose or (_weighs(first) and not between) else []


def _weighs(name: Name | None) -> bool:
    """Whether a name may be weights that stand before what they weigh, `W` and `w^T`."""
    return name is not None and (name.transpose or name.base[:1].isupper())


def _numbered(node: Node) -> Node:
    """A formula with `x_j^{(i)}` as `x_{ij}`."""
    node = mapped(node, _numbered)
    if not isinstance(node, Scripted):
        return node
    marks = split_superscript(node.sup)
    if len(marks.samples) != 1 or marks.layers or marks.power is not None or marks.mark or marks.inverse:
        return node
    (index,) = marks.samples
    sub = index
    if node.sub is not None:
        sub = Product(index.span.cover(node.sub.span), (index, node.sub), (Operator(index.span, ""),))
    turned = (part for part in walk(node.sup) if is_transposition(part)) if node.sup is not None else ()
    return replace(node, sub=sub, sup=next(iter(turned), None), primes=node.primes + marks.primes)
