"""Names and numbers: letters, runs of letters, words, and the alphabets they are set in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gradcheck.notation import differentials
from gradcheck.notation.sheet import fold
from gradcheck.notation.tree import Accent, Dots, Node, Number, Product, Scripted, Sum, Symbol
from gradcheck.notation.vocabulary import ACRONYMS, SHORT_WORDS
from gradcheck.patterns import late_pattern
from gradcheck.records import replace
from gradcheck.source import Span

if TYPE_CHECKING:
    from gradcheck.notation.parser import Parser

_INDICES: Final = late_pattern(r"[ijklpq]+$")
# A product of capitals of which some are differentials: `XdZ`, `dZA`.
_DIFFERENTIALS: Final = late_pattern(r"(?=.{3})[A-Z]*d[A-Z](d?[A-Z])*$")
_WORD_STYLES: Final = {"mathrm": "word"}


def number(parser: Parser, length: int | None = None) -> Number:
    """A number, or its first digits."""
    token = parser.advance_within(length or len(parser.tok.text))
    return Number(Span(token.start, token.end), token.text)


def letters(parser: Parser) -> Symbol | Accent:
    """A run of letters: one word from three letters on, `dW` as one name, else one letter at a time.

    Capitals, also behind a `d`, are a product of matrices (`AXB`, `XdZ`), unless the field abbreviates so
    (`MSE`); as a mark of something, `\\hat\\beta_{OLS}`, they are a word.
    """
    token = parser.tok
    text = token.text
    if len(text) == 1:
        parser.advance()
        differential = differentials.glued(parser, token)
        return differential or Symbol(Span(token.start, token.end), text)
    if parser.script and (len(text) == 2 or _INDICES.match(text)):
        return first_letter(parser)
    if text.isupper() and len(text) > 2 and text not in ACRONYMS and not parser.script:
        return first_letter(parser)
    if _DIFFERENTIALS.match(text) and not parser.script:
        head = parser.advance_within(2 if text[0] == "d" else 1)
        return Symbol(Span(head.start, head.end), head.text)
    if len(text) == 2 and text not in SHORT_WORDS:
        if text[0] == "d" and text[1] != "d":
            parser.advance()
            return Symbol(Span(token.start, token.end), text)
        return first_letter(parser)
    parser.advance()
    return Symbol(Span(token.start, token.end), text, "word")


def first_letter(parser: Parser) -> Symbol:
    """The first of a run of letters, which TeX takes for the whole argument."""
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
    """`\\mathbf W`, `\\mathcal{L}`: the style goes to every name inside; `\\mathsf{softmax}` is a word."""
    token = parser.advance()
    style = _WORD_STYLES.get(token.text, token.text)
    inner = parser.tok, parser.peek(), parser.peek(2)
    if inner[0].kind == "{" and inner[1].kind in ("letters", "function") and inner[2].kind == "}":
        name = inner[1].text
        if len(name) != 2 or name[0] == "d" or style == "word":
            for _ in inner:
                parser.advance()
            is_word = len(name) > 2 and not name.isupper()
            return Symbol(parser.since(token.start), name, "word" if is_word else style)
    styled = restyle(parser.single(), style, token.start)
    return replace(styled, span=parser.since(token.start)) if isinstance(styled, Symbol) else styled


def switch(parser: Parser) -> Node:
    """`{\\bf W x}`: the style goes to the rest of the braces."""
    token = parser.advance()
    content = fold(parser.elements(), Span(token.end, token.end))
    return restyle(content, _WORD_STYLES.get(token.text, token.text), content.span.start)


def restyle(node: Node, style: str, start: int) -> Node:
    """The node with its plain names in another alphabet; `start` is where the command stands.

    A bold 1 may be a vector of ones, and is a name; a bold 0 is nothing but zero.
    """
    match node:
        case Symbol(style="") if node.name.isalpha():
            return Symbol(Span(start, node.span.end), node.name, style)
        case Number(text="0"):
            return Number(Span(start, node.span.end), node.text)
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
