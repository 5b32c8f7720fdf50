"""Which row of a Jacobian is wrong, once a parameter's entry is known to be.

Promise: the row is found by one more derivative: with the cotangent's entry k weighted by 1 + k, the residual
of a single wrong row grows by its weight. The row is then measured by itself; where that does not explain
all, several are wrong, and the entry is shown as it was found, along the random cotangent. Rejected: one
derivative for each row.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.code.compare import Comparer
from gradcheck.code.localise import NEGLIGIBLE, measure_entry
from gradcheck.code.objective import align
from gradcheck.code.result import Entry, Finding
from gradcheck.code.trees import Numbers
from gradcheck.records import replace


def placed_in_rows(finding: Finding, comparer: Comparer, jacobian: Any) -> Finding:
    """The finding with the row of each entry that is wrong in one row only.

    jacobian  what the user's function returns at the point: arrays of shape f(x).shape + the parameter's
    """
    entries = tuple(_in_row(entry, comparer, jacobian) or entry for entry in finding.entries)
    several = finding.cause == "entry" and not any(entry.row for entry in entries)
    why = f"several values of f are concerned by one entry of x: {finding.why}" if several else finding.why
    return replace(finding, entries=entries, why=why)


def _in_row(entry: Entry, comparer: Comparer, jacobian: Any) -> Entry | None:
    cotangent = comparer.objective.cotangent
    weights = 1 + np.arange(cotangent.size).reshape(cotangent.shape)
    weighted = measure_entry(
        _contracted(comparer, jacobian, cotangent * weights), entry.position, comparer.sizes
    )
    whole = entry.expected - entry.got
    row = round((weighted.expected - weighted.got) / whole) - 1
    if not 0 <= row < cotangent.size:
        return None
    place = tuple(int(i) for i in np.unravel_index(row, cotangent.shape))
    chosen = np.zeros(cotangent.shape)
    chosen[place] = 1.0
    found = measure_entry(_contracted(comparer, jacobian, chosen), entry.position, comparer.sizes)
    share = float(cotangent[place]) * (found.expected - found.got)
    if not found.significant or abs(share - whole) > NEGLIGIBLE * abs(whole) + 2 * entry.bound:
        return None
    name = f"d f[{', '.join(map(str, place))}] / d {entry.name}"
    return replace(entry, name=name, row=place, expected=found.expected, got=found.got, bound=found.bound)


def _contracted(comparer: Comparer, jacobian: Any, cotangent: Numbers) -> Comparer:
    """The comparison of <u, f> with <u, J> for another u."""
    objective = replace(comparer.objective, cotangent=cotangent)
    claim = align(jacobian, objective.layout, cotangent, "jacobian")
    sizes = np.maximum(np.abs(claim.vector), comparer.sizes)
    at_zero = objective.real(comparer.point)
    return replace(comparer, objective=objective, claim=claim, sizes=sizes, at_zero=at_zero)
