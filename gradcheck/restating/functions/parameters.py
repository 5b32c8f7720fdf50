"""Parameters that are written once: `h_\\theta(x)` is defined, and from there on people write `h(x)`.

A bare letter that nothing defines, beside exactly one function of that letter with its parameters below it,
is that function. The other way round, where `h(x) = \\theta^T x` is defined bare, an undefined `h_\\theta` is
h: what stands below it is what the formula of h holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.function_names import is_parameterised
from gradcheck.expr.written.names import base_text, read_name
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace


def with_parameters(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with each such function under the one name that it was defined by; else themselves."""
    return _without(_added(body))


def _added(body: Sequence[Statement]) -> Sequence[Statement]:
    """The parameters put below each bare letter of a function that is defined with them."""
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


def _without(body: Sequence[Statement]) -> Sequence[Statement]:
    """The parameters left out below each letter of a function that is defined bare, until it is with them."""
    listed = list(definitions(item for item in body if isinstance(item, Equation)))
    bare: dict[str, frozenset[str]] = {}
    since: dict[str, int] = {}
    for definition in listed:
        base, number = definition.name.base, definition.place[0]
        since.setdefault(definition.name.key, number)
        if definition.is_function and definition.name.key == base:
            letters = frozenset(name.base for name in written_names(definition.right))
            bare[base] = bare.get(base, frozenset()) | letters
    if not bare:
        return body
    return [_plain(item, bare, since) if isinstance(item, Equation) else item for item in body]


def _plain(item: Equation, bare: Mapping[str, frozenset[str]], since: Mapping[str, int]) -> Equation:
    """An equation with `h_\\theta` as h where h is what was defined so far."""

    def change(node: Node) -> Node:
        name = read_name(node) if isinstance(node, Scripted) else None
        if name is None or not is_parameterised(name) or not isinstance(node, Scripted):
            return mapped(node, change)
        known = set(name.sub) <= bare.get(name.base, frozenset()) and since[name.base] <= item.number
        if not known or since.get(name.key, item.number + 1) <= item.number:
            return mapped(node, change)
        return node.base if node.sup is None else replace(node, sub=None)

    def plain(side: Node) -> Node:
        names = (read_name(node) for node in of_kind(side, Scripted))
        return change(side) if any(name is not None and is_parameterised(name) for name in names) else side

    return rewritten(item, plain)


def _applied(head: Node) -> Scripted | None:
    """`h_\\theta` of the head `h_\\theta(x)`."""
    head = unboxed(head)
    if isinstance(head, Product) and isinstance(head.factors[-1], Group) and len(head.factors) == 2:
        head = head.factors[0]
    return head if isinstance(head, Scripted) and head.sub is not None and head.sup is None else None
