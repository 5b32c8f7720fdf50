r"""Gradients that do not say of what: `\nabla_w = -2 X^T (y - X w)` and `\nabla W = \delta x^T`.

That is the loss, where the document defines only one. The sign alone with a variable below it, at the end of
a product or as a whole side, is the gradient by that variable; a bare sign before a quantity that nothing
defines is the gradient by this quantity.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, walk
from gradcheck.records import replace
from gradcheck.restating.derivatives.nablas import below, is_bare


def with_losses_derived(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the loss behind every such sign; themselves where there is no only loss."""
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for equation in equations for side in equation.sides]
    if not any("nabla" in letters_in(side) for side in sides):
        return body
    told = list(definitions(equations))
    losses = {d.name.key for d in told if is_loss_name(d.name)}
    named = (node for side in sides for node in walk(side))
    loss = next((n for n in named if (name := read_name(n)) is not None and {name.key} == losses), None)
    if loss is None:
        return body
    defined = {d.name.base for d in told}
    written = loss

    def derived(side: Node) -> Node:
        return _of_loss(side, written) if _is_sign(side) else _completed(side, written, defined)

    return [rewritten(item, derived) if isinstance(item, Equation) else item for item in body]


def _is_sign(node: Node) -> bool:
    """Whether a node is a ∇ with its variable below, and nothing above."""
    is_nabla = isinstance(node, Scripted) and isinstance(node.base, Symbol) and node.base.name == "nabla"
    return is_nabla and isinstance(node, Scripted) and node.sub is not None and node.sup is None


def _of_loss(sign: Node, loss: Node) -> Node:
    return Product(sign.span, (sign, replace(loss, span=sign.span)), (Operator(sign.span, ""),))


def _completed(node: Node, loss: Node, defined: Collection[str]) -> Node:
    node = mapped(node, lambda child: _completed(child, loss, defined))
    if not isinstance(node, Product) or len(node.factors) < 2:
        return node
    *before, sign, last = node.factors
    if is_bare(sign) and not node.operators[len(before)].kind and _is_given(last, defined):
        return replace(node, factors=(*before, below(sign, last), replace(loss, span=last.span)))
    if not _is_sign(last):
        return node
    operators = (*node.operators, Operator(last.span, ""))
    return replace(node, factors=(*node.factors, replace(loss, span=last.span)), operators=operators)


def _is_given(node: Node, defined: Collection[str]) -> bool:
    """Whether a node is the name of a quantity that nothing defines, and no loss."""
    name = read_name(node)
    return name is not None and name.is_plain and name.base not in defined and not is_loss_name(name)
