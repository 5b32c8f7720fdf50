"""The tree back to LaTeX, normalised: `parse(latex(tree))` is the tree again, up to spans.

Braces stand where the grammar needs them and nowhere else: every node has a level, every place asks for
one, and what is too loose for its place is put in braces, which leave no trace in the tree.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from gradcheck.notation.remembered import once_a_node
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Blank,
    Call,
    CaseRow,
    Cases,
    Differential,
    Dots,
    Fraction,
    Group,
    Matrix,
    Node,
    Number,
    Product,
    Relation,
    Relational,
    Root,
    Scripted,
    Sum,
    Symbol,
    Term,
    Text,
    Wrapped,
)
from gradcheck.notation.vocabulary import COMMANDS, FUNCTIONS, OPERATORS, RELATIONS, SIGNS


class Level(IntEnum):
    """How tightly a node holds together; a place takes its level and all above."""

    LIST = 0
    RELATION = 1
    SUM = 2
    PRODUCT = 3
    OPEN = 4  # a factor that swallows what follows: a large operator, a function without brackets
    FACTOR = 5
    ATOM = 6


_SIGN_COMMANDS: Final = {sign: f"\\{name}" for name, sign in SIGNS.items()} | {"+": "+", "-": "-"}
_PLAIN_RELATIONS: Final = frozenset({"=", "<", ">", ":=", "=:", "+=", "-="})
_RELATION_COMMANDS: Final = {
    **{sign: f"\\{name}" for name, sign in reversed(RELATIONS.items())},
    **{sign: sign for sign in _PLAIN_RELATIONS},
}
_OPERATOR_COMMANDS: Final = {
    **{kind: f"\\{name}" for name, kind in reversed(OPERATORS.items())},
    "*": "*",
    "/": "/",
    "@": "@",
    "": "",
}
_SEPARATORS: Final = {
    ",": ", ", ";": "; ", ":": " : ", "quad": r" \quad ", "mid": r" \mid ", "row": r" \\ ", "": " ",
}  # fmt: skip
_OPENERS: Final = {
    "{": r"\{", "|": r"\lvert ", "\\|": r"\lVert ", "⟨": r"\langle ", "⌊": r"\lfloor ", "⌈": r"\lceil ",
}  # fmt: skip
_CLOSERS: Final = {
    "}": r"\}", "|": r" \rvert", "\\|": r" \rVert", "⟩": r" \rangle", "⌋": r" \rfloor", "⌉": r" \rceil",
}  # fmt: skip
_LEFT_RIGHT: Final = {"{": r"\{", "}": r"\}", "⟨": r"\langle", "⟩": r"\rangle"}


@once_a_node
def latex(node: Node) -> str:
    """Normalised LaTeX of a tree."""
    return _print(node)


def _at(node: Node, level: Level) -> str:
    """The node's LaTeX, in braces if it is looser than its place."""
    printed = _print(node)
    return printed if _level(node) >= level else f"{{{printed}}}"


def _level(node: Node) -> Level:
    match node:
        case Group(open=""):
            return Level.LIST
        case Relational() | Relation() | Text():
            return Level.RELATION
        case Sum() | Term():
            return Level.SUM
        case Product() | Differential():
            return Level.PRODUCT
        case BigOperator():
            return Level.OPEN
        case Call(argument=argument):
            return Level.FACTOR if isinstance(argument, Group) and argument.open else Level.OPEN
        case Scripted(base=base):
            return Level.OPEN if _is_function_name(base) else Level.FACTOR
        case Symbol():
            return Level.OPEN if _is_function_name(node) else Level.ATOM
        case _:
            return Level.ATOM


def _is_function_name(node: Node) -> bool:
    """Whether the name, printed bare, would take what follows for its argument."""
    return isinstance(node, Symbol) and node.name in FUNCTIONS and node.style in ("", "word")


def _print(node: Node) -> str:
    match node:
        case Number(text=text):
            return text
        case Symbol():
            return _symbol(node)
        case Accent(kind="prime", base=base):
            return f"{_print(base)}'"
        case Accent(kind=kind, base=base):
            return f"\\{kind}{{{_print(base)}}}"
        case Differential(body=body):
            return f"\\mathrm{{d}} {_at(body, Level.FACTOR)}"
        case Scripted():
            return _scripted(node)
        case Fraction(numerator=numerator, denominator=denominator):
            return f"\\frac{{{_print(numerator)}}}{{{_print(denominator)}}}"
        case Root(radicand=radicand, degree=degree):
            index = f"[{_at(degree, Level.SUM)}]" if degree else ""
            return f"\\sqrt{index}{{{_print(radicand)}}}"
        case Sum():
            return _sum(node)
        case Term():
            return _signed(node)
        case Product():
            return _product(node)
        case Group():
            return _group(node)
        case Call(function=function, argument=argument):
            grouped = isinstance(argument, Group) and argument.open
            return (
                f"{_function(function)} {_print(argument)}"
                if grouped
                else (f"{_function(function)} {{{_print(argument)}}}")
            )
        case BigOperator():
            return _big_operator(node)
        case Matrix():
            return _matrix(node)
        case Cases(rows=rows):
            return rf"\begin{{cases}} {_rows([_case(row) for row in rows])} \end{{cases}}"
        case CaseRow():
            return _case(node)
        case Wrapped():
            return _wrapped(node)
        case Relational():
            return _relational(node)
        case Relation(sign=sign):
            return _RELATION_COMMANDS[sign]
        case Text(content=content):
            return _text(content)
        case Dots(kind=kind):
            return f"\\{kind}"
        case Blank():
            return "{}"
        case _:
            raise TypeError(f"no LaTeX for {type(node).__name__}")


