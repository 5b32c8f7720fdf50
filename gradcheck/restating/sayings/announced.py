"""Whether bars over names are derivatives of the loss, by what the text says or by how they are used.

"We write $\\bar{v}$ for $\\partial L / \\partial v$" says it, and so does a sentence in which a barred name
stands beside the word adjoint or derivative. Where nothing says it, bars are adjoints if they are handed
back: that of x is told by that of y in two lines or more, where y is made of x and the loss of one of them.
Means go the other way, and a bar over what is summed up is a mean. Taken for definitions, such lines would
make their own errors right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, unboxed, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import read_quotient
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.scripts import split_superscript
from gradcheck.notation.statements import Equation
from gradcheck.notation.tree import Accent, Node, Scripted
from gradcheck.notation.walk import parts
from gradcheck.patterns import late_pattern
from gradcheck.restating.sayings.said import MATH

BAR, SIGN = "bar", "\\bar{"
SENTENCES = late_pattern(r"[.;:](?:\s|$)|\n\s*\n")
WORDS = late_pattern(r"\b(adjoint|cotangent|sensitivit|derivative|gradient)", re.IGNORECASE)
HANDED_BACK = 2


def bar_over_all(node: Node) -> Accent | None:
    """`\\bar{v}_2` as a bar over v_2; None without a bar, or where more is done."""
    if isinstance(node, Accent) and node.kind == BAR:
        return node
    if not isinstance(node, Scripted) or not isinstance(node.base, Accent) or node.base.kind != BAR:
        return None
    marks = split_superscript(node.sup)
    if marks.transpose or marks.inverse or marks.power is not None or node.primes:
        return None
    return Accent(node.span, BAR, Scripted(node.span, node.base.base, node.sub, node.sup))


def barred(node: Node) -> Name | None:
    """The v of a bare `\\bar{v}`."""
    accent = bar_over_all(unboxed(node))
    return None if accent is None else read_name(accent.base)


def announced(text: str) -> Node | bool:
    """The loss that bars are derivatives of by a paragraph; True where it names none, else False."""
    for sentence in SENTENCES.split(text):
        formulas = [found for match in MATH.finditer(sentence) for found in _parsed(match)]
        names = {name.key for formula in formulas if (name := barred(formula)) is not None}
        for formula in formulas if names else ():
            quotient = read_quotient(unboxed(formula))
            by = None if quotient is None else read_name(quotient.variables[0])
            if quotient is not None and quotient.target is not None and by is not None and by.key in names:
                return quotient.target
        if names and WORDS.search(MATH.sub("", sentence)):
            return True
    return False


def _parsed(match: re.Match[str]) -> Iterator[Node]:
    node = parse_one(match[1] or match[2])
    if node is not None:
        yield node


def is_handed_back(equations: Sequence[Equation], means: Iterable[str]) -> bool:
    """Whether barred names are told by those of what they make, back from the loss."""
    made_of: dict[str, set[str]] = {}
    in_losses: set[str] = set()
    for definition in definitions(equations):
        own = definition.name
        if own.base.startswith(SIGN) or definition.is_function:
            continue
        inside = written_names(definition.right)
        if any(name.base.startswith(SIGN) for name in inside):
            return False
        made_of.setdefault(own.key, set()).update(name.key for name in inside)
        in_losses.update(made_of[own.key] if is_loss_name(own) else ())
    told: dict[str, set[str]] = {}
    for equation in equations:
        name = barred(equation.head)
        if name is not None:
            by = (key for link in equation.links for key in _barred_in(link.right))
            told.setdefault(name.key, set()).update(by)
    backward = [key for key, by in told.items() if any(key in made_of.get(k, ()) for k in by - {key})]
    return len(backward) >= HANDED_BACK and bool(in_losses & told.keys()) and not told.keys() & set(means)


def _barred_in(node: Node) -> Iterator[str]:
    name = barred(node)
    if name is not None:
        yield name.key
        return
    for child in parts(node):
        yield from _barred_in(child)
