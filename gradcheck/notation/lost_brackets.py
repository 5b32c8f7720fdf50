"""Brackets that a line leaves open, or closes without having opened them: `-(y \\log a + (1-y) \\log(1-a)`.

Such a line is read as if the bracket were closed where what it stands in ends: at the brace, at the relation,
at the end of the row; a bracket that closes nothing is left out at such an end. That is a guess, and says so
beside the equation: what is right that way is right but for the bracket, and nothing is called wrong by it.
Rejected: a bracket that closes nothing in the midst of a line, and whose beginning could be anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from gradcheck.notation.compounds import Token
from gradcheck.notation.vocabulary import CLOSERS
from gradcheck.records import dataclass

NOT_CLOSED: Final = "a bracket is not closed"
NOT_OPENED: Final = "a bracket closes nothing"
GUESSED: Final = frozenset((NOT_CLOSED, NOT_OPENED))

_ROUND: Final = frozenset("([")
_ENDS: Final = frozenset(("end of formula", "row", "relation", "&", "}", "right", "end"))
_AROUND: Final = {"}": "{", "right": "left", "end": "begin"}
_PARTNER: Final = {")": "(", "]": "["}
_MOST: Final = 2  # brackets that one line may have lost


@dataclass(slots=True)
class _Open:
    """What is open: `(`, `{`, `left` or `begin`, and where a relation would end it, if one was met since."""

    text: str
    until: int | None = None


def with_brackets_closed(tokens: list[Token]) -> list[Token] | None:
    """The tokens with lost brackets closed, and a word that says so; None where that is no small matter.

    The tokens end with an `end of formula`. Where all brackets are closed, nothing is lost: None, too.
    """
    if not any(token.kind == "relation" for token in tokens):
        return None
    out: list[Token] = []
    around: list[_Open] = []
    lost: list[str] = []
    behind_left = False
    for position, token in enumerate(tokens):
        kind = token.kind
        if kind in _ENDS - {"relation", "&"} or (kind == "row" and not around):
            lost += [NOT_CLOSED] * _close(out, around, token)
        if kind in _AROUND and (not around or around.pop().text != _AROUND[kind]):
            return None
        if kind in ("{", "left", "begin"):
            around.append(_Open(kind))
        elif kind == "open" and token.text in _ROUND and not behind_left:
            around.append(_Open(token.text))
        elif kind == "close" and token.text in ")]" and not behind_left:
            partner = _PARTNER[token.text]
            if any(each.text == partner for each in _innermost(around)):
                lost += [NOT_CLOSED] * _close(out, around, token, partner)
                around.pop()
            elif around and token.text in CLOSERS.get(around[-1].text, ()):
                around.pop()  # `[0, 1)`
            elif tokens[position + 1].kind in _ENDS:
                lost.append(NOT_OPENED)
                continue
            else:
                return None
        elif kind in ("relation", "&"):
            for each in around:
                each.until = len(out) if each.until is None else each.until
        behind_left = kind in ("left", "right")
        out.append(token)
    if around or not 0 < len(lost) <= _MOST:
        return None
    end = out.pop()
    return [*out, Token("text", lost[0], end.start, end.start), end]


def _innermost(around: list[_Open]) -> Iterator[_Open]:
    """The brackets that are open inside of the innermost brace."""
    return takewhile(lambda each: each.text in _ROUND, reversed(around))


def _close(out: list[Token], around: list[_Open], before: Token, partner: str = "") -> int:
    """Close the brackets that are open inside of what ends here, or down to a partner; how many were."""
    count = 0
    while around and around[-1].text in _ROUND and around[-1].text != partner:
        lost = around.pop()
        place = len(out) if lost.until is None else lost.until
        at = out[place].start if place < len(out) else before.start
        out.insert(place, Token("close", ")" if lost.text == "(" else "]", at, at))
        count += 1
    return count
