"""A display that cannot be read as a whole, row by row: one bad row costs one row."""

from __future__ import annotations

from gradcheck.notation.errors import NotationError
from gradcheck.notation.macros import NO_MACROS, Macros
from gradcheck.notation.parser import parse, parse_tokens, tokens_of
from gradcheck.notation.sheet import Element
from gradcheck.notation.tokens import Token
from gradcheck.notation.vocabulary import ALIGNMENTS

Row = tuple[Element, ...] | NotationError


def parse_rows(
    text: str, start: int, end: int, macros: Macros = NO_MACROS, *, typed: bool = False
) -> tuple[Row, ...]:
    """The stream of the whole formula alone; if that fails, the stream or the error of each of its rows.

    text     the whole file: spans count its code points
    typed    outside of LaTeX delimiters, as typed on a keyboard
    """
    try:
        return (parse(text, start, end, macros, typed=typed),)
    except NotationError as error:
        rows = _rows_of(text, start, end, macros)
        return tuple(map(_row, rows)) if len(rows) > 1 else (error,)


def _row(tokens: list[Token]) -> Row:
    try:
        return parse_tokens(tokens)
    except NotationError as error:
        return error


def _rows_of(text: str, start: int, end: int, macros: Macros) -> list[list[Token]]:
    """The tokens of each row, cut where no brace and no matrix is open; none if there are no tokens."""
    try:
        tokens = tokens_of(text, start, end, macros)
    except NotationError:
        return []
    rows: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind in ("begin", "end") and token.text in ALIGNMENTS:
            continue
        depth += (token.kind in ("{", "begin")) - (token.kind in ("}", "end"))
        if (token.kind == "row" and depth == 0) or token.kind == "end of formula":
            rows[-1].append(Token("end of formula", "", token.start, token.start))
            rows.append([])
        else:
            rows[-1].append(token)
    return [row for row in rows if len(row) > 1]
