"""What a cell's formula is set equal to: a name in another cell, or a derivative that the header asks for.

The derivative of a function is by the letter that functions of one variable are written in, and the gradient
by a parameter is that of the document's loss, under the name `dW` that people have for it. What is made here
stands nowhere in the file, so it covers nothing of it.
"""

from __future__ import annotations

from typing import Final

from gradcheck.notation.errors import NotationError
from gradcheck.notation.macros import Macros
from gradcheck.notation.parser import parse
from gradcheck.notation.tree import (
    Accent,
    Fraction,
    Group,
    Node,
    Operator,
    Product,
    Relation,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import of_kind
from gradcheck.reading.pieces import Head
from gradcheck.records import replace
from gradcheck.source import Span

# In this order, the letters that a function of one variable is likely to be one of.
VARIABLES: Final = ("x", "z", "t", "u", "v", "s", "a", "theta", "w", "y", "p")


def head_in(text: str, head: Head | None, macros: Macros) -> Node | None:
    """The left side that a table gives a formula; None where there is none, or it cannot be told."""
    if head is None:
        return None
    try:
        elements = parse(text, head.span.start, head.span.end, macros, typed=head.typed)
    except NotationError:
        return None
    first = elements[0] if elements else None
    if not isinstance(first, Node) or isinstance(first, Relation):
        return None
    if len(elements) > 1 and not isinstance(elements[1], Relation):
        return None
    match head.kind:
        case "derivative":
            made = _derivative(first)
        case "gradient":
            made = _gradient(first)
        case _:
            return first
    return None if made is None else replace(made, span=Span(first.span.start, first.span.start))


def _derivative(function: Node) -> Node | None:
    """`d/dx (f)` for the letter x that it is a function of, or the matrix X beside letters for constants."""
    letters = {node.name for node in of_kind(function, Symbol) if not node.style}
    variable: str | None = next((letter for letter in VARIABLES if letter in letters), None)
    variable = "X" if "X" in letters and variable in (None, "a", "y", "p") else variable
    if variable is None:
        return None
    span = function.span
    sign = Symbol(span, "d")
    below = Product(span, (sign, Symbol(span, variable)), (Operator(span, ""),))
    return Product(
        span, (Fraction(span, sign, below), Group(span, "(", ")", (function,))), (Operator(span, ""),)
    )


def _gradient(variable: Node) -> Node | None:
    """`dW` for a name W, with its scripts."""
    match variable:
        case Symbol(name=name):
            return replace(variable, name=f"d{name}")
        case Scripted(base=Symbol() | Accent() as base):
            inner = _gradient(base)
            return None if inner is None else replace(variable, base=inner)
        case Accent(base=Symbol() as base):
            return replace(variable, base=replace(base, name=f"d{base.name}"))
        case _:
            return None
