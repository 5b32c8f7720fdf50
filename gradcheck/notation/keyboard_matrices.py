"""Matrices as array languages and plain text write them: `[2 1; 1 3]`, `[x1 x2]`, `[4x + y   2x]`.

Between square brackets a semicolon ends a row, and what stands apart with no sign between is a cell of its
own; where two spaces stand anywhere in a row, they part its cells, and one space parts nothing. One row alone
is a matrix only where its cells show it: numbers, entries of one letter, or two spaces. Everything else
between square brackets is left as it is: an index `W[2]`, a list `[a, b]`, a product `[w x]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gradcheck.notation.compounds import Token

_WIDEST: Final = 400  # tokens between two brackets
_OPENING: Final = frozenset({"open", "{", "begin", "left"})
_CLOSING: Final = frozenset({"close", "}", "end", "right"})
_JOINING: Final = frozenset({"operator", "relation", "^", "_", "bar", "mark"})
_LEADING: Final = _JOINING | {"sign", "function", "big"}
_BASES: Final = frozenset({"letters", "symbol", "}", "word", "close", "function"})
_FLAT: Final = frozenset({"separator", "&", "row"})

Row = list[list[Token]]
"""The tokens of each cell."""


def with_matrices(tokens: list[Token]) -> list[Token]:
    """The tokens with each matrix between square brackets as an environment; themselves where none is."""
    if not any(token[:2] == ("open", "[") for token in tokens):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at) if _may_open(tokens, at) else None
        rows = None if end is None else _rows(tokens[at + 1 : end])
        if rows is None or end is None:
            found.append(tokens[at])
            at += 1
        else:
            found += _environment(tokens[at], rows, tokens[end])
            at = end + 1
    return found


def _may_open(tokens: Sequence[Token], at: int) -> bool:
    """Whether a square bracket opens here that is no index of what stands right before it."""
    if tokens[at][:2] != ("open", "["):
        return False
    return at == 0 or tokens[at - 1].kind not in _BASES or tokens[at - 1].end < tokens[at].start


def _end(tokens: Sequence[Token], at: int) -> int | None:
    """Where the bracket is closed; None where another square one stands in it, or it is never closed."""
    depth = 0
    for place in range(at + 1, min(len(tokens), at + _WIDEST)):
        kind, text = tokens[place][:2]
        if text == "[" and kind in _OPENING:
            return None
        if depth == 0 and kind in _CLOSING:
            return place if text == "]" else None
        depth += (kind in _OPENING) - (kind in _CLOSING)
    return None


def _rows(inside: Sequence[Token]) -> list[Row] | None:
    """The cells of each row, as many in each; None where this is no matrix."""
    rows = [_cells(row) for row in _apart(inside, ";")]
    if not all(rows) or len({len(row) for row in rows}) != 1:
        return None
    if any(token.kind in _FLAT for row in rows for cell in row for token in cell):
        return None
    return rows if len(rows) > 1 or ("," not in {t.text for t in inside} and _shows_cells(rows[0])) else None


def _apart(inside: Sequence[Token], sign: str) -> Iterator[list[Token]]:
    """What stands between semicolons, or commas, that no other bracket holds."""
    row: list[Token] = []
    depth = 0
    for token in inside:
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth == 0 and token[:2] == ("separator", sign):
            yield row
            row = []
        else:
            row.append(token)
    yield row


def _cells(row: Sequence[Token]) -> Row:
    """The cells of a row; [] where one is empty."""
    listed = [*_apart(row, ",")]
    if len(listed) > 1 or not row:
        return listed if all(listed) else []
    depth, gaps = 0, list[int]()
    for first, second in pairwise(row):
        depth += (first.kind in _OPENING) - (first.kind in _CLOSING)
        gap = second.start - first.end
        gaps.append(gap if depth == 0 and not _joined(first, second, row) else 0)
    least = 2 if max(gaps, default=0) > 1 else 1
    cells: Row = [[row[0]]]
    for token, gap in zip(row[1:], gaps, strict=True):
        if gap >= least:
            cells.append([token])
        else:
            cells[-1].append(token)
    return cells


def _joined(first: Token, second: Token, row: Sequence[Token]) -> bool:
    """Whether a sign between two tokens makes one cell of them: `a - b`, unlike `a -b`."""
    if first.kind in _LEADING or second.kind in _JOINING:
        return True
    if second.kind != "sign":
        return False
    following = next((token for token in row if token.start >= second.end), None)
    return following is None or following.start > second.end or first.end == second.start


def _shows_cells(row: Row) -> bool:
    """Whether a row by itself is one of several cells."""
    if len(row) < 2:
        return False
    if any(second[0].start - first[-1].end > 1 for first, second in pairwise(row)):
        return True
    numbers = all(token.kind in ("number", "sign") for cell in row for token in cell)
    letters = {cell[0].text for cell in row if _is_entry(cell)}
    return numbers or (len(letters) == 1 and all(map(_is_entry, row)))


def _is_entry(cell: Sequence[Token]) -> bool:
    """Whether a cell is a letter with a number below, `x_1`, `x1`."""
    inside = [token.kind for token in cell[1:] if token.kind not in ("_", "{", "}")]
    return cell[0].kind in ("letters", "symbol") and inside == ["number"] and cell[1].kind != "^"


def _environment(opening: Token, rows: Sequence[Row], closing: Token) -> Iterator[Token]:
    yield Token("begin", "bmatrix", opening.start, opening.end)
    for place, row in enumerate(rows):
        if place:
            yield Token("row", "row", row[0][0].start, row[0][0].start)
        for position, cell in enumerate(row):
            if position:
                yield Token("&", "&", cell[0].start, cell[0].start)
            yield from cell
    yield Token("end", "bmatrix", closing.start, closing.end)
