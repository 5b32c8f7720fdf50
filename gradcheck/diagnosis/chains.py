"""Lines that are nothing but a chain of partial derivatives, and where such a chain is broken.

What stands below in one factor has to stand above in the next. The factors are compared as they are written:
a chain may be right in value by chance, and what a reader needs to hear is which link is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gradcheck.diagnosis.readable import readable
from gradcheck.expr.quotients import read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.tree import Node, Product, Wrapped

Partial = tuple[str, str]


def broken_chain(head: Node, written: Node) -> str | None:
    """What is wrong with a chain of partials, in words; None if it telescopes or is no such chain.

    head  the derivative that the chain is for
    """
    wanted = _partial(head)
    links = list(_partials(written))
    if wanted is None or len(links) < 2 or None in links:
        return None
    chain = [link for link in links if link is not None]
    for (above, below), (next_above, next_below) in pairwise(chain):
        if below != next_above:
            return (
                f"the chain breaks: after {_shown(above, below)} comes {_shown(next_above, next_below)}, "
                f"and {_shown(below, next_above)} is missing"
            )
    if chain[0][0] != wanted[0]:
        return f"the chain begins with {_shown(*chain[0])}, where something by {_name(wanted[0])} belongs"
    if chain[-1][1] != wanted[1]:
        return f"the chain ends with {_shown(*chain[-1])}, and never reaches {_name(wanted[1])}"
    return None


def _partials(node: Node) -> Iterator[Partial | None]:
    """The factors of a product, None for one that is no partial derivative."""
    node = _bare(node)
    if isinstance(node, Product) and _partial(node) is None:
        for factor in node.factors:
            yield from _partials(factor)
    else:
        yield _partial(node)


def _partial(node: Node) -> Partial | None:
    quotient = read_quotient(_bare(node))
    if quotient is None or quotient.target is None or len(quotient.variables) != 1:
        return None
    return latex(quotient.target), latex(quotient.variables[0])


def _bare(node: Node) -> Node:
    while isinstance(node, Wrapped):
        node = node.body
    return node


def _shown(above: str, below: str) -> str:
    return f"`∂{readable(above)}/∂{readable(below)}`"


def _name(text: str) -> str:
    return f"`{readable(text)}`"
