"""Text to tokens, in one pass of one regular expression.

A token's kind is what the parser needs to know (`operator`, `relation`, `symbol`), its text the word in
canonical form, its span the characters of the file it came from. Braced words (`\\text{...}`) are one
token, so that their spaces survive. Unicode is folded here: `ŷ` gives the tokens of `\\hat y`, `²` those
of `^{2}`. Nothing is an error at this stage: an unknown command is a `command`, an unknown character a
`mark`, which the parser refuses where it would cut a formula. Nested quantifiers were avoided; time is
linear in the length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from gradcheck.notation import vocabulary as words
from gradcheck.notation.compounds import COMPOUND, Token
from gradcheck.notation.styled_letters import unstyled
from gradcheck.patterns import late_pattern

# Kana, ideographs and hangul, which write words and no letters of formulas.
_UNLETTERED: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
# One level of braces inside; possessive, so that a brace that is never closed costs one pass.
_BRACED: Final = r"\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.)*+\})*+\}"
_RELATION: Final = rf"(?:=|:=|\\(?:{'|'.join(sorted(words.RELATIONS, key=len, reverse=True))})(?![A-Za-z]))"
_INVISIBLE: Final = "\u00ad\u200b-\u200f\u2060-\u2064\ufe0f\ufeff"
# What is set as far apart as by `\\quad`, unless a sign joins it, or nothing follows.
_SPACE: Final = r"(?: \\[\ ;:>] | ~ ) [^\S\n]*+"
_LENGTH: Final = r"(?: [1-9][\d.]* | 0?\.[5-9]\d* ) \s* (?:em|cm|in) | [1-9]\d+ \s* (?:pt|mm|px|ex)"
_FAR: Final = rf"\\hspace\*? \s* \{{ \s* (?: {_LENGTH} ) \s* \}}"
_SIGNS: Final = "[cl]?dots?|times|o?dot|otimes|circ|[lgn]eq?|approx|equiv|in|sim|propto|pm|mid|to|right|end"
_JOINED: Final = rf"\s*+ (?: [-+*/=<>,;:.&)\]}}|] | \\(?: [\\,;:!\ ] | (?:{_SIGNS})(?![A-Za-z]) ) | \Z )"
# What multiplies after a point: a letter, a bracket or a command that is no word and ends nothing.
_WORDS: Final = "text|mathrm|quad|qquad|tag|label|end|right|hspace|newline|notag|nonumber|Rightarrow|implies"
_FACTOR: Final = rf"(?: [^\W\d_](?![A-Za-z]) | \( | \\(?!(?:{_WORDS})(?![A-Za-z]))[A-Za-z] )"
_POINT: Final = rf"""
    (?<=[\w\])}}']) (?<!left)(?<!right)(?<![Bb]ig)(?<!igg) \.(?={_FACTOR}) | (?<=[\])}}])\.(?=\d)
    | (?<=[\w\])}}']\s)\.(?=\s+{_FACTOR}[^=]{{0,300}}+\Z)
