"""What brackets do to the value they hold, beyond keeping it together.

Bars are determinants, lengths or absolute values; indices below a bracket select entries, a plus takes the
positive part. Brackets that round or average have no meaning here, and are refused: read as plain ones they
would be another value. `[s]_-` is refused too, since it is min(0, s) to some and max(0, -s) to others.
"""

from __future__ import annotations

from gradcheck.expr.forms.build import apply, pick
from gradcheck.expr.forms.reading import MeaningError, Reading, Readings, each, expression
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.resolve import selector
from gradcheck.notation.tree import Group
from gradcheck.patterns import late_pattern
from gradcheck.shapes import SCALAR
from gradcheck.source import Span

_ROUNDING = frozenset("⌊⌋⌈⌉")
# Indices select entries; words only say what a bracket is. Nothing is a colon: `_{i,:}` is a whole row.
_INDEX_OR_WORD = late_pattern(r"\d+|\\?[A-Za-z]+|\\text\{[^{}+-]*\}")
# The mark of the positive part.
_POSITIVE = "\\text{+}"


def refuse_special(node: Group) -> None:
    """Raise MeaningError for brackets that round or average: they are not the value they hold."""
    if {node.open, node.close} & _ROUNDING:
        raise MeaningError("rounding up or down has no gradient to compare", node.span)
    if node.open == "⟨" and len(node.items) == 1:
        raise MeaningError("what these angle brackets do to one value is not said", node.span)


def entries_below(inner: Readings, parts: tuple[str, ...], span: Span) -> list[Reading]:
    """`(A B)_{ij}`, `\\sigma(z)_i`: the entries that subscripts of a bracket select; `[s]_+` is max(0, s).

    Raises MeaningError where they are neither indices nor words.
    """
    if parts == (_POSITIVE,):
        return each(inner, lambda v: apply("relu", expression(v)))
    selects = all(part.isdigit() or (len(part) == 1 and part.isalpha()) for part in parts if part)
    whole = selects and len(parts) == 2
    if not all(_INDEX_OR_WORD.fullmatch(part) or (whole and not part) for part in parts):
        raise MeaningError("what is written below this bracket has no meaning here", span)
    if not parts or not selects:
        return list(inner)
    return each(inner, lambda v: entry(expression(v), parts))


def entry(value: Expr, parts: tuple[str, ...]) -> Expr:
    """An entry of a matrix or of a vector.

    Raises MeaningError where the subscripts are not as many as the axes.
    """
    rows, columns = value.shape
    if len(parts) == 2:
        return pick(value, selector(parts[0], rows), selector(parts[1], columns))
    if len(parts) == 1 and 1 in value.shape:
        return pick(value, selector(parts[0], rows), selector(parts[0], columns))
    raise MeaningError("the subscripts of this bracket are not as many as its axes")


def between_bars(value: Expr) -> list[Reading]:
    """`|x|`: the determinant of a square matrix, the length of a vector, or absolute values."""
    absolute = Reading(apply("abs", value))
    rows, columns = value.shape
    if value.shape == SCALAR:
        return [absolute]
    if rows == columns:
        return [Reading(apply("det", value)), absolute]
    return [absolute, Reading(apply("norm", value, attr=(None,)))] if 1 in value.shape else [absolute]


def norm(value: Expr, kind: str) -> Expr:
    """`\\|x\\|` of a kind: 2 and F from squares, 1 and ∞ of a vector from absolute values.

    Raises MeaningError for other norms.
    """
    if kind in ("2", "F", "\\mathrm{F}", "Frobenius") or value.shape == SCALAR:
        return apply("norm", value, attr=(None,))
    if kind == "1" and 1 in value.shape:
        return apply("sum", apply("abs", value), attr=(None,))
    if kind in ("infty", "\\infty", "∞", "max") and 1 in value.shape:
        return apply("max", apply("abs", value), attr=(None,))
    raise MeaningError(f"this norm ({kind}) is not known")
