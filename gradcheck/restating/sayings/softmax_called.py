r"""A letter that only running text gives to a softmax: "abbreviate the softmax as $m$", "$p$ is the softmax".

The loss holds the softmax written out, `\frac{e^{s_{iy_i}}}{\sum_j e^{s_{ij}}}`; one entry of it then is
`m_{ij} = \frac{e^{s_{ij}}}{\sum_j e^{s_{ij}}}`, told where the words stand. Only where the document writes
one such quotient, of names with indices, and the letter is used with as many indices and nowhere defined.
Rejected: to believe in a letter without the quotient, since the words do not say of what the softmax is. A
derivative does: where a text speaks of a softmax, `\frac{\partial p_i}{\partial z_j}` of a p that nothing
defines, in p and \delta_{ij} alone, is the one of a softmax of z.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.indices import bound_letters, names_within
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Link, Prose, Statement
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Fraction,
    Group,
    Node,
    Product,
    Relation,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import letters_in, of_kind
from gradcheck.patterns import late_pattern
from gradcheck.records import replace
from gradcheck.restating.passages.functions_told import at_place
from gradcheck.source import Span

LETTER = r"(?:\$(?P<letter>[A-Za-z])\$|\*(?P<marked>[A-Za-z])\*)"
EMPTY = (
    r"(?:\s|,|\b(?:the|a|an|is|be|being|are|denotes?|stands?|for|as|to|with|simply|just|called|written|by|"
    r"functions?|outputs?|probabilit(?:y|ies)|vector|scores?)\b)*"
)
WAYS = (
    late_pattern(rf"{LETTER}{EMPTY}\bsoftmax\b(?!\s+(?:loss|layer|regression))", re.IGNORECASE),
    late_pattern(rf"\bsoftmax\b{EMPTY}{LETTER}", re.IGNORECASE),
)


def with_softmax_called(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with what such a letter stands for told behind the words; themselves without any."""
    equations = [item for item in body if isinstance(item, Equation)]
    quotient = _quotient(equations)
    if quotient is None:
        return _with_derived(body, equations)
    made: list[Statement] = []
    for item in body:
        made.append(item)
        if isinstance(item, Prose):
            letter = _letter(item.text, equations, quotient[0])
            if letter:
                made.append(_definition(letter, *quotient, equations[0], item.span))
                return [*made, *body[len(made) - 1 :]]
    return body


def _with_derived(body: Sequence[Statement], equations: Sequence[Equation]) -> Sequence[Statement]:
    """The statements with the softmax told of which a line gives the derivative; themselves without any."""
    heads = [(e, quotient) for e in equations if (quotient := _jacobian(e)) is not None]
    if not heads or not any(isinstance(i, Prose | Heading) and "softmax" in i.text.lower() for i in body):
        return body
    defined = {definition.name.base.lower() for definition in definitions(equations)}
    made: list[Statement] = []
    for item in body:
        told = next((told for equation, told in heads if equation is item), None)
        if isinstance(item, Equation) and told is not None and not {*told[:2]} & defined:
            base, _, head, formula = told
            link = Link(0, Relation(item.span, "="), head, formula, item.span)
            made.append(replace(item, head=head, links=(link,), connective="", context=(), tag=None))
            defined.add(base.lower())
        made.append(item)
    return body if len(made) == len(body) else made


def _jacobian(equation: Equation) -> tuple[str, str, Node, Node] | None:
    """The p, the z, p_i and `e^{z_i} / \\sum_k e^{z_k}` of a `∂p_i/∂z_j` that is made of p and δ."""
    quotient = read_quotient(equation.head) if isinstance(equation.head, Fraction) else None
    if quotient is None or quotient.target is None or len(quotient.variables) != 1:
        return None
    target, by = quotient.target, read_name(quotient.variables[0])
    last = target.factors[-1] if isinstance(target, Product) else target
    first = read_name(target.factors[0] if isinstance(target, Product) else target)
    marks = _marks(last)
    if (
        first is None
        or by is None
        or len(marks) != len(by.sub)
        or marks[:-1] != by.sub[:-1]
        or marks == by.sub
    ):
        return None
    names = [name for name in written_names(equation.links[0].right) if name.base not in ("\\delta", "delta")]
    letters = {*marks, *by.sub}
    others = {name.base for name in names} - {first.base, by.base, *letters, "1"}
    held = any(name.base == first.base for name in names)
    if others or not held or not _marked(equation.links[0].right, {marks[-1], by.sub[-1]}):
        return None
    counted = next(letter for letter in "klmnr" if letter not in letters)
    letter, row = latex(_bare(quotient.variables[0])), "".join(marks[:-1])
    above, below = (rf"e^{{{letter}_{{{row}{mark}}}}}" for mark in (marks[-1], counted))
    formula = parse_one(rf"\frac{{{above}}}{{\sum_{{{counted}}} {below}}}")
    if formula is None:
        return None
    return first.base.lower(), by.base.lower(), target, at_place(formula, equation.head.span)


def _bare(node: Node) -> Node:
    return node.base if isinstance(node, Scripted) else node


def _marks(node: Node) -> tuple[str, ...]:
    """The letters below `p_i` and below the brackets of `\\sigma(z)_i`."""
    if not isinstance(node, Scripted) or node.sub is None or node.sup is not None:
        return ()
    below = node.sub.factors if isinstance(node.sub, Product) else (node.sub,)
    letters = tuple(each.name for each in below if isinstance(each, Symbol) and len(each.name) == 1)
    return letters if len(letters) == len(below) else ()


def _marked(node: Node, pair: set[str]) -> bool:
    """Whether a formula holds `\\delta_{ij}` or `1_{i=j}`."""
    signs = ("delta", "1", "mathbf{1}", "mathbb{1}", "I")
    return any(
        raised.sub is not None and _sign(raised.base) in signs and pair <= letters_in(raised.sub)
        for raised in of_kind(node, Scripted)
    )


def _sign(node: Node) -> str:
    return node.name if isinstance(node, Symbol) and not node.style else latex(node).strip("\\")


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
