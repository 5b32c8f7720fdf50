"""What the oracles found about one equation, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from gradcheck.records import dataclass

Outcome = Literal["equal", "different", "undecided"]


@dataclass(frozen=True, slots=True)
class SymbolicEvidence:
    """SymPy on components: `identity`, `different` or `unknown`, and how it was decided."""

    outcome: Literal["identity", "different", "unknown"]
    method: str


@dataclass(frozen=True, slots=True)
class NumericEvidence:
    """One numerical oracle: the largest relative difference of the two sides, and the error it may have.

    relative_error  None where a side has no finite value
    bound           what the oracle's own error may amount to, relative as well
    """

    outcome: Outcome
    relative_error: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Witness:
    """One entry at one point where the two sides differ for certain.

    point     values of the quantities that the formula names, by key, as nested lists
    entry     1-based row and column; `indices` the values of free indices
    expected  the left side there; `got` the right side
    sizes     the size of each named dimension
    stepped   the left side there by finite differences; None where it holds no derivative
    """

    point: Mapping[str, Any]
    entry: tuple[int, int]
    indices: Mapping[str, int]
    expected: float
    got: float
    sizes: Mapping[str, int]
    stepped: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The oracles' common answer: are the two sides equal?

    certainty  `proved` for a symbolic identity or a rigorous witness, `agrees` for numbers alone
    reason     why it is undecided
    """

    outcome: Outcome
    certainty: Literal["proved", "agrees"]
    symbolic: SymbolicEvidence
    analytic: NumericEvidence
    finite_difference: NumericEvidence
    witness: Witness | None = None
    reason: str | None = None
