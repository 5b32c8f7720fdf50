"""A function applied: by its own definition, by the table of operations, or as an unknown smooth one.

`g(z_2)` where g carries no layer may also mean the activation of that layer; a function by formula is put
in entry by entry, and its derivative is that of the formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, pick, prime, rebuild, stack, substitute, transform, var
from gradcheck.expr.forms.reading import (
    MeaningError,
    Note,
    Reading,
    Readings,
    combine,
    each,
    expression,
    ranked,
)
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.densities import density
from gradcheck.expr.meaning.derivatives import derivative
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.paired import paired
from gradcheck.expr.meaning.sameness import is_known
from gradcheck.expr.meaning.several import unknown_of
from gradcheck.expr.meaning.slopes import slope
from gradcheck.expr.written.definitions import Definition, written_names
from gradcheck.expr.written.function_names import FUNCTION_LETTERS, is_parameterised
from gradcheck.expr.written.functions import BINARY, DENSITIES, FOURFOLD, LOSSES, Builtin, builtin_of
from gradcheck.expr.written.names import Name, key_of, read_name
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.ops.unknown import POSITIVE
from gradcheck.shapes import SCALAR, ShapeError
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.meaning.scope import Scope

# Words for Σ; `np.sum` of an array is one number.
SUMS_IN_WORDS = frozenset(("sum", "Sum"))
# What says that a formula is meant for a whole array.
OF_ARRAYS = {"transpose", "norm", "trace", "det", "logdet", "inverse", "dot", "sum"}


def called(scope: Scope, name: Name, arguments: Sequence[Readings], span: Span) -> list[Reading]:
    """A function applied: by its own definition, by the table, or as an unknown smooth function."""
    if len(arguments) == 2 and name.base in BINARY and name.key == name.base and not name.primes:
        op = BINARY[name.base]
        first, second = arguments
        return combine(
            first, second, lambda a, b: [Reading(_joined(scope, op, expression(a), expression(b), span))]
        )
    if len(arguments) == 4 and name.key in FOURFOLD:
        return _of_four(FOURFOLD[name.key], arguments, span)
    if name.key in DENSITIES:
        return density(name.key, arguments, span)
    if len(arguments) > 1 and builtin_of(name) is None and scope.function(name) is None:
        return unknown_of(name, arguments, span)
    if len(arguments) != 1:
        raise MeaningError(f"{name.base} is applied to {len(arguments)} arguments", span)
    definition = scope.function(name)
    generic = _layer_activation(scope, name, arguments[0], span)
    if definition is not None:
        _refuse_strange(definition, name, span)
        return ranked([*_by_definition(scope, definition, name, arguments[0], span), *generic])
    apart = name.base in scope.usage.apart
    builtin = None if apart else builtin_of(name)
    if builtin is None and name.base in scope.usage.reducing:
        return unknown_of(name, arguments, span)
    if builtin is None:
        own = scope.normalised(name)
        key = key_of(own.base, own.layer, own.sub) if apart else name.base
        unknown = Builtin("unknown", (key, POSITIVE) if name.base in scope.usage.positive else (key,))
        return ranked([*_by_operation(scope, unknown, name.primes, arguments[0], span), *generic])
    found = _by_operation(scope, builtin, name.primes, arguments[0], span)
    if name.base in SUMS_IN_WORDS:
        return [*found, *_over_samples(scope, arguments[0], span)]
    if builtin.op == "sin" and scope.sine_is_sigmoid:
        note = Note("noise", "`\\sin` read as the sigmoid", span, "GC702")
        sigmoids = _by_operation(scope, Builtin("sigmoid"), name.primes, arguments[0], span)
        found = [*(r.noted(note) for r in sigmoids), *found]
    return found


def _over_samples(scope: Scope, argument: Readings, span: Span) -> Iterator[Reading]:
    """`sum(dZ)` of a batch as Σ is read: what the samples add up to, entry by entry."""
    for reading in argument:
        x = expression(reading.value)
        if scope.vocabulary.holds_samples(x.shape):
            note = Note("sum", "the sum over the samples", span)
            axis = scope.vocabulary.sample_axis
            yield Reading(apply("sum", x, attr=(axis,), span=span), (*reading.notes, note))


def _refuse_strange(definition: Definition, name: Name, span: Span) -> None:
    """Raise MeaningError for `h_W(x)` beside `h(x) = \\theta^T x`, which holds no W; θ may stand for all."""
    held = {each.base for each in written_names(definition.right)}
    latin = is_parameterised(name) and all(part.isalpha() for part in name.sub)
    if latin and not definition.name.sub and held.isdisjoint(name.sub):
        raise MeaningError(f"`{name.key}` has parameters that the formula of {name.base} does not hold", span)


def _of_four(op: str, arguments: Sequence[Readings], span: Span) -> list[Reading]:
    """An operation of four arguments, of which numbers stand for arrays of the others' shape."""
    values = [expression(readings[0].value) for readings in arguments]
    shape = next((value.shape for value in values if value.shape != SCALAR), SCALAR)
    spread = [v if v.shape == shape else apply("broadcast", v, attr=(shape,)) for v in values]
    return [Reading(apply(op, *spread, span=span))]


