"""Why one parameter's gradient is wrong, from numbers alone.

Promise: an explanation is a corrected gradient, made from what was claimed by one known slip, that agrees
with the derivative measured along several directions; the first that agrees is given, plain slips first.
Nothing agreeing is no explanation, never the nearest one. Rejected: comparing full gradients, which costs a
direction for each entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from gradcheck.code.directional import Derivative
from gradcheck.code.objective import Claim
from gradcheck.code.result import Cause, Finding
from gradcheck.code.trees import Layout, Leaf, Numbers, Vector
from gradcheck.records import dataclass, replace

FINE = 64.0  # roundings of the gradient's own precision, if they are more than that
AGREE = 1e-7  # of the root sum of squares: an explanation need not be as exact as a judgement
SHARE = 0.01  # of the residual: but it must take nearly all of it away


@dataclass(frozen=True, slots=True)
class Measured:
    """The derivative of f along a direction that moves one leaf only; `direction` holds that leaf's part."""

    direction: Vector
    derivative: Derivative
    agree: float = AGREE


@dataclass(frozen=True, slots=True)
class Slip:
    """A gradient of the leaf's shape that would be right if this slip had been made, up to a plain factor."""

    cause: Cause
    corrected: Numbers
    why: str
    help: str
    parameters: tuple[str, ...]


def explain(
    leaf: Leaf, claim: Claim, layout: Layout, point: Vector, measured: Sequence[Measured]
) -> Finding | None:
    """The slip that turns the claimed gradient of a leaf into the measured one, or None."""
    claimed = claim.misfits.get(leaf.name, claim.vector[leaf.where].reshape(leaf.shape))
    near = max(AGREE, FINE * claim.eps)
    measured = [replace(m, agree=near) for m in measured]
    if leaf.name in claim.missing or not claimed.any():
        return _held_constant(leaf, claim)
    if claimed.shape == leaf.shape:
        if all(_is_nothing(m, claimed) for m in measured):
            return _not_there(leaf)
        measured = [_sharpened(m, claimed) for m in measured]
        factor = fitted_factor(claimed, measured)
        if factor:
            return factor_finding((leaf.name,), plainer(1 / factor, near))
    for slip in _slips(leaf, claimed, claim, layout):
        factor = plainer(fitted_factor(slip.corrected, measured) or 0.0, near)
        if factor and (abs(factor - 1) < near or (leaf.size > len(measured) and _plain(factor) is not None)):
            extra = "" if abs(factor - 1) < near else f", and a factor {in_words(factor)} is missing"
            return Finding(slip.parameters, slip.cause, slip.why + extra, slip.help)
    return _penalty(leaf, claimed, point, measured) if claimed.shape == leaf.shape else None


def fitted_factor(gradient: Numbers, measured: Sequence[Measured]) -> float | None:
    """c with E = c <gradient, d> along every measured direction, or None."""
    flat = gradient.ravel()
    sums = np.array([flat @ m.direction for m in measured])
    wanted = np.array([m.derivative.value for m in measured])
    if not sums.any():
        return None
    factor = float(sums @ wanted / (sums @ sums))
    sizes = [np.linalg.norm(flat * m.direction) for m in measured]
    near = all(
        abs(m.derivative.value - factor * s) <= m.derivative.bound + m.agree * abs(factor) * size
        for m, s, size in zip(measured, sums, sizes, strict=True)
    )
    return factor if near and factor else None


def _sharpened(measured: Measured, claimed: Numbers) -> Measured:
    """The same measurement, to be met so closely that a small residual too is explained."""
    terms = claimed.ravel() * measured.direction
    residual = abs(measured.derivative.value - float(terms.sum()))
    return replace(measured, agree=min(measured.agree, SHARE * residual / float(np.linalg.norm(terms))))


