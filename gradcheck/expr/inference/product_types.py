r"""The types of products: factors that stand beside each other, under dots, circles and strokes.

Behind a circle, `s ∘ δ W^T` and `W^T δ ∘ s x^T`, some authors let what stands side by side bind more, others
read on from the left, and both may fit sizes that are still open. The reading counts that makes fewer sizes
equal, since sizes are made equal by meaning, as those of a weight with what it stands beside, and a matrix is
square by accident; side by side where both do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.inference.applied_types import applied_type
from gradcheck.expr.inference.index_sizes import relate_dotted
from gradcheck.expr.inference.sizes import Clash, Sizes
from gradcheck.expr.written import writing
from gradcheck.expr.written.names import read_name
from gradcheck.expr.written.quotients import by_argument, read_quotient
from gradcheck.expr.written.reach import operand_end
from gradcheck.notation.tree import Group, Node, Root, Scripted

if TYPE_CHECKING:
    from gradcheck.expr.inference.infer import Type, Typist

    Times = Callable[[Type, Type, str], Type]

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
        found, used = _behind(typist, total, (found, used), factors, kinds, position)
        total = found if total is None else typist.times(total, found, kind)
        position += used
    assert total is not None, "a product has factors"
    return total


def _behind(
    typist: Typist,
    total: Type | None,
    first: tuple[Type, int],
    factors: Sequence[Node],
    kinds: Sequence[str],
    position: int,
) -> tuple[Type, int]:
    """What an elementwise product takes of the factors behind it, and how many; the first of any other.

    What goes entry by entry by its form, the `1 - S` of `S (1 - S)`, belongs to no product of matrices.

    total   what stands before it, if anything
    first   the first of them, and how many factors that is
    """
    found, used = first
    if total is None or kinds[position] not in _BY_ENTRIES:
        return first
    run, end = [found], position + used
    while end < len(factors) and kinds[end] == "":
        other, more = _factor(typist, factors, kinds, end)
        if writing.is_by_entries(factors, end) or writing.is_slope(factors, end, more):
            return first
        run.append(other)
        end += more
    if len(run) == 1 or not _binds_more(typist.sizes, typist.times, total, run):
        return first
    return _product(run, typist.times), end - position


def _binds_more(sizes: Sizes, times: Times, before: Type, run: Sequence[Type]) -> bool:
    """Whether a run of factors behind `∘` is one factor of it.

    times   relates the sizes of two factors, and raises Clash where they do not fit
    """
    dims = [dim for type_ in (before, *run) for dim in type_]

    def whole() -> None:
        times(before, _product(run, times), "odot")

    def step_by_step() -> None:
        _product((times(before, run[0], "odot"), *run[1:]), times)

    as_one, from_left = _kept(sizes, dims, whole), _kept(sizes, dims, step_by_step)
    return as_one >= max(1, from_left)


def _product(factors: Sequence[Type], times: Times) -> Type:
    total, *others = factors
    for other in others:
        total = times(total, other, "matmul")
    return total


def _kept(sizes: Sizes, dims: Iterable[int], relate: Callable[[], None]) -> int:
    """How many different sizes are left once some are related; none where they do not fit."""
    state = sizes.save()
    try:
        relate()
        return len({sizes.root(dim) for dim in dims})
    except Clash:
        return 0
    finally:
        sizes.restore(state)


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
        for factor in factors:
            typist.differ_by_numbers(factor)
        rows, columns = product_type(typist, factors, kinds)
    except Clash:
        typist.sizes.restore(state)
        return False
    square = typist.sizes.root(rows) == typist.sizes.root(columns)
    return square or typist.is_scalar((rows, columns)) or len(factors) == 1
