"""Concrete sizes for named ones.

Sizes are pairwise different, and none is 1 unless the document says so: with equal sizes a product of
the wrong order or a missing transpose goes unseen, and a batch of one hides every lost mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain, count, islice
from math import prod

from gradcheck.shapes import Dim


def choose_sizes(dims: Iterable[Dim], fixed: Mapping[str, int], round_: int = 0) -> dict[str, int]:
    """An integer for each named size.

    dims     sizes as they occur: names, sums and products of names (`n*m+1`), integers (which are avoided)
    fixed    what the document says
    round_   another round deals the sizes out differently, so that a factor tells which size it is
    """
    listed = list(dims)
    names = list(dict.fromkeys(n for dim in listed if isinstance(dim, str) for n in re.split(r"[*+]", dim)))
    taken = {*fixed.values(), 1, *(dim for dim in listed if isinstance(dim, int))}
    free = [name for name in names if name not in fixed and not name.isdigit()]
    pool = (size for size in chain((3, 2), count(4)) if size not in taken)
    return {**fixed, **dict(zip(free, islice(pool, round_, None), strict=False))}


def concrete(dim: Dim, sizes: Mapping[str, int]) -> int:
    """The integer that a size stands for; a name may be a sum of products, `n*m+1`."""
    if isinstance(dim, int):
        return dim
    if dim in sizes:
        return sizes[dim]
    return sum(prod(_integer(name, sizes) for name in part.split("*")) for part in dim.split("+"))


def _integer(name: str, sizes: Mapping[str, int]) -> int:
    return int(name) if name.isdigit() else sizes[name]
