"""Losses that only the running text names: "the negative log-likelihood of the logistic regression".

Where a loss is derived and nothing defines it, its name says the formula, once it is known of what. Its
gradient begins with what the network gives minus what it should give: that residual, `\\sigma(X w) - y`,
tells both. Constants differ from author to author, so a few are offered, and the one is taken under which
more of the document is right. Where none makes anything right the loss stays unknown, and nobody is accused
by it, nor is a line that another constant makes right. A text that speaks of penalties means another loss.
One that names none, of gradients that do not name it either (`dZ = A - Y`), leaves the cross entropy beside a
sigmoid or a softmax; that accuses nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import Definition, definitions, read_applied, unboxed
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.indices import index_letter, names_within
from gradcheck.expr.written.names import RUNNING_LETTERS, Name, read_name
from gradcheck.expr.written.quotients import derives
from gradcheck.expr.written.vocabulary import is_loss_name
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Heading, Prose, Statement
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Fraction,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Sum,
    Symbol,
)
from gradcheck.notation.walk import mapped, of_kind, walk
from gradcheck.patterns import late_pattern
from gradcheck.records import dataclass, replace
from gradcheck.restating.passages.segments import Candidates, differentiated_targets
from gradcheck.source import Span

NOTE = "the loss is read as the one that the text names"
CUSTOMARY = "no loss is written or named: it is read as the cross entropy that goes with this output"
UNSURE = "whether this holds rests on a constant of the loss, which is only named: write its formula down"
ENTROPY = late_pattern(
    r"cross[- ]?entropy|negative log[- ]?likelihood|\bN\.?L\.?L\b|log[- ]?loss|logistic loss|"
    r"\b(?:logistic|softmax) regression|"
    r"kreuzentropie|entropie croisée|entropía cruzada|交叉熵",
    re.IGNORECASE,
)
SQUARES = late_pattern(
    r"squared?[- ](?:error|loss)|least[- ]squares|quadratic (?:loss|cost|error)|\b[MS]SE\b|"
    r"quadratische\w* fehler|erreur quadratique|error cuadrático|均方误差",
    re.IGNORECASE,
)
# What makes another loss of it: a term beside it, weights, other labels, or a likelihood that is made large.
OTHERWISE = late_pattern(
    r"regulari[sz]|penalt|weight decay|\bridge|\blasso|smooth|focal|weighted|\bprior\b|margin|hinge|mask|"
    r"(?<!negative )\blog[- ]likelihood|maximi[sz]|\bascent\b",
    re.IGNORECASE,
)
# Any word of squares: then a customary loss is none.
OF_POWERS = late_pattern(
    r"squar|quadrat|\bL_?2\b|\bR?MSE\b|euclid|平方|二乗|均方|carré|cuadrad", re.IGNORECASE
)
# What the network gives and what it should give, in the formulas of losses.
GIVEN, WANTED = "Xi", "Upsilon"
OF_TWO_CLASSES = r"(-{sum} (\Upsilon \log \Xi + (1 - \Upsilon) \log (1 - \Xi)))"
OF_CLASSES = r"(-{sum} \Upsilon \log \Xi)"
OF_SQUARES = (r"\frac{{1}}{{2}} {sum} (\Xi - \Upsilon)^2", r"{sum} (\Xi - \Upsilon)^2")
MOST = 8
ERROR = "\\delta"  # a layer's, which begins with the residual as gradients do
WHOLE_PASS = 3  # gradients; fewer are lines by themselves


@dataclass(frozen=True, slots=True)
class Residual:
    """What a gradient begins with: what is given minus what is wanted.

    activation   the operation that gives it, where that is a sigmoid or a softmax
    """

    given: Node
    wanted: Node
    activation: str


def named_losses(body: Sequence[Statement]) -> Iterator[Candidates]:
    """The formulas that a loss may have, by the keys of the letters for it; none where one is written."""
    equations = [item for item in body if isinstance(item, Equation)]
    known = _known(equations)
    targets = map(_name, sorted(differentiated_targets(equations)))
    letters = list(filter(is_loss_name, targets)) or _unwritten(equations)
    if not letters or any(is_loss_name(d.name) for d in known.values()):
        return
    text = _text(body)
    if OTHERWISE.search(text) or not (names_loss(body) or _is_customary(equations, text)):
        return
    count = _count(equations)
    found = [f for r in _residuals(equations, known) for f in _formulas(r, text, count)]
    for formula in list({latex(formula): formula for formula in found}.values())[:MOST]:
        yield {name.key: [Definition(name, formula, (0, 0))] for name in letters}


def _known(equations: Sequence[Equation]) -> dict[str, Definition]:
    """The last definition of each name, by the side of its chain that names an activation."""
    known = {d.name.key: d for d in definitions(equations)}
    for equation in equations:
        head = read_name(unboxed(equation.head))
        told = None if head is None else known.get(head.key)
        if told is not None and not _activation(told.right, known):
            sides = (link.right for link in equation.links if _activation(link.right, known))
            known[told.name.key] = replace(told, right=next(sides, told.right))
    return known


def names_loss(body: Iterable[Statement]) -> bool:
    """Whether the text says what loss it is."""
    text = _text(body)
    return bool(ENTROPY.search(text) or SQUARES.search(text))


def _is_customary(equations: Sequence[Equation], text: str) -> bool:
    """Whether a whole way back calls its gradients `dZ` alone: the loss is in no formula and in no word."""
    if OF_POWERS.search(text) or any(derives(side) for e in equations for side in e.sides):
        return False
    return sum(map(_is_of_gradient, equations)) >= WHOLE_PASS


def _text(body: Iterable[Statement]) -> str:
    return "\n".join(item.text for item in body if isinstance(item, Prose | Heading))


def _unwritten(equations: Iterable[Equation]) -> list[Name]:
    """A letter for the loss of `dZ = A - Y`, where derivatives are named and the loss is not."""
    return [_name("L")] if any(map(_is_of_gradient, equations)) else []


def _is_of_gradient(equation: Equation) -> bool:
    """Whether an equation tells a derivative, by its quotient or by its name."""
    head = read_name(unboxed(equation.head))
    return derives(equation.head) or (head is not None and head.differentiated is not None)


def _name(base: str) -> Name:
    return Name(base, Span(0, 0))


def _residuals(equations: Iterable[Equation], known: Mapping[str, Definition]) -> Iterator[Residual]:
    """The differences in derivatives between a value that is made and a name that nothing makes."""
    for equation in equations:
        head = read_name(unboxed(equation.head))
        if not _is_of_gradient(equation) and (head is None or head.base != ERROR):
            continue
        for node in (node for side in equation.sides for node in of_kind(side, Sum)):
            if len(node.terms) != 2:
                continue
            first, second = sorted(node.terms, key=lambda term: term.sign == "-")
            wanted = read_name(second.body)
            if first.sign == second.sign or wanted is None or not wanted.is_plain:
                continue
            activation = _activation(first.body, known)
            made = read_name(first.body) is None or activation or _is_known(first.body, known)
            if made and wanted.key not in known:
                yield Residual(first.body, second.body, activation)


def _is_known(node: Node, known: Mapping[str, Definition]) -> bool:
    name = read_name(node)
    return name is not None and name.without(sub=()).key in {
        d.name.without(sub=()).key for d in known.values()
    }


def _activation(node: Node, known: Mapping[str, Definition], depth: int = 0) -> str:
    """`sigmoid` or `softmax`, where a value is given by one, by its name or by its formula; else ""."""
    node = unboxed(node)
    applied = read_applied(node)
    function = read_name(node.function) if isinstance(node, Call) else applied.function if applied else None
    builtin = builtin_of(function) if function is not None else None
    if builtin is not None:
        return builtin.op if builtin.op in ("sigmoid", "softmax") else ""
    if isinstance(node, Fraction):
        return _by_formula(node)
    name = read_name(node)
    definition = known.get(name.key) if name is not None else None
    return _activation(definition.right, known, depth + 1) if definition is not None and depth < 3 else ""


def _by_formula(node: Fraction) -> str:
    """The function that a fraction of exponentials is."""
    if of_kind(node.denominator, BigOperator):
        return "softmax"
    below = node.denominator
    one = isinstance(node.numerator, Number) and isinstance(below, Sum) and len(below.terms) == 2
    return "sigmoid" if one else ""


def _formulas(residual: Residual, text: str, count: str) -> Iterator[Node]:
    """The losses of which a residual may be that the text names; the cross entropy where it names none."""
    letters = {index_letter(name) or name.sample or "" for name in names_within(residual.wanted)}
    letters = {letter for letter in letters if letter in RUNNING_LETTERS}
    sums = [rf"\sum_{{{letter}}}" for letter in letters] or [r"\sum", r"\sum \sum", ""]
    templates: list[str] = []
    if residual.activation and (ENTROPY.search(text) or not SQUARES.search(text)):
        templates.append(OF_CLASSES if residual.activation == "softmax" else OF_TWO_CLASSES)
    if SQUARES.search(text):
        templates += OF_SQUARES
    for template in templates:
        for sign in sums:
            for factor in ("", *([rf"\frac{{1}}{{{count}}} "] if count and sign else [])):
                yield _put(factor + template.format(sum=sign), residual)


def _put(template: str, residual: Residual) -> Node:
    """A formula with what is given and what is wanted in place of their letters."""
    node = parse_one(template)
    assert node is not None, "templates can be read"

    def put(node: Node) -> Node:
        if isinstance(node, Symbol) and node.name in (GIVEN, WANTED):
            value = residual.given if node.name == GIVEN else residual.wanted
            return value if read_name(value) is not None else Group(value.span, "(", ")", (value,))
        return mapped(node, put)

    return put(node)


def _count(equations: Iterable[Equation]) -> str:
    """The letter that derivatives are divided by, as their mean over samples; "" without one."""
    for equation in equations:
        for node in (node for side in equation.sides for node in walk(side)):
            below = _divisor(node)
            name = None if below is None else read_name(below)
            if below is not None and name is not None and name.is_plain and _is_of_gradient(equation):
                return latex(below)
    return ""


def _divisor(node: Node) -> Node | None:
    """What a number is divided by, with a bar or a slash."""
    match node:
        case Fraction(numerator=Number(), denominator=below):
            return below
        case Product(factors=(Number(), below, *_), operators=(Operator(kind="/"), *_)):
            return below
    return None