def _joined(scope: Scope, op: str, first: Expr, second: Expr, span: Span) -> Expr:
    """An operation of two arguments; `dot` of two columns is their inner product."""
    if op in LOSSES:
        return paired(scope, op, first, second, _line_of(second, scope.vocabulary), span)
    columns = first.shape == second.shape and first.shape[1] == 1 and first.shape != SCALAR
    return apply("dot" if op == "matmul" and columns else op, first, second, span=span)


def _by_operation(
    scope: Scope, builtin: Builtin, primes: int, argument: Readings, span: Span
) -> list[Reading]:
    if primes and builtin.reduces:
        raise MeaningError("this function has no derivative of its own", span)
    along_lines = builtin.op in ("softmax", "log_softmax")

    def applied(value: object) -> Expr:
        x = expression(value)
        if builtin.op == "diag" and x.shape == SCALAR and len(x.free) == 1:
            # Of one number there is no diagonal: `diag(a_i)` has all of them.
            x = stack(x, Ix(*x.free[0]), 0)
        if primes:
            return prime(builtin.op, x, primes, builtin.attr, span)
        if along_lines and x.op == "pick" and x.shape == SCALAR:
            # Of one number there is no distribution: `softmax(z_a)` is the entry of softmax(z).
            whole = x.args[0]
            line = apply(builtin.op, whole, attr=_line_of(whole, scope.vocabulary), span=span)
            return pick(line, *x.attr)
        attr = _line_of(x, scope.vocabulary) if along_lines else builtin.attr
        return apply(builtin.op, x, attr=attr, span=span)

    return each(argument, applied)


def _by_definition(
    scope: Scope, definition: Definition, name: Name, argument: Readings, span: Span
) -> list[Reading]:
    if definition.parameter is None:
        other_name = read_name(definition.right)
        assert other_name is not None, "a function by another name names it"
        return called(scope, other_name.without(primes=other_name.primes + name.primes), [argument], span)
    if not name.primes and (of_matrices := _of_matrices(scope, definition, argument, span)):
        return of_matrices
    parameter = var("·x", SCALAR)
    try:
        told = scope.with_parameter(definition.parameter, parameter, definition.right)
    except (MeaningError, ShapeError):
        if name.primes:
            raise
        return _of_whole_arrays(scope, definition, argument, span)
    bodies = each(told, lambda body: _with_slopes(expression(body), parameter))
    builtin = builtin_of(name)
    if builtin is not None and is_known(expression(bodies[0].value), parameter, builtin):
        return _by_operation(scope, builtin, name.primes, argument, span)
    if not name.primes and not all(_is_entrywise(expression(body.value)) for body in bodies):
        return _of_whole_arrays(scope, definition, argument, span)

    def value_at(body: object, x: object) -> list[Reading]:
        point, formula = expression(x), expression(body)
        if not name.primes:
            return [Reading(_mapped(formula, parameter, point).at(span))]
        if point.free and point.op != "pick":
            return [Reading(_mapped(_sloped(formula, parameter, name.primes), parameter, point).at(span))]
        if point.op not in ("var", "pick"):
            point = scope.auxiliary(point)
        values = [_mapped(formula, parameter, point)]
        for _ in range(name.primes):
            found = [r for value in values for r in derivative(Elaborator(scope), value, point, span)]
            values = [r.value for r in found if isinstance(r.value, Expr)]
        if not values:
            raise MeaningError("higher derivatives are read of functions of a number only", span)
        return [Reading(value) for value in values]

    return combine(bodies, argument, value_at)


def _with_slopes(formula: Expr, parameter: Expr) -> Expr:
    """A formula whose derivatives by its own parameter have a value at any point, `g(z) = d tanh(z)/dz`."""

    def told(node: Expr) -> Expr | None:
        return slope(node.args[0], parameter) if node.op == "deriv" and node.args[1] == parameter else None

    return transform(formula, told) if formula.derivatives else formula


