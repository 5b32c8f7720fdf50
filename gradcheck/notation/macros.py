"""Commands that a document defines for itself: `\\newcommand`, `\\def`, `\\DeclareMathOperator`.

Expansion is of tokens, and counted: a formula may grow to a fixed number of tokens and no further, so a
macro that calls itself is an error with a place, not a hang. The tokens of a macro's body carry the span
of the call, those of its arguments their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from gradcheck.notation.compounds import Token
from gradcheck.notation.errors import NotationError
from gradcheck.notation.tokens import tokenize
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, field
from gradcheck.source import Span

MAX_TOKENS: Final = 20_000

_DEFINITION: Final = late_pattern(
    r"""\\(?:
        (?:re|provide)?newcommand \*? \s* \{? \s* \\(?P<new>[A-Za-z]+) \s* \}? \s*
            (?:\[ \s* (?P<arity>\d) \s* \])?
      | def \s* \\(?P<def>[A-Za-z]+) \s* (?P<parameters>(?:\[\#\d(?:,\#\d)*\]|\#\d)*)
      | DeclareMathOperator \*? \s* \{? \s* \\(?P<operator>[A-Za-z]+) \s* \}?
    ) \s* (?=\{)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Macro:
    """A command's number of arguments and the tokens it stands for; an argument is `("parameter", "1")`.

    marks   what opens and ends each argument, `[` and `,`, `` and `]` of `\\def\\mean[#1,#2]`
    """

    arity: int
    body: tuple[Token, ...]
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Macros:
    """The macros of one document, and the places where it defines them."""

    by_name: Mapping[str, Macro] = field(default_factory=dict)
    places: tuple[Span, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of all macros."""
        return frozenset(self.by_name)

    def expand(self, tokens: list[Token]) -> list[Token]:
        """The tokens with every macro call replaced; raises NotationError where this has no end."""
        if not self.by_name:
            return tokens
        expanded: list[Token] = []
        waiting = tokens[::-1]
        steps = 0
        while waiting:
            token = waiting.pop()
            if token.kind != "macro":
                expanded.append(token)
                continue
            macro = self.by_name[token.text]
            arguments = [
                _delimited(waiting, token, opening, end) if end else _argument(waiting, token)
                for opening, end in macro.marks or (("", ""),) * macro.arity
            ]
            replacement = _substitute(macro, arguments, token)
            steps += 1 + len(replacement)
            if steps > MAX_TOKENS:
                raise NotationError(f"the macro `\\{token.text}` expands without end", _span(token))
            waiting.extend(reversed(replacement))
        return expanded


NO_MACROS: Final = Macros()


def collect(text: str) -> Macros:
    """All macro definitions of a document; a later one replaces an earlier."""
    sources: dict[str, tuple[int, int, int, bool, tuple[tuple[str, str], ...]]] = {}
    places: list[Span] = []
    for match in _DEFINITION.finditer(text):
        end = _matching_brace(text, match.end())
        if end is None:
            continue
        name = match["new"] or match["def"] or match["operator"]
        marks = tuple(re.findall(r"(\[?)#\d([,\]]?)", match["parameters"] or ""))
        arity = int(match["arity"] or 0) or len(marks)
        sources[name] = (arity, match.end() + 1, end, match["operator"] is not None, marks)
        places.append(Span(match.start(), end + 1))
    names = frozenset(sources)
    by_name = {
        name: Macro(arity, _body(text, start, end, names, is_operator), marks)
        for name, (arity, start, end, is_operator, marks) in sources.items()
    }
    return Macros(by_name, tuple(places))


def _body(text: str, start: int, end: int, names: frozenset[str], is_operator: bool) -> tuple[Token, ...]:
    if is_operator:
        return (Token("word", text[start:end].strip() or "operator", start, end),)
    tokens = tokenize(text, start, end, names)[:-1]
    body: list[Token] = []
    for token in tokens:
        if body and body[-1][:2] == ("mark", "#") and token.kind == "number":
            body[-1] = Token("parameter", token.text[0], body[-1].start, token.start + 1)
            if len(token.text) > 1:
                body.append(token._replace(text=token.text[1:], start=token.start + 1))
        else:
            body.append(token)
    return tuple(body)


def _matching_brace(text: str, opening: int) -> int | None:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text[opening : opening + 2000], re.DOTALL):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth -= 1
            if depth == 0:
                return opening + match.start()
    return None


def _argument(waiting: list[Token], call: Token) -> list[Token]:
    """The tokens of one argument, braces and all, taken off the waiting ones (which stand in reverse)."""
    taken: list[Token] = []
    depth = 0
    while waiting and waiting[-1].kind != "end of formula":
        token = waiting.pop()
        taken.append(token)
        depth += (token.kind == "{") - (token.kind == "}")
        if depth <= 0:
            return taken
    raise NotationError(f"the macro `\\{call.text}` lacks an argument", _span(call))


def _delimited(waiting: list[Token], call: Token, opening: str, end: str) -> list[Token]:
    """The tokens of an argument between two marks, in braces, taken off the waiting ones."""
    opens = not opening or (bool(waiting) and waiting.pop().text == opening)
    taken: list[Token] = []
    depth = 0
    while opens and waiting and waiting[-1].kind != "end of formula":
        token = waiting.pop()
        if token.text == end and depth == 0:
            first, last = taken[0] if taken else token, token
            brace = first._replace(kind="{", text="{", end=first.start)
            return [brace, *taken, last._replace(kind="}", text="}")]
        taken.append(token)
        depth += (token.text in ("[", "{")) - (token.text in ("]", "}"))
    raise NotationError(f"the macro `\\{call.text}` lacks an argument", _span(call))


def _substitute(macro: Macro, arguments: list[list[Token]], call: Token) -> list[Token]:
    end = max([call.end, *(argument[-1].end for argument in arguments)])
    replaced: list[Token] = []
    for token in macro.body:
        if token.kind == "parameter" and 0 < int(token.text) <= len(arguments):
            replaced.extend(arguments[int(token.text) - 1])
        else:
            replaced.append(token._replace(start=call.start, end=end))
    return replaced


def _span(token: Token) -> Span:
    return Span(token.start, token.end)
