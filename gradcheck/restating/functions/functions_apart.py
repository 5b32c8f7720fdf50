"""Functions told apart from what else goes by their letter: an array, an entry of it, a loss.

`g(v) = v^T v` beside rows `g_i^T`, the word t of `Q_t(x, u)` beside a matrix Q, the `\\ell(m)` that a formula
tells of one number and a sum applies to formulas, and the value of `\\sigma = \\sigma(w^T x)`. A letter of
its own says which is meant, since what a name is goes by its letter; a letter of losses alone is a number
that is derived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import Applied, mentions, read_applied, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import LAYER_MARK, Name, base_text, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace

# What stands before brackets to say that their content changes.
CHANGES = frozenset(("d", "partial", "nabla", "\\partial", "\\nabla", "\\delta", "\\Delta"))


def with_functions_apart(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with functions and arrays of one letter told apart.

    The t of `Q_t(x, u) = x^T Q x + u^T R u` is a word: no entry of the matrix Q. The g of `g(v) = v^T v`
    beside rows `g_i^T` is a letter of its own, and so is a loss that is a function, `\\ell(m)`.
    """
    body = _with_values_named(body)
    heads = (read_applied(unboxed(item.head)) for item in body if isinstance(item, Equation))
    functions = [head.function for head in heads if head is not None and not CHANGES & {head.function.base}]
    if not functions:
        return body
    sides = [side for item in body if isinstance(item, Equation) for side in item.sides]
    names = [name for side in sides for name in written_names(side)]
    plain = {name.base for name in names if not name.sub}
    marked = {(each.base, each.sub) for each in functions if len(each.sub) == 1 and each.base in plain}
    turned = {name.base for name in names if name.transpose and len(name.sub) == 1 and name.sub[0].isalpha()}
    rows = turned & {each.base for each in functions if not each.sub} - {
        name.base for name in functions if name.sub
    }
    rows |= {base.removeprefix("\\") for base in _losses_of_formulas(sides, body)}
    if not marked and not rows:
        return body

    def told(node: Node) -> Node:
        if isinstance(node, Symbol) and node.name in rows and not node.style:
            return replace(node, name=f"{node.name}{LAYER_MARK}function")
        name = read_name(node) if isinstance(node, Scripted) and node.sub is not None else None
        if name is None or not isinstance(node, Scripted) or node.sub is None:
            return mapped(node, told)
        return (
            replace(node, sub=Symbol(node.sub.span, name.sub[0], "word"))
            if (name.base, name.sub) in marked
            else node
        )

    return [rewritten(item, told) if isinstance(item, Equation) else item for item in body]


def _with_values_named(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a name for each value that has its function's letter: `\\sigma = \\sigma(w^T x)`.

    Brackets behind the letter that hold it bare are a factor: `\\sigma(1 - \\sigma)` multiplies two values.
    """
    told = {
        name.base for item in body if isinstance(item, Equation) if (name := _own_value(item)) is not None
    }
    if not told:
        return body

    def named(node: Node) -> Node:
        if isinstance(node, Scripted) and node.primes:
            return node
        if isinstance(node, Product):
            return _multiplied(node)
        base = base_text(node) if isinstance(node, Symbol) else None
        if isinstance(node, Symbol) and base in told:
            return replace(node, name=f"{node.name}{LAYER_MARK}value")
        return mapped(node, named)

    def _multiplied(node: Product) -> Node:
        factors, operators = list(map(named, node.factors)), list(node.operators)
        for place, (first, second) in enumerate(pairwise(node.factors)):
            base = base_text(first) if isinstance(first, Symbol) else None
            group = second.base if isinstance(second, Scripted) else second
            if base not in told or not isinstance(group, Group) or operators[place].kind:
                continue
            if factors[place + 1] == second:
                factors[place] = first
            else:
                operators[place] = replace(operators[place], kind="cdot")
        return replace(node, factors=tuple(factors), operators=tuple(operators))

    return [rewritten(item, named) if isinstance(item, Equation) else item for item in body]


def _own_value(equation: Equation) -> Name | None:
    """The σ of `\\sigma = \\sigma(w^T x)`; None for `x = x(t)`, which only says of what x is a function."""
    name, right = read_name(unboxed(equation.head)), read_applied(equation.links[0].right)
    if name is None or right is None or not name.is_plain or name.sub or right.function.key != name.key:
        return None
    formula = len(right.arguments) == 1 and (name.base in BUILTIN or read_name(right.arguments[0]) is None)
    return name if formula and len(equation.links) == 1 else None


def _losses_of_formulas(sides: Sequence[Node], body: Sequence[Statement]) -> set[str]:
    """The ℓ of `\\ell(m) = \\max(0, 1 - m)` beside `\\sum_i \\ell(y_i w^T x_i)`, which is no number anywhere.

    A letter of losses that stands without brackets somewhere, `d\\ell/dm`, is what is derived.
    """
    heads = [(read_applied(unboxed(each.head)), each) for each in body if isinstance(each, Equation)]
    found = {
        applied.function.base
        for applied, each in heads
        if applied is not None and is_loss_name(applied.function) and _is_of_one_number(applied, each)
    }
    if not found:
        return set()
    summed = {base for side in sides for big in of_kind(side, BigOperator) for base in _of_formulas(big.body)}
    names = Counter(name.base for side in sides for name in written_names(side) if not name.sub)
    applied_names = Counter(
        name.base for side in sides for node in of_kind(side, Product) for name, _ in _in_brackets(node)
    )
    return {base for base in found & summed if names[base] == applied_names[base]}


def _is_of_one_number(applied: Applied, equation: Equation) -> bool:
    """Whether `\\ell(z) = ...` tells a letter by a formula in z without sums or derivatives."""
    parameter = read_name(applied.arguments[0]) if len(applied.arguments) == 1 else None
    right = equation.links[0].right
    if parameter is None or not parameter.is_plain or parameter.sub or applied.function.sub:
        return False
    return mentions(right, applied.arguments[0]) and not (of_kind(right, BigOperator) or derives(right))


def _of_formulas(node: Node) -> Iterator[str]:
    """The letters before brackets that hold one formula, and no name."""
    for product in of_kind(node, Product):
        for name, group in _in_brackets(product):
            if len(group.items) == 1 and read_name(group.items[0]) is None:
                yield name.base


def _in_brackets(node: Product) -> Iterator[tuple[Name, Group]]:
    """The names without an index before brackets in a product, each with these."""
    for first, second, operator in zip(node.factors, node.factors[1:], node.operators, strict=False):
        group = second.base if isinstance(second, Scripted) else second
        name = read_name(first)
        if name is not None and not name.sub and isinstance(group, Group) and not operator.kind:
            yield name, group
