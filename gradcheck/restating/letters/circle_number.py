"""The number π beside a policy π: `\\pi(a) = \\frac{1}{\\sqrt{2\\pi} \\sigma} e^{…}`.

Where the letter stands before brackets, or with something below it, it names what the document is about. Bare
and right behind a 2 it is the number all the same, which is then written upright, `\\uppi`.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_

from gradcheck.notation.statements import Equation, Statement, renamed
from gradcheck.notation.tree import Group, Node, Number, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, rebuilt, walk
from gradcheck.records import replace


def with_number_upright(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the number π told apart from what else goes by that letter."""
    sides = [side for item in body if isinstance(item, Equation) for side in item.sides]
    if not any("pi" in letters_in(side) and any(map(_names_another, walk(side))) for side in sides):
        return body
    return [renamed(item, _upright) if isinstance(item, Equation) else item for item in body]


def _is_pi(node: Node) -> bool:
    return isinstance(node, Symbol) and node.name == "pi" and not node.style


def _names_another(node: Node) -> bool:
    """Whether the letter is applied or marked here, and no factor: `\\pi(a)`, `\\pi_\\theta`."""
    if isinstance(node, Scripted):
        return _is_pi(node.base) and node.sub is not None
    if not isinstance(node, Product):
        return False
    pairs = zip(node.factors, node.factors[1:], strict=False)
    return any(
        _is_pi(first) and isinstance(second, Group) and not (k and isinstance(node.factors[k - 1], Number))
        for k, (first, second) in enumerate(pairs)
    )


def _upright(side: Node) -> Node:
    return rebuilt(side, Product, _with_upright)


def _with_upright(node: Product) -> Product:
    factors = list(node.factors)
    for k in range(1, len(factors)):
        before = factors[k - 1]
        if isinstance(before, Number) and before.text == "2" and _is_pi(factors[k]):
            factors[k] = Symbol(factors[k].span, "uppi")
    return node if all(map(is_, factors, node.factors)) else replace(node, factors=tuple(factors))
