"""What hangs on an operand: subscripts, superscripts, primes, the bar of `x|_{t=0}`, a bar that parts.

One Scripted holds all of them in whatever order they stand; a second superscript, which TeX refuses, begins
another Scripted around the first. How many may follow is bounded, since each one is a level of the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gradcheck.notation import names
from gradcheck.notation.compounds import Token
from gradcheck.notation.tree import Fraction, Group, Node, Number, Operator, Product, Scripted, Symbol
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.notation.parser import Parser

MAX_SCRIPTS: Final = 3
SIGNS: Final = frozenset({"^", "_", "prime"})
_COUNTING: Final = frozenset("ijkl")
_BEGINNINGS: Final = frozenset({"open", "left", "bar", "{", "begin", "&", "row", "over"})
_BEFORE_OPERAND: Final = _BEGINNINGS | {"sign", "operator", "relation", "separator", "text"}


def scripted(parser: Parser, base: Node, start: int) -> Node:
    """The base with the scripts and primes that follow; a second script of a kind starts anew."""
    layers = 0
    while parser.tok.kind in SIGNS or _at_glued_number(parser, base):
        layers += 1
        if layers > MAX_SCRIPTS:
            raise parser.error(f"more than {MAX_SCRIPTS} superscripts or subscripts on one operand")
        sub: Node | None = names.number(parser) if _at_glued_number(parser, base) else None
        sup: Node | None = None
        primes = 0
        while parser.tok.kind in SIGNS:
            if parser.tok.kind == "prime":
                primes += len(parser.advance().text)
            elif parser.tok.kind == "_" and sub is None:
                parser.advance()
                bare = parser.tok.kind in ("letters", "symbol")
                sub = script_argument(parser)
                sub = _with_glued(parser, sub) if bare else sub
            elif parser.tok.kind == "^" and (count := _primes_in_superscript(parser)):
                primes += count
            elif parser.tok.kind == "^" and sup is None:
                parser.advance()
                sup = script_argument(parser)
            else:
                break
        base = Scripted(parser.since(start), base, sub, sup, primes)
    return base


def _at_glued_number(parser: Parser, base: Node) -> bool:
    """`W1` without a space, as in plain text, is `W_1`."""
    token = parser.tok
    glued = token.kind == "number" and token.start == parser.last_end and token.text.isdigit()
    return glued and isinstance(base, Symbol) and base.span.end == token.start


def _with_glued(parser: Parser, mark: Node) -> Node:
    """`a_o1` and `w_ij` without braces are `a_{o1}` and `w_{ij}`: nobody goes on with a factor so.

    Letters belong to the mark where all of them count, `i` to `l`, and the last is no name of its own:
    `x_ik_j` is `x_i k_j`.
    """
    token = parser.tok
    if _at_glued_number(parser, mark):
        return Scripted(mark.span.cover(Span(token.start, token.end)), mark, names.number(parser), None)
    run = token.kind == "letters" and token.start == parser.last_end and _COUNTING.issuperset(token.text)
    counts = run and isinstance(mark, Symbol) and mark.name in _COUNTING
    if not counts or parser.peek().kind in SIGNS or parser.peek().kind == "open":
        return mark
    marks = (mark, *(names.first_letter(parser) for _ in token.text))
    between = tuple(Operator(Span(each.span.start, each.span.start), "") for each in marks[1:])
    return Product(marks[0].span.cover(marks[-1].span), marks, between)


def _primes_in_superscript(parser: Parser) -> int:
    """Take `^\\prime` or `^{\\prime\\prime}` and tell how many there are; 0 takes nothing."""
    braced = parser.peek().kind == "{"
    ahead = 2 if braced else 1
    count = 0
    while parser.peek(ahead)[:2] == ("symbol", "prime") or parser.peek(ahead).kind == "prime":
        count += len(parser.peek(ahead).text) if parser.peek(ahead).kind == "prime" else 1
        ahead += 1
        if not braced:
            break
    if count == 0 or (braced and parser.peek(ahead).kind != "}"):
        return 0
    for _ in range(ahead + braced):
        parser.advance()
    return count


def script_argument(parser: Parser) -> Node:
    """What `^` or `_` applies to: a braced formula, or one token, or `-1`; `[x]_+ y` is scripted by `+`."""
    outside, parser.script = parser.script, True
    try:
        _colon_as_dot(parser)
        token = parser.tok
        if token.kind == "{" and parser.peek().kind in ("operator", "sign") and parser.peek(2).kind == "}":
            parser.advance()
            node: Node = _bare_sign(parser)
            parser.advance()
        elif _signs_what_follows(parser):
            node = parser.signed(lambda: _one(parser))
        elif token.kind in ("operator", "sign"):
            node = _bare_sign(parser)
        else:
            node = _one(parser)
    finally:
        parser.script = outside
    return node


def _one(parser: Parser) -> Node:
    """One argument; of `x^10` TeX takes the first digit, and its author means both."""
    return names.number(parser) if parser.tok.text.isdigit() else parser.single()


def _colon_as_dot(parser: Parser) -> None:
    """`X_{:j}` and `X_{i:}` are `X_{\\cdot j}` and `X_{i \\cdot}`: a column, a row."""
    if parser.tok.kind != "{":
        return
    for ahead, other in ((1, 2), (2, 1)):
        colon, beside = parser.peek(ahead), parser.peek(other)
        alone = parser.peek(3).kind == "}" and beside.kind in ("letters", "number", "symbol")
        if alone and colon[:2] == ("separator", ":"):
            parser.tokens[parser.at + ahead] = Token("operator", "cdot", colon.start, colon.end)


def _signs_what_follows(parser: Parser) -> bool:
    """Whether a minus is glued to its operand, as in `x^-1`."""
    token, operand = parser.tok, parser.peek()
    glued = token[:2] == ("sign", "-") and token.end == operand.start
    return glued and operand.kind in ("number", "letters", "symbol", "word")


def _bare_sign(parser: Parser) -> Symbol:
    token = parser.advance()
    return Symbol(Span(token.start, token.end), token.text)


def at_evaluation_bar(parser: Parser, operand: Node) -> bool:
    """Whether a bar with a subscript follows the operand, which has none yet."""
    token = parser.tok
    barred = token.kind == "bar" or token[:2] == ("close", "|")  # `\rvert` too, where nothing opens
    if not barred or token.text == parser.closing or parser.peek().kind != "_":
        return False
    base = operand.base if isinstance(operand, Scripted) else operand
    return not (isinstance(base, Group) and base.open == ".")


def at_lost_space(parser: Parser, operand: Node) -> bool:
    """Step over the comma that is left of `\\,` in `\\tfrac12,\\alpha^T x`; whether it was one.

    Markdown drops the backslash. It stands glued between a fraction of numbers and a command, in no brackets,
    where it parts a list, and no relation follows it that would make an equation of what comes behind.
    """
    token, after = parser.tok, parser.peek()
    numbers = isinstance(operand, Fraction) and isinstance(operand.numerator, Number)
    glued = parser.last_end == token.start and after.start == token.end
    if token[:2] != ("separator", ",") or parser.cell or parser.script or parser.closing or not glued:
        return False
    if not numbers or len(after.text) < 2:
        return False
    ahead = 1
    while parser.peek(ahead).kind not in ("relation", "separator", "row", "end", "end of formula"):
        ahead += 1
    if parser.peek(ahead).kind == "relation" or _in_brackets(parser):
        return False
    parser.advance()
    return parser.begins_operand()


def _in_brackets(parser: Parser) -> bool:
    """Whether a bracket closes behind the current token that was opened before it."""
    ahead, opened = 1, 0
    while (kind := parser.peek(ahead).kind) not in ("row", "end", "end of formula") and opened >= 0:
        opened += (kind in ("open", "left")) - (kind in ("close", "right"))
        ahead += 1
    return opened < 0


def evaluated_at(parser: Parser, operand: Node) -> Node:
    """`x|_{t=0}`: the bar and its subscript belong to the operand before it."""
    bar = parser.advance()
    start = operand.span.start
    value = Group(Span(start, bar.end), ".", bar.text, (operand,), ())
    return scripted(parser, value, start)


def bar_separates(parser: Parser) -> bool:
    """A bar right after an operand opens nothing, unless a partner follows before the bracket ends."""
    if parser.at == 0 or parser.tokens[parser.at - 1].kind in _BEFORE_OPERAND:
        return False
    depth = 0
    for index in range(parser.at + 1, len(parser.tokens)):
        token = parser.tokens[index]
        if token.kind in ("open", "{", "left", "begin"):
            depth += 1
        elif token.kind in ("close", "}", "right", "end", "end of formula"):
            depth -= 1
            if depth < 0:
                return True
        elif depth == 0 and token.kind == "bar" and token.text == parser.tok.text:
            return False
        elif depth == 0 and token.kind in ("relation", "row", "&", "separator"):
            return True
    return True
