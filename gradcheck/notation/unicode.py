"""A formula as one line of Unicode text, for a terminal.

A reader there sees `∂L/∂w = (a - y) x`, not LaTeX. Scripts become raised and lowered letters where Unicode
has them, a layer's brackets stay on the line (a raised 2 would be a square), fractions get a slash. What is
shown is for eyes alone: it cannot be read back, and nothing but a display depends on it.
"""

from __future__ import annotations

from typing import Final

from gradcheck.notation.parser import parse
from gradcheck.notation.sheet import Element, Separator
from gradcheck.notation.tree import (
    Accent,
    BigOperator,
    Blank,
    Call,
    CaseRow,
    Cases,
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
from gradcheck.notation.vocabulary import COMBINING, GREEK, UNICODE_COMMANDS

_NAMES: Final = {name: letter for letter, name in reversed(UNICODE_COMMANDS.items())}
LETTERS: Final = {name: _NAMES[name] for name in (*GREEK, "partial", "nabla", "infty") if name in _NAMES} | {
    "varepsilon": "ε", "varphi": "φ", "Sigma": "Σ", "Upsilon": "Υ", "top": "ᵀ", "intercal": "ᵀ",
}  # fmt: skip
ACCENTS: Final = {name: mark for mark, name in reversed(COMBINING.items())}
_RAISED: Final = dict(zip("0123456789+-=()inTᵀ", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵀᵀ", strict=True))
_LOWERED: Final = dict(zip("0123456789+-=()aeijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_BIG: Final = {"sum": "Σ", "prod": "Π", "int": "∫"}
_OPERATORS: Final = {
    "": " ", "cdot": " · ", "times": " × ", "*": " * ", "odot": " ⊙ ", "circ": " ∘ ", "otimes": " ⊗ ",
    "oplus": " ⊕ ", "/": "/", "div": " ÷ ", "@": " @ ",
}  # fmt: skip
_SEPARATORS: Final = {",": ", ", ";": "; ", ":": " : ", "quad": "  ", "mid": " | ", "row": "; ", "": " "}
_DOTS: Final = {"vdots": "⋮", "ddots": "⋱"}
_STRUCK: Final = "\u0336"


def unicode(latex: str) -> str:
    """LaTeX of a formula, or of several, as one line; raises NotationError where it cannot be read."""
    return " ".join("".join(map(_element, parse(latex))).split())


def _element(element: Element) -> str:
    match element:
        case Relation(sign=sign):
            return f" {sign} "
        case Text(content=content):
            return f" {content.strip()}"
        case Node():
            return _shown(element)
        case Separator(kind=kind):
            return _SEPARATORS.get(kind, " ")
        case _:
            return " "


def _shown(node: Node) -> str:
    match node:
        case Number(text=text) | Text(content=text):
            return text
        case Symbol():
            return _symbol(node)
        case Accent(kind=kind, base=base):
            return _shown(base) + ACCENTS.get(kind, "")
        case Scripted():
            return _scripted(node)
        case Fraction(numerator=above, denominator=below):
            return f"{_tight(above)}/{_tight(below)}"
        case Root(radicand=radicand, degree=degree):
            return f"{'' if degree is None else _moved(degree, _RAISED, '')}√{_tight(radicand)}"
        case Sum(terms=terms):
            return "".join(_term(term, first=k == 0) for k, term in enumerate(terms))
        case Term():
            return _term(node, first=True)
        case Product():
            return _product(node)
        case Group():
            return _group(node)
        case Call(function=function, argument=argument):
            gap = "" if isinstance(argument, Group) else " "
            return f"{_shown(function)}{gap}{_shown(argument)}"
        case BigOperator():
            return _big(node)
        case Relational(operands=operands, relations=relations):
            signs = (*(f" {r.sign} " for r in relations), "")
            return "".join(_shown(o) + s for o, s in zip(operands, signs, strict=True))
        case Relation(sign=sign):
            return sign
        case _:
            return _arranged(node)


def _arranged(node: Node) -> str:
    """What stands in rows, is wrapped, or is no formula at all."""
    match node:
        case Matrix(rows=rows):
            lines = (" ".join(_shown(cell) for cell in row if cell is not None) for row in rows)
            return f"[{'; '.join(lines)}]"
        case Cases(rows=rows):
            return f"{{{'; '.join(map(_shown, rows))}}}"
        case CaseRow(value=value, condition=condition):
            return _shown(value) if condition is None else f"{_shown(value)} if {_shown(condition)}"
        case Wrapped(kind=kind, body=body):
            shown = _shown(body)
            return _struck(shown) if kind.startswith("cancel") else shown
        case Dots(kind=kind):
            return _DOTS.get(kind, "…")
        case Blank():
            return ""
    raise AssertionError("every kind of node is shown")


def _symbol(node: Symbol) -> str:
    name = node.name
    if name[:1] == "d" and name[1:] in LETTERS:
        return f"d{LETTERS[name[1:]]}"
    return LETTERS.get(name, name)


def _scripted(node: Scripted) -> str:
    base = _shown(node.base) + "′" * node.primes
    if node.sub is not None:
        base += _moved(node.sub, _LOWERED, "_")
    for part in () if node.sup is None else _factors(node.sup):
        base += _shown(part) if _is_layer(part) else _moved(part, _RAISED, "^")
    return base


def _factors(script: Node) -> tuple[Node, ...]:
    """A script in its parts, where one of them is a layer in brackets, which stays on the line."""
    parts = script.factors if isinstance(script, Product) else (script,)
    return parts if any(map(_is_layer, parts)) else (script,)


def _is_layer(node: Node) -> bool:
    return isinstance(node, Group) and node.open == "["


def _moved(script: Node, letters: dict[str, str], sign: str) -> str:
    """A script raised or lowered, or behind its sign where Unicode lacks a letter of it."""
    shown = _shown(script)
    bare = shown.replace(" ", "")
    if all(letter in letters for letter in bare):
        return "".join(letters[letter] for letter in bare)
    return f"{sign}{shown}" if len(bare) == 1 else f"{sign}{{{bare}}}"


def _tight(node: Node) -> str:
    """A side of a slash: in brackets if it is more than one factor, unless it is a differential."""
    shown = _shown(node)
    if isinstance(node, Product):
        first = node.factors[0]
        differential = isinstance(first, Symbol) and first.name in ("partial", "d")
        return shown.replace(" ", "") if differential else f"({shown})"
    return f"({shown})" if isinstance(node, (Sum, Fraction, Relational, BigOperator)) else shown


def _term(term: Term, *, first: bool) -> str:
    sign = _struck(term.sign) if term.struck else term.sign
    body = _shown(term.body)
    if first:
        return body if term.sign == "+" and not term.struck else f"{sign}{body}"
    return f" {sign} {body}"


def _struck(text: str) -> str:
    return "".join(letter + _STRUCK for letter in text)


def _product(node: Product) -> str:
    shown = ""
    for k, factor in enumerate(node.factors):
        shown += _shown(factor)
        if k < len(node.operators):
            after = node.factors[k + 1] if k + 1 < len(node.factors) else None
            shown += _between(factor, node.operators[k].kind, after)
    return shown.rstrip()


def _between(factor: Node, kind: str, after: Node | None) -> str:
    """The sign of a product; nothing where one stands close to the next: 2m, a(1 - a), ∂L."""
    group = isinstance(after.base if isinstance(after, Scripted) else after, Group)
    close = isinstance(factor, Number) or (group and not isinstance(factor, Fraction))
    leading = isinstance(factor, Symbol) and factor.name in ("partial", "nabla")
    return "" if kind == "" and (close or leading) else _OPERATORS[kind]


def _group(node: Group) -> str:
    signs = (*(_SEPARATORS.get(s, " ") for s in node.separators), "")
    inside = "".join(
        _shown(item) + (signs[k] if k < len(signs) - 1 else "") for k, item in enumerate(node.items)
    )
    opening, closing = (mark.replace("\\|", "‖") for mark in (node.open, node.close))
    return f"{opening.replace('.', '')}{inside}{closing.replace('.', '')}"


def _big(node: BigOperator) -> str:
    limits = "" if node.lower is None else _moved(node.lower, _LOWERED, "_")
    limits += "" if node.upper is None else _moved(node.upper, _RAISED, "^")
    return f"{_BIG.get(node.kind, node.kind)}{limits} {_shown(node.body)}"
