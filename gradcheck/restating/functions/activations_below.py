"""Activations that stand below a letter: `A = g_{\\text{ReLU}}(Z)`, `\\sigma_{softmax}(z)`.

The letter says that it is a function, and the word below it which one. Read by its letter alone,
`\\sigma_{softmax}` would be the sigmoid. Only what is applied somewhere is taken so: `\\sigma_{tanh}` that
stands alone may be the spread of what a tanh gives. Shorter words are indices, and stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from gradcheck.expr.written.functions import BUILTIN
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Product, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace

LETTERS = frozenset(("f", "g", "h", "phi", "varphi", "psi", "sigma", "Phi", "Psi"))
SHORTEST = 4


def with_activations_named(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with `\\text{ReLU}(Z)` for `g_{\\text{ReLU}}(Z)`."""
    sides = [side for item in body if isinstance(item, Equation) for side in item.sides]
    applied = {
        kind
        for side in sides
        for node in of_kind(side, Product)
        for factor, after in zip(node.factors, node.factors[1:], strict=False)
        if isinstance(after, Group) and after.open in "([" and (kind := _kind(factor)) is not None
    }
    if not applied:
        return body

    def named(node: Node) -> Node:
        node = mapped(node, named)
        if not isinstance(node, Scripted) or _kind(node) not in applied:
            return node
        assert isinstance(node.sub, Symbol), "the word below"
        word = node.sub.name if node.sub.name in BUILTIN else node.sub.name.lower()
        activation = replace(node.sub, span=node.base.span, name=word)
        bare = node.sup is None and not node.primes
        return activation if bare else replace(node, base=activation, sub=None)

    return [rewritten(item, named) if isinstance(item, Equation) else item for item in body]


def _kind(node: Node) -> tuple[str, str] | None:
    """The letter and the word below it that together name a known function."""
    match node:
        case Scripted(base=Symbol(name=letter, style=""), sub=Symbol(name=word)) if letter in LETTERS:
            known = word in BUILTIN or word.lower() in BUILTIN
            return (letter, word) if known and len(word) >= SHORTEST else None
        case _:
            return None
