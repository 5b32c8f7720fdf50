"""What a link's right side is compared with, for each meaning of the chain's head.

Mostly that is the head itself: a derivative is computed by the oracles, a name has its definition. An update
is compared with the true step of gradient descent. Where the head is a Jacobian, both sides are made to
pull back one arbitrary cotangent, so that `∂Z/∂W = A` is judged by what it does in a chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

from gradcheck.expr.forms.build import apply, pick, var
from gradcheck.expr.forms.reading import Jacobian, Note, Reading, Value
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.products import pull_back
from gradcheck.expr.meaning.scope import Scope
from gradcheck.shapes import SCALAR, ShapeError

COTANGENT = "·ct"


def comparisons(head: Reading, right: Reading, scope: Scope) -> Iterator[tuple[Expr, Expr, tuple[Note, ...]]]:
    """Pairs that are equal if the right side is what the head is, each with its assumptions."""
    match head.value, right.value:
        case Expr() as a, Expr() as b:
            if a.shape == b.shape:
                yield a, b, ()
            elif b.op == "num" and b.attr[0] == 0:
                yield a, apply("zeros", attr=(a.shape,)), ()
            else:
                yield from _by_component(a, b)
        case Jacobian() as a, b:
            yield from _as_pull_backs(a, b, scope)
        case Expr() as a, Jacobian() as b:
            if a.shape == b.target.shape == b.variable.shape:
                yield from _as_pull_backs(b, a, scope)


def _by_component(a: Expr, b: Expr) -> Iterator[tuple[Expr, Expr, tuple[Note, ...]]]:
    """A vector on one side, its component j on the other: `a = max(z_j, 0) for all j`."""
    if a.shape == SCALAR and 1 in b.shape:
        axis = 0 if b.shape[1] == 1 else 1
        for name, dim in a.free:
            if dim == b.shape[axis] and name not in dict(b.free):
                chosen = (Ix(name, dim), None) if axis == 0 else (None, Ix(name, dim))
                yield a, pick(b, *chosen), (Note("implicit", f"component {name} of the right side"),)
        return
    if 1 not in a.shape or 1 not in b.shape:
        yield from _by_entry(a, b)
    if b.shape != SCALAR or a.shape[1] != 1:
        return
    for name, dim in b.free:
        if dim == a.shape[0] and name not in dict(a.free):
            yield pick(a, Ix(name, dim), None), b, (Note("info", f"told for each component {name}"),)


def _by_entry(a: Expr, b: Expr) -> Iterator[tuple[Expr, Expr, tuple[Note, ...]]]:
    """A matrix on one side, its entry on the other: `∂L/∂W_{ij} = \\delta x^T`, `∂L/∂W = \\delta_i x_j`."""
    if a.shape == SCALAR and a.op == "pick" and a.args[0].shape == b.shape:
        names = ", ".join(s.name for s in a.attr if isinstance(s, Ix))
        if not b.free and all(isinstance(s, Ix) for s in a.attr):
            yield a, pick(b, *a.attr), (Note("implicit", f"entry {names} of the right side"),)
    if b.shape == SCALAR and not a.free and len(b.free) == 2:
        for first, second in permutations(Ix(name, dim) for name, dim in b.free):
            if (first.dim, second.dim) == a.shape:
                note = Note("implicit", f"told for the entry {first.name}, {second.name}")
                yield pick(a, first, second), b, (note,)


def cotangent(jacobian: Jacobian, scope: Scope) -> Expr:
    """An arbitrary array of the shape of what is differentiated."""
    rows, columns = jacobian.target.shape
    key = f"{COTANGENT}{rows}×{columns}"
    scope.shapes[key] = (rows, columns)
    return var(key, (rows, columns))


def _as_pull_backs(
    jacobian: Jacobian, other: Value, scope: Scope
) -> Iterator[tuple[Expr, Expr, tuple[Note, ...]]]:
    ct = cotangent(jacobian, scope)
    try:
        true = pull_back(ct, jacobian)
    except ShapeError:
        return
    if isinstance(other, Jacobian):
        try:
            yield true, pull_back(ct, other), ()
        except ShapeError:
            return
        return
    for stated, notes in _products_with(ct, other):
        if stated.shape == true.shape:
            yield true, stated, notes
    yield from _per_sample(ct, jacobian, other, scope)


def _products_with(ct: Expr, factor: Expr) -> Iterator[tuple[Expr, tuple[Note, ...]]]:
    """All products of a cotangent with the stated factor: the local derivative is right if one pulls back."""
    if ct.shape == factor.shape or factor.shape == SCALAR or ct.shape == SCALAR:
        yield apply("mul", ct, factor), ()
    layout = Note("info", "the derivative of a matrix by a matrix, told by its factor in the chain")
    for first_turned, second_turned, swapped in product((False, True), repeat=3):
        one = ct.shape[::-1] if first_turned else ct.shape
        other = factor.shape[::-1] if second_turned else factor.shape
        if other[1] != one[0] if swapped else one[1] != other[0]:
            continue
        a = apply("transpose", ct) if first_turned else ct
        b = apply("transpose", factor) if second_turned else factor
        yield apply("matmul", *((b, a) if swapped else (a, b))), (layout,)


def _per_sample(
    ct: Expr, jacobian: Jacobian, factor: Expr, scope: Scope
) -> Iterator[tuple[Expr, Expr, tuple[Note, ...]]]:
    """The same for one sample: only one column of the cotangent, and of the factor, is there."""
    dim = scope.sample_dim
    if ct.shape[1] != dim or len(jacobian.steps) != 1:
        return
    index = Ix("·s", dim)
    target, variable, row, column = jacobian.steps[0]
    one = Jacobian(((pick(target, None, index), variable, row, column),), jacobian.span)
    column_ct = pick(ct, None, index)
    try:
        true = pull_back(column_ct, one)
    except ShapeError:
        return
    part = pick(factor, None, index) if factor.shape[1] == dim else factor
    if factor.shape[0] == dim:
        part = pick(factor, index, None)
    for stated, notes in _products_with(column_ct, part):
        if stated.shape == true.shape:
            yield true, stated, notes
