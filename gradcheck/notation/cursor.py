"""A position in a list of tokens: what is here, what follows, and how deep the parser is."""

from __future__ import annotations

from typing import Final

from gradcheck.notation.compounds import Token
from gradcheck.notation.errors import NotationError
from gradcheck.source import Span

MAX_DEPTH: Final = 60

_NAMES: Final = {
    "end of formula": "the end of the formula",
    "row": "the end of a row",
    "left": "\\left",
    "right": "\\right",
    "begin": "an environment",
    "end": "the end of an environment",
}


class Cursor:
    """The current token `tok`, the end of the last one taken, and the depth of nesting."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.tok = tokens[0]
        self.last_end = tokens[0].start
        self.depth = 0

    def advance(self) -> Token:
        """Take the current token."""
        token = self.tok
        self.last_end = token.end
        self.at += 1
        self.tok = self.tokens[self.at]
        return token

    def advance_within(self, length: int) -> Token:
        """Take the first characters of the current token and leave the rest of it."""
        token = self.tok
        if length == len(token.text):
            return self.advance()
        head = token._replace(text=token.text[:length], end=min(token.start + length, token.end))
        self.tok = self.tokens[self.at] = token._replace(text=token.text[length:], start=head.end)
        self.last_end = head.end
        return head

    def peek(self, ahead: int = 1) -> Token:
        """A later token, or the last one."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def since(self, start: int) -> Span:
        """The span from `start` to the last token taken (macro arguments may stand in any order)."""
        return Span(start, self.last_end) if start <= self.last_end else Span(self.last_end, start)

    def shown(self) -> str:
        """The current token as a message names it."""
        kind, text = self.tok.kind, self.tok.text
        return _NAMES.get(kind) or f"`{text}`"

    def error(self, message: str) -> NotationError:
        """A NotationError at the current token."""
        return NotationError(message, Span(self.tok.start, max(self.tok.end, self.tok.start)))

    def expect(self, kind: str, where: str) -> Token:
        """Take a token of this kind, or raise."""
        if self.tok.kind != kind:
            raise self.error(f"expected `{kind}` {where}, found {self.shown()}")
        return self.advance()

    def enter(self) -> None:
        """One level deeper; raises where that is too deep. Whoever enters takes 1 off `depth` again."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"nested more than {MAX_DEPTH} deep")