def factor_finding(names: tuple[str, ...], factor: float) -> Finding:
    """A gradient that is `factor` times the true one."""
    if abs(factor + 1) < AGREE:
        return Finding(
            names, "sign", "the sign is wrong: this is -1 times the gradient", "negate it", (), factor
        )
    plain = _plain(factor)
    why = f"a constant factor: this is {in_words(factor)} times the gradient"
    match plain:
        case _ if abs(factor - 1) < 1e-5:
            remedy = "look for a constant that was rounded"
        case Fraction(numerator=1, denominator=2):
            remedy = "multiply by 2: that of a square, or of a term that occurs twice, is lost"
        case Fraction(numerator=1, denominator=many):
            remedy = f"multiply by {many}: a mean over {many} was taken twice, or where f takes a sum"
        case Fraction(denominator=1, numerator=many) if many > 2:
            remedy = f"divide by {many}: f takes a mean over {many}, the gradient a sum"
        case Fraction(numerator=2, denominator=1):
            remedy = "divide by 2: the 1/2 before the square in f is lost, or a term is counted twice"
        case _:
            remedy = f"multiply by {in_words(1 / factor)}"
    return Finding(names, "factor", why, remedy, (), factor)


def in_words(factor: float) -> str:
    """`2`, `1/7`, `-3/2`, `sqrt(3)`, `1/sqrt(3)`, or a decimal number."""
    plain, square = _plain(factor), _plain(factor**2)
    if abs(factor - 1) < 1e-5:
        return f"(1 {factor - 1:+.0e})"
    if plain is not None:
        return str(plain)
    sign = "-" if factor < 0 else ""
    match square:
        case Fraction(denominator=1, numerator=number):
            return f"{sign}sqrt({number})"
        case Fraction(denominator=number, numerator=1):
            return f"{sign}1/sqrt({number})"
        case _:
            return f"{factor:.6g}"


def plainer(factor: float, near: float) -> float:
    """The plain number, other than 1, that the factor is but for a relative error `near`, else the factor."""
    plain = _plain(factor, near) if factor else None
    return factor if plain is None or plain == 1 else float(plain)


def _plain(factor: float, near: float = AGREE) -> Fraction | None:
    """The factor as n, 1/n, or a ratio of small numbers, if it is one."""
    tries = (
        Fraction(factor).limit_denominator(12),
        Fraction(round(factor)),
        1 / Fraction(round(1 / factor)) if abs(factor) < 0.9 else Fraction(0),
    )
    return next((t for t in tries if t and abs(float(t) / factor - 1) < near and abs(t) < 10_000_000), None)


def _slips(leaf: Leaf, claimed: Numbers, claim: Claim, layout: Layout) -> Iterator[Slip]:
    own = (leaf.name,)
    yield from (
        Slip(
            "transpose",
            turned,
            f"transposed: the gradient of {leaf.name} is this one's transpose",
            remedy,
            own,
        )
        for turned, remedy in _turned(leaf, claimed)
    )
    if claimed.size == leaf.size and claimed.shape != leaf.shape:
        why = f"the shape is wrong: {claimed.shape} where {leaf.name} has {leaf.shape}; the numbers are right"
        yield Slip("shape", claimed.reshape(leaf.shape), why, f"reshape it to {leaf.shape}", own)
    for axes in _axes_beyond(claimed.shape, leaf.shape):
        yield Slip(
            "batch-sum",
            claimed.sum(axes).reshape(leaf.shape),
            f"a sum is missing: shape {claimed.shape} where {leaf.name} has {leaf.shape}",
            f"sum it over axis {', '.join(map(str, axes))} (the batch), keeping the shape of {leaf.name}",
            own,
        )
    yield from (
        Slip("order", moved, f"out of order: {why}", remedy, own)
        for moved, why, remedy in _reordered(leaf, claimed)
    )
    for other in layout.leaves:
        array = claim.misfits.get(other.name, claim.vector[other.where].reshape(other.shape))
        if other.name != leaf.name and array.any() and array.size == leaf.size:
            why = f"swapped: the gradient of {leaf.name} stands in the place of {other.name}"
            yield Slip(
                "swapped",
                array.reshape(leaf.shape),
                why,
                "return them in the order of x",
                (leaf.name, other.name),
            )


