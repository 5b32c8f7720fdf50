"""Which way a derivative lies: as its variable does, or as the row that many write, `x^T (A + A^T)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradcheck.expr.quotients import derivative_operator, tells_derivative
from gradcheck.expr.sizes import Clash
from gradcheck.notation.tree import Node, Product
from gradcheck.notation.walk import letters_in

if TYPE_CHECKING:
    from gradcheck.expr.infer import Typist


def relate_sides(typist: Typist, head: Node, left: tuple[int, int], right: tuple[int, int]) -> None:
    """Both sides have one shape; a derivative may be laid out the other way than what it is said to be.

    So it is where the one shape does not fit, or would make the variable square, and the other is neither.
    Raises Clash where neither fits.
    """
    if not _is_derivative(head):
        typist.same(left, right)
        return
    state, square = typist.sizes.save(), _is_square(typist, left)
    for other in (right, (right[1], right[0])):
        try:
            typist.same(left, other)
            if square or not _is_square(typist, left):
                return
        except Clash:
            pass
        typist.sizes.restore(state)
    typist.same(left, right)


def _is_square(typist: Typist, found: tuple[int, int]) -> bool:
    return typist.sizes.root(found[0]) == typist.sizes.root(found[1]) and not typist.is_scalar(found)


def _is_derivative(head: Node) -> bool:
    if isinstance(head, Product) and derivative_operator(head.factors[0]) is not None:
        return True
    return tells_derivative(head) or "nabla" in letters_in(head)
