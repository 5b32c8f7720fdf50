"""The words of a line that may hold mathematics without delimiters: numbers, names, signs, prose.

What a run of letters is depends on itself alone: `W`, `dZ`, `theta`, `np.sum` are names, `loss` is a word
that may be one, `the` never is. A name takes its scripts along (`z_{1}`, `x²`, `A[i-1].T`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from gradcheck.notation.keyboard_derivatives import GREEK_WORDS
from gradcheck.notation.vocabulary import (
    ARRAY_MODULES,
    COMBINING,
    FUNCTIONS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    UNICODE_FRACTIONS,
    UNICODE_LETTERS,
)
from gradcheck.patterns import late_pattern

# Kinds of atoms with which an operand begins, and those that join operands.
BEGINNINGS: Final = frozenset({"number", "name", "function", "open", "big"})
JOINS: Final = frozenset({"operator", "sign", "relation", "compare"})


class Atom(NamedTuple):
    """A word of a line.

    kind     `name`, `number`, `function`, `word` (may be a name), `prose` (never one), `relation`,
             `compare`, `operator`, `sign`, `big`, `open`, `close`, `bar`, `comma`, `stop`, `line`, `other`
    spaced   whether a blank stands before it
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool


_MOST_FACTORS: Final = 5  # letters of two alphabets side by side, `Xβ`, which are no word
_RAISED: Final = re.escape("".join([*SUPERSCRIPTS, *SUBSCRIPTS]))
_FRACTIONS: Final = "".join(UNICODE_FRACTIONS)
_MARKS: Final = re.escape("".join(COMBINING))
_LETTER: Final = rf"(?:(?![{_RAISED}])[^\W\d_])[{_MARKS}]*"
_SCRIPTS: Final = rf"""(?: [{_RAISED}]+ | '+ | ′+ | \.T(?!\w) | \[[^\[\]\n]{{1,12}}\] | \d+
    | _\{{[^{{}}\n]{{1,40}}\}} | \\?_(?:{_LETTER}|\d)+
    | (?:\^|\*\*)(?: \{{[^{{}}\n]{{1,40}}\}} | \([^()\n]{{1,40}}\) | [-+]?(?:{_LETTER}|\d)+ | ⊤ | \* )
    | </?su[bp]> | (?<=<su[bp]>)[^<>\n]{{1,20}}(?=</su) )*"""

# A point that multiplies: glued between two letters, or apart from both, `w . x_i`.
_APART: Final = r"(?<=[\w)\]'][ ])\.(?=[ ]+(?:[A-Za-z](?![A-Za-z])|\())"
_POINT: Final = rf"(?<=\b[A-Za-z])\.(?=[A-Za-z](?![\w.])) | {_APART}"

