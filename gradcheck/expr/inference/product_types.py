r"""The types of products: factors that stand beside each other, under dots, circles and strokes.

Factors that stand side by side bind tighter than a circle. What is built so decides which sizes are one, so
that a reading from left to right would take `s \odot V^T \delta` for a V of the shape of s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.inference.applied_types import applied_type
from gradcheck.expr.inference.index_sizes import relate_dotted
from gradcheck.expr.inference.sizes import Clash
from gradcheck.expr.written import writing
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import by_argument, read_quotient
from gradcheck.expr.written.reach import operand_end
from gradcheck.notation.tree import Group, Node, Root, Scripted

if TYPE_CHECKING:
    from gradcheck.expr.inference.infer import Type, Typist

_BY_ENTRIES = ("odot", "circ")


def product_type(typist: Typist, factors: Sequence[Node], kinds: Sequence[str]) -> Type:
    """A run of factors; kinds[i] joins the i-th to what is before it."""
    total: Type | None = None
    position = 0
    while position < len(factors):
        found, used = _factor(typist, factors, kinds, position)
        kind = kinds[position]
        if kind in ("/", "div") and isinstance(factors[position], Root):
            typist.same(found, typist.scalar())
        if writing.is_repeated(factors, kinds, position) or writing.is_weight(factors, position):
            typist.sizes.may_be(1, found)
        if kind == "" and writing.is_by_entries(factors, position):
            kind = "odot"
        elif total is not None and kind in ("", "cdot", "times"):
            dotted = relate_dotted(typist, factors, position, kind)
            kind = "slope" if writing.is_slope(factors, position, used) else dotted
        if total is not None and kinds[position] in _BY_ENTRIES:
            end = _juxtaposed_end(factors, kinds, position + used)
            whole = _beside(typist, total, factors[position:end], kinds[position + 1 : end])
            found, used = (whole, end - position) if whole is not None else (found, used)
        total = found if total is None else typist.times(total, found, kind)
        position += used
    assert total is not None, "a product has factors"
    return total


def _juxtaposed_end(factors: Sequence[Node], kinds: Sequence[str], end: int) -> int:
    r"""Behind a circle, up to where factors stand beside each other, `V^T \delta` of `s \odot V^T \delta`.

    An array turned at their end may close an outer product of all before it: `a \odot s x^T`.
    """
    first = end
    while end < len(factors) and kinds[end] == "":
        end += 1
    return first if end > first and writing.is_transposed(factors[end - 1]) else end


def _beside(typist: Typist, total: Type, factors: Sequence[Node], kinds: Sequence[str]) -> Type | None:
    """The type of such factors, which bind tighter than the circle before them; None where that clashes."""
    if len(factors) < 2:
        return None
    state = typist.sizes.save()
    try:
        found = product_type(typist, factors, ["", *kinds])
        return found if typist.is_scalar(total) or typist.is_scalar(found) else typist.same(total, found)
    except Clash:
        typist.sizes.restore(state)
        return None


def _factor(typist: Typist, factors: Sequence[Node], kinds: Sequence[str], position: int) -> tuple[Type, int]:
    by = [read_name(v) for v in by_argument(factors[position : position + 3])]
    if by and by[0] is not None:
        found = typist.name(by[0])
        return (found if len(by) == 1 else (found[0], found[0])), 3
    name = read_name(factors[position])
    following = factors[position + 1] if position + 1 < len(factors) else None
    if name is not None and following is not None and kinds[position + 1] == "":
        group = following.base if isinstance(following, Scripted) else following
        if isinstance(group, Group) and group.open in "([":
            if typist.is_function(name):
                found = applied_type(typist, name, list(group.items))
                return ((found[1], found[0]) if writing.is_transposed(following) else found), 2
            if "mid" in group.separators:
                return typist.same(typist.name(name), typist.scalar()), 2
            if name.base in typist.losses or len(group.items) > 1:
                return typist.name(name), 2
    quotient = read_quotient(factors[position])
    if quotient is not None and quotient.target is None and following is not None:
        variable = read_name(quotient.variables[0])
        end = operand_end(factors, kinds, position)
        heard = variable and _hear(typist, factors[position + 1 : end], ["", *kinds[position + 2 : end]])
        found = typist.name(variable) if variable and heard else typist.unknown()
        return (found if len(quotient.variables) == 1 else (found[0], found[0])), end - position
    return typist.type(factors[position]), 1


def _hear(typist: Typist, factors: Sequence[Node], kinds: Sequence[str]) -> bool:
    """Take in what a product tells of its names, if it is well formed; whether it may be a scalar."""
    state = typist.sizes.save()
    try:
        rows, columns = product_type(typist, factors, kinds)
    except Clash:
        typist.sizes.restore(state)
        return False
    square = typist.sizes.root(rows) == typist.sizes.root(columns)
    return square or typist.is_scalar((rows, columns)) or len(factors) == 1
