"""Products of matrices, transposes, and arrays made of ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.ops.number import full_like_operand, transpose
from gradcheck.ops.operation import (
    ATOM,
    POWER,
    PREFIX,
    PRODUCT,
    Array,
    Arrays,
    Attr,
    Example,
    Notation,
    Operation,
    Shapes,
    from_entries,
    product_size,
    sum_size,
)
from gradcheck.shapes import Shape, ShapeError, broadcast, show


def _matmul_shape(shapes: Shapes, attr: Attr) -> Shape:
    left, right = shapes
    if left[1] != right[0]:
        raise ShapeError(
            f"a matrix product needs equal inner sizes: {show(left)} times {show(right)} has"
            f" {left[1]} and {right[0]}"
        )
    return left[0], right[1]


def _matmul_symbolic(forms: Any, operands: Arrays, attr: Attr) -> Array:
    a, b = operands
    inner = a.shape[1]
    return from_entries((a.shape[0], b.shape[1]), lambda r, c: sum(a[r, k] * b[k, c] for k in range(inner)))


def _outer_shape(shapes: Shapes, attr: Attr) -> Shape:
    if any(1 not in shape for shape in shapes):
        raise ShapeError(f"an outer product needs two vectors, not {show(shapes[0])} and {show(shapes[1])}")
    return _length(shapes[0]), _length(shapes[1])


def _length(shape: Shape) -> int | str:
    return shape[0] if shape[1] == 1 else shape[1]


def _as_column(x: Array) -> Array:
    return x if x.shape[-1] == 1 else transpose(x)


def _like(x: Array, column: Array) -> Array:
    return column if x.shape[-1] == 1 else transpose(column)


def _outer_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array, Array]:
    x, y = operands
    return _like(x, ct @ _as_column(y)), _like(y, transpose(ct) @ _as_column(x))


def _dot_shape(shapes: Shapes, attr: Attr) -> Shape:
    if shapes[0] != shapes[1]:
        raise ShapeError(f"an inner product needs equal shapes, not {show(shapes[0])} and {show(shapes[1])}")
    return 1, 1


def _dot_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    pairs = zip(operands[0].reshape(-1), operands[1].reshape(-1), strict=True)
    total = sum(x * y for x, y in pairs)
    return from_entries((1, 1), lambda r, c: total)


def _outer_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    x, y = (operand.reshape(-1) for operand in operands)
    return from_entries((x.size, y.size), lambda r, c: x[r] * y[c])


def _kron_shape(shapes: Shapes, attr: Attr) -> Shape:
    return product_size(shapes[0][0], shapes[1][0]), product_size(shapes[0][1], shapes[1][1])


def _kron(operands: Arrays, attr: Attr) -> Array:
    x, y = operands
    blocks = x[..., :, None, :, None] * y[..., None, :, None, :]
    *lead, p, q, r, s = blocks.shape
    return blocks.reshape(*lead, p * q, r * s)


def _kron_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array, Array]:
    x, y = operands
    (p, r), (q, s) = x.shape[-2:], y.shape[-2:]
    blocks = ct.reshape(*ct.shape[:-2], p, q, r, s)
    to_x = np.sum(blocks * y[..., None, :, None, :], axis=(-3, -1))
    to_y = np.sum(blocks * x[..., :, None, :, None], axis=(-4, -2))
    return to_x, to_y


def _kron_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    x, y = operands
    (p, q), (height, width) = x.shape, y.shape
    return from_entries(
        (p * height, q * width),
        lambda r, c: x[r // height, c // width] * y[r % height, c % width],
    )


def _above_shape(shapes: Shapes, attr: Attr) -> Shape:
    top, bottom = shapes
    if top[1] != bottom[1]:
        raise ShapeError(f"{show(top)} above {show(bottom)} has rows of different lengths")
    return sum_size(top[0], bottom[0]), top[1]


def _above(operands: Arrays, attr: Attr) -> Array:
    lead = np.broadcast_shapes(*(x.shape[:-2] for x in operands))
    return np.concatenate([np.broadcast_to(x, (*lead, *x.shape[-2:])) for x in operands], axis=-2)


def _above_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array, Array]:
    rows = operands[0].shape[-2]
    return ct[..., :rows, :], ct[..., rows:, :]


def _constant_form(value: int) -> Callable[[Any, Arrays, Attr], Array]:
    return lambda forms, operands, attr: from_entries(attr[0], lambda r, c: forms.number(value))


def _eye_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    return from_entries((attr[0], attr[-1]), lambda r, c: forms.number(int(r == c)))


def _broadcast_shape(shapes: Shapes, attr: Attr) -> Shape:
    target: Shape = attr[0]
    if broadcast(shapes[0], target) != target:
        raise ShapeError(f"{show(shapes[0])} cannot be spread to {show(target)}")
    return target


MATMUL = Operation(
    name="matmul",
    arity=2,
    doc="matrix product, (n, k) times (k, m); its adjoint: Giles, Collected matrix derivative results, 2.2.2",
    names=("dot", "np.dot", "np.matmul"),
    shape=_matmul_shape,
    value=lambda operands, attr: operands[0] @ operands[1],
    vjp=lambda ct, operands, out, attr: (ct @ transpose(operands[1]), transpose(operands[0]) @ ct),
    symbolic=_matmul_symbolic,
    notation=Notation("{0} {1}", "{0} {1}", PRODUCT, (PRODUCT, PRODUCT)),
    examples=(Example(((2, 3), (3, 4))), Example(((1, 3), (3, 1)))),
)
TRANSPOSE = Operation(
    name="transpose",
    arity=1,
    doc="rows and columns swapped",
    names=("np.transpose",),
    shape=lambda shapes, attr: (shapes[0][1], shapes[0][0]),
    value=lambda operands, attr: transpose(operands[0]),
    vjp=lambda ct, operands, out, attr: (transpose(ct),),
    symbolic=lambda forms, operands, attr: operands[0].T,
    notation=Notation(r"\top", "{0}ᵀ", POWER, (ATOM,), script=True),
    examples=(Example(((2, 3),)),),
)
OUTER = Operation(
    name="outer",
    arity=2,
    doc="outer product of two vectors, x y^T, whichever way they lie",
    names=("np.outer",),
    shape=_outer_shape,
    value=lambda operands, attr: _as_column(operands[0]) * transpose(_as_column(operands[1])),
    vjp=_outer_vjp,
    symbolic=_outer_form,
    notation=Notation(r"{0} \otimes {1}", "{0} ⊗ {1}", PRODUCT, (PREFIX, PREFIX)),
    examples=(Example(((3, 1), (2, 1))), Example(((1, 3), (2, 1)))),
)
DOT = Operation(
    name="dot",
    arity=2,
    doc="Frobenius inner product, the sum of products of entries",
    shape=_dot_shape,
    value=lambda operands, attr: np.sum(operands[0] * operands[1], axis=(-2, -1), keepdims=True),
    vjp=lambda ct, operands, out, attr: (ct * operands[1], ct * operands[0]),
    symbolic=_dot_form,
    notation=Notation(r"\langle {0}, {1} \rangle", "⟨{0}, {1}⟩", ATOM, (0, 0)),
    examples=(Example(((2, 3), (2, 3))),),
)
KRON = Operation(
    name="kron",
    arity=2,
    doc="Kronecker product: the block (i, j) is x_ij times y",
    names=("kron", "np.kron"),
    shape=_kron_shape,
    value=_kron,
    vjp=_kron_vjp,
    symbolic=_kron_form,
    notation=Notation(r"{0} \otimes {1}", "{0} ⊗ {1}", PRODUCT, (PREFIX, PREFIX)),
    examples=(Example(((2, 3), (3, 2))),),
)
ABOVE = Operation(
    name="above",
    arity=2,
    doc="one matrix above another",
    shape=_above_shape,
    value=_above,
    vjp=_above_vjp,
    symbolic=lambda forms, operands, attr: np.concatenate(operands, axis=0),
    notation=Notation(r"\begin{{bmatrix}} {0} \\ {1} \end{{bmatrix}}", "[{0}; {1}]", ATOM, (0, 0)),
    examples=(Example(((2, 3), (1, 3))),),
)
BROADCAST = Operation(
    name="broadcast",
    arity=1,
    doc="spread over size 1 to the shape in attr",
    shape=_broadcast_shape,
    value=lambda operands, attr: full_like_operand(operands[0], attr[0]),
    vjp=lambda ct, operands, out, attr: (ct,),
    symbolic=lambda forms, operands, attr: np.broadcast_to(operands[0], attr[0]),
    notation=Notation("{0}", "{0}", ATOM, (ATOM,)),
    examples=(Example(((2, 1),), ((2, 3),)), Example(((1, 1),), ((2, 3),))),
    sized=True,
)
ONES = Operation(
    name="ones",
    arity=0,
    doc="an array of ones of the shape in attr",
    shape=lambda shapes, attr: attr[0],
    value=lambda operands, attr: np.ones((1, *attr[0])),
    vjp=lambda ct, operands, out, attr: (),
    symbolic=_constant_form(1),
    notation=Notation(r"\mathbf{{1}}", "𝟏", ATOM, ()),
    examples=(Example((), ((2, 3),)),),
    sized=True,
)
ZEROS = Operation(
    name="zeros",
    arity=0,
    doc="an array of zeros of the shape in attr",
    shape=lambda shapes, attr: attr[0],
    value=lambda operands, attr: np.zeros((1, *attr[0])),
    vjp=lambda ct, operands, out, attr: (),
    symbolic=_constant_form(0),
    notation=Notation(r"\mathbf{{0}}", "𝟎", ATOM, ()),
    examples=(Example((), ((2, 3),)),),
    sized=True,
)
EYE = Operation(
    name="eye",
    arity=0,
    doc="the identity matrix of the size in attr; with two sizes, 1 where row and column number are equal",
    shape=lambda shapes, attr: (attr[0], attr[-1]),
    value=lambda operands, attr: np.eye(attr[0], attr[-1])[None],
    vjp=lambda ct, operands, out, attr: (),
    symbolic=_eye_form,
    notation=Notation("I", "I", ATOM, ()),
    examples=(Example((), (3,)), Example((), (2, 3))),
    sized=True,
)

PRODUCTS = (MATMUL, TRANSPOSE, OUTER, DOT, KRON, ABOVE, BROADCAST, ONES, ZEROS, EYE)