"""
_UNSEEN: Final = "color|label|[hv]space\\*?|[hv]?phantom|mkern|ref|eqref|cite|footnote"

_PATTERN: Final = late_pattern(
    rf"""
      (?P<wide> (?: \s*+ (?:{_SPACE}){{3,}}+ | {_FAR} ) (?!{_JOINED}) )
    | (?P<apart> \s*+ (?:{_SPACE}){{2}}+ (?! {_JOINED} | \s*+ (?: \| | \\[|] ) ) )
    | (?P<covariance> Σ (?= \s*+ (?: ⁻¹ | ᵀ | \^ \s* [({{]? \s* (?: - \s* 1 | T\b) | [=≻≽⪰|)\]}}] | \Z )) )
    | (?P<blank> [\s~${_INVISIBLE}]+ | %[^\n]* | \\[,;:!>\ \n] | \\[/-] )
    | (?P<words> \\(?:{words.TEXT_COMMANDS}) \s* {_BRACED} )
    | (?P<name> \\(?:{words.NAME_COMMANDS}) \s* \{{ \s* [A-Za-z][\w.\\\- ]* \}} )
    | (?P<begin> \\begin \s* \{{ \s* [A-Za-z]+\*? \s* \}} )
    | (?P<end> \\end \s* \{{ \s* [A-Za-z]+\*? \s* \}} )
    | (?P<stacked> \\(?:overset|underset|stackrel) \s* {_BRACED} \s* \{{? \s* {_RELATION} \s* \}}? )
    | (?P<negated> \\not \s* (?: = | \\in(?![A-Za-z]) ) )
    | (?P<arrow> \\x(?:right|left)arrow \s* (?:\[[^\]]*\])? \s* {_BRACED} )
    | (?P<added> \\mathrel\s*\{{\s*[-+]\s*\}}\s*= | (?<![\^=:])[-+]= | (?<!\^)\{{[-+]\}}\s*(?:\{{=\}}|=) )
    | (?P<tag> \\tag\*? \s* {_BRACED} )
    | (?P<colour> \\(?:textcolor|color|colorbox) \s* (?:\[\w*\])? \s* {_BRACED} (?=\s*\{{) )
    | (?P<unseen> \\(?:{_UNSEEN}) \s* {_BRACED} )
    | (?P<row> (?:\\\\)+ (?: \* | \s*\[\s*-?[\d.]+\s*[a-z]{{2}}\s*\] )? )
    | (?P<command> \\[A-Za-z]+ )
    | (?P<control> \\. )
    | (?P<transposed> (?<=[\w\])}}'])\.T(?!\w) )
    | (?P<dotted> (?<=\s)\.[*/](?=\s) | (?<=[\w\])}}'])\.[*/](?=[\w\\(\[]) | (?<=[\w\])}}'\s])\.\^ )
    | (?P<broadcast> (?<=\w)\.(?=\() )
    | (?P<point> {_POINT} )
    | (?P<number> \d+\.(?=\s*[-+*/)]) | \d+(?:\.\d+)?(?:[eE][-+]\d+)? | \.\d+ )
    | (?P<letters> [A-Za-z]{{2,}}(?:\.(?!T(?!\w))[A-Za-z_]\w*)+
                 | [A-Za-z]{{3,}}\\?_[A-Za-z]{{2,}} | [A-Za-z]+ )
    | (?P<unlettered> [{_UNLETTERED}]+ )
    | (?P<plain> \.\.\. | := | =: | <?=?=> | ={{1,2}} | \|\| | != | <= | >= | -> | <-(?=\s) | '+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)

_PLAIN: Final[dict[str, tuple[str, str]]] = {
    "{": ("{", "{"), "}": ("}", "}"), "^": ("^", "^"), "_": ("_", "_"), "&": ("&", "&"), "#": ("mark", "#"),
    "(": ("open", "("), "[": ("open", "["), ")": ("close", ")"), "]": ("close", "]"),
    "|": ("bar", "|"), "||": ("bar", "\\|"),
    "+": ("sign", "+"), "-": ("sign", "-"), "−": ("sign", "-"), "–": ("sign", "-"),
    "*": ("operator", "*"), "/": ("operator", "/"), "@": ("operator", "@"),
    "=": ("relation", "="), "==": ("relation", "="), "!=": ("relation", "≠"),
    ":=": ("relation", ":="),
    "<": ("relation", "<"), ">": ("relation", ">"), "<=": ("relation", "≤"), ">=": ("relation", "≥"),
    "=:": ("relation", "=:"), "->": ("relation", "→"), "<-": ("relation", "←"),
    "=>": ("relation", "⇒"), "==>": ("relation", "⇒"), "<=>": ("relation", "⇔"), "<==>": ("relation", "⇔"),
    ",": ("separator", ","), ";": ("separator", ";"), ":": ("separator", ":"), ".": ("separator", "."),
    "...": ("dots", "dots"),
    "′": ("prime", "'"), "″": ("prime", "''"), "’": ("prime", "'"),
}  # fmt: skip

# Capitals that stand for the operators of their shape where limits are told below, `\\Sigma_{i=1}^n`.
_LIKE_OPERATORS: Final = {"Sigma": ("big", "sum"), "Pi": ("big", "prod")}
_LIMITS: Final = late_pattern(
    r"\s*(?:\\limits\s*)?(?:\^(?:\{[^{}]*\}|\w)\s*)?_\s*\{(?:\\substack\s*\{)?[^{}=]*(?:=|\\in\b|\\neq?\b)"
)

_LONE_BAR: Final = "\\lvert"
_BEGINNING: Final = ("row", "begin", "&", "separator", "{", "open", "relation")
_CLOSING: Final = ("sign", "operator", "close", "}", "end of formula", "relation")
_ONE_WORD: Final = late_pattern(r"[^\W\d_]+$")
_JOINING: Final = ("relation", "sign", "operator", "open", "separator", "{", "^", "_", "&", "row", "begin")


def tokenize(text: str, start: int, end: int, macros: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of `text[start:end]`, closed by an `end of formula` token.

    macros   names of commands the document defines; they come out with the kind `macro`
    """
    text = unstyled(text)
    tokens: list[Token] = []
    append = tokens.append
    commands = words.COMMANDS
    for match in _PATTERN.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "blank":
            continue
        first, last = match.span()
        found = match.group()
        if kind in ("wide", "apart"):
            far = "=" in text[last : min(end, last + 500)] if kind == "wide" else _innermost(tokens) == "["
            if tokens and tokens[-1].kind not in _JOINING and far:
                append(Token("separator", "quad", first, last))
        elif kind == "covariance":
            append(Token("symbol", "Sigma", first, last))
        elif kind == "command":
            name = found[1:]
            entry = ("macro", name) if name in macros else commands.get(name, ("command", name))
            if name in _LIKE_OPERATORS and entry[0] == "symbol" and _LIMITS.match(text, last, end):
                entry = _LIKE_OPERATORS[name]
            if entry[0] != "space":
                append(Token(*entry, first, last))
        elif kind == "plain":
            simple = _PLAIN.get(found)
            if simple:
                append(Token(*simple, first, last))
            else:
                tokens.extend(_unusual(found, first, last, tokens))
        elif kind == "letters":
            append(_run_of_letters(found, first, last, named=_ends_script(tokens, text[last : last + 1])))
        elif kind == "transposed":
            tokens.extend(_script("^", "T", first, last, tokens))
        elif kind == "number":
            append(Token(kind, found.rstrip("."), first, last))
        elif kind == "unlettered":
            append(Token("text", found, first, last))
        elif kind is not None:
            tokens.extend(COMPOUND[kind](found, first, last))
    append(Token("end of formula", "", end, end))
    if not text.isascii():
        tokens[:] = [_as_name(at, tokens) for at in range(len(tokens))]
    if _LONE_BAR in text and not any(token[:2] == ("close", "|") for token in tokens):
        tokens = [_dividing(token) for token in tokens]
    return tokens


def _dividing(token: Token) -> Token:
    """A left bar that nothing closes, `p(y \\lvert x)`, as the bar that it is meant for."""
    return token._replace(kind="bar") if token[:2] == ("open", "|") else token


def _as_name(at: int, tokens: list[Token]) -> Token:
    """A token, which is a name if it is one word of another script that stands where an operand does.

    What such a word says is not known: `误差 = y - t` defines a name, and `有 a = b` begins with prose.
    """
    token = tokens[at]
    if token.kind != "text" or token.text.isascii() or not _ONE_WORD.match(token.text):
        return token
    before = tokens[at - 1].kind if at else "row"
    before = "sign" if at and tokens[at - 1].text in ("partial", "nabla", "d") else before
    following = next(each.kind for each in tokens[at + 1 :] if each.kind != "&")
    raised = before in ("_", "^") or (before == "{" and at > 1 and tokens[at - 2].kind in ("_", "^"))
    told = before in _BEGINNING and following == "relation"
    used = before in _JOINING and following in _CLOSING and tokens[at - 1].text not in ("row", "&")
    return token._replace(kind="word") if not raised and (told or used) else token


def _innermost(tokens: list[Token]) -> str | None:
    """The last bracket that is open: entries of a row stand apart in `[X \\;\\; 1]`, factors need no room."""
    closed = 0
    for token in reversed(tokens):
        closed += (token.kind == "close") - (token.kind == "open")
        if closed < 0:
            return token.text
    return None


def _run_of_letters(found: str, first: int, last: int, *, named: bool) -> Token:
    """named   whether the letters are a whole script: `U_{if}` has the indices i and f"""
    if found in words.FUNCTIONS:
        return Token("function", found, first, last)
    if found in words.PLAIN_CONNECTIVES and not named:
        return Token("text", found, first, last)
    module, dot, name = found.partition(".")
    if dot and module in words.ARRAY_MODULES:
        found = f"np.{words.ARRAY_FUNCTIONS.get(name, name)}"
    return Token("letters", found.replace("\\", ""), first, last)


def _ends_script(before: list[Token], following: str) -> bool:
    """Whether what comes now stands alone in a script: right after `_`, or between `_{` and `}` or `,`."""
    if before and before[-1].kind in ("_", "^"):
        return True
    opened = len(before) > 1 and before[-1].kind == "{" and before[-2].kind in ("_", "^")
    return opened and following in ("}", ",")


def _unusual(char: str, first: int, last: int, before: list[Token]) -> Iterator[Token]:
    """A run of primes, or a character that no table of single characters holds."""
    if char == "\\":
        yield Token("mark", char, first, last)
    elif char[0] == "'":
        yield Token("prime", char, first, last)
    elif char in words.UNICODE_COMMANDS:
        name = words.UNICODE_COMMANDS[char]
        yield Token(*words.COMMANDS[name], first, last)
    elif char in words.UNICODE_LETTERS:
        style, letter = words.UNICODE_LETTERS[char]
        yield Token("alphabet", style, first, first)
        yield Token("number" if letter.isdigit() else "letters", letter, first, last)
    elif char in words.SUPERSCRIPTS:
        yield from _script("^", words.SUPERSCRIPTS[char], first, last, before)
    elif char in words.SUBSCRIPTS:
        yield from _script("_", words.SUBSCRIPTS[char], first, last, before)
    elif char in words.COMBINING:
        _accent_the_last_letter(words.COMBINING[char], last, before)
    elif char in words.UNICODE_FRACTIONS:
        yield from (Token(*part, first, last) for part in words.UNICODE_FRACTIONS[char])
    else:
        yield from _letter_or_mark(char, first, last)


def _script(sign: str, char: str, first: int, last: int, before: list[Token]) -> Iterator[Token]:
    """Raised or lowered characters in a row make one braced script."""
    if len(before) >= 3 and before[-1].kind == "}" and before[-1].end == first and before[-1].text == sign:
        before.pop()
    else:
        yield Token(sign, sign, first, first)
        yield Token("{", "{", first, first)
    if char == "T":
        yield Token("symbol", "top", first, last)
    elif char.isdigit() and before and before[-1].kind == "number" and before[-1].end == first:
        number = before.pop()
        yield number._replace(text=number.text + char, end=last)
    elif char.isalpha():
        yield Token("letters", char, first, last)
    elif char.isdigit():
        yield Token("number", char, first, last)
    else:
        yield Token(*_PLAIN[char], first, last)
    yield Token("}", sign, last, last)


def _accent_the_last_letter(kind: str, last: int, before: list[Token]) -> None:
    """`x` and a combining circumflex are `\\hat x`."""
    if before and before[-1].kind in ("letters", "symbol"):
        letter = before.pop()
        if letter.kind == "letters" and len(letter.text) > 1:
            before.append(letter._replace(text=letter.text[:-1], end=letter.end - 1))
            letter = letter._replace(text=letter.text[-1], start=letter.end - 1)
        before.append(Token("accent", kind, letter.start, letter.start))
        before.append(letter._replace(end=last))


def _letter_or_mark(char: str, first: int, last: int) -> Iterator[Token]:
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 2 and parts[1] in words.COMBINING:
        yield Token("accent", words.COMBINING[parts[1]], first, first)
        yield Token("letters", parts[0], first, last)
    elif char.isalpha():
        yield Token("letters", char, first, last)
    else:
        yield Token("mark", char, first, last)
