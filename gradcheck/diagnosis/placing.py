"""Changes at places that the author's text has.

Elaboration makes nodes that nobody wrote: two factors of a chain of three, the ones that a size counts. A
change of such a node is told at the text that its parts cover, else as a change of what stands around it.
"""

from __future__ import annotations

from gradcheck.diagnosis.case import Change
from gradcheck.expr.forms.build import rebuild
from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import ShapeError
from gradcheck.source import Span


def placed(root: Expr, change: Change) -> Change:
    """A change of a node of a formula, with its place; the same change where none is known."""
    try:
        return _around(root, change) or change
    except ShapeError:
        return change


def _around(node: Expr, change: Change) -> Change | None:
    """The change, or that of the nearest node above it with a place; None if it is of no node below."""
    if node is change.old:
        return Change(_with_place(node), change.new)
    for k, arg in enumerate(node.args):
        below = _around(arg, change)
        if below is None:
            continue
        if below.old.span is not None:
            return below
        return Change(_with_place(node), rebuild(node, (*node.args[:k], below.new, *node.args[k + 1 :])))
    return None


def _with_place(node: Expr) -> Expr:
    return node if node.span is not None else node.at(_covered(node))


def _covered(node: Expr) -> Span | None:
    """The place from the first to the last of a node's parts, if all of them have one."""
    if node.span is not None or not node.args:
        return node.span
    spans = [span for arg in node.args if (span := _covered(arg)) is not None]
    if len(spans) < len(node.args):
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))
