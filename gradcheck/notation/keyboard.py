"""Mathematics as it is typed on a keyboard, folded into the tokens of the notation.

`A[i-1].T`, `x**2`, `dL_dW1`, `theta`, `y_hat`, `X.dot(W)`, `z<sup>[1]</sup>`: what programs and plain text
write in place of scripts, Greek letters and operators. Only formulas that stand outside of LaTeX delimiters
are folded, since `f[x]` or `theta` mean something else between dollar signs. One pass over the tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gradcheck.notation.compounds import Token
from gradcheck.notation.keyboard_derivatives import (
    GREEK_WORDS,
    QUOTIENT,
    glued,
    hatted,
    hatted_name,
    is_hatted,
    parted,
    quotient,
    ratio,
    second,
)
from gradcheck.notation.keyboard_matrices import with_matrices
from gradcheck.notation.vocabulary import COMMANDS, UNICODE_FRACTIONS
from gradcheck.patterns import late_pattern

METHODS: Final = frozenset({"dot", "matmul", "mm", "sum", "mean", "max", "min", "transpose", "t"})

_BASES: Final = frozenset({"letters", "symbol", "}", "number", "word"})
_ENDS: Final = _BASES | {"close"}
_INDEX: Final = late_pattern(r"(?:\d+|[ijklmntLNT])$")
_WIDEST_FACTOR: Final = 60  # tokens between square brackets
_DATA: Final = late_pattern(r"[a-z]?[xy]i$")
_GRADIENTS: Final = frozenset({"grad", "gradient"})
_SUMS: Final = {"sum": "sum", "Sum": "sum", "prod": "prod"}
_TAGS: Final = {"sup": "^", "sub": "_"}


def fold(tokens: list[Token]) -> list[Token]:
    """The tokens with everything typed in its LaTeX form; each keeps the span of what it came from."""
    folded: list[Token] = []
    tokens = _with_indices(with_matrices(tokens))
    at = 0
    while at < len(tokens):
        for rule in _RULES:
            taken = rule(tokens, at, folded)
            if taken:
                at += taken
                break
        else:
            folded.append(tokens[at])
            at += 1
    return folded


def _with_indices(tokens: list[Token]) -> list[Token]:
    """`Σ xi (yi - mxi)` with the i of its data below: with a Σ, `xi` beside `yi` is no product."""
    data = [token for token in tokens if token.kind == "letters" and _DATA.match(token.text)]
    summed = any(token[:2] == ("big", "sum") for token in tokens)
    if not summed or {token.text[-2] for token in data} != {"x", "y"}:
        return tokens
    found: list[Token] = []
    for token in tokens:
        if token not in data:
            found.append(token)
            continue
        last = token.end - 1
        found += [Token("letters", token.text[0], token.start, last - 1)] if len(token.text) > 2 else []
        found.append(Token("letters", token.text[-2], last - 1, last))
        found += [Token("_", "_", last, last), Token("{", "{", last, last)]
        found += [Token("letters", "i", last, token.end), Token("}", "}", token.end, token.end)]
    return found


def _power(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`x**2`."""
    first, second = tokens[at], tokens[at + 1 : at + 2]
    if first[:2] != ("operator", "*") or not second or second[0][:2] != ("operator", "*"):
        return 0
    if not glued(first, second[0]):
        return 0
    folded.append(Token("^", "^", first.start, second[0].end))
    return 2


