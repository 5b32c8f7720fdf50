"""A mean divides by as many as it sums: `1/N Σ_{i=0}^{N}` sums N + 1 terms."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.calculus.evidence import Evidence, NumericEvidence, SymbolicEvidence, Witness
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import BigOperator, Fraction, Node, Number, Product, Relational
from gradcheck.notation.walk import parts
from gradcheck.records import dataclass


@dataclass(frozen=True, slots=True)
class Miscount:
    """A mean that divides by another number than it sums: what is wrong, and what to write."""

    message: str
    help: str

    def evidence(self, terms: int) -> Evidence:
        """The mean of as many ones as there are terms to divide by: it should be 1."""
        got = (terms + 1) / terms
        error = NumericEvidence("different", 1 / (terms + 1), 0.0)
        witness = Witness({}, (1, 1), {}, 1.0, got, {})
        return Evidence(
            "different", "proved", SymbolicEvidence("different", "the terms counted"), error, error, witness
        )


def miscounted_mean(node: Node) -> Miscount | None:
    """What is wrong with a mean in a formula, or None if no mean is miscounted."""
    for product in _products(node):
        for divisor in _divisors(product):
            for factor in product.factors:
                if isinstance(factor, BigOperator) and _starts_at_zero(factor) and factor.upper is not None:
                    upper = latex(factor.upper)
                    if upper == latex(divisor):
                        message = (
                            f"the sum from 0 to {upper} has {upper} + 1 terms, the mean divides by {upper}"
                        )
                        return Miscount(
                            message, f"start the sum at 1: \\sum_{{{_index(factor)}=1}}^{{{upper}}}"
                        )
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


def _index(node: BigOperator) -> str:
    return latex(node.lower.operands[0]) if isinstance(node.lower, Relational) else "i"


def _starts_at_zero(node: BigOperator) -> bool:
    match node.lower:
        case Relational(operands=(_, Number(text="0"))):
            return True
    return False
