"""The slips of one right formula, weighed once for all readings of a line that are held against it.

Readings differ in what was written, not in what should stand there: the same slips are made of the right
formula for each, and what a slip comes to in inner products does not depend on what is wanted. What is wanted
moves all that is needed by one number a point, so that a table answers for a reading in one comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gradcheck.diagnosis.edits import Candidate, is_quantity, renamings
from gradcheck.diagnosis.sieve import SHARPNESS, Catalogue, Sieve, products
from gradcheck.diagnosis.site import Site
from gradcheck.diagnosis.values import Values
from gradcheck.expr.forms.tree import Expr
from gradcheck.ops.operation import Array


class Slipped:
    """A right formula with what one slip makes of it.

    offered  each place with the candidates of its records
    named    what may stand for another quantity
    """

    def __init__(
        self, values: Values, right: Expr, offered: Sequence[tuple[Site, list[Candidate]]], named: Catalogue
    ) -> None:
        own = values(right)
        self._shape = own.shape
        self._sieve = Sieve(values, right, own)
        self._aim = self._sieve.aim(own)
        weighed = [row for site, slips in offered for row in self._weighed(site, slips, named)]
        self._rows = [(site, what) for site, what, _, _, _ in weighed]
        self._got, self._need, self._tolerance = (
            np.array([row[column] for row in weighed]).reshape(len(weighed), self._aim[0].size)
            for column in (2, 3, 4)
        )

    def tells_of(self, wanted: Array) -> bool:
        """Whether a value has no axis that the right formula has not."""
        return bool(np.broadcast_shapes(self._shape, wanted.shape) == self._shape)

    def giving(self, wanted: Array) -> Iterator[Candidate]:
        """The slips that give a value, place by place."""
        (need, scale), (own_need, own_scale) = self._sieve.aim(wanted), self._aim
        needed = self._need + (need - own_need)
        tolerance = self._tolerance + SHARPNESS * (scale - own_scale + np.abs(self._got))
        for row in np.flatnonzero((np.abs(self._got - needed) <= tolerance).all(axis=1)).tolist():
            site, what = self._rows[row]
            yield from [what] if isinstance(what, Candidate) else renamings(site, [what])

    def _weighed(
        self, site: Site, slips: Sequence[Candidate], named: Catalogue
    ) -> Iterator[tuple[Site, Candidate | Expr, Array, Array, Array]]:
        """What may stand at a place, with what it comes to, what is needed, and how near it must come."""
        others = self._sieve.fitting(site.path, named) if is_quantity(site.node) else []
        offered: list[Candidate | Expr] = [*slips, *others]
        found = [
            (number, got, top.need, top.tolerance)
            for top, numbers, stacked in self._sieve.lifted(site.path, (_stands(each) for each in offered))
            for number, got in zip(numbers, products(top.cotangent, stacked), strict=True)
        ]
        for number, got, need, tolerance in sorted(found, key=lambda item: item[0]):
            yield site, offered[number], got, need, tolerance


def _stands(offered: Candidate | Expr) -> Expr:
    return offered.new if isinstance(offered, Candidate) else offered
