"""The user's f and his gradient as functions of one flat vector.

Promise: every f becomes a scalar function (an array-valued one is contracted with a cotangent u, and its
vjp or Jacobian gives the gradient of <u, f>), every claim a float64 vector in the order of the point, and
each call is counted. Complex numbers that f drops silently on the way (NumPy warns) count as "not complex-
safe", never as a derivative of 0.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np

from gradcheck.code.result import Effort
from gradcheck.code.trees import Layout, Numbers, StructureError, Vector, as_array, named_leaves
from gradcheck.records import dataclass, field

Kind = Literal["gradient", "vjp", "jacobian"]
SINGLE = float(np.finfo(np.float32).eps)
FIRST = 64  # numbers that tell of nearly every array that it is not of float32


class NotComplexSafe(Exception):
    """f cannot be evaluated on complex numbers, or drops their imaginary part."""


class NotExtended(Exception):
    """f cannot be evaluated in a precision beyond double."""


@dataclass(slots=True)
class Calls:
    """A running count of what the check asked of the user's functions.

    raised  the error that f raised at a point near x, where it did
    """

    real: int = 0
    complex: int = 0
    gradient: int = 0
    raised: Exception | None = None

    def effort(self) -> Effort:
        return Effort(self.real, self.complex, self.gradient)


@dataclass(frozen=True, slots=True)
class Objective:
    """phi(v) = <u, f(v)> on flat vectors; u is the scalar 1 where f is scalar.

    extended  evaluate f in NumPy's long double, where the machine has one and f keeps it
    """

    f: Callable[[Any], Any]
    layout: Layout
    cotangent: Numbers
    calls: Calls
    extended: bool = False

    def real(self, vector: Numbers) -> np.longdouble:
        """phi at a real point, nan where f raises an error.

        Raises NotExtended if it was to be in extended precision and is not.
        """
        self.calls.real += 1
        precision = np.longdouble if self.extended else float
        try:
            with np.errstate(all="ignore"):
                value = as_array(self.f(self.layout.build(vector.astype(precision, copy=False))))
                found = np.longdouble(np.vdot(self.cotangent, value))
        except Exception as error:  # f could be evaluated at x: this point is outside of its domain
            if self.extended:
                raise NotExtended from error
            self.calls.raised = error
            return np.longdouble(np.nan)
        if self.extended and np.finfo(value.dtype).eps >= np.finfo(float).eps:
            raise NotExtended
        return found

    def complex(self, vector: Numbers) -> complex:
        """phi at a complex point; raises NotComplexSafe where f cannot take one."""
        self.calls.complex += 1
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("error", np.exceptions.ComplexWarning)
            try:
                value = as_array(
                    self.f(self.layout.build(vector.astype(np.clongdouble) if self.extended else vector))
                )
            except Exception as error:  # whatever the user's code raises on complex numbers says the same
                raise NotComplexSafe(str(error)) from error
        if value.dtype.kind != "c" or not np.isfinite(value).all():
            raise NotComplexSafe("f returns no complex number for a complex argument")
        return complex(np.vdot(self.cotangent, value))


@dataclass(frozen=True, slots=True)
class Claim:
    """The gradient to be judged, at one point, as a vector.

    vector    numbers in the order of the point; 0 where a leaf is missing or its shape does not fit
    misfits   {leaf name: array whose shape is not the parameter's}
    missing   names of the leaves it gives nothing for
    eps       the rounding unit of the precision it is stored in
    """

    vector: Vector
    misfits: dict[str, Numbers] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    eps: float = float(np.finfo(float).eps)


@dataclass(frozen=True, slots=True)
class Claimant:
    """Where claims come from: the user's function, or the values he gave for the one point."""

    grad: Any
    kind: Kind
    layout: Layout
    cotangent: Numbers
    calls: Calls

    @property
    def callable(self) -> bool:
        return callable(self.grad)

    def at(self, vector: Vector) -> Claim:
        """The claim at a point; values given once are the same everywhere.

        Raises StructureError if it has a leaf that the point has not.
        """
        return align(self.raw(vector), self.layout, self.cotangent, self.kind)

    def extended(self, vector: Vector) -> Claim | None:
        """The claim by the same formula in extended precision, or None where that cannot be had."""
        try:
            raw = self._called(self.layout.build(vector.astype(np.longdouble)))
            return align(raw, self.layout, self.cotangent, self.kind)
        except Exception:  # whatever the user's code raises on long doubles says that it cannot take them
            return None

    def raw(self, vector: Vector) -> Any:
        """What the user's gradient returns, as he returns it."""
        return self._called(self.layout.build_given(vector)) if self.callable else self.grad

    def _called(self, point: Any) -> Any:
        self.calls.gradient += 1
        with np.errstate(all="ignore"):
            return self.grad(point, self.cotangent.copy()) if self.kind == "vjp" else self.grad(point)


def align(claimed: Any, layout: Layout, cotangent: Numbers, kind: Kind) -> Claim:
    """A structure of claimed arrays in the order of the point, a Jacobian contracted with the cotangent."""
    given = _named(claimed, layout)
    parts: list[Vector] = []
    misfits: dict[str, Numbers] = {}
    precise = float(np.finfo(float).eps)
    for leaf in layout.leaves:
        array = given.get(leaf.name, np.zeros(leaf.shape))
        if kind == "jacobian" and leaf.name in given:
            array = _contract(array, cotangent)
        precise = max(precise, _precision(array))
        if array.shape == leaf.shape:
            parts.append(array.astype(float).ravel())
        else:
            misfits[leaf.name] = array.astype(float)
            parts.append(np.zeros(leaf.size))
    missing = tuple(leaf.name for leaf in layout.leaves if leaf.name not in given)
    return Claim(np.concatenate(parts), misfits, missing, precise)


def _named(claimed: Any, layout: Layout) -> dict[str, Numbers]:
    """The claimed arrays by the names of the point's; a list of numbers and an array of them are the same."""
    names = [leaf.name for leaf in layout.leaves]
    numbers = isinstance(layout.template, (tuple, list)) and len(names) == len(layout.template)
    if numbers and not isinstance(claimed, (Mapping, tuple, list)):
        array = as_array(claimed)
        claimed = list(array) if array.shape == (len(names),) else claimed
    parts = [(names[0], claimed)] if layout.bare else list(named_leaves(claimed))
    if not layout.bare and parts and parts[0][1] is claimed and claimed is not None:
        holds = f"{', '.join(names[:3])}{', ...' if len(names) > 3 else ''}"
        raise StructureError(f"grad returns one array, and x holds {holds}: return the structure of x")
    given = {name: as_array(value) for name, value in parts if value is not None}
    for name in given.keys() - set(names):
        raise StructureError(f"grad has {name}, which x has not: return the structure of x")
    for name, array in given.items():
        if array.dtype.kind not in "fiub":
            raise StructureError(f"grad holds {array.dtype} values for {name}: return real numbers")
    return given


def _contract(jacobian: Numbers, cotangent: Numbers) -> Numbers:
    """<u, J>, for a Jacobian whose leading axes are those of f's value."""
    if jacobian.shape[: cotangent.ndim] != cotangent.shape:
        turned = jacobian.ndim > cotangent.ndim and jacobian.shape[-cotangent.ndim :] == cotangent.shape
        raise StructureError(
            f"a jacobian of shape {jacobian.shape} must start with the shape {cotangent.shape} of f(x)"
            + (": transpose it" if turned else "")
        )
    return np.tensordot(cotangent, jacobian.astype(float), axes=cotangent.ndim)


def _precision(array: Numbers) -> float:
    """The rounding unit of what an array holds: float32's too where all doubles are long float32 numbers.

    A double that is a float32 number by chance is a short one (0.5, 3, 2.25): most must have long mantissas.
    """
    if array.dtype.kind != "f" or not array.any():
        return 0.0
    own = float(np.finfo(array.dtype).eps)
    with np.errstate(over="ignore", invalid="ignore"):
        if not _is_single(array.ravel()[:FIRST]) or not _is_single(array):
            return own
        long = np.frexp(array[array != 0])[0] * 2**16 % 1 != 0
    return max(own, SINGLE) if long.mean() > 0.5 else own


def _is_single(array: Numbers) -> bool:
    return np.array_equal(array.astype(np.float32), array)
