"""What can stand as one operand, each kind one function: brackets, fractions, functions, sums.

`ATOMS` says which function reads the operand that a token of some kind begins; a new kind of operand is
one function and one entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from gradcheck.notation import attachments, decorations, differentials, environments, names
from gradcheck.notation.errors import NotationError
from gradcheck.notation.sheet import fold, items_of
from gradcheck.notation.tree import (
    BigOperator,
    Blank,
    Call,
    CaseRow,
    Cases,
    Fraction,
    Group,
    Matrix,
    Node,
    Number,
    Operator,
    Product,
    Relational,
    Root,
    Scripted,
    Symbol,
    Wrapped,
)
from gradcheck.notation.vocabulary import CLOSERS, TRACES
from gradcheck.records import replace
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.notation.compounds import Token
    from gradcheck.notation.parser import Parser


# --- brackets ----------------------------------------------------------------------------------------


def brace(parser: Parser) -> Node:
    """`{ ... }`, which only groups."""
    return parser.braced()


def group(parser: Parser) -> Group | Cases | Matrix:
    """Brackets with their items. `(` may be closed by `]`, as in intervals and slips of the pen.

    Around a matrix that has none of its own they are that matrix's, but for round ones behind an operand,
    which may hold an argument.
    """
    before = parser.tokens[parser.at - 1].kind if parser.at else "relation"
    may_call = before not in ("relation", "sign", "operator", "&", "row", "open", "{")
    opening = parser.advance()
    shown, opener = opening.text, opening.text
    if opening.kind == "left":
        opener = delimiter(parser)
        shown = f"\\left{opener}"
    outer = parser.closing, parser.cell
    parser.closing = opener if opening.kind == "bar" or opener == "|" else ""
    parser.cell = False
    content = parser.elements()
    closer = _closer(parser, opening, opener, shown)
    parser.closing, parser.cell = outer
    items, separators = items_of(content)
    match items:
        case (Group(open="", close="", items=listed, separators=between),) if len(listed) > 1:
            items, separators = listed, between  # `(\bf{y, z})`: braces that only set the type
    span = parser.since(opening.start)
    if (opener, closer) == ("{", ".") and len(items) == 1 and isinstance(items[0], Matrix):
        return _cases_by_hand(span, items[0])
    match items:
        case (Matrix(kind="matrix" | "array" | "smallmatrix", rows=rows),) if opener + closer == "[]":
            return Matrix(span, "bmatrix", rows)
        case (Matrix(kind="matrix" | "array" | "smallmatrix", rows=rows),) if opener + closer == "()":
            return Group(span, opener, closer, items) if may_call else Matrix(span, "pmatrix", rows)
    return Group(span, opener, closer, items, separators)


def _cases_by_hand(span: Span, matrix: Matrix) -> Cases:
    """`\\left\\{ \\begin{array}{ll} value & condition ... \\right.`, the older way to write cases."""
    rows: list[CaseRow] = []
    for value, *conditions in matrix.rows:
        cells = [cell for cell in conditions if cell is not None]
        whole = Span(value.span.start if value else span.start, cells[-1].span.end if cells else span.end)
        condition = fold(cells, cells[0].span) if cells else None
        rows.append(CaseRow(whole, value or Blank(Span(whole.start, whole.start)), condition))
    return Cases(span, tuple(rows))


def delimiter(parser: Parser) -> str:
    """What follows `\\left`, `\\middle` or `\\right`."""
    token = parser.tok
    named = {"<": "⟨", ">": "⟩"}.get(token.text, token.text)
    if token.kind not in ("open", "close", "bar") and named not in (".", "⟨", "⟩", "/"):
        raise parser.error(f"expected a bracket after \\left or \\right, found {parser.shown()}")
    parser.advance()
    return named


def _closer(parser: Parser, opening: Token, opener: str, shown: str) -> str:
    token = parser.tok
    if token.kind == "right":
        parser.advance()
        return delimiter(parser)
    fits = token.text == opener if token.kind == "bar" else token.text in CLOSERS.get(opener, ())
    if token.kind in ("close", "bar") and fits:
        return parser.advance().text
    if token.kind == "end of formula":
        raise NotationError(f"`{shown}` is never closed", Span(opening.start, opening.end))
    raise parser.error(f"expected what closes `{shown}`, found {parser.shown()}")


# --- fractions, roots, stacks ------------------------------------------------------------------------


def fraction(parser: Parser) -> Fraction:
    """`\\frac{a}{b}`; where both sides are differentials, `dL` and `dW` fall apart into `d` and the name."""
    start = parser.advance().start
    numerator = parser.single()
    denominator = parser.single()
    numerator, denominator = differentials.taken_apart(numerator, denominator)
    return Fraction(parser.since(start), numerator, denominator)


def root(parser: Parser) -> Root:
    """`\\sqrt[n]{x}`."""
    start = parser.advance().start
    degree = None
    if parser.tok[:2] == ("open", "["):
        bracket = group(parser)
        degree = bracket.items[0] if isinstance(bracket, Group) and bracket.items else None
    radicand = parser.single()
    return Root(parser.since(start), radicand, degree)


def stacked(parser: Parser) -> Node:
    """`\\overset{note}{x}`, `\\underset{note}{x}`; `\\underset{i}{\\sum} x_i` is a sum over i.

    A lone sign set above a letter is an accent, `\\stackrel{\\sim}{c}` as `\\tilde c`.
    """
    token = parser.advance()
    alone = parser.tok.kind == "{" and parser.peek(2).kind == "}"
    mark = decorations.SIGNS_ABOVE.get(parser.peek().text) if alone and token.text == "overset" else None
    note = parser.single()
    body = parser.single()
    is_sum = isinstance(body, BigOperator) and isinstance(body.body, Blank) and token.text == "underset"
    if isinstance(body, BigOperator) and is_sum and body.lower is None:
        summand = _summand(parser)
        return replace(body, span=parser.since(token.start), lower=note, body=summand)
    if mark is not None and isinstance(body, Symbol | Scripted):
        return decorations.accented(mark, body, parser.since(token.start))
    return Wrapped(parser.since(token.start), token.text, body, note)


# --- functions and large operators -------------------------------------------------------------------


def function(parser: Parser) -> Node:
    """`\\log x`, `\\max(a, b)`, `\\log^T(T)`; the bare name where no argument follows."""
    token = parser.advance()
    name = Symbol(Span(token.start, token.end), token.text)
    bare = parser.tok.kind == "number" and parser.peek().kind not in ("open", "left")
    head: Node = name if bare else attachments.scripted(parser, name, token.start)  # `\\log2\\pi` is of 2π
    if parser.at_bracket():
        argument: Node = group(parser)
    elif parser.tok[:2] == ("sign", "-") and parser.peek().kind in ATOMS:
        argument = parser.signed(lambda: _argument(parser))
    elif parser.begins_operand():
        argument = _argument(parser)
    else:
        return head
    return Call(parser.since(token.start), head, argument)


def word(parser: Parser) -> Node:
    """`\\text{ReLU}`; a trace without brackets is that of all its product, `\\operatorname{tr} A B`."""
    following = parser.peek().kind
    if parser.tok.text not in TRACES or following not in ATOMS or following in _BESIDE_A_WORD:
        return names.word(parser)
    token = parser.advance()
    name = Symbol(Span(token.start, token.end), token.text)
    return Call(parser.since(token.start), name, _summand(parser))


def factorial(parser: Parser, operand: Node) -> Node:
    """`n!` as the function of that name, applied."""
    token = parser.advance()
    name = Symbol(Span(token.start, token.end), "factorial", "word")
    argument = operand if isinstance(operand, Group) else Group(operand.span, "(", ")", (operand,))
    return Product(parser.since(operand.span.start), (name, argument), (Operator(name.span, ""),))


def method_call(parser: Parser, operand: Node) -> Node:
    """`X.dot(W)` as the product, `dZ.sum(axis=1)` as `np.sum(dZ, axis=1)`, `X.transpose()` as `X^T`."""
    token = parser.advance()
    bracket = group(parser)
    span = Span(operand.span.start, parser.last_end)
    here = Span(token.start, token.end)
    items, separators = (bracket.items, bracket.separators) if isinstance(bracket, Group) else ((), ())
    if token.text in ("transpose", "t"):
        if items:
            raise NotationError(f"`.{token.text}` with axes is not read", here)
        return Scripted(span, operand, None, Symbol(here, "top"))
    if token.text in ("dot", "matmul", "mm"):
        value: Node = Product(span, (operand, bracket), (Operator(here, "@"),))
    else:
        between = (",", *separators) if items else ()
        arguments = Group(span, "(", ")", (operand, *items), between)
        name = Symbol(here, f"np.{token.text}", "word")
        value = Product(span, (name, arguments), (Operator(Span(here.end, here.end), ""),))
    return Group(span, "(", ")", (value,))


def _argument(parser: Parser) -> Node:
    """An argument without brackets: one factor; a name takes its brackets along, a number the next name."""
    start = parser.tok.start
    named = parser.tok.kind in ("letters", "word", "symbol", "alphabet", "command")
    factors = [parser.factor()]
    if isinstance(factors[0], Number) and parser.begins_operand() and not parser.at_bracket():
        factors.append(parser.factor())
    elif named:
        while parser.tok.kind in ("open", "left") and len(factors) < 2:
            factors.append(parser.factor())
    found = differentials.product(parser.since(start), factors)
    glued = parser.tok[:2] == ("mark", "!") and parser.tok.start == parser.last_end
    return factorial(parser, found) if glued else found  # also before the end: nobody exclaims `\\log n`


def _lowers(parser: Parser) -> bool:
    """Whether a subscript comes: formatters of Markdown make `\\sum*{i}` of `\\sum_{i}`."""
    mangled = parser.tok[:2] == ("operator", "*") and parser.peek().kind == "{"
    return parser.tok.kind == "_" or mangled


def _limits(written: Node) -> Node:
    """What stands below an operator; a set that other conditions narrow, `j \\in K, j \\neq i`, is left out.

    `\\substack` sets the same below each other.
    """
    told = [i for i in written.items if isinstance(i, Relational)] if isinstance(written, Group) else []
    if not isinstance(written, Group) or len(told) < len(written.items) or written.open:
        return written
    others = [item for item in told if item.relations[0].sign != "∈"]
    if len(others) == 1 < len(told) and {_letter(i) for i in told} == {_letter(others[0])} != {None}:
        return others[0]
    return replace(written, separators=tuple("," if s == "row" else s for s in written.separators))


def _letter(condition: Relational) -> str | None:
    return first.name if isinstance(first := condition.operands[0], Symbol) else None


def big_operator(parser: Parser) -> BigOperator:
    """`\\sum_{i=1}^m x_i`: limits in either order, and a body that reaches to the next `+` or `-`."""
    token = parser.advance()
    lower: Node | None = None
    upper: Node | None = None
    while (lowers := _lowers(parser) and lower is None) or (parser.tok.kind == "^" and upper is None):
        parser.advance()
        if lowers:
            lower = _limits(attachments.script_argument(parser))
        else:
            upper = attachments.script_argument(parser)
    body = _summand(parser)
    return BigOperator(parser.since(token.start), token.text, lower, upper, body)


def _summand(parser: Parser) -> Node:
    """What stands behind a large operator, up to the next `+` or `-`."""
    if parser.tok.kind == "sign":
        return parser.signed(parser.product)
    if not parser.begins_operand():
        return Blank(Span(parser.last_end, parser.last_end))
    outside, parser.script = parser.script, False
    body = parser.product()
    parser.script = outside
    return body


# What stands behind a word that is applied with brackets, or that is a name.
_BESIDE_A_WORD: Final = frozenset(("open", "left", "bar", "{", "dots"))
ATOMS: Final[dict[str, Callable[[Parser], Node]]] = {
    "number": names.number,
    "letters": names.letters,
    "word": word,
    "symbol": names.symbol,
    "command": names.unknown_command,
    "alphabet": names.alphabet,
    "switch": names.switch,
    "dots": names.dots,
    "{": brace,
    "open": group,
    "left": group,
    "bar": group,
    "fraction": fraction,
    "root": root,
    "accent": decorations.accent,
    "wrapper": decorations.wrapper,
    "colour": decorations.coloured,
    "stacked": stacked,
    "function": function,
    "big": big_operator,
    "begin": environments.environment,
}
