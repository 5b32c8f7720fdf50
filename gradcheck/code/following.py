"""A gradient that is wrong because another one is, from which the code makes it.

Promise: a gradient follows from others only if the document's right line for it, with the code's own values
of these put in, gives what the code computes. Mending those mends it, so nothing else is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gradcheck.calculus.runs import Run
from gradcheck.checking.judging.follow import as_gradient
from gradcheck.code.derivation import GOOD, Derivation, Line
from gradcheck.code.slips import close
from gradcheck.code.trees import Numbers
from gradcheck.diagnosis.values import Values
from gradcheck.expr.forms.tree import Expr, distinct


class _Given(Values):
    """Values at the points of a run at which some expressions have the values that code gave them."""

    def __init__(self, run: Run, given: Mapping[Expr, Numbers]) -> None:
        super().__init__(run)
        self._known.update(given)


def followed(
    derivation: Derivation,
    lines: Sequence[Line],
    got: tuple[Numbers, ...],
    wrong: Mapping[str, tuple[Numbers, ...]],
) -> tuple[str, ...]:
    """Keys of the wrong gradients of which this one is a consequence by some right line; empty if of none.

    got    the code's values of this gradient, (point, row, column) for each run
    wrong  key -> the code's values of another gradient that is wrong
    """
    for line in reversed(lines):
        used = {
            node: key for node in distinct((line.written,)) for key in _of(derivation, node) if key in wrong
        }
        if line.verdict in GOOD and used and _gives(derivation, line.written, used, got, wrong):
            return tuple(dict.fromkeys(used.values()))
    return ()


def _of(derivation: Derivation, node: Expr) -> tuple[str, ...]:
    """The quantity of which a node is the gradient of the loss."""
    found = as_gradient(node) if node.op == "deriv" else None
    if found is None or found.target != derivation.case.scope.loss() or found.variable.op != "var":
        return ()
    return (found.variable.attr[0],)


def _gives(
    derivation: Derivation,
    written: Expr,
    used: Mapping[Expr, str],
    got: tuple[Numbers, ...],
    wrong: Mapping[str, tuple[Numbers, ...]],
) -> bool:
    prepared = derivation.bench.prepare(written)
    for number, run in enumerate(derivation.bench.runs):
        values = _Given(run, {node: wrong[key][number] for node, key in used.items()})
        with np.errstate(all="ignore"):
            found = values(prepared)
        if found.shape[-3:] != got[number].shape or not close(found.reshape(got[number].shape), got[number]):
            return False
    return True
