r"""A letter that only running text gives to a softmax: "abbreviate the softmax as $m$", "$p$ is the softmax".

The loss holds the softmax written out, `\frac{e^{s_{iy_i}}}{\sum_j e^{s_{ij}}}`; one entry of it then is
`m_{ij} = \frac{e^{s_{ij}}}{\sum_j e^{s_{ij}}}`, told where the words stand. Only where the document writes
one such quotient, of names with indices, and the letter is used with as many indices and nowhere defined.
Rejected: to believe in a letter without the quotient, since the words do not say of what the softmax is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.definitions import definitions
from gradcheck.expr.indices import bound_letters, names_within
from gradcheck.expr.names import Name, read_name
from gradcheck.expr.quotients import quotients_in
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Link, Prose, Statement
from gradcheck.notation.tree import BigOperator, Call, Fraction, Group, Node, Relation, Scripted, Symbol
from gradcheck.notation.walk import of_kind
from gradcheck.records import replace
from gradcheck.source import Span

LETTER = r"(?:\$(?P<letter>[A-Za-z])\$|\*(?P<marked>[A-Za-z])\*)"
EMPTY = (
    r"(?:\s|,|\b(?:the|a|an|is|be|being|are|denotes?|stands?|for|as|to|with|simply|just|called|written|by|"
    r"functions?|outputs?|probabilit(?:y|ies)|vector|scores?)\b)*"
)
WAYS = (
    re.compile(rf"{LETTER}{EMPTY}\bsoftmax\b(?!\s+(?:loss|layer|regression))", re.IGNORECASE),
    re.compile(rf"\bsoftmax\b{EMPTY}{LETTER}", re.IGNORECASE),
)


def with_softmax_called(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with what such a letter stands for told behind the words; themselves without any."""
    equations = [item for item in body if isinstance(item, Equation)]
    quotient = _quotient(equations)
    if quotient is None:
        return body
    made: list[Statement] = []
    for item in body:
        made.append(item)
        if isinstance(item, Prose):
            letter = _letter(item.text, equations, quotient[0])
            if letter:
                made.append(_definition(letter, *quotient, equations[0], item.span))
                return [*made, *body[len(made) - 1 :]]
    return body


def _quotient(equations: Sequence[Equation]) -> tuple[Scripted, Node] | None:
    """What the one softmax of a document is of, entry by entry, and that entry written out."""
    found: dict[str, tuple[Scripted, Node]] = {}
    for definition in definitions(equations):
        for node in of_kind(definition.right, Fraction):
            if isinstance(node.denominator, BigOperator):
                below = node.denominator
                of, above = _exponent(below.body), _exponent(node.numerator)
                if of is not None and above is not None and _are_entries(of, above, below):
                    found[latex(of)] = of, replace(node, numerator=below.body)
    return next(iter(found.values())) if len(found) == 1 else None


def _exponent(node: Node) -> Scripted | None:
    """The name with indices that an exponential is of."""
    if isinstance(node, Scripted) and isinstance(node.base, Symbol) and node.base.name == "e":
        inner = node.sup
    else:
        inner = node.argument if isinstance(node, Call) and latex(node.function) == r"\exp" else None
    while isinstance(inner, Group) and len(inner.items) == 1:
        inner = inner.items[0]
    return inner if isinstance(inner, Scripted) and inner.sub is not None and inner.sup is None else None


def _are_entries(of: Scripted, above: Scripted, below: BigOperator) -> bool:
    """Whether a Σ adds up one name's entries along its last index, of which another is one."""
    name, other = read_name(of), read_name(above)
    if name is None or other is None or below.kind != "sum":
        return False
    letters = all(len(mark) == 1 and mark.isalpha() for mark in name.sub)
    alike = (name.base, len(name.sub), name.sub[:-1]) == (other.base, len(other.sub), other.sub[:-1])
    return letters and alike and {*name.sub[-1:]} == bound_letters(below)


def _letter(text: str, equations: Sequence[Equation], of: Scripted) -> str | None:
    """The letter of a sentence that the equations use as one entry of a softmax, and do not define."""
    told = {found["letter"] or found["marked"] for way in WAYS for found in way.finditer(text)}
    if len(told) != 1:
        return None
    letter, name = told.pop(), read_name(of)
    used = [n for e in equations for side in e.sides for n in _names(side) if n.base.strip("\\") == letter]
    same = name is not None and bool(used) and all(len(n.sub) == len(name.sub) for n in used)
    defined = any(d.name.base.strip("\\") == letter for d in definitions(equations))
    return letter if same and not defined else None


def _names(side: Node) -> Iterator[Name]:
    """The names of a formula, and what it derives and derives by."""
    yield from names_within(side)
    for quotient in quotients_in(side):
        for part in (quotient.target, *quotient.variables):
            if part is not None:
                yield from names_within(part)


def _definition(letter: str, of: Scripted, formula: Node, template: Equation, span: Span) -> Equation:
    """A definition that no line by itself writes: its link has the number of none."""
    name = replace(of, base=Symbol(of.base.span, letter))
    link = Link(0, Relation(span, "="), name, formula, span)
    return replace(template, head=name, links=(link,), connective="", context=(), tag=None, span=span)