def _turned(leaf: Leaf, claimed: Numbers) -> Iterator[tuple[Numbers, str]]:
    if claimed.shape == leaf.shape[::-1] and claimed.ndim > 1:
        yield claimed.T, "transpose it"
    if claimed.shape == leaf.shape and len(set(leaf.shape)) > 1 and min(leaf.shape) > 1:
        yield claimed.reshape(leaf.shape[::-1]).T, "transpose it where it was reshaped"


def _reordered(leaf: Leaf, claimed: Numbers) -> Iterator[tuple[Numbers, str, str]]:
    """The claimed array reversed, or shifted by one, along each axis."""
    if claimed.shape != leaf.shape:
        return
    for axis in (axis for axis, n in enumerate(leaf.shape) if n > 1):
        yield (
            np.flip(claimed, axis),
            f"reversed along axis {axis}",
            f"reverse axis {axis} back: a convolution was taken for a correlation, or the other way round",
        )
        for by, which in ((-1, "later"), (1, "earlier")):
            yield (
                np.roll(claimed, by, axis),
                f"each entry stands one place {which} than it should along axis {axis}",
                "look for an index that is off by one",
            )


def _axes_beyond(shape: tuple[int, ...], wanted: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Axes whose sum leaves the wanted shape, sizes 1 aside."""
    core = tuple(n for n in wanted if n != 1)
    for axis in range(len(shape)):
        for axes in ((axis,), tuple(range(axis + 1)), tuple(range(axis, len(shape)))):
            rest = tuple(n for i, n in enumerate(shape) if i not in axes and n != 1)
            if shape != wanted and rest == core:
                yield axes


def _held_constant(leaf: Leaf, claim: Claim) -> Finding:
    given = "no gradient is returned" if leaf.name in claim.missing else "the gradient is 0 everywhere"
    why = f"held constant: {given}, but f depends on {leaf.name}"
    return Finding((leaf.name,), "constant", why, f"add the derivative with respect to {leaf.name}")


def _is_nothing(measured: Measured, claimed: Numbers) -> bool:
    """Is the derivative 0, beside what is claimed."""
    least = AGREE * float(np.linalg.norm(claimed.ravel() * measured.direction))
    return abs(measured.derivative.value) <= measured.derivative.bound <= least


def _not_there(leaf: Leaf) -> Finding:
    why = f"f does not depend on {leaf.name}: its gradient should be 0"
    return Finding((leaf.name,), "constant", why, f"look for where f should use {leaf.name}, or return 0")


def _penalty(leaf: Leaf, claimed: Numbers, point: Vector, measured: Sequence[Measured]) -> Finding | None:
    """A term c x that is missing, or too many: the gradient of a penalty c/2 |x|^2.

    Also where the rest is off by a plain factor besides: a claim is `a` times the rest, and a part of x.
    """
    if leaf.size <= len(measured):
        return None
    flat, weight = claimed.ravel(), point[leaf.where]
    for rest in (1.0, -1.0, 2.0, 0.5):
        left = [
            replace(
                m,
                derivative=replace(m.derivative, value=m.derivative.value - rest * float(flat @ m.direction)),
            )
            for m in measured
        ]
        factor = fitted_factor(weight, left)
        if factor is None:
            continue
        term = f"{in_words(factor)} * {leaf.name}"
        if rest == 1:
            why = f"off by {term}: the gradient of a penalty is missing, or has the wrong weight"
            return Finding((leaf.name,), "penalty", why, f"add {term}", (), factor)
        why = f"two terms do not fit: {in_words(rest)} times this and {term} is the gradient"
        remedy = "look for a sign or a 2 that only one of loss and penalty has"
        return Finding((leaf.name,), "penalty", why, remedy, (), factor)
    return None
