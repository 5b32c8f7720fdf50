"""A derived formula with the letters under its Σ that the line itself sums by."""

from __future__ import annotations

from gradcheck.expr.forms.build import rebuild, rename_index, transform
from gradcheck.expr.forms.tree import Expr, Ix

_BINDERS = ("isum", "stack")


def lettered_like(formula: Expr, line: Expr) -> Expr:
    """The same formula, its bound indices called as those of the line that run over the same size."""
    letters = {node.attr[0].dim: node.attr[0].name for node in line.walk() if node.op in _BINDERS}

    def change(node: Expr) -> Expr | None:
        if node.op not in _BINDERS:
            return None
        ix: Ix = node.attr[0]
        body, new = transform(node.args[0], change), letters.get(ix.dim, ix.name)
        inside = {n.attr[0].name for n in body.walk() if n.op in _BINDERS} | set(dict(body.free)) - {ix.name}
        if new in inside or new == ix.name:
            return rebuild(node, (body,))
        return rebuild(node, (rename_index(body, ix.name, new),), (ix._replace(name=new), *node.attr[1:]))

    return transform(formula, change)
