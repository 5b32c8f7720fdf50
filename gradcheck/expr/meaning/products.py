"""What a written product means: which of its factors meet by which product, in which order.

The tree keeps a product flat, since the precedence of juxtaposition, `·`, `∗` and `⊙` is not standard:
`W^T (T-Y) ⊙ R x^T` fits only as ((W^T (T-Y)) ⊙ R) x^T. All ways to bracket the factors are built bottom
up over intervals; shapes prune them, and each interval keeps its few least assuming meanings. Scalars
commute, so they are taken out first. Only when nothing fits as written does the lenient pass supply
transposes and another order, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from gradcheck.expr.forms.build import apply, deriv, isum, pick, stack
from gradcheck.expr.forms.reading import Jacobian, Note, Reading, Readings, Value, combine, ranked
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.shapes import SCALAR, Dim, Shape, ShapeError, show

PER_INTERVAL = 24
PER_SHAPE, PER_SHAPE_LENIENT = 3, 8
MAX_FACTORS = 14


def multiply(kind: str, left: Value, right: Value, *, lenient: bool) -> Iterator[Reading]:
    """The readings of `left kind right` for two meanings.

    kind    the written operator: `` (juxtaposition), cdot, times, *, odot, circ, otimes

    Raises ShapeError where no product of that kind fits.
    """
    if isinstance(left, Jacobian) or isinstance(right, Jacobian):
        yield from _with_jacobian(left, right)
        return
    if left.shape == SCALAR or right.shape == SCALAR:
        yield Reading(apply("mul", left, right))
        return
    found = False
    for reading in _tensor_products(kind, left, right):
        found = True
        yield reading
    if lenient:
        for reading in _mended_products(kind, left, right):
            found = True
            yield reading
    if not found:
        raise ShapeError(f"{show(left.shape)} times {show(right.shape)} fits under no product")


def _tensor_products(kind: str, left: Expr, right: Expr) -> Iterator[Reading]:
    conformable = left.shape[1] == right.shape[0]
    equal = left.shape == right.shape
    broadcasts = not equal and _broadcasts(left.shape, right.shape)
    if kind == "otimes":
        if left.shape[1] == 1 and right.shape[1] == 1:
            yield Reading(apply("matmul", left, apply("transpose", right)))
        yield Reading(apply("kron", left, right))
        return
    if kind in ("odot", "circ"):
        if equal:
            yield Reading(apply("mul", left, right))
        elif broadcasts:
            yield Reading(apply("mul", left, right), (_broadcast_note(left, right),))
        return
    starred = kind == "*"
    if kind == "cdot" and equal and left.shape[1] == 1:
        yield Reading(apply("dot", left, right))
    if equal and not (conformable and kind == ""):
        missing = () if starred else (Note("hadamard", "the product of equal shapes read as ⊙"),)
        yield Reading(apply("mul", left, right), missing)
        # A row of as many entries as are written out, `(2, 3)`, is a vector, and no values of samples.
        if kind == "cdot" and left.shape[0] == 1 and isinstance(left.shape[1], int):
            yield Reading(apply("dot", left, right))
    if conformable:
        yield Reading(apply("matmul", left, right))
    elif broadcasts:
        yield Reading(apply("mul", left, right), (_broadcast_note(left, right),))


def _broadcasts(a: Shape, b: Shape) -> bool:
    return all(x == y or x == 1 or y == 1 for x, y in zip(a, b, strict=True))


def _broadcast_note(left: Expr, right: Expr) -> Note:
    return Note(
        "broadcast", f"{show(left.shape)} and {show(right.shape)} multiply only by broadcasting", code="GC608"
    )


def _mended_products(kind: str, left: Expr, right: Expr) -> Iterator[Reading]:
    """Products that fit after a transpose or an exchange of the factors."""
    elementwise = kind in ("odot", "circ")
    for swapped in (False, True):
        first, second = (right, left) if swapped else (left, right)
        order = (Note("order", "the factors in the other order"),) if swapped else ()
        for turn_first, turn_second in ((False, False), (False, True), (True, False), (True, True)):
            if not (swapped or turn_first or turn_second):
                continue
            above = first.shape[::-1] if turn_first else first.shape
            below = second.shape[::-1] if turn_second else second.shape
            if (swapped or not _broadcasts(above, below)) if elementwise else above[1] != below[0]:
                continue
            a = apply("transpose", first) if turn_first else first
            b = apply("transpose", second) if turn_second else second
            turned = (*([first] if turn_first else []), *([second] if turn_second else []))
            notes = tuple(Note("transpose", "a transpose supplied", span=factor.span) for factor in turned)
            if elementwise:
                yield Reading(apply("mul", a, b), (*notes, _broadcast_note(a, b)))
            else:
                yield Reading(apply("matmul", a, b), order + notes)


def pull_back(cotangent: Expr, jacobian: Jacobian) -> Expr:
    """The cotangent of the innermost variable: Σ over the target's entries of cotangent times derivative.

    Raises ShapeError if the cotangent has not the shape of the target.
    """
    for depth, (target, variable, row, column) in enumerate(jacobian.steps):
        if cotangent.shape != target.shape:
            raise ShapeError(
                f"a factor of shape {show(cotangent.shape)} meets the derivative of a {show(target.shape)}"
            )
        p, q = (Ix(f"{mark}{depth}", dim) for mark, dim in zip(("·p", "·q"), target.shape, strict=True))
        entry_row, entry_column = (p if p.dim != 1 else None), (q if q.dim != 1 else None)
        entry = deriv(pick(target, entry_row, entry_column), variable)
        term = apply("mul", pick(cotangent, entry_row, entry_column), entry)
        for index in (q, p):
            term = isum(term, index) if index.dim != 1 else term
        cotangent = term if row is None and column is None else pick(term, row, column)
    return cotangent


def _with_jacobian(left: Value, right: Value) -> Iterator[Reading]:
    match left, right:
        case Jacobian(), Jacobian():
            if left.variable != right.target:
                raise ShapeError("the chain does not telescope: the derivatives do not meet in one quantity")
            yield Reading(Jacobian(left.steps + right.steps, left.span))
        case Expr(), Jacobian() if _is_row_for(left, right):
            column = pull_back(apply("transpose", left), right)
            yield Reading(apply("transpose", column), (Note("info", "a row times a Jacobian"),))
        case Expr(), Jacobian() if _is_of_columns(right) and _is_matrix(left, right.target, left.shape[1]):
            yield Reading(_row_by_row(left, right), (Note("info", "a matrix times a Jacobian"),))
        case Expr(), Jacobian():
            yield Reading(pull_back(left, right))
        case Jacobian(), Expr() if _is_of_columns(left) and _meets(right, left):
            rows = _row_by_row(apply("eye", attr=(left.target.shape[0],)), left)
            yield Reading(apply("matmul", rows, right), (Note("info", "a Jacobian times what it acts on"),))
        case Jacobian(), Expr():
            yield Reading(pull_back(right, left), (Note("order", "the chain read from the inside out"),))


def _is_row_for(factor: Expr, jacobian: Jacobian) -> bool:
    """Whether a factor is a row beside the derivative of a column by a column, `v^T ∂f/∂x`."""
    target, variable = jacobian.target.shape, jacobian.variable.shape
    return factor.shape == target[::-1] != target and target[1] == variable[1] == 1


def _is_of_columns(jacobian: Jacobian) -> bool:
    """Whether a Jacobian, `∂h/∂x`, is a matrix: a column is derived by a column."""
    whole = all(row is None and column is None for _, _, row, column in jacobian.steps)
    return whole and jacobian.target.shape[1] == jacobian.variable.shape[1] == 1


def _meets(factor: Expr, jacobian: Jacobian) -> bool:
    """Whether a factor behind a Jacobian is a matrix, or a direction that is no cotangent by its size."""
    direction = factor.shape == jacobian.variable.shape != jacobian.target.shape
    return direction or _is_matrix(factor, jacobian.variable, factor.shape[0])


def _is_matrix(factor: Expr, column: Expr, size: Dim) -> bool:
    """Whether a factor beside a Jacobian is a matrix that meets it in the entries of a column."""
    return 1 not in factor.shape and size == column.shape[0] != 1


def _row_by_row(matrix: Expr, jacobian: Jacobian) -> Expr:
    """`W ∂h/∂x`, a row for each row of W: the gradient of what that makes of h."""
    index = Ix(f"·r{len(jacobian.steps)}", matrix.shape[0])
    gradient = pull_back(apply("transpose", pick(matrix, index, None)), jacobian)
    return stack(apply("transpose", gradient), index, 0)


def product_readings(factors: Sequence[Readings], kinds: Sequence[str], *, lenient: bool) -> list[Reading]:
    """The readings of a flat product; kinds[i] stands between factors[i] and factors[i+1].

    Raises ShapeError if no bracketing fits.
    """
    if len(factors) > MAX_FACTORS:
        raise ShapeError(f"a product of {len(factors)} factors is too long to be read")
    scalars, tensors, between = _split_scalars(factors, kinds)
    meaning = _bracketings(tensors, between, lenient=lenient) if tensors else []
    for scalar in scalars:
        if not meaning:
            meaning = list(scalar)
            continue
        meaning = combine(scalar, meaning, lambda a, b: multiply("", a, b, lenient=False))
    return meaning


def _split_scalars(
    factors: Sequence[Readings], kinds: Sequence[str]
) -> tuple[list[Readings], list[Readings], list[str]]:
    """Take out factors that are scalar under every reading; the operator after them goes with them."""
    scalars: list[Readings] = []
    tensors: list[Readings] = []
    between: list[str] = []
    pending = ""
    for position, factor in enumerate(factors):
        operator = kinds[position - 1] if position else ""
        if all(isinstance(r.value, Expr) and r.value.shape == SCALAR for r in factor):
            scalars.append(factor)
            pending = operator or pending
            continue
        if tensors:
            between.append(operator or pending)
        tensors.append(factor)
        pending = ""
    return scalars, tensors, between


def _best_of_each_shape(readings: list[Reading], limit: int) -> list[Reading]:
    """The least assuming readings of every shape that is possible: the neighbours decide which shape fits."""
    kept: list[Reading] = []
    counts: Counter[Shape | None] = Counter()
    for reading in ranked(readings, len(readings)):
        shape = reading.value.shape if isinstance(reading.value, Expr) else None
        counts[shape] += 1
        if counts[shape] <= limit:
            kept.append(reading)
    return kept


def _bracketings(factors: list[Readings], kinds: list[str], *, lenient: bool) -> list[Reading]:
    """All ways to bracket the factors, built over intervals; the left-most association first."""
    count = len(factors)
    limit = PER_SHAPE_LENIENT if lenient else PER_SHAPE
    table: dict[tuple[int, int], list[Reading]] = {(i, i): list(factors[i]) for i in range(count)}
    refused: ShapeError | None = None
    for length in range(1, count):
        for first in range(count - length):
            last = first + length
            found: list[Reading] = []
            for cut in reversed(range(first, last)):
                left, right = table[first, cut], table[cut + 1, last]
                if not left or not right:
                    continue
                try:
                    found += combine(
                        left,
                        right,
                        partial(multiply, kinds[cut], lenient=lenient),
                        PER_INTERVAL,
                    )
                except ShapeError as error:
                    refused = refused or error
            table[first, last] = _best_of_each_shape(found, limit if length < count - 1 else 5 * limit)
    whole = table[0, count - 1]
    if not whole:
        raise refused or ShapeError("the factors fit under no bracketing")
    return whole
