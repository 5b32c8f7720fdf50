"""Tokens to the tree of what was written.

Operators bind in three levels: relations and separators (kept as a flat stream), signs (a Sum), and
everything between factors (one flat Product: how `A B ⊙ C D` associates is a matter of shapes, and is not
decided here). Scripts are parsed from the tokens of the whole formula, never cut out and read again, so
time is linear; nesting is counted at the one place all recursion passes, so that no text can exhaust the
stack. What stands around operands is in `constructs`. A generated grammar was rejected: it is slower by two
orders, and says less about a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from gradcheck.notation import attachments, constructs, differentials, environments, keyboard, names
from gradcheck.notation.compounds import NOTHING_MOVED, Token, put_back
from gradcheck.notation.cursor import Cursor
from gradcheck.notation.errors import NotationError
from gradcheck.notation.macros import NO_MACROS, Macros
from gradcheck.notation.sheet import Element, Separator, Tag, fold
from gradcheck.notation.tokens import tokenize
from gradcheck.notation.tree import (
    Blank,
    Fraction,
    Node,
    Operator,
    Product,
    Relation,
    Sum,
    Term,
    Text,
)
from gradcheck.source import Span

MAX_LENGTH: Final = 20_000

_BETWEEN: Final[dict[str, Callable[[Span, str], Element]]] = {
    "relation": Relation,
    "separator": Separator,
    "row": Separator,
    "text": Text,
    "tag": Tag,
}
_AFTER_MARK: Final = frozenset({"mark", "text", "tag", "row", "end", "end of formula"})
_GLUED_MARKS: Final = frozenset("?✓✔✗✘☐□■▪∎◻◼★☆•")
_BRACKETS: Final = frozenset({"open", "left", "bar"})


def parse(
    text: str,
    start: int = 0,
    end: int | None = None,
    macros: Macros = NO_MACROS,
    *,
    typed: bool = False,
    moved: Mapping[int, int] = NOTHING_MOVED,
) -> tuple[Element, ...]:
    """The stream of expressions, relations, words and separators in `text[start:end]`.

    text     the whole file: spans count its code points
    macros   commands that the document defines
    typed    outside of LaTeX delimiters, as typed on a keyboard
    moved    the places in the file of characters that stand elsewhere in the text

    Raises NotationError, and nothing else, where the text cannot be read.
    """
    tokens = tokens_of(text, start, len(text) if end is None else end, macros, typed=typed)
    return parse_tokens(put_back(tokens, moved) if moved else tokens)


def tokens_of(text: str, start: int, end: int, macros: Macros, *, typed: bool = False) -> list[Token]:
    """The tokens of `text[start:end]`, macros expanded. Raises NotationError where there are too many."""
    if end - start > MAX_LENGTH:
        raise NotationError(
            f"this formula has {end - start} characters; at most {MAX_LENGTH} are read", Span(start, end)
        )
    tokens = environments.arranged(macros.expand(tokenize(text, start, end, macros.names)))
    return keyboard.fold(tokens) if typed else tokens


@lru_cache(maxsize=512)  # declared names and the like are asked for over and over
def parse_one(text: str) -> Node | None:
    """The one node that a text is; None where it is none, several, a relation, or cannot be read."""
    try:
        elements = [each for each in parse(text) if isinstance(each, Node) and not isinstance(each, Relation)]
    except NotationError:
        return None
    return elements[0] if len(elements) == 1 else None


def parse_tokens(tokens: list[Token]) -> tuple[Element, ...]:
    """The stream of tokens that an `end of formula` closes. Raises NotationError."""
    parser = Parser(tokens)
    elements = parser.elements()
    if parser.tok.kind != "end of formula":
        raise parser.error(f"{parser.shown()} closes nothing")
    return tuple(elements)


class Parser(Cursor):
    """The rules of the grammar, each a method that takes its tokens and returns their node.

    closing   the bar that would close the innermost bracket, if a bar does
    cell      inside a matrix, where `&` and `\\\\` end a cell
    script    inside a script, where a run of letters is a run of indices
    """

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.closing = ""
        self.cell = False
        self.script = False

    # --- the outermost level -------------------------------------------------------------------------

    def elements(self) -> list[Element]:
        """Expressions, relations, words, separators, up to a token that closes what is around them."""
        found: list[Element] = []
        while True:
            token = self.tok
            kind = token.kind
            if self.begins_operand() or kind in ("sign", "operator"):
                found.append(self.sum())
            elif kind in _BETWEEN and not (kind == "row" and self.cell):
                self.advance()
                found.append(_BETWEEN[kind](Span(token.start, token.end), token.text))
            elif kind == "bar" and found and self.closing != token.text:
                self.advance()
                found.append(Separator(Span(token.start, token.end), "mid"))
            elif kind == "middle":
                self.advance()
                constructs.delimiter(self)
                found.append(Separator(self.since(token.start), "mid"))
            elif kind == "mark":
                found.append(self._mark(found))
            elif kind == "over":
                return [self._over(found)]
            elif kind == "begin" and environments.arranges(self):
                found.extend(environments.alignment(self))
            elif kind == "&" and not self.cell:
                self.advance()
            else:
                return found

    def _over(self, above: list[Element]) -> Fraction:
        """`a \\over b`: all before it and all after it, up to the end of the group."""
        token = self.advance()
        self.enter()
        numerator = fold(above, Span(token.start, token.start))
        denominator = fold(self.elements(), Span(token.end, token.end))
        self.depth -= 1
        return Fraction(numerator.span.cover(denominator.span), numerator, denominator)

    def _mark(self, found: list[Element]) -> Text:
        """A character of no meaning: a mark at the end (`a = b ✗`) or for what is sought (`a = ?`)."""
        token = self.advance()
        ends = self.tok.kind in _AFTER_MARK
        sought = token.text == "?" and bool(found) and isinstance(found[-1], Relation)
        glued = bool(found) and found[-1].span.end == token.start and token.text not in _GLUED_MARKS
        if not ends or (glued and not sought):
            raise NotationError(f"`{token.text}` has no meaning here", Span(token.start, token.end))
        return Text(Span(token.start, token.end), token.text)

    def begins_operand(self) -> bool:
        """Whether an operand can begin at the current token."""
        kind = self.tok.kind
        if kind == "bar":
            self._part_double_bar()
            return self.closing != self.tok.text and not attachments.bar_separates(self)
        if kind == "begin":
            return not environments.arranges(self)
        return kind in constructs.ATOMS or kind in attachments.SIGNS

    def _part_double_bar(self) -> None:
        """In `|a||b|`, two bars typed in a row end one bracket and begin the next."""
        token = self.tok
        if self.closing == "|" and token.text == "\\|" and token.end - token.start == 2:
            first = Token("bar", "|", token.start, token.start + 1)
            second = Token("bar", "|", token.start + 1, token.end)
            self.tokens[self.at : self.at + 1] = [first, second]
            self.tok = first

    # --- sums and products ---------------------------------------------------------------------------

    def sum(self) -> Node:
        """Products joined by signs; a lone product without a sign is itself."""
        start = self.tok.start
        first = self.product() if self.tok.kind != "sign" and not self._at_struck_sign() else None
        terms: list[Term] = []
        while True:
            self._continue_over_end("sign")
            if not (struck := self._at_struck_sign()) and self.tok.kind != "sign":
                break
            terms.append(self._signed_term(struck))
        if first is None:
            return Sum(self.since(start), tuple(terms))
        if not terms:
            return first
        return Sum(self.since(start), (Term(first.span, "+", first), *terms))

    def _signed_term(self, struck: bool) -> Term:
        start = self.tok.start
        sign = self._struck_sign() if struck else self.advance()
        self._pass_columns()
        body: Node = Blank(Span(self.last_end, self.last_end))
        if self.tok[:2] == ("sign", "-"):  # `-2 + -1`
            body = self.signed(self.product)
        elif self.begins_operand() or self.tok.kind == "operator":
            body = self.product()
        return Term(self.since(start), sign.text, body, struck)

    def _pass_columns(self) -> None:
        while self.tok.kind == "&" and not self.cell:
            self.advance()

    def _struck_sign(self) -> Token:
        """The sign in `\\cancel{-}` or `\\cancel-`."""
        self.advance()
        if self.tok.kind != "{":
            return self.advance()
        self.advance()
        sign = self.advance()
        self.advance()
        return sign

    def _at_struck_sign(self) -> bool:
        bare = self.peek().kind == "sign"
        braced = self.peek().kind == "{" and self.peek(2).kind == "sign" and self.peek(3).kind == "}"
        return self.tok[:2] == ("wrapper", "cancel") and (bare or braced)

    def _continue_over_end(self, kind: str) -> None:
        """A row or column that starts with `& +`, `+`, `- &` or `\\cdot` goes on with what is before it."""
        if self.cell or self.tok.kind not in ("row", "&"):
            return
        row = self.tok.kind == "row"
        ahead = 1
        while self.peek(ahead).kind == "&" or self.peek(ahead)[:2] == ("separator", "quad"):
            ahead += 1
        # A minus sign alone may begin an equation of its own.
        alone = kind == "sign" and (self.peek(ahead).text == "+" or self.peek(ahead + 1).kind == "&")
        if self.peek(ahead).kind == kind and (
            (row and ahead > 1) or alone or (not row and kind == "operator")
        ):
            self._skip(ahead)

    def _skip(self, count: int) -> None:
        for _ in range(count):
            self.advance()

    def product(self) -> Node:
        """Factors with the operators between them, in one flat row; the last operator may dangle."""
        start = self.tok.start
        factors = [self.factor()]
        operators: list[Operator] = []
        while True:
            self._continue_over_end("operator")
            token = self.tok
            if token.kind == "operator":
                if token.text == "/" and differentials.quotient(self, factors, operators):
                    continue
                self.advance()
                operators.append(Operator(Span(token.start, token.end), token.text))
                self._pass_columns()
                if self.tok[:2] == ("sign", "-"):
                    factors.append(self.signed(self.factor))
                elif self.tok.kind == "operator" or self.begins_operand():
                    factors.append(self.factor())
                else:
                    break
            elif self.begins_operand() or attachments.at_lost_space(self, factors[-1]):
                operators.append(Operator(Span(token.start, token.start), ""))
                factors.append(self.factor())
            elif attachments.at_evaluation_bar(self, factors[-1]):
                factors[-1] = attachments.evaluated_at(self, factors[-1])
            else:
                break
        if not operators:
            return factors[0]
        return Product(self.since(start), tuple(factors), tuple(operators))

    def signed(self, operand: Callable[[], Node]) -> Sum:
        """A sign where an operand belongs (`a \\cdot -b`) and what it signs, as a Sum of one term."""
        sign = self.advance()
        body = operand() if self.begins_operand() else Blank(Span(self.last_end, self.last_end))
        return Sum(span := self.since(sign.start), (Term(span, sign.text, body),))

    # --- factors -------------------------------------------------------------------------------------

    def factor(self) -> Node:
        """An atom with its scripts; Blank where an operator stands in its place."""
        if self.tok.kind == "operator":
            return Blank(Span(self.tok.start, self.tok.start))
        start = self.tok.start
        if self.tok.kind in attachments.SIGNS:
            return attachments.scripted(self, Blank(Span(start, start)), start)
        operand = attachments.scripted(self, self.atom(), start)
        while self.tok.kind == "method":
            operand = attachments.scripted(self, constructs.method_call(self, operand), start)
        return constructs.factorial(self, operand) if self._at_factorial() else operand

    def _at_factorial(self) -> bool:
        """Whether an exclamation mark belongs to the operand before it, and does not end the sentence."""
        joined = self.tok.start == self.last_end or self.peek().kind in ("}", "close", "right")
        return self.tok[:2] == ("mark", "!") and joined and self.peek().kind not in _AFTER_MARK

    def atom(self) -> Node:
        """One operand without scripts. All recursion passes here, and is counted."""
        token = self.tok
        construct = constructs.ATOMS.get(token.kind)
        if construct is None:
            raise self.error(f"expected an operand, found {self.shown()}")
        self.enter()
        node = construct(self)
        self.depth -= 1
        return node

    def single(self) -> Node:
        """One argument as TeX takes it: a braced formula, or a single letter, digit or command."""
        token = self.tok
        if token.kind == "number":
            return names.number(self, 1)
        if token.kind == "letters":
            return names.first_letter(self)
        if token.kind == "text":
            self.advance()
            return Text(Span(token.start, token.end), token.text)
        return self.atom()

    def braced(self) -> Node:
        """`{ ... }` as the one node it holds."""
        opening = self.advance()
        outer = self.closing, self.cell
        self.closing, self.cell = "", False
        content = self.elements()
        self.closing, self.cell = outer
        if self.tok.kind != "}":
            if self.tok.kind == "end of formula":
                raise NotationError("`{` is never closed", Span(opening.start, opening.end))
            raise self.error(f"expected `}}`, found {self.shown()}")
        closing = self.advance()
        return fold(content, Span(opening.start, closing.end))

    def at_bracket(self) -> bool:
        """Whether a bracket opens here."""
        return self.tok.kind in _BRACKETS and self.begins_operand()
