"""Functions that a document names and never defines: several random smooth ones take their place.

`attr = (name, seed)`. The function is c0 + c1 x + c2 tanh(c3 x + c4) with coefficients drawn from the
name and the seed: smooth, not linear, not even or odd, and never one of the functions people write. A
claim that holds for it at several seeds does not depend on which function it is. One whose logarithm is taken
has `POSITIVE` in its attr: it rises, from far above zero, and so is positive where numbers are drawn.
"""

from __future__ import annotations

import random

import numpy as np

from gradcheck.ops.operation import (
    PREFIX,
    Array,
    Arrays,
    Attr,
    Example,
    Notation,
    Operation,
    keep_shape,
    over_entries,
)

POSITIVE = "positive"


def coefficients(attr: Attr) -> tuple[float, ...]:
    """Five coefficients with few binary digits (exact as balls), none of them near zero."""
    source = random.Random(repr(attr))
    c0, c1, *rest = (source.choice((-1, 1)) * source.randint(20, 96) / 64 for _ in range(5))
    return (10 + c0, abs(c1), *rest) if POSITIVE in attr else (c0, c1, *rest)


def _value(x: Array, attr: Attr) -> Array:
    c0, c1, c2, c3, c4 = coefficients(attr)
    return c0 + c1 * x + c2 * np.tanh(c3 * x + c4)


def _derivative(x: Array, attr: Attr) -> Array:
    _, c1, c2, c3, c4 = coefficients(attr)
    return c1 + c2 * c3 / np.cosh(c3 * x + c4) ** 2


def _vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    return (ct * _derivative(operands[0], attr),)


UNKNOWN = Operation(
    name="unknown",
    arity=1,
    doc="an elementwise function of which only the name is known",
    shape=keep_shape,
    value=lambda operands, attr: _value(operands[0], attr),
    vjp=_vjp,
    symbolic=lambda forms, operands, attr: over_entries(forms.opaque(attr), operands[0]),
    notation=Notation(r"{attr}\left({0}\right)", "{attr}({0})", PREFIX, (0,)),
    examples=(Example(((2, 3),), ("f", 0)), Example(((2, 3),), ("g", 1))),
    derivative=_derivative,
    domain=("real",),
)
