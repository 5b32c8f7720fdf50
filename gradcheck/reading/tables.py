r"""Tables: a row that names a derivative in one cell and writes its formula in another claims they agree.

What stands between two cells is said by the headers alone: `| gradient | formula |`, `| f(x) | f'(x) |`,
`| function | derivative |`, `| parameter | gradient |`. A cell counts where it is one formula and nothing
else; a formula for a derivative that no header joins to its name is Broken, with what to write. Cells that
hold relations are equations as anywhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gradcheck.patterns import late_pattern
from gradcheck.reading.atoms import atoms
from gradcheck.reading.mask import HIDDEN, hide
from gradcheck.reading.pieces import Broken, Formula, Head
from gradcheck.records import dataclass, replace
from gradcheck.source import Span

UNNAMED: Final = "what this is the derivative of is not said: write the equation in one cell, `a = b`"

_RULED: Final = frozenset("|-: \t\r")
_BAR: Final = late_pattern(r"(?<!\\)\|")
_MARKS: Final = " \t\r*`.,;:"
_RELATION: Final = late_pattern(
    r"[=<>≤≥≈∝∈←→≔:]|\\(?:approx|propto|equiv|in|to|le|ge|leq|geq|sim|gets)(?![A-Za-z])"
)
_DERIVATIVE: Final = late_pattern(
    r"""(?: \\[dtc]?frac\s*\{\s*(?:\\partial|\\mathrm\{?\s*d|d(?![a-z]{2})) | \\(?:nabla|partial)(?![A-Za-z])
        | [∂∇] | d\w{1,3}\s*/\s*d | (?:[A-Za-z]|\\[A-Za-z]+)(?:'|\^\{?\\prime\}?)\s*(?:\(|$) )""",
    re.VERBOSE,
)
_INNER: Final = late_pattern(r"\\begin\{cases\}.*?\\end\{cases\}|\{[^{}]*\}", re.DOTALL)
_LONGEST: Final = 1_000  # characters of a cell
_DEEPEST: Final = 8  # groups within groups whose relations are no relations of the formula
_NUMBER: Final = late_pattern(r"[-+−\d.,\s\\%eE]*")
_SIZE: Final = late_pattern(r"[(\[]?\s*\w{1,3}\s*(?:\\times|×|,|\*)\s*\w{1,3}\s*[)\]]?|.*\\mathbb\s*\{?R.*")
_APPLIED: Final = late_pattern(
    r"[A-Za-z]|(?:[A-Za-z]|\\[A-Za-z]+)\s*(?:\\left)?\(\s*\\?[A-Za-z]+\s*(?:\\right)?\)"
)

_HEADERS: Final = {
    "other": r"shape|dimension|\bsize|meaning|descri|interpret|\btype|\bunit|range|note|remark|comment"
    r"|\buse|cost|complexity|plot|code|numpy|形状|维度|含义|说明|意义",
    "derivative": r"deriv|gradient|\bgrad\b|partial|slope|backward|ableitung|dériv|导数|梯度|偏导|導関数|勾配"
    r"|производн|градиент|미분|기울기|∂|∇",
    "value": r"value|formula|expression|result|equation|equals|computation|comput|wert|formel|ergebnis|valeur"
    r"|formule|résultat|valor|fórmula|resultado|公式|表达式|结果|計算|формула|значение|수식",
    "function": r"function|activation|forward|operation|\bloss\b|funktion|fonction|función|函数|関数|функция",
    "variable": r"parameter|weight|variable|with respect|w\.?r\.?t|参数|变量|параметр",
}
_KINDS: Final = {kind: late_pattern(pattern, re.IGNORECASE) for kind, pattern in _HEADERS.items()}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its words, and the one formula that it is, or in a header holds beside words.

    plain   the formula's text where it holds no relation, else ""
    """

    words: str
    formula: Formula | None = None
    plain: str = ""

    @property
    def derives(self) -> bool:
        """Whether it is a derivative, with no value."""
        return _DERIVATIVE.match(self.plain) is not None

    @property
    def tells(self) -> bool:
        """Whether it is a formula that another cell may be set equal to."""
        return bool(self.plain) and not _SIZE.fullmatch(self.plain)

    def is_a(self, kind: str) -> bool:
        """Whether the words of a header are of some kind; what is a shape is nothing else."""
        others = kind != "other" and _KINDS["other"].search(self.words) is not None
        return _KINDS[kind].search(self.words) is not None and not others


def in_tables(text: str, found: Sequence[Formula | Broken]) -> list[Formula | Broken]:
    """What was found, with the formulas of tables joined to those of other cells that name them."""
    hidden = hide(text, [f.whole if isinstance(f, Formula) else f.span for f in found])
    marked = sorted((f for f in found if isinstance(f, Formula)), key=lambda f: f.whole.start)
    page = _Page(text, hidden, marked, [f.whole.start for f in marked])
    joined: dict[Span, Formula | Broken] = {}
    for header, rows in _tables(hidden):
        columns = [page.cell(span, beside=True) for span in header]
        for row in rows:
            for piece in _joined(columns, [page.cell(span) for span in row]):
                joined[piece.whole if isinstance(piece, Formula) else piece.span] = piece
    kept = [f for f in found if (f.whole if isinstance(f, Formula) else f.span) not in joined]
    return [*kept, *joined.values()]


def _tables(hidden: str) -> Iterator[tuple[list[Span], list[list[Span]]]]:
    """Each table: the cells of its header, and those of its rows."""
    above, header, rows = Span(0, 0), list[Span](), list[list[Span]]()
    at = 0
    for line in hidden.split("\n"):
        here = Span(at, at + len(line))
        at = here.end + 1
        row = _cells(hidden, here) if "|" in line else []
        if header and len(row) > 1:
            rows.append(row)
            continue
        if rows:
            yield header, rows
        is_rule = "|" in line and "-" in line and _RULED.issuperset(line)
        header, rows = (_cells(hidden, above) if is_rule else []), []
        above = here
    if rows:
        yield header, rows


def _cells(hidden: str, line: Span) -> list[Span]:
    """The cells of a line between its bars."""
    start, end = line.start, line.end
    while start < end and hidden[start] in " \t":
        start += 1
    start += start < end and hidden[start] == "|"
    bars = [match.start() for match in _BAR.finditer(hidden, start, end)]
    edges = [start - 1, *bars, end]
    spans = [Span(left + 1, right) for left, right in pairwise(edges)]
    return spans[:-1] if bars and not hidden[bars[-1] + 1 : end].strip() else spans


@dataclass(frozen=True, slots=True)
class _Page:
    """A text, the same with HIDDEN for its mathematics, and the formulas in it with their beginnings."""

    text: str
    hidden: str
    marked: Sequence[Formula]
    starts: Sequence[int]

    def cell(self, span: Span, *, beside: bool = False) -> _Cell:
        """What a cell holds. A formula beside words counts only in a header."""
        written = self.hidden[span.start : span.end]
        start = span.end - len(written.lstrip(_MARKS))
        end = max(start, span.start + len(written.rstrip(_MARKS)))
        words = self.hidden[start:end].replace(HIDDEN, " ").strip()
        inside = self.marked[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        if HIDDEN not in self.hidden[start:end]:
            typed = _typed(self.text, Span(start, end)) if start < end and not beside else None
            return _Cell(words, typed, self.plain(typed))
        if len(inside) != 1 or (words and not beside):
            return _Cell(words)
        return _Cell(words, inside[0], self.plain(inside[0]))

    def plain(self, formula: Formula | None) -> str:
        """A formula's text without a relation before it, "" where one stands in it, outside of its groups."""
        written = "" if formula is None else self.text[formula.span.start : formula.span.end].strip()
        written = written.removeprefix("=").strip()
        outer = written[:_LONGEST]
        for _ in range(_DEEPEST):
            outer = _INNER.sub("", outer)
        return "" if len(written) > _LONGEST or _RELATION.search(outer) else written


def _typed(text: str, span: Span) -> Formula | None:
    """A formula without delimiters: nothing in it is a word."""
    kinds = {atom.kind for atom in atoms(text, span.start, span.end)}
    if kinds & {"word", "prose", "other", "stop", "line", "relation", "compare"} or not kinds & {
        "name",
        "function",
    }:
        return None
    return Formula(span, span, display=False, typed=True)


def _joined(columns: Sequence[_Cell], cells: Sequence[_Cell]) -> Iterator[Formula | Broken]:
    """The formulas of a row that the headers set equal to something."""
    if any(column.derives for column in columns):
        yield from _below_formulas(columns, cells)
        return
    headed = list(zip(columns, cells, strict=False))
    taken = -1
    for position, (column, cell) in enumerate(headed):
        if position <= taken or not cell.tells or cell.formula is None:
            continue
        if cell.derives:
            taken = _beside(headed, position)
            if taken > position:
                yield from _set_equal(cell.formula, "", headed[taken], _says_so(column, headed[taken][0]))
        elif column.is_a("derivative") and position:
            yield from _headed_by(headed[:position], (column, cell))


def _below_formulas(columns: Sequence[_Cell], cells: Sequence[_Cell]) -> Iterator[Formula]:
    """`f(x)` and `f'(x)` as headers: each cell is what its header is."""
    for column, cell in zip(columns, cells, strict=False):
        names = column.derives or _APPLIED.fullmatch(column.plain)
        if column.formula and names and cell.formula and cell.tells and not _NUMBER.fullmatch(cell.plain):
            yield replace(cell.formula, head=Head(column.formula.span, "", column.formula.typed))


def _beside(headed: Sequence[tuple[_Cell, _Cell]], position: int) -> int:
    """The next column with a formula that is no size; where there is none, the one of the name."""
    for other in range(position + 1, len(headed)):
        if headed[other][1].tells and not headed[other][0].is_a("other"):
            return other
    return position


def _says_so(left: _Cell, right: _Cell) -> bool:
    """Whether the headers say that the formulas of one column are those of the derivatives in another."""
    if right.is_a("value"):
        return True
    derived = left.is_a("derivative")
    return (right.is_a("derivative") and not derived) or (not right.words and derived)


def _headed_by(
    before: Sequence[tuple[_Cell, _Cell]], derivative: tuple[_Cell, _Cell]
) -> Iterator[Formula | Broken]:
    """A formula below `derivative`, joined to the function or the variable in a cell before it."""
    for column, cell in reversed(before):
        if cell.formula is None or column.is_a("other"):
            continue
        if column.is_a("function") or column.is_a("value"):
            yield from _set_equal(cell.formula, "derivative", derivative, True)
            return
        if cell.plain and column.is_a("variable"):
            yield from _set_equal(cell.formula, "gradient", derivative, True)
            return
    yield from _set_equal(None, "", derivative, False)


def _set_equal(
    name: Formula | None, kind: str, told: tuple[_Cell, _Cell], said: bool
) -> Iterator[Formula | Broken]:
    formula = told[1].formula
    if formula is None:
        return
    if said and name is not None:
        yield replace(formula, head=Head(name.span, kind, name.typed))
    else:
        yield Broken(formula.whole, UNNAMED)
