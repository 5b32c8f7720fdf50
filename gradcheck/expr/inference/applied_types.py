"""The types of what functions give: of a softmax that of its argument, of a norm a number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gradcheck.expr.inference.arguments import items_and_axis
from gradcheck.expr.inference.sizes import Clash
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.functions import BINARY, BUILTIN, DENSITIES, ENTRYWISE, FOURFOLD, LOSSES
from gradcheck.expr.written.names import Name
from gradcheck.notation.tree import Node, Number

if TYPE_CHECKING:
    from gradcheck.expr.inference.infer import Type, Typist


def applied_type(typist: Typist, name: Name | None, arguments: list[Node]) -> Type:
    """The type of what a function gives, known or not."""
    items, axis = items_and_axis(arguments)
    if name is not None and BINARY.get(name.base) == "matmul" and len(items) == 2:
        return typist.times(typist.type(items[0]), typist.type(items[1]), "")
    if name is not None and (op := BINARY.get(name.base)) in LOSSES and len(items) == 2:
        pair = typist.same(typist.type(items[0]), typist.type(items[1]))
        return pair if op in ENTRYWISE else typist.scalar()
    if name is not None and name.base in FOURFOLD:
        types = [typist.type(item) for item in items if not isinstance(item, Number)]
        for one, other in pairwise(types):
            typist.same(one, other)
        return typist.scalar()
    if name is not None and name.base in DENSITIES:
        return _of_density(typist, items)
    outside = set(typist.letters)
    found = next((t for i in items if not typist.is_scalar(t := typist.type(i))), typist.scalar())
    if name is not None and name.key in typist.values and not _is_another(typist, name, items):
        # The derivative `f'(x)` of a number by an array may lie either way.
        return (typist.sizes.new(), typist.sizes.new()) if name.primes else typist.values[name.key]
    builtin = BUILTIN.get(name.base) if name is not None else None
    if builtin is None and name is not None and name.base in typist.told.reducing:
        return typist.scalar()
    if builtin is None or not builtin.reduces or len(items) > 1:
        return (found[1], found[0]) if name is not None and name.transpose else found
    if builtin.op in ("trace", "det", "logdet"):
        typist.sizes.same(found[0], found[1])
    if builtin.op in ("trace", "det", "logdet", "norm"):
        return typist.scalar()
    if builtin.op in ("softmax", "log_softmax"):
        return found
    if builtin.op == "diag":
        return _of_diagonal(typist, found, [letter for letter in typist.letters if letter not in outside])
    if axis is None:
        return typist.sizes.new(), typist.sizes.new(1 if builtin.op == "vec" else None)
    return (typist.sizes.new(1), found[1]) if axis == 0 else (found[0], typist.sizes.new(1))


def _is_another(typist: Typist, name: Name, items: list[Node]) -> bool:
    """Whether it has the letter of a function of several arguments alone: `f(X)` beside `f(x, y) = …`."""
    several = typist.several.get(name.key, frozenset())
    given = {written.key for item in items for written in written_names(item)}
    return len(several) > 1 and len(items) == 1 and bool(given) and several.isdisjoint(given)


def _of_diagonal(typist: Typist, found: Type, own: list[str]) -> Type:
    """A diagonal matrix is as wide and as high as its vector is long, or as what `a_i` of its entry has."""
    if typist.is_scalar(found) and len(own) == 1:
        size = typist.letters.pop(own[0])
        return size, size
    of_vector = typist.sizes.value(found[1]) == 1 and typist.sizes.value(found[0]) != 1
    return (found[0], found[0]) if of_vector else (typist.sizes.new(), typist.sizes.new())


def _of_density(typist: Typist, items: list[Node]) -> Type:
    """A density is a number, its mean like its point; small letters are variances, capitals covariances."""
    point, *rest = items
    known = typist.type(point)
    for mean in rest[:1]:
        found = typist.type(mean)
        if not isinstance(mean, Number):
            typist.same(known, found)
    for spread in rest[1:]:
        rows, columns = typist.type(spread)
        letters = {name.base.removeprefix("\\")[:1] for name in written_names(spread)}
        if any(letter.isupper() for letter in letters):
            typist.sizes.same(rows, columns)
            _as_long(typist, known, rows)
        else:
            typist.sizes.may_be(1, (rows, columns))
    return typist.scalar()


def _as_long(typist: Typist, point: Type, size: int) -> None:
    """The point of a density is a column as long as its covariance, unless known to be anything else."""
    state = typist.sizes.save()
    try:
        typist.same(point, (size, typist.sizes.new(1)))
    except Clash:
        typist.sizes.restore(state)
