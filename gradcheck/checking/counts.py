"""A mean divides by as many as it sums: `1/N Σ_{i=0}^{N}` sums N + 1 terms."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.notation.printer import latex
from gradcheck.notation.tree import BigOperator, Fraction, Node, Number, Product, Relational
from gradcheck.notation.walk import parts


def miscounted_mean(node: Node) -> str | None:
    """What is wrong with a mean in a formula, or None if no mean is miscounted."""
    for product in _products(node):
        for divisor in _divisors(product):
            for factor in product.factors:
                if isinstance(factor, BigOperator) and _starts_at_zero(factor) and factor.upper is not None:
                    upper = latex(factor.upper)
                    if upper == latex(divisor):
                        return f"the sum from 0 to {upper} has {upper} + 1 terms, the mean divides by {upper}"
    return None


def _products(node: Node) -> Iterator[Product]:
    if isinstance(node, Product):
        yield node
    for child in parts(node):
        yield from _products(child)


def _divisors(product: Product) -> Iterator[Node]:
    for factor in product.factors:
        if isinstance(factor, Fraction):
            below = factor.denominator
            yield from below.factors if isinstance(below, Product) else (below,)


def _starts_at_zero(node: BigOperator) -> bool:
    match node.lower:
        case Relational(operands=(_, Number(text="0"))):
            return True
    return False
