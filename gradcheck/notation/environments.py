"""Environments: matrices, cases, and the alignments that only arrange lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradcheck.notation.errors import NotationError
from gradcheck.notation.sheet import Element, Separator, fold
from gradcheck.notation.tree import Blank, CaseRow, Cases, Group, Matrix, Node, Text
from gradcheck.notation.vocabulary import ALIGNMENTS, CASES, MATRICES, WITH_ARGUMENT
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.notation.compounds import Token
    from gradcheck.notation.parser import Parser

_OPENING = frozenset(("begin", "open", "{", "left"))
_CLOSING = frozenset(("end", "close", "}", "right"))
_JOINS = frozenset(("sign", "operator"))
_ENDS_ROW = frozenset(("row", "end of formula"))
# What no row begins with that goes on with a sum or product of the row above.
_BEGINS_ANEW = _JOINS | _CLOSING | _ENDS_ROW | {"relation", "text", "tag", "separator", "mark"}

PLAIN_MATRICES = frozenset(("matrix", "pmatrix", "cases"))  # commands of plain TeX, their rows in braces

_BARS = {"vmatrix": "|", "Vmatrix": "\\|"}

Cell = tuple[list[Element], Span]
"""A cell's stream, and where the cell begins."""


def environment(parser: Parser) -> Node:
    """A matrix, maybe between the bars of a determinant or a norm, or a list of cases."""
    opening = parser.tok
    if opening.text in MATRICES:
        rows = _rows(parser)
        cells = tuple(tuple(_cell(cell) for cell in row) for row in rows)
        span, bars = parser.since(opening.start), _BARS.get(opening.text)
        if bars is not None:
            return Group(span, bars, bars, (Matrix(span, "matrix", cells),))
        return Matrix(span, opening.text, cells)
    if opening.text in CASES:
        cases = tuple(_case(row) for row in _rows(parser))
        return Cases(parser.since(opening.start), cases)
    raise parser.error(f"unknown environment `{opening.text}`")


def arranges(parser: Parser) -> bool:
    """Whether the environment that begins here only arranges lines, as an `array` of equations does, too."""
    name = parser.tok.text
    return name in ALIGNMENTS or (name == "array" and _holds_equations(parser))


def _holds_equations(parser: Parser) -> bool:
    """Whether an `array` outside of brackets has an equals sign in one of its cells."""
    before = parser.tokens[parser.at - 1].kind if parser.at else ""
    depth = 0
    for token in parser.tokens[parser.at :] if before not in ("open", "bar") else ():
        depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth == 1 and token.kind == "relation" and token.text in ("=", ":="):
            return True
        if depth == 0:
            break
    return False


def alignment(parser: Parser) -> list[Element]:
    """The rows of `aligned` and kin, as elements of the stream around it."""
    opening = parser.advance()
    if opening.text in WITH_ARGUMENT and parser.tok.kind == "{":
        parser.braced()
    parser.enter()
    outer = parser.closing, parser.cell
    parser.closing, parser.cell = "", False
    content = parser.elements()
    parser.closing, parser.cell = outer
    parser.depth -= 1
    _close_environment(parser, opening)
    return content


def _rows(parser: Parser) -> list[list[Cell]]:
    """The cells of an environment, each as its stream; empty rows at the end are no rows."""
    opening = parser.advance()
    if opening.text in WITH_ARGUMENT and parser.tok.kind == "{":
        parser.braced()
    outer = parser.closing, parser.cell, parser.script
    parser.closing, parser.cell, parser.script = "", True, False
    rows: list[list[Cell]] = [[]]
    while True:
        start = parser.tok.start
        rows[-1].append((parser.elements(), Span(start, start)))
        if parser.tok.kind == "row":
            rows.append([])
        elif parser.tok.kind != "&":
            break
        parser.advance()
    parser.closing, parser.cell, parser.script = outer
    _close_environment(parser, opening)
    while rows and len(rows[-1]) == 1 and not rows[-1][0][0]:
        rows.pop()
    return rows


def _close_environment(parser: Parser, opening: Token) -> None:
    if parser.tok.kind == "end of formula":
        raise NotationError(
            f"the environment `{opening.text}` is never closed", Span(opening.start, opening.end)
        )
    if parser.tok.kind != "end" or parser.tok.text != opening.text:
        raise parser.error(f"expected the end of `{opening.text}`, found {parser.shown()}")
    parser.advance()


def _cell(cell: Cell) -> Node | None:
    elements, span = cell
    return fold(elements, span) if elements else None


