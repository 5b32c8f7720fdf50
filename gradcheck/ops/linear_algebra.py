"""Traces, determinants, inverses, diagonals and reshapings of matrices.

Adjoints after M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic
differentiation, 2008.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck.ops.number import determinant, inverse, transpose
from gradcheck.ops.operation import (
    ATOM,
    POWER,
    Array,
    Arrays,
    Attr,
    Example,
    Notation,
    Operation,
    Shapes,
    from_entries,
    function_of,
    product_size,
)
from gradcheck.shapes import Shape, ShapeError, show

_SQUARE = (Example(((3, 3),)), Example(((2, 2),)))


def _square(shapes: Shapes, attr: Attr) -> Shape:
    if shapes[0][0] != shapes[0][1]:
        raise ShapeError(f"a square matrix is needed, not {show(shapes[0])}")
    return shapes[0]


def _square_to_scalar(shapes: Shapes, attr: Attr) -> Shape:
    _square(shapes, attr)
    return 1, 1


def _trace(x: Array) -> Array:
    return np.trace(x, axis1=-2, axis2=-1)[..., None, None]


def _identity_for(x: Array) -> Array:
    return np.eye(x.shape[-1])


def _determinant_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    return (ct * out * transpose(inverse(operands[0])),)


def _inverse_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    turned = transpose(out)
    return (-turned @ ct @ turned,)


def _minor_form(x: Array) -> Any:
    if x.shape[0] == 1:
        return x[0, 0]
    rest = [np.delete(x[1:], c, axis=1) for c in range(x.shape[1])]
    return sum((-1) ** c * x[0, c] * _minor_form(part) for c, part in enumerate(rest))


def _inverse_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    x = operands[0]
    size = x.shape[0]
    if size == 1:
        return 1 / x

    def cofactor(r: int, c: int) -> Any:
        return (-1) ** (r + c) * _minor_form(np.delete(np.delete(x, c, axis=0), r, axis=1))

    return from_entries((size, size), lambda r, c: cofactor(r, c) / _minor_form(x))


def _diag_shape(shapes: Shapes, attr: Attr) -> Shape:
    rows, columns = shapes[0]
    if 1 in (rows, columns):
        size = rows if columns == 1 else columns
        return size, size
    if rows != columns:
        raise ShapeError(f"diag needs a vector or a square matrix, not {show(shapes[0])}")
    return rows, 1


def _diag(operands: Arrays, attr: Attr) -> Array:
    x = operands[0]
    if 1 in x.shape[-2:]:
        return x * np.eye(max(x.shape[-2:]), dtype=int)
    return np.diagonal(x, axis1=-2, axis2=-1)[..., :, None]


def _diag_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    rows, columns = operands[0].shape[-2:]
    if 1 not in (rows, columns):
        return (ct * np.eye(rows),)
    diagonal = np.diagonal(ct, axis1=-2, axis2=-1)
    return (diagonal[..., None, :] if rows == 1 else diagonal[..., :, None],)


def _vec_shape(shapes: Shapes, attr: Attr) -> Shape:
    rows, columns = shapes[0]
    return product_size(rows, columns), 1


def _vec(operands: Arrays, attr: Attr) -> Array:
    turned = transpose(operands[0])
    return turned.reshape(*turned.shape[:-2], -1, 1)


def _vec_vjp(ct: Array, operands: Arrays, out: Array, attr: Attr) -> tuple[Array]:
    rows, columns = operands[0].shape[-2:]
    return (transpose(ct.reshape(*ct.shape[:-2], columns, rows)),)


def _diag_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    x = operands[0]
    if 1 not in x.shape:
        return np.diagonal(x)[:, None]
    entries = x.reshape(-1)
    return from_entries((x.size, x.size), lambda r, c: entries[r] if r == c else forms.number(0))


def _vec_form(forms: Any, operands: Arrays, attr: Attr) -> Array:
    columns = operands[0].T.reshape(-1)
    return from_entries((columns.size, 1), lambda r, c: columns[r])


def _one(entry: Any) -> Array:
    return from_entries((1, 1), lambda r, c: entry)


TRACE = Operation(
    name="trace",
    arity=1,
    doc="sum of the diagonal of a square matrix",
    names=("tr", "Tr", "trace", "np.trace"),
    shape=_square_to_scalar,
    value=lambda operands, attr: _trace(operands[0]),
    vjp=lambda ct, operands, out, attr: (ct * _identity_for(operands[0]),),
    symbolic=lambda forms, operands, attr: _one(sum(np.diagonal(operands[0]))),
    notation=function_of(r"\operatorname{{tr}}", "tr"),
    examples=_SQUARE,
)
DET = Operation(
    name="det",
    arity=1,
    doc="determinant of a square matrix; gradient det(x) x^{-T} (Giles 2.2.4)",
    names=("det", "Det", "np.linalg.det"),
    shape=_square_to_scalar,
    value=lambda operands, attr: determinant(operands[0]),
    vjp=_determinant_vjp,
    symbolic=lambda forms, operands, attr: _one(_minor_form(operands[0])),
    notation=function_of(r"\det"),
    examples=_SQUARE,
    domain=("definite",),
)
LOGDET = Operation(
    name="logdet",
    arity=1,
    doc="log of the determinant; gradient x^{-T} (Giles 2.2.4)",
    names=("logdet",),
    shape=_square_to_scalar,
    value=lambda operands, attr: np.log(determinant(operands[0])),
    vjp=lambda ct, operands, out, attr: (ct * transpose(inverse(operands[0])),),
    symbolic=lambda forms, operands, attr: _one(forms.log(_minor_form(operands[0]))),
    notation=function_of(r"\log\det", "logdet"),
    examples=_SQUARE,
    domain=("definite",),
)
INVERSE = Operation(
    name="inverse",
    arity=1,
    doc="inverse of a square matrix; adjoint -x^{-T} ct x^{-T} (Giles 2.2.3)",
    names=("inv", "np.linalg.inv"),
    shape=_square,
    value=lambda operands, attr: inverse(operands[0]),
    vjp=_inverse_vjp,
    symbolic=_inverse_form,
    notation=Notation("-1", "{0}⁻¹", POWER, (ATOM,), script=True),
    examples=_SQUARE,
    domain=("definite",),
)
DIAG = Operation(
    name="diag",
    arity=1,
    doc="the diagonal matrix of a vector, or the diagonal of a square matrix as a column (np.diag)",
    names=("diag", "Diag", "np.diag"),
    shape=_diag_shape,
    value=_diag,
    vjp=_diag_vjp,
    symbolic=_diag_form,
    notation=function_of(r"\operatorname{{diag}}", "diag"),
    examples=(Example(((3, 1),)), Example(((1, 3),)), Example(((3, 3),))),
)
VEC = Operation(
    name="vec",
    arity=1,
    doc="the columns of a matrix stacked into one",
    names=("vec", "Vec"),
    shape=_vec_shape,
    value=_vec,
    vjp=_vec_vjp,
    symbolic=_vec_form,
    notation=function_of(r"\operatorname{{vec}}", "vec"),
    examples=(Example(((2, 3),)),),
)

LINEAR_ALGEBRA = (TRACE, DET, LOGDET, INVERSE, DIAG, VEC)
