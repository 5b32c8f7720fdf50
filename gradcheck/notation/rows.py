"""A display that cannot be read as a whole, row by row: one bad row costs what is bad of it.

A row `a = b = (c` still says whose chain goes on below it, so it is read up to the last relation that can be
read; a blank stands for the rest. Where not even its head can be read, the blank is that of a new chain:
rows below are never judged against the head of an equation above. A bracket that is lost in one row alone is
closed at a guess, which is told beside the equation; where several rows are bad, one may open what another
closes, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gradcheck.notation.compounds import NOTHING_MOVED, Token
from gradcheck.notation.errors import NotationError
from gradcheck.notation.lost_brackets import with_brackets_closed
from gradcheck.notation.macros import NO_MACROS, Macros
from gradcheck.notation.parser import parse, parse_tokens, tokens_of
from gradcheck.notation.sheet import Element
from gradcheck.notation.tree import Blank, Relation
from gradcheck.notation.vocabulary import ALIGNMENTS
from gradcheck.source import Span

# Relations of one bad row at which reading is tried to end.
_MOST_RELATIONS: Final = 8

Row = tuple[Element, ...] | NotationError


def parse_rows(
    text: str,
    start: int,
    end: int,
    macros: Macros = NO_MACROS,
    *,
    typed: bool = False,
    moved: Mapping[int, int] = NOTHING_MOVED,
) -> tuple[Row, ...]:
    """The stream of the whole formula alone; if that fails, what can be read and the error of each row.

    text     the whole file: spans count its code points
    typed    outside of LaTeX delimiters, as typed on a keyboard
    moved    the places in the file of characters that stand elsewhere in the text
    """
    try:
        return (parse(text, start, end, macros, typed=typed, moved=moved),)
    except NotationError as error:
        rows = [] if typed or moved else _rows_of(text, start, end, macros)
        bad = [row for row in rows if isinstance(_read(row), NotationError)]
        if len(bad) == 1 and (closed := with_brackets_closed(bad[0])) is not None:
            rows = [closed if row is bad[0] else row for row in rows]
            mended = tuple(_read(row) for row in rows)
            if not any(isinstance(row, NotationError) for row in mended):
                return mended
        return tuple(read for row in rows for read in _row(row)) if len(rows) > 1 else (error,)


def _read(tokens: list[Token]) -> Row:
    try:
        return parse_tokens(list(tokens))
    except NotationError as error:
        return error


def _row(tokens: list[Token]) -> Iterator[Row]:
    read = _read(tokens)
    if isinstance(read, NotationError) and (beginning := _beginning(tokens)):
        yield beginning
    yield read


def _beginning(tokens: list[Token]) -> tuple[Element, ...]:
    """A bad row up to its last relation that can be read, and a blank for the rest; () where it has none."""
    relations = [place for place, token in enumerate(tokens) if token.kind == "relation"][:_MOST_RELATIONS]
    for place in reversed(relations):
        end = tokens[place].end
        try:
            read = parse_tokens([*tokens[: place + 1], Token("end of formula", "", end, end)])
        except NotationError:
            continue
        return (*read, Blank(Span(end, end)))
    leading = next((token for token in tokens if token.kind not in ("&", "separator")), tokens[-1])
    if not relations or leading.kind in ("sign", "operator"):
        return ()
    start, first = leading.start, tokens[relations[0]]
    nothing = Blank(Span(start, start)), Blank(Span(first.end, first.end))
    return nothing[0], Relation(Span(first.start, first.end), first.text), nothing[1]


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
