"""What a Σ runs over: a written index, an axis, or the samples when nothing is written.

A written index binds the free index of that name in the body; the terms that `k \\neq i` or `i = 2` leave
out are zero, the factors of a Π one. `\\sum_{\\text{columns}}` and `axis=1` sum an axis and keep it. A bare
Σ, or one whose index the body does not carry, runs over the samples. A body that carries nothing to sum over
is multiplied by the number of terms when that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, isum, num, stack
from gradcheck.expr.forms.reading import MeaningError, Note, Reading, each, expression
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.choices import running
from gradcheck.expr.meaning.constants import truth
from gradcheck.expr.meaning.places import in_order, taken
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.limits import Limits, read_limits
from gradcheck.expr.written.names import read_name, script_text
from gradcheck.notation.tree import BigOperator, Node, Number, Relational, Text
from gradcheck.records import replace
from gradcheck.shapes import SCALAR, Dim

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator

TURNING = frozenset(("transpose", "order"))
AXIS_WORDS = {"columns": 1, "column": 1, "cols": 1, "rows": 0, "row": 0, "samples": 1, "examples": 1}


def sum_readings(elaborator: Elaborator, node: BigOperator) -> list[Reading]:
    """The readings of a Σ.

    Raises MeaningError for other big operators and where nothing can be summed.
    """
    if node.kind == "prod":
        return _product_readings(elaborator, node)
    if node.kind != "sum":
        raise MeaningError(f"\\{node.kind} has no meaning here yet", node.span)
    axis = _axis(node.lower)
    limits = read_limits(node.lower) if axis is None else Limits()
    found: list[Reading] = []
    refused: MeaningError | None = None
    for letters in limits.choices(elaborator.scope.bound):
        try:
            found += _over(elaborator, node, replace(limits, letters=letters), axis)
        except MeaningError as error:
            refused = refused or error
    if not found:
        raise refused or MeaningError("nothing here runs over what is summed", node.span)
    return found


def _over(elaborator: Elaborator, node: BigOperator, limits: Limits, axis: int | None) -> list[Reading]:
    """The readings of a Σ that binds these letters."""
    found: list[Reading] = []
    with running(elaborator.scope, limits.letters):
        bodies = _as_they_lie(elaborator.readings(node.body))
    for reading in bodies:
        if not isinstance(reading.value, Expr):
            continue
        if axis is not None:
            found.append(Reading(apply("sum", reading.value, attr=(axis,), span=node.span), reading.notes))
            continue
        found += [
            Reading(value.at(node.span), (*reading.notes, *notes))
            for value, notes in _summed(elaborator, reading.value, limits, node)
        ]
    return found


def _as_they_lie(bodies: list[Reading]) -> list[Reading]:
    """The readings of what is summed, without those that turn factors where others need not.

    In `\\sum Y \\log Q` of a batch the entries meet: what a supplied transpose adds up besides is no loss.
    """
    lying = [reading for reading in bodies if not any(note.kind in TURNING for note in reading.notes)]
    return lying or bodies


def _product_readings(elaborator: Elaborator, node: BigOperator) -> list[Reading]:
    """The readings of a Π over index letters; a factor that a condition leaves out is one.

    Raises MeaningError where it binds no index of its body.
    """
    limits = read_limits(node.lower)
    with running(elaborator.scope, limits.letters):
        bodies = elaborator.readings(node.body)
    found: list[Reading] = []
    for reading in bodies:
        body = reading.value
        free = dict(body.free) if isinstance(body, Expr) else {}
        if not isinstance(body, Expr) or body.shape != SCALAR or not set(limits.letters) <= free.keys():
            continue
        kept = _with_terms_left_out(elaborator, apply("sub", body, num(1)), limits, node)
        body = apply("add", kept, num(1)) if kept.op == "mul" else body
        for letter in limits.letters:
            body = apply("prod", stack(body, Ix(letter, free[letter]), 0), attr=(None,))
        found.append(Reading(body.at(node.span), reading.notes))
    if not found or not limits.letters:
        raise MeaningError("what this product runs over cannot be told", node.span)
    return found


def _summed(
    elaborator: Elaborator, body: Expr, limits: Limits, node: BigOperator
) -> list[tuple[Expr, tuple[Note, ...]]]:
    scope = elaborator.scope
    letters = limits.letters
    free = dict(body.free)
    bound = [letter for letter in letters if letter in free]
    if bound:
        body = _with_terms_left_out(elaborator, body, limits, node)
        for letter in bound:
            body = isum(body, Ix(letter, free[letter]))
        return [(body, ())]
    if limits.conditions:
        return _each_alike(elaborator, body, limits, node)
    implicit = scope.implicit_sample
    if implicit is not None and implicit.name in free:
        return [(isum(body, implicit), ())]
    if not letters:
        over_samples = [name for name, dim in body.free if dim == scope.sample_dim]
        if len(over_samples) == 1:
            return [(isum(body, Ix(over_samples[0], free[over_samples[0]])), ())]
    if scope.vocabulary.holds_samples(body.shape):
        by_entry = apply("sum", body, attr=(scope.vocabulary.sample_axis,))
        return [
            (by_entry, ()),
            *([(apply("sum", by_entry, attr=(None,)), ())] if by_entry.shape != SCALAR else []),
        ]
    if letters and body.free and body.shape != SCALAR:
        return []  # `\sum_j e^{x_i}`: what has an index of its own is no array that another letter counts
    if body.shape != (1, 1):
        whole = apply("sum", body, attr=(None,))
        by_rows = body.shape[0] == scope.sample_dim and body.shape[1] != 1
        return [(whole, ()), *([(apply("sum", body, attr=(0,)), ())] if by_rows else [])]
    if len({name.base for name in written_names(node.body) if set(letters) & {*name.sub}}) > 1:
        return []  # what carries the index was read without it, as if it were the same in every term
    count = _count(elaborator, node)
    return [] if count is None else [(apply("mul", count, body), ())]


def _each_alike(
    elaborator: Elaborator, body: Expr, limits: Limits, node: BigOperator
) -> list[tuple[Expr, tuple[Note, ...]]]:
    """`\\sum_{c' \\neq y_n} h_{nc}`: a body without the index, as often as the condition holds."""
    try:
        term = _with_terms_left_out(elaborator, body, limits, node)
    except MeaningError:
        return []
    for letter in limits.letters:
        if letter not in dict(term.free):
            return []
        term = isum(term, Ix(letter, dict(term.free)[letter]))
    return [(term, ())]


def _count(elaborator: Elaborator, node: BigOperator) -> Expr | None:
    """How many terms a sum has, from limits such as `i=1` to `m`."""
    if not isinstance(node.lower, Relational) or node.upper is None:
        return None
    start = node.lower.operands[-1]
    if not isinstance(start, Number):
        return None
    last = elaborator.readings(node.upper)[0].value
    first = elaborator.readings(start)[0].value
    if not isinstance(last, Expr) or not isinstance(first, Expr):
        return None
    if start.text == "1":
        return last
    return apply("add", apply("sub", last, first), num(1))


def _axis(lower: Node | None) -> int | None:
    """The axis that `columns` or `axis=1` under a Σ names."""
    match lower:
        case Text(content=content):
            return AXIS_WORDS.get(content.strip().lower())
        case Relational(operands=(key, Number(text=text))):
            name = read_name(key)
            is_axis = name is not None and name.base == "axis"
            return int(text) % 2 if is_axis and text in ("0", "1") else None
        case None:
            return None
        case _:
            name = read_name(lower)
            return AXIS_WORDS.get(name.base.lower()) if name is not None else None


def _with_terms_left_out(elaborator: Elaborator, body: Expr, limits: Limits, node: BigOperator) -> Expr:
    """The terms of a sum, zero where its limits or a condition below the Σ do not take them.

    Raises MeaningError where a condition runs over another size than the terms.
    """
    free = dict(body.free)
    for weight in taken(elaborator.scope, node, free):
        body = apply("mul", weight, body)
    for condition in limits.conditions:
        holds = _weight(elaborator, condition, free)
        if holds is None:
            raise MeaningError("which terms this sum leaves out cannot be told", condition.span)
        body = apply("mul", holds, body)
    return body


def _weight(elaborator: Elaborator, condition: Relational, free: Mapping[str, Dim]) -> Expr | None:
    """1 where a condition holds, else 0; None where it cannot be told of the indices that run here."""
    if all(relation.sign != "≠" for relation in condition.relations):
        ordered = in_order(elaborator.scope, condition, free, below=True)
        if ordered is not None or len(condition.relations) > 1:
            return ordered
    for reading in _marked(elaborator, condition) or truth(elaborator, condition):
        value = reading.value
        if (
            isinstance(value, Expr)
            and all(free.get(name, dim) == dim for name, dim in value.free)
            and any(name in free for name, _ in value.free)
        ):
            return value
    return None


def _marked(elaborator: Elaborator, condition: Relational) -> list[Reading]:
    """`d_i = 1` and `d_i = 0` as the weights d_i and 1 - d_i: what is one of the two marks terms."""
    left, right = condition.operands[0], condition.operands[-1]
    marks = [relation.sign for relation in condition.relations] == ["="]
    if not marks or not isinstance(right, Number) or right.text not in ("0", "1"):
        return []
    name = read_name(left)
    if name is None or not name.sub or elaborator.scope.vocabulary.is_label(script_text(left)):
        return []
    readings = elaborator.readings(left)
    return readings if right.text == "1" else each(readings, lambda v: apply("sub", num(1), expression(v)))
