"""Parameters that are written once: `h_\\theta(x)` is defined, and from there on people write `h(x)`.

A bare letter that nothing defines, beside exactly one function of that letter with its parameters below it,
is that function.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.definitions import definitions, is_parameterised, unboxed
from gradcheck.expr.names import base_text
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped


def with_parameters(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the parameters below each letter of such a function; else themselves."""
    equations = [item for item in body if isinstance(item, Equation)]
    defined = {d.name.key for d in definitions(equations)}
    written: dict[str, dict[str, Scripted]] = {}
    for definition in definitions(equations):
        if definition.is_function and is_parameterised(definition.name):
            head = next(_applied(e.head) for e in equations if e.number == definition.place[0])
            if head is not None:
                written.setdefault(definition.name.base, {})[definition.name.key] = head
    whole = {base: heads.popitem()[1] for base, heads in written.items() if len(heads) == 1}
    whole = {base: head for base, head in whole.items() if base not in defined}

    def change(node: Node) -> Node:
        if isinstance(node, Scripted) and base_text(node.base) in whole and node.sub is not None:
            return node
        if isinstance(node, Symbol) and (head := whole.get(base_text(node) or "")) is not None:
            return Scripted(node.span, node, head.sub, None)
        return mapped(node, change)

    return [rewritten(item, change) if whole and isinstance(item, Equation) else item for item in body]


def _applied(head: Node) -> Scripted | None:
    """`h_\\theta` of the head `h_\\theta(x)`."""
    head = unboxed(head)
    if isinstance(head, Product) and isinstance(head.factors[-1], Group) and len(head.factors) == 2:
        head = head.factors[0]
    return head if isinstance(head, Scripted) and head.sub is not None and head.sup is None else None
