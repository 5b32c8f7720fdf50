"""A gradient that is a constant times the right one, the constant told by the sizes it is made of.

Promise: the constant is the same at every point and entry of a set of sizes, and what it is made of gives it
at both sets; so a 3 is called m where it is m, and 3 where it is 3. Asked before the formula is searched for
a slip, since a factor in front needs no formula to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from gradcheck.code.explain import in_words, plainer
from gradcheck.code.trees import Numbers
from gradcheck.records import dataclass

CLOSE = 1e-9  # relative: code and formula round differently
ONE = ""


@dataclass(frozen=True, slots=True)
class WholeFactor:
    """What the code computes is number * over / under times the gradient: letters of sizes, or empty."""

    number: float
    over: str
    under: str

    def code(self, samples: str) -> str:
        """The misconception: of a mean, of a count, of a sign, of a number."""
        match (self.number, self.over, self.under):
            case (1.0, over, "") if over == samples:
                return "GC201"
            case (1.0, "", under) if under == samples:
                return "GC202"
            case (1.0, over, _) if over == samples:
                return "GC203"
            case (-1.0, "", ""):
                return "GC501"
        return "GC206" if not (self.over or self.under) else "GC312"

    def __str__(self) -> str:
        """`-1`, `2`, `m`, `1/m`, `m/k`, `2m/k`, `1/(2k)`."""
        over, _, under = ("1" if self.number == 1 else in_words(self.number)).partition("/")
        top = f"{over[:-1] if self.over and over in ('1', '-1') else over}{self.over}"
        below = f"{under}{self.under}"
        if not below:
            return top
        return f"{top}/({below})" if under and self.under else f"{top}/{below}"


def whole_factor(
    right: Sequence[Numbers], got: Sequence[Numbers], sizes: Sequence[Mapping[str, int]]
) -> WholeFactor | None:
    """The factor by which the code's values are those of the right formula, in every run; or None.

    right, got  the values of each run, (point, row, column)
    sizes       each run's sizes by letter
    """
    ratios = [_ratio(one, other) for one, other in zip(right, got, strict=True)]
    known = [ratio for ratio in ratios if ratio is not None]
    if len(known) < len(ratios):
        return None
    for over, under in _quotients(tuple(sizes[0])):
        rest = [c * run.get(under, 1) / run.get(over, 1) for c, run in zip(known, sizes, strict=True)]
        if np.ptp(rest) <= CLOSE * abs(rest[0]):
            number = 1.0 if abs(rest[0] - 1) < CLOSE else plainer(rest[0], CLOSE)
            return None if number == 1 and over == under else WholeFactor(number, over, under)
    return None


def _quotients(letters: Sequence[str]) -> Iterator[tuple[str, str]]:
    """No size, one above, one below, one above another."""
    yield ONE, ONE
    yield from ((letter, ONE) for letter in letters)
    yield from ((ONE, letter) for letter in letters)
    yield from ((over, under) for over in letters for under in letters if over != under)


def _ratio(right: Numbers, got: Numbers) -> float | None:
    """c with got = c right, or None."""
    square = float(np.vdot(right, right))
    if right.shape != got.shape or not square or not got.any():
        return None
    factor = float(np.vdot(right, got)) / square
    near = np.abs(got - factor * right).max() <= CLOSE * np.abs(got).max()
    return factor if near else None