_ATOM: Final = rf"""(?P<blank> [ \t\r\xa0\u2009\u202f\u200b-\u200f\u2060-\u2064\ufe0f]+ )
    | (?P<line> \n )
    | (?P<link> https?://\S+ | w\.r\.t\.? | [ie]\.[eg]\. | \w[\w.+-]*@\w[\w.]+ )
    | (?P<number> (?:\d+\.\d+|\d+\.(?=[ ]*[-+*/)])|\d+|\.\d+|[{_FRACTIONS}])
        (?:[eE][-+]?\d+)? (?P<power> {_SCRIPTS}) )
    | (?P<relation> := | ={{2}} | <- | [←≔≡≈∝≠] | =(?!>) )
    | (?P<compare> [<>!]= | => | -> | [<>≤≥≻⪰≺⪯∈∉→⇒⟹↦∼~⊂⊆≪≫⇔] )
    | (?P<command> \\[A-Za-z]+ (?:\{{[^{{}}\n]*\}}){{0,2}} {_SCRIPTS} )
    | (?P<big> [Σ∑∏∫] {_SCRIPTS} )
    | (?P<letters> [∂∇]? (?: (?:{"|".join(sorted(ARRAY_MODULES))})(?:\.[A-Za-z_]\w*)+
        | {_LETTER}(?:{_LETTER})* ) (?P<scripts> {_SCRIPTS}) (?P<method>\.[a-z]+(?=\())? )
    | (?P<sign> [-+−–±] )
    | (?P<operator> \*\* | (?<=[\s\w)\]'])\.[*/](?=[\s\w(]) | [*·⋅∙×/÷@⊙∘⊗⊕∗] | \\\* | {_POINT} )
    | (?P<differential> [∂∇√] [{_RAISED}]* )
    | (?P<open> [(\[⟨] )
    | (?P<close> [)\]⟩] (?P<raised> {_SCRIPTS}) (?P<called>\.[a-z]+(?=\())? )
    | (?P<bar> (?: \|\| | [|‖] ) {_SCRIPTS} )
    | (?P<comma> [,;:] )
    | (?P<stop> [.?!](?!\w) )
    | (?P<other> . )"""


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled at the first line without delimiters: that takes as long as to read a document."""
    return re.compile(_ATOM, re.VERBOSE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# `W dot x` is a product; `the dot product` is none.
_OPERANDS: Final = frozenset({"name", "number", "close"})
_FACTOR: Final = late_pattern(r"[ ]+(?:\(|[^\W\d_]{1,2}(?![^\W\d_]))")
_PROSE: Final = _words("of to in is it as at be by we an or on if so no up us go he me my vs eg ie do am")
_FUNCTION_WORDS: Final = FUNCTIONS | _words(
    """sum mean dot sqrt abs sign sigmoid softmax relu tanh softplus logistic diag trace tr matmul norm ReLU
    Sigmoid Softmax Tanh Sum outer transpose multiply vec var std erf gelu silu"""
)


def atoms(text: str, start: int, end: int) -> Iterator[Atom]:
    """The words of `text[start:end]` in order."""
    spaced, before = True, ""
    for match in _pattern().finditer(text, start, end):
        kind = match.lastgroup or "other"
        if kind == "blank":
            spaced = True
            continue
        if kind == "letters":
            kind = _kind_of_letters(match)
        elif kind in ("command", "differential"):
            kind = "name"
        elif kind == "link":
            kind = "prose"
        if (
            match.group() == "dot"
            and spaced
            and before in _OPERANDS
            and _FACTOR.match(text, match.end(), end)
        ):
            kind = "operator"
        before = kind
        yield Atom(kind, match.group(), match.start(), match.end(), spaced)
        spaced = kind == "line"


def _kind_of_letters(match: re.Match[str]) -> str:
    whole, scripts = match.group(), match["scripts"]
    run = whole[: len(whole) - len(scripts) - len(match["method"] or "")]
    plain = "".join(c for c in unicodedata.normalize("NFD", run) if c not in COMBINING)
    if run[0] in "∂∇":
        return "name" if len(plain) <= 3 or plain[1:] in GREEK_WORDS or scripts else "word"
    if "." in run:
        return "function"
    if len(plain) == 1:
        return "name" if _is_mathematical(plain) else "prose"
    if len(plain) == 2 and plain[0] == "d" and match.string.startswith(("/d", "/∂"), match.end()):
        return "name"
    if (plain in _PROSE or (plain.istitle() and plain.lower() in _PROSE)) and not scripts:
        return "prose"
    if len(plain) < _MOST_FACTORS and any(map(_is_greek, plain)) and all(map(_is_mathematical, plain)):
        return "name"
    if len(plain) == 2:
        return "name" if all(letter.isascii() or _is_greek(letter) for letter in plain) else "prose"
    if plain in _FUNCTION_WORDS:
        return "function"
    if plain in GREEK_WORDS or (plain[0] == "d" and plain[1:] in GREEK_WORDS):
        return "name"
    if len(plain) == 4 and plain.endswith("hat"):
        return "name"
    if not plain.isascii() and all(map(_is_greek, plain)):
        return "name"
    if scripts and ("_" in scripts or scripts[0] in SUPERSCRIPTS or scripts[0] in "[^"):
        return "name" if plain[0] == "d" or len(plain) < 3 else "word"
    return "word"


def _is_mathematical(letter: str) -> bool:
    return letter.isascii() or _is_greek(letter) or letter in UNICODE_LETTERS or letter == "ℓ"


def _is_greek(letter: str) -> bool:
    return "Ͱ" <= letter <= "Ͽ"
