"""What stands for a letter with its brackets, `f(x_i; a)` or `E(Y_i)`: one node in the place of the two."""

from __future__ import annotations

from collections.abc import Callable

from gradcheck.notation.tree import Node, Operator, Product
from gradcheck.notation.walk import mapped
from gradcheck.records import replace


def with_values_put(node: Node, value: Callable[[Node, Node], Node | None]) -> Node:
    """A formula in which a factor and what is glued behind it are what stands for the two.

    value   gives that node, or None where the two stay as they are
    """
    node = mapped(node, lambda child: with_values_put(child, value))
    if not isinstance(node, Product):
        return node
    factors: list[Node] = [node.factors[0]]
    operators: list[Operator] = []
    for sign, factor in zip(node.operators, node.factors[1:], strict=False):
        found = None if sign.kind else value(factors[-1], factor)
        if found is None:
            factors.append(factor)
            operators.append(sign)
        else:
            factors[-1] = found
    if len(factors) == len(node.factors):
        return node
    operators += node.operators[len(node.factors) - 1 :]  # one that nothing follows
    if len(factors) == 1 and not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))
