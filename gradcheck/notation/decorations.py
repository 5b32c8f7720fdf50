"""What stands over, under or around an operand that stays what it is: accents, braces, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gradcheck.notation import attachments
from gradcheck.notation.tree import Accent, Group, Node, Number, Scripted, Symbol, Text, Wrapped
from gradcheck.records import replace
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.notation.parser import Parser

# A sign that is set above a letter by hand, and the accent that it stands for.
SIGNS_ABOVE: Final = {
    "∼": "tilde",
    "→": "vec",
    "wedge": "hat",
    "land": "hat",
    "-": "bar",
    "cdot": "dot",
    ".": "dot",
}


def accent(parser: Parser) -> Accent | Number | Scripted:
    """`\\hat y`; a number under an accent, as in `= \\vec 0`, is that number.

    An index below it is that of the whole, `\\hat{y_j}` is `\\hat{y}_j`; a power is not: `\\bar{x^2}`.
    """
    token = parser.advance()
    return accented(token.text, parser.single(), parser.since(token.start))


def accented(mark: str, base: Node, span: Span) -> Accent | Number | Scripted:
    """What stands under an accent, with it; an index below or the mark of a sample is that of the whole."""
    if isinstance(base, Number):
        return Number(span, base.text)
    if isinstance(base, Scripted) and isinstance(base.base, Symbol) and _is_mark(base.sup):
        return replace(base, span=span, base=Accent(span, mark, base.base))
    return Accent(span, mark, base)


def _is_mark(sup: Node | None) -> bool:
    """Whether nothing or the number of a sample or a layer stands above, `(i)` or `[l]`."""
    return sup is None or (isinstance(sup, Group) and sup.open in ("(", "[") and len(sup.items) == 1)


def wrapper(parser: Parser) -> Wrapped:
    """`\\boxed{x}`, `\\cancel{x}`, `\\underbrace{x}_{note}`."""
    token = parser.advance()
    body = parser.single()
    note = None
    if (token.text, parser.tok.kind) in (("underbrace", "_"), ("overbrace", "^")):
        parser.advance()
        note = attachments.script_argument(parser)
    return Wrapped(parser.since(token.start), token.text, body, note)


def coloured(parser: Parser) -> Wrapped:
    """`\\textcolor{red}{x}`, `\\color{red}{x}`."""
    token = parser.advance()
    body = parser.single()
    return Wrapped(parser.since(token.start), "color", body, Text(Span(token.start, token.end), token.text))
