"""One feature of many: normalising vectors `x_i \\in \\mathbb{R}^D` entry by entry, over the examples i.

An author who declares vectors and then only adds, multiplies and divides them entry by entry derives each
entry for itself, and `\\partial \\hat x_j / \\partial \\mu = -1/\\sigma` is meant of one of them. Read so, a
vector is a number. That is another reading of the document, taken where more of it is right, and only where
no formula holds what would tell a vector from a number: a transpose, a norm, a matrix, a sum over entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.declarations import space
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.names import Name, read_name, script_text
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.scripts import is_transposition
from gradcheck.notation.statements import Equation, Statement
from gradcheck.notation.tree import BigOperator, Group, Node, Scripted, Symbol
from gradcheck.notation.walk import of_kind, walk
from gradcheck.records import replace

_ALONE = {"exp", "log", "sqrt", "abs", "tanh", "sigmoid", "relu"}
_OF_VECTORS = {"nabla", "diag", "tr", "operatorname", "intercal", "top"}


def with_one_feature(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with declared vectors as numbers; None where formulas are not all entry by entry."""
    equations = [item for item in body if isinstance(item, Equation)]
    declared = [e for e in equations if e.links[0].relation.sign == "∈"]
    sizes = {_size(e) for e in declared}
    formulas = [e for e in equations if e not in declared]
    if len(sizes) != 1 or None in sizes or not any(_sums(e) for e in formulas):
        return None
    (size,) = sizes
    if any(_tells_vectors(node, size) for e in formulas for side in e.sides for node in walk(side)):
        return None
    return [_as_number(item) if item in declared else item for item in body]


def _size(equation: Equation) -> str | None:
    """D of `x_i \\in \\mathbb{R}^D`; None for any other set."""
    right = equation.links[0].right
    shape = space(right, Vocabulary())
    vector = shape is not None and isinstance(right, Scripted) and right.sup is not None and shape[1] == 1
    return script_text(right.sup) if vector and isinstance(right, Scripted) and right.sup else None


def _as_number(item: Statement) -> Statement:
    if not isinstance(item, Equation):
        return item
    link = item.links[0]
    assert isinstance(link.right, Scripted), "a space of vectors has its size above"
    return replace(item, links=(replace(link, right=link.right.base), *item.links[1:]))


def _sums(equation: Equation) -> bool:
    """Whether examples are added up."""
    return any(of_kind(side, BigOperator) for side in equation.sides)


def _tells_vectors(node: Node, size: str | None) -> bool:
    """Whether a part of a formula only makes sense of more than one entry, or of a number of them."""
    if isinstance(node, BigOperator):
        return node.upper is not None and script_text(node.upper) == size
    if isinstance(node, Group):
        return "|" in node.open or "‖" in node.open
    if isinstance(node, Scripted) and node.sup is not None and is_transposition(node.sup):
        return True
    if isinstance(node, Symbol) and (node.name in _OF_VECTORS or node.name == size):
        return True
    name = read_name(node) if isinstance(node, Symbol | Scripted) else None
    return name is not None and any(_marks_of_vectors(name))


def _marks_of_vectors(name: Name) -> Iterator[bool]:
    builtin = builtin_of(name)
    yield name.transpose or name.inverse
    yield builtin is not None and builtin.op not in _ALONE
    yield len(name.sub) > 1 and all(len(mark) == 1 and mark.islower() for mark in name.sub)