def _sloped(formula: Expr, parameter: Expr, primes: int) -> Expr:
    """A derivative of a formula by its own parameter, for a point that no quantity of its own can stand for.

    Raises MeaningError where no rule is known for it.
    """
    for _ in range(primes):
        sloped = slope(formula, parameter)
        if sloped is None:
            raise MeaningError("the derivative of this function has no formula: write it down")
        formula = sloped
    return formula


def _is_entrywise(body: Expr) -> bool:
    """Whether a formula in a scalar is one of entries: it mixes in no array and nothing made for arrays."""
    return all(node.shape == SCALAR and node.op not in OF_ARRAYS for node in body.walk())


def _of_matrices(scope: Scope, definition: Definition, argument: Readings, span: Span) -> list[Reading]:
    """`g(A)` of `g(A) = A^2`, where A is a square matrix: its powers are products of it."""
    name = definition.parameter
    shapes = {expression(reading.value).shape for reading in argument}
    if name is None or not name.base.isupper() or any(r != c or r == 1 for r, c in shapes):
        return []
    try:
        return _of_whole_arrays(scope, definition, argument, span)
    except (MeaningError, ShapeError):
        return []


def _of_whole_arrays(scope: Scope, definition: Definition, argument: Readings, span: Span) -> list[Reading]:
    """`f(x)` by a formula such as `x^T A x`: the parameter has the shape of the argument."""
    found: list[Reading] = []
    refused: MeaningError | None = None
    assert definition.parameter is not None, "a function by formula has a parameter"
    for reading in argument:
        point = expression(reading.value)
        parameter = var("·x", point.shape)
        try:
            bodies = scope.with_parameter(definition.parameter, parameter, definition.right)
        except MeaningError as error:
            refused = refused or error
            continue
        found += [
            Reading(substitute(expression(b.value), {parameter: point}).at(span), (*reading.notes, *b.notes))
            for b in bodies
        ]
    if not found and refused is not None:
        raise refused
    return ranked(found)


def _layer_activation(scope: Scope, name: Name, argument: Readings, span: Span) -> list[Reading]:
    """`g(z_2)` where g has no layer mark: it may mean the activation of the layer of z_2."""
    if name.layer is not None or name.primes or name.base not in FUNCTION_LETTERS or name.base == "\\sigma":
        return []
    found: list[Reading] = []
    for reading in argument:
        for key, value in scope.program.items():
            if (
                value != reading.value
                and isinstance(reading.value, Expr)
                and depends_only(value, reading.value)
            ):
                note = Note("implicit", f"{name.base} taken as the activation of this layer", span)
                found.append(Reading(var(key, scope.shapes[key]), (*reading.notes, note)))
        if isinstance(reading.value, Expr) and reading.value in scope.aliases.values():
            note = Note("implicit", f"{name.base} taken as this layer's activation, the identity", span)
            found.append(reading.noted(note))
    return found[:1]


def depends_only(value: Expr, argument: Expr) -> bool:
    """Whether a value is an elementwise function of one quantity, or that quantity under another name."""
    node = value
    while len(node.args) == 1 and node.op not in ("pick", "stack", "isum", "sum", "transpose"):
        node = node.args[0]
        if node == argument:
            return True
    return False


def _mapped(body: Expr, parameter: Expr, point: Expr) -> Expr:
    """A scalar formula applied entry by entry to a point of any shape.

    Raises MeaningError for a derivative in it at a point that is no number, and for an array that is made of
    the parameter: an entry of it is no function of an entry of the point.
    """
    if point.shape == SCALAR:
        return substitute(body, {parameter: point})
    known: dict[Expr, Expr] = {parameter: point}

    def spread(node: Expr) -> Expr:
        if node not in known:
            args = tuple([spread(arg) for arg in node.args])
            known[node] = node if args == node.args else _on_arrays(node, args)
        return known[node]

    return spread(body)


def _on_arrays(node: Expr, args: tuple[Expr, ...]) -> Expr:
    match node.op:
        case "deriv":
            raise MeaningError("a derivative gives this function its values: write its formula down")
        case "pick" | "stack":
            raise MeaningError("this function makes an array of a number, and is called on an array")
        case _:
            return rebuild(node, args)


def _line_of(x: Expr, vocabulary: Vocabulary) -> tuple[int]:
    """The axis of one distribution: that of a vector, or of one sample; a row where nothing tells."""
    if 1 in x.shape:
        return (0,) if x.shape[1] == 1 else (1,)
    samples = 0 if vocabulary.samples_are_rows else vocabulary.sample_axis
    return (1 - samples,) if x.shape[samples] == vocabulary.sample_dim else (1,)
