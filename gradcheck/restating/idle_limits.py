"""Limits over samples that no name carries: `J = -\\frac{1}{m} \\sum_{i=1}^m (Y \\log A + ...)` of a batch.

The names are those of the whole batch, and the index only says that its samples are added up. Taken at its
word, the Σ would be m times one example. Without the limits it runs over what the batch holds, as a bare Σ
does, and its upper end counts the samples wherever it divides. Both are legal, so this one is a reading of
the document beside the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.definitions import written_names
from gradcheck.expr.indices import bound_letters
from gradcheck.expr.names import Name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import BigOperator, Node, Symbol
from gradcheck.notation.walk import letters_in, rebuilt
from gradcheck.records import replace

COUNTS = frozenset("mnNM")


def without_idle_limits(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with a bare Σ where a batch is added up; None where none is."""
    found = [rewritten(item, _bare) if isinstance(item, Equation) else item for item in body]
    return None if all(new is old for new, old in zip(found, body, strict=True)) else found


def _bare(side: Node) -> Node:
    return rebuilt(side, BigOperator, _without_limits)


def _without_limits(node: BigOperator) -> BigOperator:
    idle = node.kind == "sum" and _is_idle(node)
    return replace(node, lower=None, upper=None) if idle else node


def _is_idle(node: BigOperator) -> bool:
    """Whether a Σ counts samples by a letter that stands nowhere below it, before names in capitals."""
    letters = bound_letters(node)
    if len(letters) != 1 or not isinstance(node.upper, Symbol) or node.upper.name not in COUNTS:
        return False
    if letters & letters_in(node.body):
        return False
    names = written_names(node.body)
    carried = any(letters & {*name.sub, name.sample, name.layer} for name in names)
    return not carried and any(map(_is_batch, names))


def _is_batch(name: Name) -> bool:
    return name.base[:1].isupper() and name.sample is None