def _case(row: list[Cell]) -> CaseRow:
    """A value and its condition; without `&`, the first comma, space or word parts them."""
    elements, span = row[0]
    rest = [element for cell in row[1:] for element in cell[0]]
    if len(row) == 1:
        cut = next(
            (i for i, e in enumerate(elements) if i and isinstance(e, Separator | Text)), len(elements)
        )
        elements, rest = elements[:cut], elements[cut:]
    value = fold(elements, span)
    condition = fold(rest, span) if rest else None
    if isinstance(condition, Blank):
        condition = None
    whole = value.span.cover(condition.span) if condition else value.span
    return CaseRow(whole, value, condition)


def arranged(tokens: list[Token]) -> list[Token]:
    """The tokens with every matrix as an environment, and no end of a row in the midst of a formula."""
    return _with_rows_joined(_with_plain_matrices(tokens))


def _with_rows_joined(tokens: list[Token]) -> list[Token]:
    """The tokens without ends of rows in the midst of a formula: after `+` or `\\times`, or in open brackets.

    TeX wants `\\left(a + \\right. \\\\ & \\left. b\\right)` where brackets go on below. A row with a relation
    or another column of its own may as well be a new equation, and is left alone.
    """
    if not any(token.kind == "row" for token in tokens):
        return tokens
    dropped: set[int] = set()
    around: list[str] = []
    for place, token in enumerate(tokens):
        if token.kind == "begin":
            around.append(token.text)
        elif token.kind == "end" and around:
            around.pop()
        elif token.kind == "row" and (not around or around[-1] in ALIGNMENTS):
            dropped.update(_between_rows(tokens, place))
    return [token for place, token in enumerate(tokens) if place not in dropped] if dropped else tokens


def _with_plain_matrices(tokens: list[Token]) -> list[Token]:
    """The tokens with `\\matrix{a & b \\cr c & d}` of plain TeX as the environment of that name."""
    if not any(token.kind == "command" and token.text in PLAIN_MATRICES for token in tokens):
        return tokens
    made: list[Token] = []
    around: list[Token | None] = []  # for each open brace, the opening of the matrix that it belongs to
    for token in tokens:
        before = made[-1] if made and made[-1].kind == "command" else None
        if token.kind == "{":
            plain = before is not None and before.text in PLAIN_MATRICES
            around.append(before if plain else None)
            if before is not None and plain:
                made[-1] = before._replace(kind="begin")
                continue
        elif token.kind == "}" and around and (opening := around.pop()) is not None:
            token = token._replace(kind="end", text=opening.text)
        made.append(token)
    return made


def _between_rows(tokens: list[Token], place: int) -> list[int]:
    """The places of what only parts a formula in two rows around the end of a row; none if it ends there."""
    before, after = _beyond(tokens, place, -1), _beyond(tokens, place, 1)
    blank = [*range(before + 1, after)]
    opened = after + _is_sign(tokens, after)
    closed = before - _is_sign(tokens, before)
    if _is_open(tokens, closed - 1, "right") and _is_open(tokens, opened, "left"):
        return [*blank, closed - 1, closed, *range(opened, _beyond(tokens, opened + 1, 1))]
    ends = _is_sign(tokens, before) and tokens[before - 1].kind not in ("^", "_", "row", "&", "relation")
    return blank if ends and tokens[after].kind not in _BEGINS_ANEW and _goes_on(tokens, after) else []


def _beyond(tokens: list[Token], place: int, step: int) -> int:
    """The next place in one direction that holds more than space."""
    place += step
    while 0 < place < len(tokens) - 1:
        if tokens[place].kind != "&" and tokens[place][:2] != ("separator", "quad"):
            break
        place += step
    return max(place, 0)


def _is_sign(tokens: list[Token], place: int) -> bool:
    return tokens[place].kind in _JOINS and place > 0


def _is_open(tokens: list[Token], place: int, side: str) -> bool:
    """Whether `\\left.` or `\\right.` stands at a place."""
    return 0 <= place < len(tokens) - 1 and tokens[place].kind == side and tokens[place + 1].text == "."


def _goes_on(tokens: list[Token], place: int) -> bool:
    """Whether the row that begins at a place has no relation and no column of its own."""
    depth = 0
    for index in range(place, len(tokens)):
        token = tokens[index]
        if tokens[index - 1].kind not in ("left", "right"):
            depth += (token.kind in _OPENING) - (token.kind in _CLOSING)
        if depth < 0 or (depth == 0 and token.kind in _ENDS_ROW):
            return True
        if depth == 0 and token.kind in ("relation", "&"):
            return False
    return True
