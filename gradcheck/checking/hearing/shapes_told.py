r"""Shapes that running text tells: "$X$ of shape $N \times D$", "an $m \times n$ matrix $A$".

A size of two factors speaks for the name right beside it, where nothing but a few words of shapes stands
between them. A name that is told two shapes, the same letter for a matrix and its update, has none of them.
Sizes that the text gives as numbers, "for $N = 2$ and $D = 3$", are these numbers where it writes matrices of
as many rows and columns, or their last entries: there it goes entry by entry, and sums over all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import read_name, script_text
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation, Fragment, Prose, Statement
from gradcheck.notation.tree import Matrix, Node, Number, Product, Scripted, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.patterns import late_pattern
from gradcheck.shapes import Dim, Shape, counted

_KIND = r"(?:matri(?:x|ces)|vectors?|columns?|data|input|output|weights?|real|square|design|tensor|array)"
_BESIDE = late_pattern(
    rf"""[$\s,]*(?:,?\s*(?:which|that))?\s*(?:
        (?:is|are|be|has|have|having|being|with|of|an?|the|{_KIND}|\s)*
        \b(?:(?:shape|size|dimensions?|dimensionality)(?:\s+of)?|is|be|are|is\s+an?|be\s+an?)\s*[:(]?
      | (?:an?\s+)?{_KIND}?\s*\( | \s*[（(]?\s*(?:维度|形状|大小|是|为|的)+
    )[$\s(]*""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = late_pattern(rf"[$\s*_]*(?:{_KIND}\s*)*\b(?:matrix|vector|array|tensor)[$\s*_]*", re.IGNORECASE)
_NEXT = 60  # characters between a name and its size


def shapes_told(body: Sequence[Statement], vocabulary: Vocabulary) -> dict[str, Shape]:
    """The shapes by key that the words of a document tell."""
    found: dict[str, set[Shape]] = {}
    for node, shape in _told(body):
        written = read_name(node)
        name = None if written is None else vocabulary.normalised(written)
        if name is not None and name.sample is None and not name.primes:
            found.setdefault(name.key, set()).add(shape)
    return {key: next(iter(shapes)) for key, shapes in found.items() if len(shapes) == 1}


def _told(body: Sequence[Statement]) -> Iterator[tuple[Node, Shape]]:
    text = Prose("", body[0].span) if body else None
    for before, item in pairwise(body):
        text = before if isinstance(before, Prose) else text
        if text is None or not isinstance(before, Fragment) or not isinstance(item, Fragment):
            continue
        gap = item.span.start - before.span.end
        if not 0 < gap <= _NEXT or item.span.end > text.span.end:
            continue
        start = before.span.end - text.span.start
        words = text.text[start : start + gap]
        shape = _size(item.node)
        if shape is not None and _BESIDE.fullmatch(words):
            yield before.node, shape
            continue
        shape = _size(before.node)
        if shape is not None and _BEFORE.fullmatch(words):
            yield item.node, shape


def _size(node: Node) -> Shape | None:
    """`N \\times D` as a shape."""
    if (
        not isinstance(node, Product)
        or [o.kind for o in node.operators] != ["times"]
        or len(node.factors) != 2
    ):
        return None
    rows, columns = map(_dim, node.factors)
    return None if rows is None or columns is None else (rows, columns)


def _dim(node: Node) -> Dim | None:
    text = script_text(node)
    if text.isdigit():
        return counted(int(text))
    return text if isinstance(node, Symbol | Scripted) else None


def sizes_told(equations: Sequence[Equation], shapes: Mapping[str, Shape]) -> dict[str, int]:
    """The sizes that are given as numbers, where matrices of as many rows and columns are written out.

    And those of one unit, where others have their number, too: a matrix of one column is a column.
    """
    dims = {dim for shape in shapes.values() for dim in shape if isinstance(dim, str)}
    given: dict[str, set[int]] = {}
    for equation in equations:
        match equation.sides:
            case (head, Number(text=text)) if text.isdigit() and 1 <= int(text) <= 12:
                if (letter := script_text(head)) in dims:
                    given.setdefault(letter, set()).add(int(text))
    stated = {letter: next(iter(values)) for letter, values in given.items() if len(values) == 1}
    if not stated:
        return {}
    sides = [side for equation in equations for side in equation.sides]
    written = {_extent(node) for side in sides for node in of_kind(side, Matrix)}
    entries = {
        mark for side in sides for name in written_names(side) if len(name.sub) == 2 for mark in name.sub
    }
    shown = {
        dim
        for rows, columns in shapes.values()
        if (stated.get(str(rows), rows), stated.get(str(columns), columns)) in written
        for dim in (rows, columns)
    }
    if len(stated) > 1:
        shown |= {letter for letter, value in stated.items() if value == 1}
    entries.discard("1")
    return {letter: value for letter, value in stated.items() if letter in shown or str(value) in entries}


def _extent(matrix: Matrix) -> tuple[int, int]:
    return len(matrix.rows), max(map(len, matrix.rows), default=0)
