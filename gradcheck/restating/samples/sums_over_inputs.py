r"""A cost that is averaged over training inputs: `C = \frac{1}{2n} \sum_x \|y(x) - a^L(x)\|^2`.

The letter below the Σ is that of the input, so nothing carries it as an index. Where no gradient is told with
such a Σ, they are told of one example, the cost of which, `C_x`, is what is added up: the mean comes later.
Where all are the same mean, one example shows as much. Else it runs over the samples, as one without an
index does. A letter that stands for values of chance, `\sum_x p(x)`, is no input, and without words about
training nothing is said of any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed
from gradcheck.expr.written.names import RUNNING_LETTERS, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Prose, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Fraction, Group, Node, Number, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind
from gradcheck.patterns import late_pattern
from gradcheck.records import replace

_TRAINING = late_pattern(r"\btrain|\bexamples?\b|\bsamples?\b|训练|样本|обуч", re.IGNORECASE)
_CHANCES = frozenset("pPqQfgh")
_COUNTS = frozenset("nNm")


def with_inputs_summed(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such a Σ over the samples, or without it; themselves where there is none."""
    equations = [item for item in body if isinstance(item, Equation)]
    letters = {letter for e in equations for side in e.sides for letter in _inputs(side)}
    if len(letters) != 1 or not any(isinstance(s, Prose) and _TRAINING.search(s.text) for s in body):
        return body
    (letter,) = letters
    if any(_applied(e, letter) & _CHANCES for e in equations):
        return body
    summing = [e for e in equations if any(True for side in e.sides for _ in _inputs(side))]
    losses = [e for e in summing if any(is_loss_name(d.name) for d in definitions([e]))]
    others = [e for e in equations if e not in losses]
    counted = any(letters_in(side) & _COUNTS for e in others for side in e.sides)
    plain = not counted and len(losses) == len(summing)
    change = _of_one if plain or _average_alike(losses, others) else _over_samples
    return [
        rewritten(item, lambda side: change(side, letter)) if isinstance(item, Equation) else item
        for item in body
    ]


def _inputs(node: Node) -> Iterator[str]:
    """The letters below the sums of a formula that none of their names carries."""
    for sign in of_kind(node, BigOperator):
        lower = sign.lower
        if sign.kind != "sum" or sign.upper is not None or not isinstance(lower, Symbol) or lower.style:
            continue
        if len(lower.name) == 1 and lower.name.islower() and lower.name not in RUNNING_LETTERS:
            yield lower.name


def _average_alike(losses: Sequence[Equation], others: Sequence[Equation]) -> bool:
    """Whether all gradients are the mean or sum that the cost is: then they hold as they do for one example.

    What is equal for one example is for the mean, and what is equal for any number of examples is for one.
    """
    told = [
        side for e in others if derives(unboxed(e.head)) for side in e.sides[1:] if not derives(unboxed(side))
    ]
    written = [side for e in losses for side in e.sides[1:]]
    counts = {frozenset(letters_in(side) & _COUNTS) for side in (*told, *written)}
    return bool(told) and len(counts) == 1 and all([*_inputs(side)] for side in told)


def _applied(equation: Equation, letter: str) -> set[str]:
    """The letters of what stands before `(x)` in an equation."""
    products = (product for side in equation.sides for product in of_kind(side, Product))
    pairs = (pair for product in products for pair in zip(product.factors, product.factors[1:], strict=False))
    names = (read_name(before) for before, group in pairs if _is_argument(group, letter))
    return {name.base for name in names if name is not None}


def _is_argument(node: Node, letter: str) -> bool:
    alone = isinstance(node, Group) and node.open == "(" and letters_in(node) == {letter}
    return alone and isinstance(node, Group) and len(node.items) == 1


def _over_samples(node: Node, letter: str) -> Node:
    node = mapped(node, lambda each: _over_samples(each, letter))
    if isinstance(node, BigOperator) and [*_inputs(replace(node, body=Number(node.span, "0")))]:
        return replace(node, lower=None)
    return _without_argument(node, letter)


def _of_one(node: Node, letter: str) -> Node:
    """What is added up in a cost, without the Σ and the number of examples; `C_x` is the cost itself."""
    node = mapped(node, lambda each: _of_one(each, letter))
    if isinstance(node, Scripted) and isinstance(node.sub, Symbol) and node.sub.name == letter:
        name = read_name(node.base)
        return node.base if name is not None and is_loss_name(name) and node.sup is None else node
    if isinstance(node, BigOperator) and [*_inputs(replace(node, body=Number(node.span, "0")))]:
        return Group(node.body.span, "(", ")", (node.body,), ())
    if isinstance(node, Product) and any(_COUNTS & letters_in(factor) for factor in node.factors):
        return replace(node, factors=tuple(map(_uncounted, node.factors)))
    return _without_argument(node, letter)


def _uncounted(factor: Node) -> Node:
    """`1/(2n)` as `1/2`: the number of examples has gone with their sum."""
    if not isinstance(factor, Fraction) or not isinstance(factor.numerator, Number):
        return factor
    below = _parts(factor.denominator)
    rest = [part for part in below if not (isinstance(part, Symbol) and part.name in _COUNTS)]
    if len(rest) == len(below) or not all(isinstance(part, Number) for part in rest):
        return factor
    return replace(factor, denominator=rest[0] if rest else Number(factor.span, "1"))


def _parts(node: Node) -> Sequence[Node]:
    while isinstance(node, Group) and len(node.items) == 1:
        node = node.items[0]
    return node.factors if isinstance(node, Product) else (node,)


def _without_argument(node: Node, letter: str) -> Node:
    """`a^L(x)` as `a^L`: the input that it belongs to goes without saying."""
    if not isinstance(node, Product):
        return node
    kept = [i for i, factor in enumerate(node.factors) if not (i and _is_argument(factor, letter))]
    if len(kept) == len(node.factors):
        return node
    factors = tuple(node.factors[i] for i in kept)
    operators = tuple(node.operators[i - 1] for i in kept if i)
    return factors[0] if len(factors) == 1 else replace(node, factors=factors, operators=operators)
