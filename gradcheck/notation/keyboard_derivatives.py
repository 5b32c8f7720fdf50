"""Derivatives as they are typed on a keyboard: `dL_dW`, `dy_hat/dw`, `dL/dpred`, `d2L/dadb`.

Each rule looks at the tokens from one on, adds what they stand for to the tokens that are folded already, and
tells how many it took; with none of them it is no derivative.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from gradcheck.notation.compounds import Token
from gradcheck.notation.vocabulary import GREEK
from gradcheck.patterns import late_pattern

GREEK_WORDS: Final = frozenset(name for name in GREEK if name not in ("xi", "chi", "ell", "imath", "jmath"))
QUOTIENT: Final = late_pattern(r"d([A-Za-z]+(?:_hat)?)_d([A-Za-z]+(?:_hat)?)$")
_DIFFERENTIALS: Final = late_pattern(r"(d[A-Za-z])(d[A-Za-z])?$")


def quotient(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`dL_dW`, `dy_hat_dw`, which the lexer parts at the underscores."""
    for count in (5, 3):
        parts = tokens[at : at + count]
        if [token.kind for token in parts] != ["letters", "_", "letters", "_", "letters"][:count]:
            continue
        match = QUOTIENT.match("".join(token.text for token in parts))
        if match is not None and all(glued(*pair) for pair in pairwise(parts)):
            folded += parted(match, Token("letters", match.group(), parts[0].start, parts[-1].end))
            return count
    return 0


def ratio(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`dL/dpred`: behind one differential, the `d` of a word is a sign too."""
    parts = tokens[at : at + 3]
    if [token.kind for token in parts] != ["letters", "operator", "letters"] or parts[1].text != "/":
        return 0
    above, below = parts[0].text, parts[2].text
    if len(above) != 2 or len(below) < 3 or above[0] != "d" or below[0] != "d":
        return 0
    sign = Token("letters", "d", parts[2].start, parts[2].start + 1)
    folded += [parts[0], parts[1], sign, *hatted_name(below[1:], parts[2].start + 1)]
    return 3


def second(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`d2L/dw2` and `d2L/dadb`, as programs name them: a derivative twice."""
    above = tokens[at : at + 4]
    if [token.kind for token in above] != ["letters", "number", "letters", "operator"] or above[
        3
    ].text != "/":
        return 0
    if above[0].text != "d" or above[1].text != "2" or not all(glued(*pair) for pair in pairwise(above)):
        return 0
    names, last = tokens[at + 4 : at + 5], tokens[at + 5 : at + 6]
    below = _DIFFERENTIALS.match(names[0].text) if names and names[0].kind == "letters" else None
    squared = [token[:2] for token in last] == [("number", "2")] and glued(names[0], last[0])
    if below is None or squared == (below[2] is not None):
        return 0
    start, end = names[0].start, names[0].end
    folded += [above[0], Token("^", "^", above[0].end, above[0].end), *above[1:]]
    first = start + len(below[1])
    one = Token("letters", below[1], start, first)
    if below[2] is None:
        folded += [one, Token("^", "^", end, end), last[0]]
    else:
        other = Token("letters", below[2], first, end)
        folded += [Token("open", "(", start, start), one, other, Token("close", ")", end, end)]
    return 6 if squared else 5


def parted(quotient: re.Match[str], token: Token) -> list[Token]:
    first, second = quotient[1], quotient[2]
    middle = token.start + 1 + len(first)
    return [
        Token("letters", "d", token.start, token.start + 1),
        *hatted_name(first, token.start + 1),
        Token("operator", "/", middle, middle + 1),
        Token("letters", "d", middle + 1, middle + 2),
        *hatted_name(second, middle + 2),
    ]


def hatted_name(text: str, start: int) -> list[Token]:
    """A name of one side of a quotient or behind a `d`: `W`, `theta`, `yhat`, `y_hat`, `theta_hat`."""
    end = start + len(text)
    stem = text.removesuffix("hat").removesuffix("_") if is_hatted(text) else text
    letter = Token("symbol" if stem in GREEK_WORDS else "letters", stem, start, end)
    return [letter] if stem == text else hatted(letter, end)


def is_hatted(text: str) -> bool:
    """Whether a word is a letter or the name of a Greek one, with `hat` behind."""
    stem = text.removesuffix("hat").removesuffix("_")
    return text.endswith("hat") and (len(stem) == 1 or stem in GREEK_WORDS)


def hatted(letter: Token, end: int) -> list[Token]:
    return [Token("accent", "hat", letter.start, letter.start), letter._replace(end=end)]


def glued(first: Token, second: Token) -> bool:
    return first.end == second.start