def _symbol(node: Symbol) -> str:
    name, style = node.name, node.style
    if style == "word":
        return "\\text{" + name.replace("_", "\\_") + "}"
    if style == "command":
        return f"\\{name}"
    plain = _plain_name(name)
    return f"\\{style}{{{plain}}}" if style else plain


def _plain_name(name: str) -> str:
    if name in COMMANDS and len(name) > 1:
        return f"\\{name}"
    if name[0] == "d" and name[1:] in COMMANDS and len(name) > 2:
        return f"d\\{name[1:]}"
    return name


def _scripted(node: Scripted) -> str:
    base = node.base
    if isinstance(base, Blank):
        printed = "{}"
    elif _is_function_name(base):
        printed = _print(base)
    else:
        bracketed_call = isinstance(base, Call) and _level(base) == Level.FACTOR
        printed = _print(base) if bracketed_call else _at(base, Level.ATOM)
    primes = "'" * node.primes
    sub = f"_{{{_print(node.sub)}}}" if node.sub else ""
    sup = f"^{{{_print(node.sup)}}}" if node.sup else ""
    return f"{printed}{primes}{sub}{sup}"


def _function(node: Node) -> str:
    return _print(node) if isinstance(node, Symbol | Scripted) else _at(node, Level.ATOM)


def _sum(node: Sum) -> str:
    last = len(node.terms) - 1
    return " ".join(
        _signed(term, signed=index > 0 or last == 0 or term.sign != "+" or term.struck, followed=index < last)
        for index, term in enumerate(node.terms)
    )


def _signed(term: Term, *, signed: bool = True, followed: bool = False) -> str:
    """A term; `followed` tells that a sign comes after it, which must not be taken into it."""
    body = _at(term.body, Level.PRODUCT)
    if followed and _takes_a_sign(term.body):
        body = f"{{{body}}}"
    if not signed:
        return body
    sign = _SIGN_COMMANDS[term.sign]
    return f"\\cancel{{{sign}}} {body}" if term.struck else f"{sign} {body}"


def _takes_a_sign(node: Node) -> bool:
    """Whether a sign after the node would be read into it: `\\times` that dangles, a function's bare name."""
    match node:
        case Product(factors=factors, operators=operators):
            return len(factors) == len(operators) or _takes_a_sign(factors[-1])
        case BigOperator(body=body):
            return _level(body) >= Level.PRODUCT and _takes_a_sign(body)
        case Scripted(base=base):
            return _is_function_name(base)
        case _:
            return _is_function_name(node)


def _product(node: Product) -> str:
    parts: list[str] = []
    last = len(node.factors) - 1
    for index, factor in enumerate(node.factors):
        ends = index == last and len(node.operators) == last
        parts.append(_at(factor, Level.OPEN if ends else Level.FACTOR))
        if index < len(node.operators):
            parts.append(_OPERATOR_COMMANDS[node.operators[index].kind])
    return " ".join(part for part in parts if part)


def _group(node: Group) -> str:
    inside = (
        "".join(
            _SEPARATORS[separator] + _at(item, Level.RELATION)
            for separator, item in zip(("", *node.separators), node.items, strict=True)
        ).strip()
        if node.items
        else ""
    )
    if not node.open:
        return inside
    if "." in (node.open, node.close):
        opener, closer = (_LEFT_RIGHT.get(side, side) for side in (node.open, node.close))
        return f"\\left{opener} {inside} \\right{closer}"
    return _OPENERS.get(node.open, node.open) + inside + _CLOSERS.get(node.close, node.close)


def _big_operator(node: BigOperator) -> str:
    lower = f"_{{{_print(node.lower)}}}" if node.lower else ""
    upper = f"^{{{_print(node.upper)}}}" if node.upper else ""
    return f"\\{node.kind}{lower}{upper} {_at(node.body, Level.PRODUCT)}"


def _matrix(node: Matrix) -> str:
    columns = "{}" if node.kind == "array" else ""
    rows = [" & ".join(_print(cell) if cell else "" for cell in row) for row in node.rows]
    return rf"\begin{{{node.kind}}}{columns} {_rows(rows)} \end{{{node.kind}}}"


def _rows(rows: list[str]) -> str:
    return r" \\ ".join(rows)


def _case(row: CaseRow) -> str:
    if row.condition is None:
        return _print(row.value) + " &"
    return f"{_print(row.value)} & {_print(row.condition)}"


def _wrapped(node: Wrapped) -> str:
    body, note = _print(node.body), node.note
    match node.kind:
        case "color":
            assert isinstance(note, Text)
            return f"\\textcolor{{{note.content}}}{{{body}}}"
        case "overset" | "underset" | "cancelto":
            return f"\\{node.kind}{{{_print(note) if note else ''}}}{{{body}}}"
        case "underbrace" if note:
            return f"\\underbrace{{{body}}}_{{{_print(note)}}}"
        case "overbrace" if note:
            return f"\\overbrace{{{body}}}^{{{_print(note)}}}"
        case kind:
            return f"\\{kind}{{{body}}}"


def _relational(node: Relational) -> str:
    parts = [_at(node.operands[0], Level.SUM)]
    for relation, operand in zip(node.relations, node.operands[1:], strict=True):
        parts += [_RELATION_COMMANDS[relation.sign], _at(operand, Level.SUM)]
    return " ".join(parts)


def _text(content: str) -> str:
    match content:
        case "therefore" | "because":
            return f"\\{content}"
        case "?" | "!":
            return content
        case _:
            return f"\\text{{{content}}}"
