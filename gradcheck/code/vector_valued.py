"""Slips that only the gradient of an array-valued f can have: a turned Jacobian, a vjp that leaves out u.

Promise: a Jacobian is called transposed if the turned one agrees with f along two directions; u is called
left out if the vjp is the same for another u. Asked only of what is wrong already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcheck.code.compare import Comparer, draw, rms
from gradcheck.code.objective import Claimant, align
from gradcheck.code.result import Finding
from gradcheck.code.trees import Leaf, Numbers, Vector, as_array, named_leaves
from gradcheck.records import replace

LOOKS = 2


def known_slip(
    findings: Sequence[Finding], comparer: Comparer, claimant: Claimant, rng: np.random.Generator
) -> list[Finding]:
    """The findings, those replaced that a slip with the axes of f's values explains."""
    if claimant.kind == "vjp" and claimant.callable and _leaves_out(comparer, claimant):
        names = tuple(leaf.name for leaf in comparer.objective.layout.leaves)
        why = "u is left out: the vjp is the same for every u"
        entries = findings[0].entries
        return [Finding(names, "constant", why, "multiply by u before the sum over f's values", entries)]
    if claimant.kind != "jacobian":
        return list(findings)
    jacobian = claimant.raw(comparer.point)
    leaves = {leaf.name: leaf for leaf in comparer.objective.layout.leaves}
    return [
        _turned(finding, leaves[finding.parameters[0]], comparer, jacobian, rng) or finding
        for finding in findings
    ]


def _leaves_out(comparer: Comparer, claimant: Claimant) -> bool:
    """Is the vjp of 2u that of u, where it is not 0."""
    double = replace(claimant, cotangent=2 * claimant.cotangent).at(comparer.point)
    return bool(double.vector.any()) and np.array_equal(double.vector, comparer.claim.vector)


def _turned(
    finding: Finding, leaf: Leaf, comparer: Comparer, jacobian: Any, rng: np.random.Generator
) -> Finding | None:
    """The finding that a leaf's Jacobian has f's axes last instead of first, if that is so."""
    cotangent, layout = comparer.objective.cotangent, comparer.objective.layout
    parts = (
        [jacobian] if layout.bare else [value for name, value in named_leaves(jacobian) if name == leaf.name]
    )
    array = as_array(parts[0]) if parts else np.zeros(())
    if len(finding.parameters) > 1 or array.shape != leaf.shape + cotangent.shape or leaf.size < LOOKS:
        return None
    one = replace(layout, template=array, leaves=(replace(leaf, name="x"),))
    turned = align(_moved(array, cotangent.ndim), one, cotangent, "jacobian").vector
    for _ in range(LOOKS):
        direction = np.zeros_like(comparer.point)
        direction[leaf.where] = draw(rng, np.full(leaf.size, rms(comparer.point[leaf.where]) or 1.0))
        if not _agrees(comparer, turned, leaf, direction):
            return None
    why = f"transposed: the Jacobian by {leaf.name} has the axes of f(x) last, and they come first"
    return replace(finding, cause="transpose", why=why, help="transpose it")


def _moved(array: Numbers, axes: int) -> Numbers:
    return np.moveaxis(array, range(-axes, 0), range(axes))


def _agrees(comparer: Comparer, gradient: Vector, leaf: Leaf, direction: Vector) -> bool:
    vector = comparer.claim.vector.copy()
    vector[leaf.where] = gradient
    turned = replace(comparer, claim=replace(comparer.claim, vector=vector))
    return not turned.residual(direction).significant
