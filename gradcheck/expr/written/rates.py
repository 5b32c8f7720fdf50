"""What learning rates are called, and the mark of a letter that a document uses as one."""

from __future__ import annotations

from string import ascii_letters

from gradcheck.expr.written.names import LAYER_MARK, read_name
from gradcheck.notation.tree import Fraction, Group, Node, Product

# Behind a letter that is told to be a learning rate by how it is used.
RATE = f"{LAYER_MARK}rate"

# Learning rates that are called so everywhere; other letters that may be one also mean other things.
STEP_SIZES = {"\\alpha", "\\eta", "lr"}
# What learning rates are called; the likeliest first.
LEARNING_RATES = (
    "\\alpha",
    "\\eta",
    "lr",
    "\\gamma",
    "\\epsilon",
    "\\varepsilon",
    "\\lambda",
    "\\mu",
    "\\rho",
    *(f"{letter}{RATE}" for letter in ascii_letters),
)


def has_step_size(node: Node) -> bool:
    """Whether a step size is a factor of a term: `\\frac{\\alpha}{m} X^T r`, and not `(1 - \\alpha) c`."""
    match node:
        case Product(factors=factors):
            return any(map(has_step_size, factors))
        case Fraction(numerator=above):
            return has_step_size(above)
        case Group(items=(item,)):
            return has_step_size(item)
    name = read_name(node)
    return name is not None and name.base in STEP_SIZES
