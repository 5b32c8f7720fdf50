"""Arithmetic between entries, with NumPy's broadcasting over size 1."""

from __future__ import annotations

import numpy as np

from gradcheck.ops.number import positive
from gradcheck.ops.operation import (
    ATOM,
    POWER,
    PREFIX,
    PRODUCT,
    SUM,
    Array,
    Arrays,
    Attr,
    Example,
    Notation,
    Operation,
    Shapes,
    elementwise,
    over_entries,
)
from gradcheck.records import replace
from gradcheck.shapes import SCALAR, Shape, ShapeError, broadcast, show

_PAIRS = (Example(((2, 3), (2, 3))), Example(((2, 1), (2, 3))), Example(((1, 1), (3, 2))))


def _spread(shapes: Shapes, attr: Attr) -> Shape:
    out = shapes[0]
    for shape in shapes[1:]:
        out = broadcast(out, shape)
    return out


def _power_shape(shapes: Shapes, attr: Attr) -> Shape:
    if shapes[1] != SCALAR:
        raise ShapeError(f"an exponent must be a scalar, not {show(shapes[1])}")
    return shapes[0]


def _power(operands: Arrays, attr: Attr) -> Array:
    base, exponent = operands
    return base**exponent


def _power_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array, Array]:
    base, exponent = operands
    return ct * exponent * base ** (exponent - 1), ct * out * np.log(base)


def _chosen(first: Array, second: Array, choice: Array) -> Array:
    """The first where a choice is 1, the second where it is 0, exactly: no ball around a zero is left."""
    return first * choice + second * (1 - choice)


def _where(operands: Arrays, attr: Attr) -> Array:
    condition, then, otherwise = operands
    return condition * then + (1 - condition) * otherwise


def _where_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[None, Array, Array]:
    condition = operands[0]
    return None, ct * condition, ct * (1 - condition)


def _difference(operands: Arrays, attr: Attr) -> Array:
    return operands[0] - operands[1]


