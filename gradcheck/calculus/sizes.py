"""Concrete sizes for named ones.

None is 1 unless the document says so, and any two differ in at least one of two rounds: with equal sizes a
mean over the wrong axis goes unseen, and a batch of one hides every lost mean. (Shapes that do not fit
are found by name, whatever the sizes.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import prod

from gradcheck.expr.forms.tree import Expr
from gradcheck.shapes import Dim, counted

_POOL = (3, 2, 4, 5, 6, 7, 8, 9, 10, 11)
_DIFFERENT = 5  # more different sizes would make arrays large without telling more apart


def choose_sizes(
    dims: Iterable[Dim],
    fixed: Mapping[str, int],
    round_: int = 0,
    pool: tuple[int, ...] = (),
    bounds: Iterable[tuple[Dim, Dim]] = (),
) -> dict[str, int]:
    """An integer for each named size.

    dims     sizes as they occur: sums and products of names (`n*m+1`), integers (which are avoided)
    fixed    what the document says
    round_   0 or 1: each name has another size in the other round, and two names that have to share a
             size in one round differ in the other
    pool     the sizes to choose from, where it matters more that they are small than that they differ
    bounds   pairs of which the first size must not exceed the second; their sizes change places for it, and
             where the first is a number the second becomes as large
    """
    listed = list(dims)
    names = list(dict.fromkeys(n for dim in listed if isinstance(dim, str) for n in re.split(r"[*+]", dim)))
    taken = {*fixed.values(), *(dim for dim in listed if isinstance(dim, int))}
    free = [name for name in names if name not in fixed and not _is_number(name)]
    sizes = pool or [size for size in _POOL if size not in taken][:_DIFFERENT] or _POOL
    count = len(sizes)
    places = {name: k if round_ == 0 else k + k // count + 1 for k, name in enumerate(free)}
    chosen = {name: sizes[place % count] for name, place in places.items()}
    for _ in chosen:
        for small, large in bounds:
            if small in chosen and large in chosen and chosen[str(small)] > chosen[str(large)]:
                chosen[str(small)], chosen[str(large)] = chosen[str(large)], chosen[str(small)]
    for small, large in bounds:
        if isinstance(small, int) and small > chosen.get(str(large), small):
            others = {*taken, *chosen.values()}
            chosen[str(large)] = next((size for size in _POOL if size >= small and size not in others), small)
    return {**fixed, **chosen}


def concrete(dim: Dim, sizes: Mapping[str, int]) -> int:
    """The integer that a size stands for; a name may be a sum of products, `n*m+1`."""
    if isinstance(dim, int):
        return dim
    if dim in sizes:
        return sizes[dim]
    return sum(prod(_integer(name, sizes) for name in part.split("*")) for part in dim.split("+"))


def as_stated(sizes: Mapping[str, int]) -> dict[str, int] | None:
    """The sizes with those that a document gives as large numbers at these numbers; None if it gives none."""
    stated = {name: int(name) for name in sizes if name.isdigit()}
    return {**sizes, **stated} if stated else None


def entries(exprs: Iterable[Expr], sizes: Mapping[str, int]) -> int:
    """The most entries that a part of some expressions has, over all its free indices."""
    most = 0
    for node in (n for expr in exprs for n in expr.walk()):
        dims = (*node.shape, *(dim for _, dim in node.free))
        most = max(most, prod(concrete(dim, sizes) for dim in dims))
    return most


def _integer(name: str, sizes: Mapping[str, int]) -> int:
    return int(name) if _is_number(name) else sizes[name]


def _is_number(name: str) -> bool:
    """Whether a part of a size is a number, and not so large a one that it is a name."""
    return name.isdigit() and counted(int(name)) != name