def _exponent(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`A^(-1)` and `x**(1/2)`: brackets that only keep a negative number or a fraction together."""
    if not folded or folded[-1].kind != "^" or tokens[at][:2] != ("open", "("):
        return 0
    held = tokens[at + 1 : at + 5]
    ends = next((place for place, token in enumerate(held) if token.kind == "close"), 0)
    negative = [token.kind for token in held[:ends]] == ["sign", "number"] and held[0].text == "-"
    fraction = [token.kind for token in held[:ends]] == ["number", "operator", "number"]
    if not negative and not (fraction and held[1].text == "/"):
        return 0
    opened, closed = tokens[at], held[ends]
    folded.append(Token("{", "{", opened.start, opened.end))
    folded += [*held[:ends], Token("}", "}", closed.start, closed.end)]
    return ends + 2


def _script(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """The number or run of letters after `^` or `_` is the script: `x^10`, `W_ij`, `a_h1`, `x**-1`."""
    if not folded or folded[-1].kind not in ("^", "_"):
        return 0
    signed = tokens[at].kind == "sign" and glued(folded[-1], tokens[at])
    token = tokens[at + signed]
    if token.kind not in ("number", "letters") or (signed and not glued(tokens[at], token)):
        return 0
    accented = folded[-1].kind == "_" and token.text == "hat" and _accent(folded, token)
    if accented:
        return 1
    opening, end = tokens[at].start, at + signed + 1
    if folded[-1].kind == "_" and token.kind == "letters":
        end += _numbers(tokens[end : end + 1], token)
    called = _method_behind(tokens[end - 1], tokens, end)
    folded.append(Token("{", "{", opening, opening))
    folded.extend(called[:1] if called else tokens[at:end])
    end += _deeper(tokens, end, folded)
    method = [folded.pop()] if folded[-1].kind == "method" else called[1:]
    folded += [Token("}", "}", folded[-1].end, folded[-1].end), *method]
    return end - at


def _deeper(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`_pred` behind `grad_y`: the gradient is of all that follows, `y_pred`; `W_i_j` has two indices."""
    following = tokens[at : at + 2]
    if [token.kind for token in folded[-4:-1]] != ["letters", "_", "{"] or folded[-4].text not in _GRADIENTS:
        return 0
    if [token.kind for token in following] not in (["_", "letters"], ["_", "number"]):
        return 0
    if not glued(folded[-1], following[0]) or not glued(*following):
        return 0
    folded.append(following[0])
    return 1 + _script(tokens, at + 1, folded)


def _method_behind(token: Token, tokens: list[Token], at: int) -> list[Token]:
    """`relu.dot` of `h_relu.dot(w)` as the script and the method; nothing where no method is called."""
    name, _, method = token.text.rpartition(".")
    if token.kind != "letters" or name in ("", "np") or method not in METHODS or not _is_open(tokens, at):
        return []
    parting = token.start + len(name)
    return [Token("letters", name, token.start, parting), Token("method", method, token.start, token.end)]


def _numbers(following: list[Token], letters: Token) -> bool:
    """Whether a number is glued to the letters of a script, as in `a_h1`."""
    return bool(following) and following[0].kind == "number" and glued(letters, following[0])


def _accent(folded: list[Token], token: Token) -> bool:
    """`y_hat` as `\\hat y`, `dy_hat` as `d\\hat y`."""
    letter = folded[-2] if len(folded) > 1 else None
    if letter is None or letter.kind not in ("letters", "symbol"):
        return False
    differential = letter.kind == "letters" and len(letter.text) == 2 and letter.text[0] == "d"
    if letter.kind == "letters" and len(letter.text) > 1 and not differential:
        return False
    del folded[-2:]
    if differential:
        folded.append(Token("letters", "d", letter.start, letter.start + 1))
        letter = Token("letters", letter.text[1], letter.start + 1, letter.end)
    folded += hatted(letter, token.end)
    return True


def _index(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`W[2]`, `A[i-1]` as `W^{[2]}`, `A^{[i-1]}`; `W[i,j]` as `W_{i,j}`; any other index is not read.

    `a[y(w x + b) - 1]` is a product: no index adds up letters before round brackets.
    """
    opening = tokens[at]
    if opening[:2] != ("open", "[") or not folded or not glued(folded[-1], opening):
        return 0
    if folded[-1].kind not in _BASES or folded[-1].text in UNICODE_FRACTIONS:
        return 0
    if folded[-1].kind == "number" and (len(folded) < 2 or not glued(folded[-2], folded[-1])):
        return 0
    if _is_factor(tokens, at):
        return 0
    length = next((n for n in range(2, 5) if tokens[at + n : at + n + 1] and tokens[at + n].text == "]"), 0)
    inside = tokens[at + 1 : at + length]
    closing = tokens[at + length]
    between = inside[1].text if len(inside) == 3 else ""
    simple = len(inside) in (1, 3) and all(_INDEX.match(inside[n].text) for n in (0, -1))
    if not simple or between not in ("", "+", "-", ","):
        folded.append(Token("mark", "[", opening.start, opening.end))  # a slice is no product
        return 1
    sign = "_" if between == "," else "^"
    brackets = [] if between == "," else [opening], [] if between == "," else [closing]
    folded += [Token(sign, sign, opening.start, opening.start), Token("{", "{", opening.start, opening.start)]
    folded += [*brackets[0], *inside, *brackets[1], Token("}", sign, closing.end, closing.end)]
    return length + 1


def _is_factor(tokens: list[Token], at: int) -> bool:
    """Whether square brackets hold a sum of letters and round brackets, and no word, colon or comma."""
    bracketed = adds = False
    for token in tokens[at + 1 : at + _WIDEST_FACTOR]:
        if token.text == "]":
            return bracketed and adds
        if (token.kind == "letters" and len(token.text) > 2) or token.text in (",", ":", "["):
            return False
        bracketed |= token[:2] == ("open", "(")
        adds |= token.text in ("+", "-", "−")
    return False


def _transposed(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`W[2].T`: the transposition joins the index that was just folded."""
    raised = tokens[at : at + 4]
    if [token.kind for token in raised] != ["^", "{", "symbol", "}"] or raised[2].text != "top":
        return 0
    if not folded or folded[-1][:2] != ("}", "^") or not glued(folded[-1], raised[0]):
        return 0
    folded[-1:] = [raised[2], raised[3]]
    return 4


def _sum(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`sum_i` is a Σ over i, and no quantity of that name."""
    token, following = tokens[at], tokens[at + 1 : at + 2]
    if token.text not in _SUMS or not following or following[0].kind != "_" or not glued(token, following[0]):
        return 0
    folded.append(Token(*COMMANDS[_SUMS[token.text]], token.start, token.end))
    return 1


def _word(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`theta`, `dtheta`, `yhat`, `dL_dW`, `dZ.sum`."""
    token = tokens[at]
    if token.kind != "letters" or len(token.text) < 2:
        return 0
    text, start, end = token.text, token.start, token.end
    derivative = QUOTIENT.match(text)
    if text in GREEK_WORDS or text == "partial":
        folded.append(Token("symbol", text, start, end))
    elif text[0] == "d" and text[1:] in GREEK_WORDS:
        folded += [Token("letters", "d", start, start + 1), Token("symbol", text[1:], start + 1, end)]
    elif is_hatted(text):
        folded += hatted_name(text, start)
    elif text[0] == "d" and is_hatted(text[1:]):
        folded += [Token("letters", "d", start, start + 1), *hatted_name(text[1:], start + 1)]
    elif derivative:
        folded += parted(derivative, token)
    else:
        called = _method_behind(token, tokens, at + 1)
        folded += called
        return bool(called)
    return 1


def _method(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`X.dot(W)` after one letter or a bracket; `np.square(d).sum()` is the sum of the squares."""
    parts = tokens[at : at + 2]
    if [token.kind for token in parts] != ["separator", "letters"] or parts[0].text != ".":
        return 0
    if parts[1].text not in METHODS or not glued(parts[0], parts[1]) or not _is_open(tokens, at + 2):
        return 0
    if (called := _call_before(folded)) is not None:
        whole = folded[called:]
        opening, end = whole[0].start, whole[-1].end
        folded[called:] = [Token("{", "{", opening, opening), *whole, Token("}", "}", end, end)]
    folded.append(Token("method", parts[1].text, parts[0].start, parts[1].end))
    return 2


def _call_before(folded: list[Token]) -> int | None:
    """Where the name of a function stands whose bracket ends here; None where a factor stands before it."""
    depth = 0
    for at in range(len(folded) - 1, 0, -1):
        depth += (folded[at].kind == "close") - (folded[at].kind == "open")
        if depth == 0:
            before = folded[at - 1]
            named = before.kind == "function" or (before.kind == "letters" and len(before.text) > 2)
            return at - 1 if named and glued(before, folded[at]) else None
    return None


def _between(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`W dot x`, the word apart between two factors."""
    token, after = tokens[at], tokens[at + 1 : at + 2]
    if token[:2] != ("letters", "dot") or not folded or not after or after[0].kind == "end":
        return 0
    if glued(folded[-1], token) or glued(token, after[0]) or folded[-1].kind not in _ENDS:
        return 0
    folded.append(Token("operator", "cdot", token.start, token.end))
    return 1


def _is_open(tokens: list[Token], at: int) -> bool:
    return tokens[at : at + 1] != [] and tokens[at][:2] == ("open", "(")


def _tag(tokens: list[Token], at: int, folded: list[Token]) -> int:
    """`<sup>[1]</sup>`, `<sub>i</sub>`."""
    opening = [token.text for token in tokens[at : at + 3]]
    if len(opening) == 3 and opening[0] == "<" and opening[1] in _TAGS and opening[2] == ">":
        sign, start, end = _TAGS[opening[1]], tokens[at].start, tokens[at + 2].end
        folded += [Token(sign, sign, start, end), Token("{", "{", end, end)]
        return 3
    closing = [token.text for token in tokens[at : at + 4]]
    if len(closing) == 4 and closing[:2] == ["<", "/"] and closing[2] in _TAGS and closing[3] == ">":
        folded.append(Token("}", "}", tokens[at].start, tokens[at + 3].end))
        return 4
    return 0


_RULES: Final[tuple[Callable[[list[Token], int, list[Token]], int], ...]] = (
    _power,
    _exponent,
    quotient,
    ratio,
    second,
    _script,
    _sum,
    _word,
    _index,
    _transposed,
    _method,
    _between,
    _tag,
)
