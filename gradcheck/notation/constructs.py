"""What can stand as one operand: letters, groups, fractions, functions, environments, each one function.

`ATOMS` says which function reads the operand that a token of some kind begins; a new kind of operand is
one function and one entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gradcheck.notation import differentials
from gradcheck.notation.errors import NotationError
from gradcheck.notation.sheet import Element, Separator, fold, items_of
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Blank,
    Call,
    CaseRow,
    Cases,
    Dots,
    Fraction,
    Group,
    Matrix,
    Node,
    Number,
    Operator,
    Product,
    Root,
    Scripted,
    Sum,
    Symbol,
    Term,
    Text,
    Wrapped,
)
from gradcheck.notation.vocabulary import CASES, CLOSERS, MATRICES, SHORT_WORDS, WITH_ARGUMENT
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.notation.parser import Parser
    from gradcheck.notation.tokens import Token

_INDICES: Final = re.compile(r"[ijklpq]+$")
_SMALL_STYLES: Final = {"mathrm": "word"}


# --- numbers, letters, words -------------------------------------------------------------------------


def number(parser: Parser, length: int | None = None) -> Number:
    """A number, or its first digits."""
    token = parser.advance_within(length or len(parser.tok.text))
    return Number(Span(token.start, token.end), token.text)


def letters(parser: Parser) -> Symbol:
    """A run of letters: one word from three letters on, `dW` as one name, else one letter at a time."""
    token = parser.tok
    text = token.text
    if len(text) == 1:
        parser.advance()
        differential = differentials.glued(parser, token)
        return differential or Symbol(Span(token.start, token.end), text)
    if parser.script and (len(text) == 2 or _INDICES.match(text)):
        return _first_letter(parser)
    if len(text) == 2 and text not in SHORT_WORDS:
        if text[0] == "d" and text[1] != "d":
            parser.advance()
            return Symbol(Span(token.start, token.end), text)
        return _first_letter(parser)
    parser.advance()
    return Symbol(Span(token.start, token.end), text, "word")


def _first_letter(parser: Parser) -> Symbol:
    head = parser.advance_within(1)
    return Symbol(Span(head.start, head.end), head.text)


def symbol(parser: Parser) -> Symbol:
    """A Greek letter or another sign that stands as a name."""
    token = parser.advance()
    return Symbol(Span(token.start, token.end), token.text)


def word(parser: Parser) -> Symbol:
    """A name of several letters, `\\text{ReLU}`."""
    token = parser.advance()
    return Symbol(Span(token.start, token.end), token.text, "word")


def unknown_command(parser: Parser) -> Symbol:
    """A command of no table: a name."""
    token = parser.advance()
    return Symbol(Span(token.start, token.end), token.text, "command")


def dots(parser: Parser) -> Dots:
    """`\\dots` and kin."""
    token = parser.advance()
    return Dots(Span(token.start, token.end), token.text)


def alphabet(parser: Parser) -> Node:
    """`\\mathbf W`, `\\mathcal{L}`: the style goes to every name inside."""
    token = parser.advance()
    style = _SMALL_STYLES.get(token.text, token.text)
    inner = parser.tok, parser.peek(), parser.peek(2)
    if inner[0].kind == "{" and inner[1].kind in ("letters", "function") and inner[2].kind == "}":
        name = inner[1].text
        if len(name) != 2 or name[0] == "d" or style == "word":
            for _ in inner:
                parser.advance()
            return Symbol(parser.since(token.start), name, style)
    return restyle(parser.single(), style, token.start)


def switch(parser: Parser) -> Node:
    """`{\\bf W x}`: the style goes to the rest of the braces."""
    token = parser.advance()
    content = fold(parser.elements(), Span(token.end, token.end))
    return restyle(content, _SMALL_STYLES.get(token.text, token.text), content.span.start)


def restyle(node: Node, style: str, start: int) -> Node:
    """The node with its plain names in another alphabet; `start` is where the command stands."""
    match node:
        case Symbol(style="") if node.name.isalpha():
            return Symbol(Span(start, node.span.end), node.name, style)
        case Number():
            return Symbol(Span(start, node.span.end), node.text, style)
        case Scripted():
            return replace(node, base=restyle(node.base, style, node.base.span.start))
        case Accent():
            return replace(node, base=restyle(node.base, style, node.base.span.start))
        case Product():
            return replace(node, factors=tuple(restyle(f, style, f.span.start) for f in node.factors))
        case Sum():
            return replace(
                node,
                terms=tuple(replace(t, body=restyle(t.body, style, t.body.span.start)) for t in node.terms),
            )
        case _:
            return node


# --- brackets ----------------------------------------------------------------------------------------


def brace(parser: Parser) -> Node:
    """`{ ... }`, which only groups."""
    return parser.braced()


def group(parser: Parser) -> Group:
    """Brackets with their items. `(` may be closed by `]`, as in intervals and slips of the pen."""
    opening = parser.advance()
    shown, opener = opening.text, opening.text
    if opening.kind == "left":
        opener = _delimiter(parser)
        shown = f"\\left{opener}"
    outer = parser.closing, parser.cell
    parser.closing = opener if opening.kind == "bar" else ""
    parser.cell = False
    content = parser.elements()
    closer = _closer(parser, opening, opener, shown)
    parser.closing, parser.cell = outer
    items, separators = items_of(content)
    return Group(parser.since(opening.start), opener, closer, items, separators)


def _delimiter(parser: Parser) -> str:
    """What follows `\\left` or `\\right`."""
    token = parser.advance()
    named = {"<": "⟨", ">": "⟩"}.get(token.text, token.text)
    if token.kind not in ("open", "close", "bar") and named not in (".", "⟨", "⟩", "/"):
        raise NotationError("expected a bracket after \\left or \\right", Span(token.start, token.end))
    return named


def _closer(parser: Parser, opening: Token, opener: str, shown: str) -> str:
    token = parser.tok
    if token.kind == "right":
        parser.advance()
        return _delimiter(parser)
    fits = token.text == opener if token.kind == "bar" else token.text in CLOSERS.get(opener, ())
    if token.kind in ("close", "bar") and fits:
        return parser.advance().text
    if token.kind == "end of formula":
        raise NotationError(f"`{shown}` is never closed", Span(opening.start, opening.end))
    raise parser.error(f"expected what closes `{shown}`, found {parser.shown()}")


def evaluated_at(parser: Parser, operand: Node) -> Scripted:
    """`x|_{t=0}`: the bar and its subscript belong to the operand before it."""
    bar = parser.advance()
    start = operand.span.start
    value = Group(Span(start, bar.end), ".", bar.text, (operand,), ())
    scripted = parser.scripted(value, start)
    assert isinstance(scripted, Scripted)
    return scripted


# --- fractions, roots, accents, wrappers -------------------------------------------------------------


def fraction(parser: Parser) -> Fraction:
    """`\\frac{a}{b}`; where both sides are differentials, `dL` and `dW` fall apart into `d` and the name."""
    start = parser.advance().start
    numerator = parser.single()
    denominator = parser.single()
    numerator, denominator = differentials.taken_apart(numerator, denominator)
    return Fraction(parser.since(start), numerator, denominator)


def differential_quotient(parser: Parser, factors: list[Node], operators: list[Operator]) -> bool:
    """Turn `∂L` before and `∂W` after a slash into one Fraction; False where they are no differentials."""
    head = differentials.last_head(factors, operators)
    if head is None or not differentials.begins(parser.peek()):
        return False
    parser.advance()
    start = parser.tok.start
    below: list[Node] = [parser.factor()]
    if differentials.is_bare_sign(below[0]) and parser.begins_operand():
        below.append(parser.factor())
    denominator = product(parser.since(start), below)
    numerator = product(factors[head].span.cover(factors[-1].span), factors[head:])
    numerator, denominator = differentials.taken_apart(numerator, denominator)
    quotient = Fraction(parser.since(numerator.span.start), numerator, denominator)
    del operators[head:]
    if head:
        operators.append(Operator(Span(numerator.span.start, numerator.span.start), ""))
    factors[head:] = [quotient]
    return True


def product(span: Span, factors: list[Node]) -> Node:
    """Juxtaposed factors as one node."""
    if len(factors) == 1:
        return factors[0]
    between = tuple(Operator(Span(f.span.start, f.span.start), "") for f in factors[1:])
    return Product(span, tuple(factors), between)


def root(parser: Parser) -> Root:
    """`\\sqrt[n]{x}`."""
    start = parser.advance().start
    degree = None
    if parser.tok[:2] == ("open", "["):
        bracket = group(parser)
        degree = bracket.items[0] if bracket.items else None
    radicand = parser.single()
    return Root(parser.since(start), radicand, degree)


def accent(parser: Parser) -> Accent:
    """`\\hat y`."""
    token = parser.advance()
    base = parser.single()
    return Accent(parser.since(token.start), token.text, base)


def wrapper(parser: Parser) -> Wrapped:
    """`\\boxed{x}`, `\\cancel{x}`, `\\underbrace{x}_{note}`."""
    token = parser.advance()
    body = parser.single()
    note = None
    if (token.text, parser.tok.kind) in (("underbrace", "_"), ("overbrace", "^")):
        parser.advance()
        note = parser.script_argument()
    return Wrapped(parser.since(token.start), token.text, body, note)


def coloured(parser: Parser) -> Wrapped:
    """`\\textcolor{red}{x}`, `\\color{red}{x}`."""
    token = parser.advance()
    body = parser.single()
    return Wrapped(parser.since(token.start), "color", body, Text(Span(token.start, token.end), token.text))


def stacked(parser: Parser) -> Wrapped:
    """`\\overset{note}{x}`, `\\underset{note}{x}`."""
    token = parser.advance()
    note = parser.single()
    body = parser.single()
    return Wrapped(parser.since(token.start), token.text, body, note)


# --- functions and large operators -------------------------------------------------------------------


def function(parser: Parser) -> Node:
    """`\\log x`, `\\max(a, b)`, `\\log^T(T)`; the bare name where no argument follows."""
    token = parser.advance()
    name = Symbol(Span(token.start, token.end), token.text)
    head = parser.scripted(name, token.start)
    if parser.at_bracket():
        argument: Node = group(parser)
    elif parser.tok.kind == "sign" and parser.tok.text == "-":
        sign = parser.advance()
        if not parser.begins_operand():
            raise parser.error(f"expected an operand, found {parser.shown()}")
        body = _argument(parser)
        span = parser.since(sign.start)
        argument = Sum(span, (Term(span, sign.text, body),))
    elif parser.begins_operand():
        argument = _argument(parser)
    else:
        return head
    return Call(parser.since(token.start), head, argument)


def _argument(parser: Parser) -> Node:
    """An argument without brackets: one factor; a name takes its own brackets along, a number the next name."""
    start = parser.tok.start
    named = parser.tok.kind in ("letters", "word", "symbol", "alphabet", "accent", "command")
    factors = [parser.factor()]
    if isinstance(factors[0], Number) and parser.begins_operand() and not parser.at_bracket():
        factors.append(parser.factor())
    elif named:
        while parser.tok.kind in ("open", "left") and len(factors) < 2:
            factors.append(parser.factor())
    return product(parser.since(start), factors)


def big_operator(parser: Parser) -> BigOperator:
    """`\\sum_{i=1}^m x_i`: limits in either order, and a body that reaches to the next `+` or `-`."""
    token = parser.advance()
    lower: Node | None = None
    upper: Node | None = None
    while (parser.tok.kind == "_" and lower is None) or (parser.tok.kind == "^" and upper is None):
        if parser.advance().kind == "_":
            lower = parser.script_argument()
        else:
            upper = parser.script_argument()
    body: Node
    if parser.tok.kind == "sign" and parser.tok.text == "-":
        sign = parser.advance()
        operand = parser.product() if parser.begins_operand() else Blank(Span(sign.end, sign.end))
        span = parser.since(sign.start)
        body = Sum(span, (Term(span, sign.text, operand),))
    elif parser.begins_operand():
        outside, parser.script = parser.script, False
        body = parser.product()
        parser.script = outside
    else:
        body = Blank(Span(parser.last_end, parser.last_end))
    return BigOperator(parser.since(token.start), token.text, lower, upper, body)


# --- environments ------------------------------------------------------------------------------------


def environment(parser: Parser) -> Node:
    """A matrix or a list of cases."""
    opening = parser.tok
    if opening.text in MATRICES:
        rows = _rows(parser)
        cells = tuple(tuple(_cell(cell) for cell in row) for row in rows)
        return Matrix(parser.since(opening.start), opening.text, cells)
    if opening.text in CASES:
        cases = tuple(_case(row) for row in _rows(parser))
        return Cases(parser.since(opening.start), cases)
    raise parser.error(f"unknown environment `{opening.text}`")


def alignment(parser: Parser) -> list[Element]:
    """The rows of `aligned` and kin, as elements of the stream around it."""
    opening = parser.advance()
    if opening.text in WITH_ARGUMENT and parser.tok.kind == "{":
        parser.braced()
    outer = parser.closing, parser.cell
    parser.closing, parser.cell = "", False
    content = parser.elements()
    parser.closing, parser.cell = outer
    _close_environment(parser, opening)
    return content


Cell = tuple[list[Element], Span]


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


ATOMS: Final[dict[str, Callable[[Parser], Node]]] = {
    "number": number,
    "letters": letters,
    "word": word,
    "symbol": symbol,
    "command": unknown_command,
    "alphabet": alphabet,
    "switch": switch,
    "dots": dots,
    "{": brace,
    "open": group,
    "left": group,
    "bar": group,
    "fraction": fraction,
    "root": root,
    "accent": accent,
    "wrapper": wrapper,
    "colour": coloured,
    "stacked": stacked,
    "function": function,
    "big": big_operator,
    "begin": environment,
}
