"""What is written below a part of a formula: its size, or its value.

A size contradicts only where it is known to be another: a letter that no shape uses says nothing, and a
column stands for the batch of such columns, since forward passes are often written for one sample. A word
that stands nowhere else is a remark.
"""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck.checking.bench.oracle import Oracle
from gradcheck.checking.comparisons.claims import Side
from gradcheck.expr.forms.reading import MeaningError
from gradcheck.expr.forms.tree import Expr
from gradcheck.expr.meaning.elaborate import Elaborator
from gradcheck.expr.meaning.scope import Scope
from gradcheck.expr.written.names import read_name
from gradcheck.notation.tree import Node
from gradcheck.records import dataclass
from gradcheck.shapes import Dim, counted, show


@dataclass(frozen=True, slots=True)
class Annotation:
    """A part of a formula and the readings of the value that is written below it."""

    part: Expr
    readings: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Falsehood:
    """What is false about an annotation; the pair is of the part and the value."""

    message: str
    code: str | None = None
    pair: tuple[Expr, Expr] | None = None


def values(side: Side, scope: Scope) -> Iterator[Annotation]:
    """The values below braces that can be compared with what is above."""
    for reading, note in side.claims:
        if not isinstance(reading.value, Expr) or _is_remark(note, scope):
            continue
        try:
            found = Elaborator(scope).readings(note)
        except MeaningError:
            continue
        part = reading.value
        stated = tuple(r.value for r in found if isinstance(r.value, Expr) and r.value.shape == part.shape)
        if stated:
            yield Annotation(part, stated)


def _is_remark(note: Node, scope: Scope) -> bool:
    """Whether a word stands below that no formula and no declaration knows, as `error` or `scalars`."""
    name = read_name(note)
    if name is None or len(name.base) == 1 or not name.base.isalpha():
        return False
    key = scope.vocabulary.canonical(name)
    return key not in scope.quantities and key not in scope.vocabulary.shapes


def false_value(given: list[Annotation], oracle: Oracle) -> Falsehood | None:
    """The first value below a brace that no reading makes right."""
    for annotation in given:
        if not any(oracle.equal(annotation.part, stated) for stated in annotation.readings):
            pair = (annotation.part, annotation.readings[0])
            return Falsehood("what stands under the brace is not what stands above it", None, pair)
    return None


def false_size(side: Side, scope: Scope) -> Falsehood | None:
    """The first written size that contradicts a shape."""
    if scope.component:
        return None
    for stated in side.sizes:
        rows, columns = _dim(stated.rows, scope), _dim(stated.columns, scope)
        fits = _fits(rows, stated.shape[0], scope) and _fits(columns, stated.shape[1], scope)
        if not fits:
            message = (
                f"this is {show(stated.shape)}, the size written below it is {stated.rows} × {stated.columns}"
            )
            return Falsehood(message, "GC603")
    return None


def _dim(text: str, scope: Scope) -> Dim | None:
    return counted(int(text)) if text.isdigit() else scope.vocabulary.dim(text)


def _fits(stated: Dim | None, actual: Dim, scope: Scope) -> bool:
    return stated is None or stated == actual or (stated == 1 and actual == scope.sample_dim)
