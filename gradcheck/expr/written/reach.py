"""What an operator such as `\\nabla_x` or `\\frac{d}{dx}` reaches where no bracket tells it.

It acts on the next factor that is no number, and on all that follows where it stands first or behind
numbers, and nothing but juxtaposition joins the rest. Shapes are inferred by the same rule, and meanings
given.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.quotients import read_quotient
from gradcheck.notation.tree import Fraction, Group, Node, Number


def takes_rest(factors: Sequence[Node], before: Sequence[str], position: int) -> bool:
    """Whether an operator at a position may act on all that follows: `∇_x x^T A x`.

    It stands first or behind numbers, `\\frac{1}{2n} ∇_x x^T x`, no bracket tells its reach, and nothing but
    juxtaposition joins the rest.
    """
    rest = factors[position + 1 :]
    joined = not any(before[position + 2 :])
    first = all(map(_is_coefficient, factors[:position]))
    return first and len(rest) > 1 and not isinstance(rest[0], Group) and joined


def operand_end(factors: Sequence[Node], before: Sequence[str], position: int) -> int:
    """Where the reach of an operator ends: behind the rest, else behind the next factor that is no number."""
    if takes_rest(factors, before, position):
        return len(factors)
    end = position + 2
    while end < len(factors) and is_constant(factors[end - 1]):
        end += 1
    return end


def _is_coefficient(node: Node) -> bool:
    """A number, or one divided by anything that is no differential: `1/(2n)`."""
    if isinstance(node, Fraction):
        return is_constant(node.numerator) and read_quotient(node) is None
    return isinstance(node, Number)


def is_constant(node: Node) -> bool:
    """A number, or a fraction of numbers: no operator acts on that alone."""
    match node:
        case Number():
            return True
        case Fraction(numerator=above, denominator=below):
            return is_constant(above) and is_constant(below)
        case _:
            return False
