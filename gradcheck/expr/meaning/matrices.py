"""Matrices written out, lists, and case distinctions.

Dots are resolved by comparing two neighbouring entries: where they differ in one number (`w_1`, `w_2`)
that number becomes an index, and the entry is stacked over it. Dashes that were drawn around row vectors
arrive as minus signs: if every row starts with one and holds a transposed vector, the matrix is also
read without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from gradcheck.expr.forms.build import apply, num, stack
from gradcheck.expr.forms.reading import (
    MeaningError,
    Note,
    Reading,
    Readings,
    Value,
    combine,
    each,
    expression,
    ranked,
)
from gradcheck.expr.forms.tree import Expr, Ix
from gradcheck.expr.meaning.blocks import below, beside
from gradcheck.expr.meaning.constants import truth
from gradcheck.expr.written.names import read_name
from gradcheck.notation.tree import (
    Blank,
    CaseRow,
    Cases,
    Dots,
    Group,
    Matrix,
    Node,
    Number,
    Relational,
    Sum,
    Symbol,
    Text,
)
from gradcheck.records import fields, replace
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.expr.meaning.elaborate import Elaborator

RUNNING = "·n"


def may_be_blocks(node: Node) -> bool:
    """Whether a column is of letters, `(w; b)`: each may be a number or a vector, as only its use tells."""
    match node:
        case Matrix(rows=rows) if len(rows) > 1:
            cells = [cell for row in rows for cell in row]
            return len(cells) == len(rows) and all(isinstance(cell, Symbol) for cell in cells)
        case _:
            return False


def matrix_readings(elaborator: Elaborator, node: Matrix) -> list[Reading]:
    """A matrix of written entries, with dots continued."""
    readings = _rows(elaborator, node.rows, node.span)
    ruled = _without_rules(node)
    if ruled is None:
        return readings
    note = Note("noise", "dashes drawn around row vectors read as minus signs", node.span, "GC701")
    return ranked([*(r.noted(note) for r in _rows(elaborator, ruled.rows, node.span)), *readings])


def list_readings(elaborator: Elaborator, node: Group) -> list[Reading]:
    """`[a \\quad b \\quad …]`: a row of entries."""
    if not node.items:
        raise MeaningError("these brackets hold nothing", node.span)
    return _rows(elaborator, (tuple(node.items),), node.span)


def _without_rules(node: Matrix) -> Matrix | None:
    """The matrix without a leading minus in each row, if they look like drawn rules."""
    rows: list[tuple[Node | None, ...]] = []
    seen = False
    for row in node.rows:
        if len(row) == 1 and isinstance(row[0], Dots):
            rows.append(row)
            continue
        first = row[0] if len(row) == 1 else None
        if not isinstance(first, Sum) or len(first.terms) != 1 or first.terms[0].sign != "-":
            return None
        name = read_name(first.terms[0].body)
        if name is None or not name.transpose:
            return None
        seen = True
        rows.append((first.terms[0].body,))
    return replace(node, rows=tuple(rows)) if seen else None


def _rows(elaborator: Elaborator, rows: Sequence[tuple[Node | None, ...]], span: Span) -> list[Reading]:
    """The readings of written rows: single rows and columns may hold dots, others may have rows of dots."""
    filled = [row for row in rows if any(cell is not None and not isinstance(cell, Blank) for cell in row)]
    if not filled:
        raise MeaningError("this matrix is empty", span)
    if len(filled) == 1:
        return _line(elaborator, filled[0], 1, span)
    if all(len(row) == 1 for row in filled):
        return _line(elaborator, [row[0] for row in filled], 0, span)
    width = max(len(row) for row in filled)
    columns = [
        _line(elaborator, [row[j] if j < len(row) else None for row in filled], 0, span) for j in range(width)
    ]
    joined: list[Reading] = columns[0]
    for position in range(1, width):
        joined = combine(
            joined, columns[position], lambda a, b: [Reading(beside(expression(a), expression(b)))]
        )
    return joined


def _line(elaborator: Elaborator, cells: Sequence[Node | None], axis: int, span: Span) -> list[Reading]:
    """A row (axis 1) or column (axis 0) of cells."""
    entries = [cell for cell in cells if cell is not None and not isinstance(cell, Blank)]
    if any(isinstance(cell, Dots) for cell in entries):
        return _family(elaborator, entries, axis, span)
    joined: list[Reading] | None = None
    for cell in entries:
        value = elaborator.readings(cell)
        if joined is None:
            joined = value
        else:
            join = below if axis == 0 else beside
            joined = combine(joined, value, partial(_joined, join))
    if joined is None:
        raise MeaningError("this matrix is empty", span)
    return joined


def _joined(join: Callable[[Expr, Expr], Expr], first: Value, second: Value) -> list[Reading]:
    return [Reading(join(expression(first), expression(second)))]


def _family(elaborator: Elaborator, cells: Sequence[Node], axis: int, span: Span) -> list[Reading]:
    """Entries continued by dots: the pattern of two neighbours, stacked over its running number."""
    head: list[Node] = []
    for cell in cells:
        if isinstance(cell, Dots):
            break
        head.append(cell)
    pattern, notes = _pattern(head, span)

    def over(value: object) -> Expr:
        entry = expression(value)
        dims = dict(entry.free)
        if RUNNING not in dims:
            raise MeaningError("what changes from entry to entry cannot be told", span)
        return stack(entry, Ix(RUNNING, dims[RUNNING]), axis)

    found = [r.noted(*notes) for r in each(elaborator.readings(pattern), over)]
    if axis == 1:
        summed = Note("sum", "the entries of this row added up", span)
        found += [Reading(apply("sum", expression(r.value), attr=(1,)), (*r.notes, summed)) for r in found]
    return found


def _pattern(head: Sequence[Node], span: Span) -> tuple[Node, tuple[Note, ...]]:
    if len(head) == 1:
        alone = generalised(head[0], head[0], 1)
        if alone is not None and alone != head[0]:
            return alone, ()
        raise MeaningError("one entry before the dots does not tell how they go on", span)
    for position, (first, second) in enumerate(pairwise(head)):
        pattern = generalised(first, second, position + 1)
        if pattern is not None:
            odd = Note("slip", "an entry does not follow the pattern of the others", head[0].span, "GC706")
            return pattern, (odd,) if position else ()
    raise MeaningError("the entries before the dots follow no pattern", span)


def generalised(first: Node, second: Node, start: int) -> Node | None:
    """The common pattern of two trees in which the numbers `start` and `start + 1` differ, or None.

    With first and second the same tree, every number equal to `start` in a script becomes the running one.
    """
    if type(first) is not type(second):
        return None
    if isinstance(first, Number) and isinstance(second, Number):
        step = 0 if first is second else 1
        if first.text == str(start) and second.text == str(start + step):
            return Symbol(first.span, RUNNING)
        return first if first.text == second.text else None
    changes: dict[str, object] = {}
    for item in fields(first):
        if item.name == "span":
            continue
        a, b = getattr(first, item.name), getattr(second, item.name)
        if isinstance(a, Node) and isinstance(b, Node):
            merged: object = generalised(a, b, start)
            if merged is None:
                return None
        elif isinstance(a, tuple) and isinstance(b, tuple):
            if len(a) != len(b):
                return None
            parts = [
                generalised(x, y, start) if isinstance(x, Node) else (x if x == y else None)
                for x, y in zip(a, b, strict=True)
            ]
            if any(part is None for part in parts):
                return None
            merged = tuple(parts)
        elif a == b:
            merged = a
        else:
            return None
        changes[item.name] = merged
    return replace(first, **changes)  # type: ignore[arg-type]


def case_readings(elaborator: Elaborator, node: Cases) -> list[Reading]:
    """A case distinction on signs or indices: each value times the indicator of its condition.

    Raises MeaningError for conditions that are no inequality.
    """
    total: list[Reading] | None = None
    rest: list[Reading] = [Reading(num(1))]
    for row in node.rows:
        indicator = _indicator(elaborator, row)
        if indicator is None:
            continue
        chosen: Readings = rest if indicator == [] else indicator
        part = combine(
            chosen,
            elaborator.readings(row.value),
            lambda a, b: [Reading(apply("mul", expression(a), expression(b)))],
        )
        total = (
            part
            if total is None
            else combine(total, part, lambda a, b: [Reading(apply("add", expression(a), expression(b)))])
        )
        if indicator:
            rest = combine(
                rest, indicator, lambda a, b: [Reading(apply("sub", expression(a), expression(b)))]
            )
    if total is None:
        raise MeaningError("this case distinction has no case", node.span)
    return total


def _indicator(elaborator: Elaborator, row: CaseRow) -> list[Reading] | None:
    """1 where a row's condition holds; [] for `otherwise`; None for a single point (`x = 0`)."""
    condition = _without_words(row.condition)
    if condition is None:
        return []
    if not isinstance(condition, Relational) or len(condition.relations) != 1:
        raise MeaningError("this condition is no inequality", condition.span)
    sign = condition.relations[0].sign
    if sign in ("=", "≠"):
        return _of_indices(elaborator, condition, sign)
    left, right = (elaborator.readings(operand) for operand in condition.operands)
    if sign in ("<", "≤"):
        left, right = right, left
    elif sign not in (">", "≥"):
        raise MeaningError("this condition is no inequality", condition.span)
    return combine(left, right, lambda a, b: [Reading(apply("greater", expression(a), expression(b)))])


def _of_indices(elaborator: Elaborator, condition: Relational, sign: str) -> list[Reading] | None:
    """1 where indices are equal, or where they are not; None for a single point of a quantity."""
    try:
        return truth(elaborator, condition)
    except MeaningError:
        if sign == "=":
            return None
        raise


def _without_words(condition: Node | None) -> Node | None:
    """A condition without the `if` before it; None where only words stand, as in `otherwise`."""
    if isinstance(condition, Group) and condition.open == "":
        said = [item for item in condition.items if not isinstance(item, Text)]
        condition = said[0] if len(said) == 1 else condition if said else None
    return None if isinstance(condition, Text) else condition
