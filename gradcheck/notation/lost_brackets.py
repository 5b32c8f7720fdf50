"""Brackets that a line leaves open, or closes without having opened them: `-(y \\log a + (1-y) \\log(1-a)`.

Such a line is read as if the bracket were closed where what it stands in ends: at the brace, at the relation,
at the end of the row; a bracket that closes nothing is left out at such an end. That is a guess, and words
beside the equation say so, with the place: what is right that way is right but for the bracket, and nothing
is called wrong by it.
Rejected: a bracket that closes nothing in the midst of a line, and whose beginning could be anywhere.
"""

from __future__ import annotations

from itertools import pairwise, takewhile
from typing import Final

from gradcheck.notation.compounds import Token
from gradcheck.notation.vocabulary import CLOSERS
from gradcheck.records import dataclass

NOT_CLOSED: Final = "a bracket is not closed"
NOT_OPENED: Final = "a bracket closes nothing"
GUESSED: Final = frozenset((NOT_CLOSED, NOT_OPENED))

_OPENS: Final = {")": "(", "]": "["}
_CLOSES: Final = {"(": ")", "[": "]"}
_AROUND: Final = {"}": "{", "right": "left", "end": "begin"}
_ENDS: Final = frozenset((*_AROUND, "row", "end of formula"))
_MOST: Final = 2  # brackets that one line may have lost


@dataclass(slots=True)
class _Open:
    """What is open: `(`, `{`, `left` or `begin`; and where it would end, if a relation was met since."""

    text: str
    until: int | None = None


def with_brackets_closed(tokens: list[Token]) -> list[Token] | None:
    """The tokens with lost brackets closed, and words that say where; None where that is no small matter.

    The tokens end with an `end of formula`. Where all brackets are closed, nothing is lost: None, too.
    """
    if not any(token.kind == "relation" for token in tokens):
        return None
    reader = _Reader()
    for token, after in pairwise(tokens):
        if not reader.takes(token, after):
            return None
    end = tokens[-1]
    reader.close(end)
    if reader.around or not 0 < len(reader.lost) <= _MOST:
        return None
    return [*reader.out, *reader.lost, end]


class _Reader:
    """Takes tokens one by one and gives them with the brackets that are lost.

    out      the tokens so far
    around   what is open, the innermost last
    lost     what is to be said of each lost bracket, where it was put or left out
    """

    def __init__(self) -> None:
        self.out: list[Token] = []
        self.around: list[_Open] = []
        self.lost: list[Token] = []
        self._is_delimiter = False  # what is behind `\left` or `\right` belongs to it

    def takes(self, token: Token, after: Token) -> bool:
        """Take one token; whether that leaves no more than a small guess."""
        kind, is_delimiter = token.kind, self._is_delimiter
        self._is_delimiter = kind in ("left", "right")
        if kind in _ENDS:
            self.close(token)
        if kind in _AROUND and (not self.around or self.around.pop().text != _AROUND[kind]):
            return False
        if kind == "close" and token.text in _OPENS and not is_delimiter and not self._closes(token):
            self.lost.append(Token("text", NOT_OPENED, token.start, token.start))
            return after.kind in _ENDS or after.kind in ("relation", "&")
        if kind in ("relation", "&"):
            for each in self.around:
                each.until = len(self.out) if each.until is None else each.until
        elif kind in _AROUND.values():
            self.around.append(_Open(kind))
        elif kind == "open" and token.text in _CLOSES and not is_delimiter:
            self.around.append(_Open(token.text))
        self.out.append(token)
        return True

    def close(self, before: Token, partner: str = "") -> None:
        """Close what is open inside of what ends here, or inside of the partner of a bracket."""
        while self.around and self.around[-1].text in _CLOSES and self.around[-1].text != partner:
            lost = self.around.pop()
            place = len(self.out) if lost.until is None else lost.until
            at = self.out[place].start if place < len(self.out) else before.start
            self.out.insert(place, Token("close", _CLOSES[lost.text], at, at))
            self.lost.append(Token("text", NOT_CLOSED, at, at))
            for each in self.around:
                each.until = None if each.until is None else each.until + (each.until >= place)

    def _closes(self, token: Token) -> bool:
        """Whether a bracket closes one that is open: its partner, else one of the other kind, `[0, 1)`."""
        brackets = takewhile(lambda each: each.text in _CLOSES, reversed(self.around))
        if any(each.text == _OPENS[token.text] for each in brackets):
            self.close(token, _OPENS[token.text])
        elif not self.around or token.text not in CLOSERS.get(self.around[-1].text, ()):
            return False
        self.around.pop()
        return True