ADD = Operation(
    name="add",
    arity=2,
    doc="sum of entries, x + y",
    shape=_spread,
    value=lambda operands, attr: operands[0] + operands[1],
    vjp=lambda ct, operands, out, attr: (ct, ct),
    symbolic=lambda forms, operands, attr: over_entries(lambda x, y: x + y, *operands),
    notation=Notation("{0} + {1}", "{0} + {1}", SUM, (SUM, PRODUCT)),
    examples=_PAIRS,
)
SUB = Operation(
    name="sub",
    arity=2,
    doc="difference of entries, x - y",
    shape=_spread,
    value=_difference,
    vjp=lambda ct, operands, out, attr: (ct, -ct),
    symbolic=lambda forms, operands, attr: over_entries(lambda x, y: x - y, *operands),
    notation=Notation("{0} - {1}", "{0} - {1}", SUM, (SUM, PRODUCT)),
    examples=_PAIRS,
)
NEG = replace(
    elementwise(
        "neg",
        lambda x: -x,
        lambda x: -np.ones_like(x),
        lambda forms, x: -x,
        "the negative of each entry",
        notation=Notation("-{0}", "-{0}", SUM, (PRODUCT,)),
    ),
    vjp=lambda ct, operands, out, attr: (-ct,),  # a product with minus ones of balls takes five times as long
)
MUL = Operation(
    name="mul",
    arity=2,
    doc="product of entries (Hadamard product; scaling where one side is a scalar)",
    shape=_spread,
    value=lambda operands, attr: operands[0] * operands[1],
    vjp=lambda ct, operands, out, attr: (ct * operands[1], ct * operands[0]),
    symbolic=lambda forms, operands, attr: over_entries(lambda x, y: x * y, *operands),
    notation=Notation(r"{0} \odot {1}", "{0} ⊙ {1}", PRODUCT, (PRODUCT, PRODUCT)),
    examples=_PAIRS,
)
DIV = Operation(
    name="div",
    arity=2,
    doc="quotient of entries, x / y",
    shape=_spread,
    value=lambda operands, attr: operands[0] / operands[1],
    vjp=lambda ct, operands, out, attr: (ct / operands[1], -ct * out / operands[1]),
    symbolic=lambda forms, operands, attr: over_entries(lambda x, y: x / y, *operands),
    notation=Notation(r"\frac{{{0}}}{{{1}}}", "{0}/{1}", PRODUCT, (PRODUCT, POWER)),
    examples=_PAIRS,
)
POWER_OPERATION = Operation(
    name="power",
    arity=2,
    doc="each entry of the base raised to a scalar exponent",
    shape=_power_shape,
    value=_power,
    vjp=_power_vjp,
    symbolic=lambda forms, operands, attr: over_entries(forms.power, *operands),
    notation=Notation("{1}", "{0}^{1}", POWER, (ATOM, 0), script=True),
    examples=(Example(((2, 3), (1, 1))),),
    domain=("positive", "real"),
)
GREATER = Operation(
    name="greater",
    arity=2,
    doc="1 where x > y, else 0; its derivative is zero",
    shape=_spread,
    value=lambda operands, attr: positive(operands[0] - operands[1]),
    vjp=lambda ct, operands, out, attr: (None, None),
    symbolic=lambda forms, operands, attr: over_entries(lambda x, y: forms.step(x - y), *operands),
    notation=Notation(r"\mathbb{{1}}\left[{0} > {1}\right]", "1[{0} > {1}]", PREFIX, (0, 0)),
    examples=_PAIRS,
    kink=_difference,
)
GREATER_EQUAL = Operation(
    name="greater_equal",
    arity=2,
    doc="1 where x >= y, else 0; its derivative is zero",
    shape=_spread,
    value=lambda operands, attr: 1 - positive(operands[1] - operands[0]),
    vjp=lambda ct, operands, out, attr: (None, None),
    symbolic=lambda forms, operands, attr: over_entries(lambda x, y: 1 - forms.step(y - x), *operands),
    notation=Notation(r"\mathbb{{1}}\left[{0} \ge {1}\right]", "1[{0} ≥ {1}]", PREFIX, (0, 0)),
    examples=(Example(((4, 5), (4, 5))), Example(((4, 5), (1, 1)))),
    kink=_difference,
)
EQUAL = Operation(
    name="equal",
    arity=2,
    doc="1 where two whole numbers are equal, else 0; it is of places, and has no derivative",
    shape=_spread,
    value=lambda operands, attr: (
        positive(operands[0] - operands[1] + 0.5) * positive(operands[1] - operands[0] + 0.5)
    ),
    vjp=lambda ct, operands, out, attr: (None, None),
    symbolic=lambda forms, operands, attr: over_entries(
        lambda x, y: forms.step(2 * (x - y) + 1) * forms.step(2 * (y - x) + 1), *operands
    ),
    notation=Notation(r"\mathbb{{1}}\left[{0} = {1}\right]", "1[{0} = {1}]", PREFIX, (0, 0)),
    examples=(Example(((4, 5), (4, 5))), Example(((4, 5), (1, 1)))),
    domain=("index", "index"),
)
AT_MOST = Operation(
    name="at_most",
    arity=2,
    doc="1 where a whole number is at most another, else 0; it is of places, and has no derivative",
    shape=_spread,
    value=lambda operands, attr: positive(operands[1] - operands[0] + 0.5),
    vjp=lambda ct, operands, out, attr: (None, None),
    symbolic=lambda forms, operands, attr: over_entries(lambda x, y: forms.step(2 * (y - x) + 1), *operands),
    notation=Notation(r"\mathbb{{1}}\left[{0} \le {1}\right]", "1[{0} ≤ {1}]", PREFIX, (0, 0)),
    examples=(Example(((4, 5), (4, 5))), Example(((4, 5), (1, 1)))),
    domain=("index", "index"),
)
WHERE = Operation(
    name="where",
    arity=3,
    doc="the second operand where the condition is 1, the third where it is 0",
    shape=_spread,
    value=_where,
    vjp=_where_vjp,
    symbolic=lambda forms, operands, attr: over_entries(lambda c, x, y: c * x + (1 - c) * y, *operands),
    notation=Notation(
        r"\begin{{cases}} {1} & {0} \\ {2} & \text{{otherwise}} \end{{cases}}",
        "({1} if {0} else {2})",
        ATOM,
        (0, 0, 0),
    ),
    examples=(Example(((2, 3), (2, 3), (2, 3))), Example(((2, 3), (1, 1), (2, 1)))),
    domain=("binary", "real", "real"),
)
MAXIMUM = Operation(
    name="maximum",
    arity=2,
    doc="the larger of two entries; where they are equal the derivative goes to the second",
    names=("max", "np.maximum"),
    shape=_spread,
    value=lambda operands, attr: _chosen(operands[0], operands[1], positive(operands[0] - operands[1])),
    vjp=lambda ct, operands, out, attr: (
        ct * positive(operands[0] - operands[1]),
        ct * (1 - positive(operands[0] - operands[1])),
    ),
    symbolic=lambda forms, operands, attr: over_entries(
        lambda x, y: y + (x - y) * forms.step(x - y), *operands
    ),
    notation=Notation(r"\max\left({0}, {1}\right)", "max({0}, {1})", PREFIX, (0, 0)),
    examples=_PAIRS,
    kink=_difference,
)
MINIMUM = Operation(
    name="minimum",
    arity=2,
    doc="the smaller of two entries; where they are equal the derivative goes to the first",
    names=("min", "np.minimum"),
    shape=_spread,
    value=lambda operands, attr: _chosen(operands[1], operands[0], positive(operands[0] - operands[1])),
    vjp=lambda ct, operands, out, attr: (
        ct * (1 - positive(operands[0] - operands[1])),
        ct * positive(operands[0] - operands[1]),
    ),
    symbolic=lambda forms, operands, attr: over_entries(
        lambda x, y: x + (y - x) * forms.step(x - y), *operands
    ),
    notation=Notation(r"\min\left({0}, {1}\right)", "min({0}, {1})", PREFIX, (0, 0)),
    examples=_PAIRS,
    kink=_difference,
)

ARITHMETIC = (
    ADD, SUB, NEG, MUL, DIV, POWER_OPERATION, GREATER, GREATER_EQUAL, EQUAL, AT_MOST, WHERE, MAXIMUM, MINIMUM,
)  # fmt: skip
