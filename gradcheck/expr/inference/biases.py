"""What a bias is, and which way it lies: along the rows of `W X`, or the columns of `X W`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.tree import BigOperator, Group, Node, Product, Term

if TYPE_CHECKING:
    from gradcheck.expr.inference.infer import Typist

WEIGHTS = ("W", "w", "\\Theta", "\\theta")
BIASES = ("b", "c", "\\beta")


def offsets_last(terms: Sequence[Term]) -> Sequence[Term]:
    """The terms of a sum with an offset at its beginning, `w_0 + \\sum_j w_j x_j`, at its end."""
    name = read_name(terms[0].body) if len(terms) == 2 and isinstance(terms[1].body, BigOperator) else None
    offset = name is not None and (name.sub == ("0",) or (name.base in BIASES and not name.sub))
    return terms[::-1] if offset else terms


def relate_addend(
    typist: Typist, total: tuple[int, int], found: tuple[int, int], body: Node, first: Node
) -> None:
    """A bias lies along what its weights give, in `W X + b` or `X W + b`; the rest is as the sum.

    Raises Clash where the sizes are others.
    """
    sizes = typist.sizes
    own = 1 if weights_come_last(first) or typist.vocabulary.sample_axis == 0 else 0
    other = 1 - own
    sizes.same(total[own], found[own])
    name = read_name(body)
    if name is not None and _is_bias(name, first, typist) and sizes.value(total[other]) != 1:
        if sizes.root(total[other]) != sizes.root(found[other]):
            sizes.set(found[other], 1)
        return
    sizes.same(total[other], found[other])


def _is_bias(name: Name, first: Node, typist: Typist) -> bool:
    """Whether an addend is the same for all samples: by its letter, or a small one that is learnt.

    That is, beside weights something is differentiated by it, it has no samples, and nothing defines it.
    """
    letter = name.base.lstrip("\\")
    small = letter[:1].islower() and (len(letter) == 1 or name.base.startswith("\\"))
    learnt = name.base in typist.told.derived - typist.told.sampled and name.key not in typist.plain
    if name.base in BIASES or not isinstance(first, (Product, BigOperator)):
        return name.base in BIASES
    return (learnt and small) or (name.base == "B" and isinstance(first, Product) and _has_weights(first))


def _has_weights(product: Product) -> bool:
    """Whether weights are a factor of a product, or of a call of `dot` in it: a B goes with them."""
    inside = [item for f in product.factors for item in (f.items if isinstance(f, Group) else (f,))]
    return any(name.base in WEIGHTS for name in map(read_name, inside) if name is not None)


def weights_come_last(node: Node) -> bool:
    """Whether a formula is a product of data with weights, in this order."""
    if not isinstance(node, Product):
        return False
    first, last = read_name(node.factors[0]), read_name(node.factors[-1])
    if first is None or last is None or first.transpose or last.transpose:
        return False
    return last.base in WEIGHTS and first.base not in WEIGHTS
