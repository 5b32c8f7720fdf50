"""Which way a derivative by a column lies: as the column does, or as a row: `x^T (A + A^T)` of `x^T A x`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradcheck.expr.inference.sizes import Clash
from gradcheck.expr.written.names import core_letter
from gradcheck.expr.written.quotients import variables_in
from gradcheck.notation.tree import Node

if TYPE_CHECKING:
    from gradcheck.expr.inference.infer import Typist


def relate_sides(typist: Typist, head: Node, left: tuple[int, int], right: tuple[int, int]) -> None:
    """Both sides have one shape; a derivative by a small letter may be the row where that is a column.

    So it is where the one shape does not fit, or would make the letter square, and the other is neither: such
    letters are columns. Raises Clash where neither fits.
    """
    variables = variables_in(head)
    if not variables or not all(core_letter(name.base).islower() for name in variables):
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
