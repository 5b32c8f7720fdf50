"""Sample points: explicit seeds, domains respected, kinks kept off, no saturation.

Only inputs are drawn; everything else is computed from them. Entries have few binary digits, so that a
ball holds them exactly. Points that leave a domain, come near a kink or saturate are drawn again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from gradcheck.calculus.evaluate import Evaluator, Gradient, Slots
from gradcheck.calculus.field import Floats
from gradcheck.calculus.program import CalculusError, Program
from gradcheck.calculus.sizes import concrete
from gradcheck.ops import OPERATIONS
from gradcheck.ops.operation import Array

_KINK_DISTANCE = 2.0**-6
_SATURATED = 6.0
_SATURATING = {"sigmoid", "tanh", "exp", "softmax", "log_softmax", "softplus", "erf", "gauss_cdf"}
_ATTEMPTS = 12
_CANDIDATES = 4  # drawn for each point that is kept

Shape3 = tuple[int, int, int]
Draw = Callable[[Any, Shape3], Array]


def _grid(x: Array) -> Array:
    """Rounded to multiples of 2^-20, exact in float64 and short as a ball."""
    return np.rint(x * 2.0**20) / 2.0**20


def _real(rng: Any, shape: Shape3) -> Array:
    """Both signs, sizes in [0.2, 1.5], so that no entry is lost beside another; less where many add up."""
    size = min(1.0, 2 / math.sqrt(max(shape[1:])))
    signs = 2.0 * rng.integers(0, 2, shape) - 1.0
    return _grid(size * signs * rng.uniform(0.2, 1.5, shape))


def _one_hot(rng: Any, shape: Shape3) -> Array:
    points, rows, columns = shape
    chosen = np.argsort(rng.random((points, 1, max(rows, columns))), axis=-1)[..., :columns] % rows
    return (np.arange(rows)[None, :, None] == chosen).astype(float)


def _one_hot_rows(rng: Any, shape: Shape3) -> Array:
    points, rows, columns = shape
    return _one_hot(rng, (points, columns, rows)).swapaxes(-1, -2)


def _simplex(rng: Any, shape: Shape3) -> Array:
    raw = rng.uniform(0.5, 1.5, shape)
    x = _grid(raw / raw.sum(axis=-2, keepdims=True))
    x[:, -1, :] = 1 - x[:, :-1, :].sum(axis=-2)
    return x


def _simplex_rows(rng: Any, shape: Shape3) -> Array:
    points, rows, columns = shape
    return np.swapaxes(_simplex(rng, (points, columns, rows)), -1, -2)


def _binary(rng: Any, shape: Shape3) -> Array:
    """Both values where there is room."""
    count = shape[1] * shape[2]
    order = np.argsort(rng.random((shape[0], count)), axis=-1) + rng.integers(0, 2, (shape[0], 1))
    return (order % 2).astype(float).reshape(shape)


def _definite(rng: Any, shape: Shape3) -> Array:
    half = np.round(rng.uniform(-1, 1, shape) * 2.0**10) / 2.0**10
    return half @ np.swapaxes(half, -1, -2) + np.eye(shape[1])


def _positive_determinant(rng: Any, shape: Shape3) -> Array:
    """Far from symmetric, and near enough to a multiple of the identity to keep the sign."""
    return _grid(rng.uniform(-0.5, 0.5, shape)) + 2 * np.eye(shape[1])


def _symmetric(rng: Any, shape: Shape3) -> Array:
    x = _real(rng, shape)
    return np.tril(x) + np.swapaxes(np.tril(x, -1), -1, -2)


def _diagonal(rng: Any, shape: Shape3) -> Array:
    """With positive entries, since weights, variances and eigenvalues stand on most diagonals."""
    return _grid(rng.uniform(0.2, 2.0, shape)) * np.eye(shape[1])


DOMAINS: dict[str, Draw] = {
    "real": _real,
    "positive": lambda rng, shape: _grid(rng.uniform(0.2, 2.0, shape)),
    "above": lambda rng, shape: _grid(rng.uniform(4, 6, shape)),
    "probability": lambda rng, shape: _grid(rng.uniform(0.1, 0.9, shape)),
    "unit": lambda rng, shape: _grid(rng.uniform(-0.9, 0.9, shape)),
    "onehot": _one_hot,
    "onehot_rows": _one_hot_rows,
    "simplex": _simplex,
    "simplex_rows": _simplex_rows,
    "binary": _binary,
    "sign": lambda rng, shape: 2 * _binary(rng, shape) - 1,
    "definite": _definite,
    "symmetric": _symmetric,
    "diagonal": _diagonal,
    "positive_determinant": _positive_determinant,
    "zero": lambda rng, shape: np.zeros(shape),
    "index": lambda rng, shape: rng.integers(1, 5, shape).astype(float),
}


class SamplingError(CalculusError):
    """No point was found at which every definition has a finite value.

    key    the quantity whose own definition was finite least often
    """

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


def sample(
    program: Program, sizes: Mapping[str, int], seed: int, points: int, gradient: Gradient
) -> Evaluator:
    """The program at points that are the same for the same seed, with what was computed to choose them.

    Real inputs become positive, then probabilities, where a definition is not finite otherwise (a
    logarithm of an input). Raises SamplingError where nothing helps.
    """
    best: tuple[int, Evaluator, Array] | None = None
    drawn = _CANDIDATES * points
    counts = dict.fromkeys(program.order, 0)
    for narrowing in ("real", "positive", "probability"):
        for attempt in range(_ATTEMPTS):
            rng = np.random.default_rng((seed, attempt))
            given = {key: _draw(program, key, sizes, rng, drawn, narrowing) for key in program.inputs}
            there = Evaluator(program, sizes, given, Floats(), Slots(), gradient)
            finite, pleasant, sides = _judge(there, drawn, counts)
            kept = np.flatnonzero(finite & pleasant)
            if len(kept) >= points:
                return there.at(_on_all_sides(kept, sides, points))
            order = np.argsort(~(finite & pleasant), kind="stable")
            usable = order[finite[order]][:points]
            if len(usable) == points and (best is None or len(kept) > best[0]):
                best = len(kept), there, usable
        if best is not None:
            return best[1].at(best[2])
    worst = min(counts, key=lambda key: counts[key])  # the first of several: others rest on it
    raise SamplingError("no sample point was found at which every definition is finite", worst)


def _draw(
    program: Program, key: str, sizes: Mapping[str, int], rng: Any, points: int, narrowing: str
) -> Array:
    variable = program.variables[key]
    rows, columns = (concrete(dim, sizes) for dim in variable.shape)
    domain = narrowing if variable.domain == "real" else variable.domain
    return DOMAINS[domain](rng, (points, rows, columns))


def _judge(evaluator: Evaluator, points: int, counts: dict[str, int]) -> tuple[Array, Array, list[Array]]:
    """For each point: is everything finite, is it off kinks and not saturated, on which side of each kink?

    counts   how often each definition was finite so far; grows
    """
    program = evaluator.program
    finite = np.ones(points, dtype=bool)
    pleasant = np.ones(points, dtype=bool)
    sides: list[Array] = []
    for key in program.order:
        definition = program.definitions[key]
        own = _at_each_point(np.isfinite(evaluator.value(definition)))
        counts[key] += int(np.count_nonzero(own))
        finite &= own
        for node in definition.walk():
            operation = OPERATIONS.get(node.op)
            if operation is not None and operation.kink is not None:
                gap = operation.kink(tuple(evaluator.value(a) for a in node.args), node.attr)
                pleasant &= _at_each_point(np.abs(gap) > _KINK_DISTANCE)
                sides += [_at_every_point(side, points) for side in (gap > 0, gap < 0)]
            elif node.op in _SATURATING:
                pleasant &= _at_each_point(np.abs(evaluator.value(node.args[0])) < _SATURATED)
    return finite, pleasant, sides


def _on_all_sides(kept: Array, sides: Sequence[Array], points: int) -> Array:
    """Some of the points, chosen so that every kink is seen from as many sides as there are."""
    seen = np.zeros(len(sides), dtype=bool)
    left: list[int] = kept.tolist()
    chosen: list[int] = []
    if not sides:
        return kept[:points]
    table = np.array(sides)
    while len(chosen) < points:
        position = int(np.argmax([np.count_nonzero(table[:, point] & ~seen) for point in left]))
        chosen.append(left.pop(position))
        seen |= table[:, chosen[-1]]
    return np.array(chosen)


def _at_every_point(flags: Array, points: int) -> Array:
    """Whether a flag holds at each point, also where it is of a constant, which is the same at all."""
    return np.broadcast_to(_at_each_point(flags), (points,))


def _at_each_point(flags: Array) -> Array:
    """Whether a flag holds for all entries and indices at each point."""
    axes = tuple(axis for axis in range(flags.ndim) if axis != flags.ndim - 3)
    return np.asarray(flags.all(axes))
