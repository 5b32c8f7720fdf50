"""Random well-shaped expressions over a few inputs, from the whole table of operations."""

from __future__ import annotations

import random

from gradcheck.expr.forms.build import apply, isum, pick, prime, var
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.ops import OPERATIONS
from gradcheck.shapes import Dim, Shape, ShapeError

SHAPES: dict[str, Shape] = {
    "x": ("n", 1),
    "y": ("n", 1),
    "M": ("n", "k"),
    "N": ("k", "m"),
    "r": (1, "m"),
    "S": ("n", "n"),
    "s": (1, 1),
}
INDICES = (Ix("i", "n"), Ix("j", "m"))
PRIMED = ("sigmoid", "tanh", "relu", "softplus", "sin", "gelu")
# Values that grow or leave the domain too easily, and operations without operands.
LEFT_OUT = {"where", "inverse", "det", "logdet", "prod", "tan", "kron", "unknown"}
CHOICES = [
    op for op, record in OPERATIONS.items() if record.arity and op not in LEFT_OUT and not record.sized
]
STRUCTURAL = ["pick", "isum", "prime", "matmul", "mul", "add"] * 4


def random_scalar(rng: random.Random, steps: int) -> Expr:
    """A scalar (perhaps with free indices) of about so many operations."""
    pool = [var(key, shape) for key, shape in SHAPES.items()]
    while steps:
        try:
            pool.append(_step(rng, pool))
        except ShapeError:
            continue
        steps -= 1
    last = pool[-1]
    return last if last.shape == (1, 1) else apply("sum", last, attr=(None,))


def _step(rng: random.Random, pool: list[Expr]) -> Expr:
    op = rng.choice(CHOICES + STRUCTURAL)
    x = rng.choice(pool)
    match op:
        case "pick":
            return pick(x, *(_selector(rng, dim) for dim in x.shape))
        case "isum":
            if not x.free:
                raise ShapeError("no free index")
            return isum(x, Ix(*rng.choice(x.free)))
        case "prime":
            return prime(rng.choice(PRIMED), x)
    record = OPERATIONS[op]
    attr = rng.choice(record.examples).attr
    return apply(op, *(rng.choice(pool) for _ in range(record.arity)), attr=attr)


def _selector(rng: random.Random, dim: Dim) -> int | Ix | None:
    return rng.choice([None, *(ix for ix in INDICES if ix.dim == dim), 1])
