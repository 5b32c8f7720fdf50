"""`A^t` as a transpose: a t that a document writes above its names and nowhere else.

A time or a step is written as an index somewhere, too, is shifted or bound, or marks the names that lines
define; a power is that of a number, which is something by itself. Where none of this is found and a name
stands both with the mark and without it, or the words speak of transposes, the mark is read as `^T`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.definitions import unboxed
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Prose, Statement, rewritten
from gradcheck.notation.tree import Node, Scripted, Symbol
from gradcheck.notation.walk import letters_in, of_kind, rebuilt, walk
from gradcheck.records import replace

LETTER = "t"
SPOKEN_OF = re.compile(r"\btranspos", re.IGNORECASE)
# How many names stand both ways where no words help.
FEWEST = 2


def with_transposes(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `A^\\top` for `A^t`, where t can mean nothing else."""
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for equation in equations for side in equation.sides if LETTER in letters_in(side)]
    marked = [node for side in sides for node in of_kind(side, Scripted) if _is_marked(node)]
    if not marked:
        return body
    nodes = [node for equation in equations for side in equation.sides for node in walk(side)]
    letters = sum(isinstance(node, Symbol) and node.name == LETTER for node in nodes)
    if letters > len(marked) or any(_is_marked(unboxed(e.head)) for e in equations):
        return body
    spoken = any(SPOKEN_OF.search(item.text) for item in body if isinstance(item, Prose))
    if not spoken and len(set(_both_ways(marked, nodes))) < FEWEST:
        return body

    return [rewritten(item, _turned) if isinstance(item, Equation) else item for item in body]


def _turned(side: Node) -> Node:
    return rebuilt(side, Scripted, _with_turned)


def _with_turned(node: Scripted) -> Scripted:
    marked = node.sup is not None and _is_marked(node)
    return replace(node, sup=Symbol(node.sup.span, "top")) if node.sup is not None and marked else node


def _is_marked(node: Node) -> bool:
    match node:
        case Scripted(sup=Symbol(name="t", style="")):
            return True
        case _:
            return False


def _both_ways(marked: Sequence[Node], nodes: Sequence[Node]) -> Iterator[str]:
    """What stands with the mark in one place and without it in another."""
    inside = {id(node.base) for node in marked if isinstance(node, Scripted)}
    plain = {latex(node) for node in nodes if isinstance(node, Symbol | Scripted) and id(node) not in inside}
    for node in marked:
        if isinstance(node, Scripted):
            bare = node.base if node.sub is None else replace(node, sup=None)
            yield from [latex(bare)] if latex(bare) in plain else []
