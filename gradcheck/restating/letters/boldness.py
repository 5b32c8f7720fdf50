"""Letters that are written bold and plain: `\\mathbf{y}` for all samples beside `\\hat y` and `y` for one.

Textbooks set vectors in bold and the value of one sample plain. Whether an author keeps to that shows only
by what becomes right, so the plain quantity under a name of its own is a second reading of the document.
What has a subscript is an entry of the bold one in both. Nothing is told apart where one equation writes
a letter in both ways, since there they are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradcheck.expr.inference.lone_numbers import BOLD
from gradcheck.expr.written.names import LAYER_MARK, base_text, is_greek
from gradcheck.notation.statements import Equation, Statement, renamed
from gradcheck.notation.tree import Accent, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import children, mapped, of_kind
from gradcheck.records import dataclass, field, replace

# Below these stands a variable, and no mark of a name.
DERIVING = {"nabla", "partial"}
_MARK = f"{LAYER_MARK}plain"


@dataclass
class Written:
    """The letters that stand without subscripts, bold and plain."""

    bold: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)


def by_boldness(body: Sequence[Statement], shapes: Collection[str]) -> Sequence[Statement] | None:
    """The statements with plain letters told from bold ones; None where no letter is written both ways.

    shapes   keys that are declared: what is declared is one quantity
    """
    whole, together = Written(), set[str]()
    equations = [item for item in body if isinstance(item, Equation)]
    if not any(_holds_bold(side) for equation in equations for side in equation.sides):
        return None
    for equation in equations:
        own = Written()
        for side in equation.sides:
            for base, bold in _letters(side):
                (own.bold if bold else own.plain).add(base)
        whole.bold |= own.bold
        whole.plain |= own.plain
        together |= own.bold & own.plain
    apart = (whole.bold & whole.plain) - together - set(shapes)
    if not apart:
        return None
    return [
        renamed(item, lambda side: _told(side, apart)) if isinstance(item, Equation) else item
        for item in body
    ]


def _letters(node: Node) -> Iterator[tuple[str, bool]]:
    """The letters of a formula without subscripts, each with whether it is bold."""
    if isinstance(node, Scripted):
        below = node.sub is not None and not _derives(node)
        yield from () if below else _letters(node.base)
        scripts = (node.sub if _derives(node) else None, node.sup)
        yield from (found for script in scripts if script is not None for found in _letters(script))
        return
    base = base_text(node) if isinstance(node, Symbol | Accent) else None
    if base is None:
        yield from (found for child in children(node) if child is not None for found in _letters(child))
    elif _is_letter(base):
        yield base, _is_bold(node)
    elif (variable := _differential(node)) is not None:
        yield variable, False


def _told(node: Node, apart: set[str]) -> Node:
    if isinstance(node, Scripted):
        if node.sub is not None and not _derives(node):
            return node
        sub = None if node.sub is None else _told(node.sub, apart)
        sup = None if node.sup is None else _told(node.sup, apart)
        return replace(node, base=_told(node.base, apart), sub=sub, sup=sup)
    base = base_text(node) if isinstance(node, Symbol | Accent) else None
    if base in apart:
        return node if _is_bold(node) else Symbol(node.span, f"{base}{_MARK}")
    variable = _differential(node)
    if variable in apart:
        sign = Symbol(node.span, "d")
        return Product(node.span, (sign, Symbol(node.span, f"{variable}{_MARK}")), (Operator(node.span, ""),))
    return mapped(node, lambda child: _told(child, apart))


def _derives(node: Scripted) -> bool:
    return isinstance(node.base, Symbol) and node.base.name in DERIVING


def _holds_bold(side: Node) -> bool:
    return any(map(_is_bold, (*of_kind(side, Symbol), *of_kind(side, Accent))))


def _is_bold(node: Node) -> bool:
    """Whether a letter is bold or has an arrow, whatever other accent stands on it."""
    while isinstance(node, Accent):
        if node.kind in BOLD:
            return True
        node = node.base
    return isinstance(node, Symbol) and node.style in BOLD


def _is_letter(base: str) -> bool:
    """Whether a base is one letter, maybe with an accent."""
    _, brace, inner = base.partition("{")
    letter = inner.rstrip("}") if brace else base
    return (len(letter) == 1 and letter.isalpha()) or is_greek(letter.removeprefix("\\"))


def _differential(node: Node) -> str | None:
    """The x of `dx` in one word."""
    name = node.name if isinstance(node, Symbol) and not node.style else ""
    return name[1:] if len(name) == 2 and name[0] == "d" else None
