"""Do f and the gradient return the same again for the same x?

Promise: asked only where something is off, at the cost of few evaluations; a function that draws
random numbers (dropout, a shuffled batch), or remembers earlier calls, is told of and nobody is accused.
What differs by no more than roundings is the same: sums in parallel are not always taken in one order.
"""

from __future__ import annotations

import numpy as np

from gradcheck.code.compare import Comparer
from gradcheck.code.objective import Claimant
from gradcheck.code.result import Note

SAME = 1e-6  # relative: what sums of float32 numbers in another order may differ by
TIMES = 2  # that f is called again: a mask of few bits may be drawn twice
REMEDY = "fix what it draws (masks and batches drawn before, or a seed inside) and what it remembers"


def varying(comparer: Comparer, claimant: Claimant) -> Note | None:
    """What is said of an f or a gradient that returns something else for the same x; None if neither does."""
    told = next((told for told in (_again(comparer) for _ in range(TIMES)) if told), None)
    if told is None and _differ(comparer, claimant):
        told = "the gradient is another one at each call for the same x"
    return Note("random", f"{told}, and so cannot be judged: {REMEDY}") if told else None


def _again(comparer: Comparer) -> str | None:
    """What f returned instead, when called again."""
    first, again = comparer.at_zero, comparer.objective.real(comparer.point)
    if abs(again - first) <= SAME * abs(first):
        return None
    raised = comparer.objective.calls.raised
    if np.isnan(again) and raised is not None:
        return f"f raised {type(raised).__name__} ({raised}) when called again for the same x"
    return f"f returned {float(first):.9g}, then {float(again):.9g} for the same x"


def _differ(comparer: Comparer, claimant: Claimant) -> bool:
    claim = claimant.at(comparer.point)
    apart = np.abs(claim.vector - comparer.claim.vector)
    return claim.misfits.keys() != comparer.claim.misfits.keys() or bool(
        (apart > SAME * comparer.sizes).any()
    )
