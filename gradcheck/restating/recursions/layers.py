"""Bare superscripts that count layers: `a^l = σ(W^l a^{l-1})` read like `a^{(l)} = σ(W^{(l)} a^{(l-1)})`.

A letter counts layers, and raises to no power, where several names carry it, one of them carries it shifted
by one, and it is no factor on the line. Numbers and the capital of the letter are then layers, too, on the
names that carry it. Numbers alone count layers where several names have a first one, `a^1` and `w^1`: nobody
writes that power. What a document shows holds for all of it, and what one case shows holds there besides, and
in the cases that go on with several such letters: long notes square a letter in one part and number it in
another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import unboxed, written_names
from gradcheck.expr.written.names import base_text, script_text
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.vocabulary import Vocabulary
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Group, Node, Number, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import of_kind, rebuilt
from gradcheck.patterns import late_pattern
from gradcheck.records import replace
from gradcheck.restating.passages.segments import segments

SHIFTED = late_pattern(r"\\?([a-zA-SU-Z]|ell)[+-]1$")


def bracketed(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with bare layers in round brackets; themselves where there are none."""
    equations = [item for item in body if isinstance(item, Equation)]
    if not _may_count(equations):
        return body
    whole = _counted(equations)
    parts = segments(body, Vocabulary())
    found = [_counted(part.equations) for part in parts] if len(parts) > 1 else []
    shown = set[str]().union(*(bases for _, bases in found))
    own = {}
    for part, (letters, bases) in zip(parts, found, strict=False):
        layered = bases | _goes_on(part.equations, shown)
        own.update(dict.fromkeys((e.number for e in part.equations), (letters, layered)))
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            letters, bases = (a | b for a, b in zip(whole, own.get(item.number, whole), strict=True))
            names = letters | {letter[-1].upper() for letter in letters}
            item = _written(item, names, bases) if bases else item
        made.append(item)
    return made


def _goes_on(equations: Sequence[Equation], shown: set[str]) -> set[str]:
    """What carries layers in another part, where several such letters are numbered here and none is bare.

    One of them is given a value here, or is what is differentiated by.
    """
    numbered = {base_text(n.base) or "" for n in _scripted(equations) if isinstance(n.sup, Number)}
    going = numbered & shown - _without_marks(equations)
    return going if len(going) > 1 and going & _derived_or_defined(equations) else set()


def _may_count(equations: Sequence[Equation]) -> bool:
    """Whether a letter above is shifted, or two letters carry a bare 1: else nothing counts layers."""
    first: set[str | None] = set()
    for node in _scripted(equations):
        if isinstance(node.sup, Number):
            first |= {base_text(node.base)} if node.sup.text == "1" else set()
        elif node.sup is not None and SHIFTED.match(script_text(node.sup)):
            return True
    return len(first) > 1


def _counted(equations: Sequence[Equation]) -> tuple[set[str], set[str]]:
    """The letters that count layers in some equations, and the letters that carry layers."""
    carriers: defaultdict[str, set[str]] = defaultdict(set)
    shifted: set[str] = set()
    first: set[str] = set()
    numbered: set[str] = set()
    for node in _scripted(equations):
        text = script_text(node.sup) if node.sup is not None else ""
        found = SHIFTED.match(text)
        if found is not None:
            shifted.add(found[1])
        elif isinstance(node.sup, Symbol) and not node.sup.style:
            carriers[node.sup.name].add(base_text(node.base) or "")
        elif isinstance(node.sup, Number):
            numbered.add(base_text(node.base) or "")
            first |= {base_text(node.base) or ""} if text == "1" else set()
    layers = {letter for letter in shifted if len(carriers[letter]) > 1}
    layers -= _exponents(equations) if layers else set()
    bases = {base for letter in layers for base in carriers[letter]}
    if len(first) > 1:
        own = _derived_or_defined(equations)
        # What has a first one and is told or derived by under a number has layers, whatever else it means.
        bases |= (first & own) | ((first | (numbered & own)) - _without_marks(equations))
    return layers, bases


def _exponents(equations: Sequence[Equation]) -> set[str]:
    """The letters that stand as factors, k of `k t^{k-1}`, or are differentiated by: no layer's number is."""
    sides = [side for equation in equations for side in equation.sides]
    derived = (by for side in sides for quotient in quotients_in(side) for by in quotient.variables)
    factors = (factor for side in sides for product in of_kind(side, Product) for factor in product.factors)
    on_the_line = {node.name for node in (*derived, *factors) if isinstance(node, Symbol)}
    return on_the_line - {
        name for side in sides for node in of_kind(side, Scripted) for name in _in_scripts(node)
    }


def _in_scripts(node: Scripted) -> Iterator[str]:
    """The letters below a name and those beside another mark above it: there they are no factors."""
    for script in (node.sub, node.sup if isinstance(node.sup, Product | Group) else None):
        yield from (s.name for s in of_kind(script, Symbol)) if script is not None else ()


def _derived_or_defined(equations: Sequence[Equation]) -> set[str]:
    """The letters that stand with a number above them alone on a left side, or are differentiated by so."""
    heads = [unboxed(equation.head) for equation in equations]
    quotients = [q for e in equations for side in e.sides for q in quotients_in(side)]
    nodes = [*heads, *(variable for quotient in quotients for variable in quotient.variables)]
    found = {base_text(n.base) for n in nodes if isinstance(n, Scripted) and isinstance(n.sup, Number)}
    return {base for base in found if base is not None}


def _without_marks(equations: Sequence[Equation]) -> set[str]:
    """The letters that also stand with nothing above them: `w` beside `w^2` is squared there.

    `b_1` beside `b_i^1` numbers its layers, too, below where no entry is meant.
    """
    names = [name for e in equations for side in e.sides for name in written_names(side)]
    unmarked = (n for n in names if n.power is None and n.layer is None and n.sample is None)
    entries = {n.base for n in names if n.power is not None and n.sub and not n.sub[0].isdigit()}
    return {n.base for n in unmarked if not (n.base in entries and n.sub and n.sub[0].isdigit())}


def _scripted(equations: Sequence[Equation]) -> Iterator[Scripted]:
    """Every name with a superscript."""
    for equation in equations:
        for side in equation.sides:
            for node in of_kind(side, Scripted):
                if node.sup is not None and base_text(node.base) is not None:
                    yield node


def _written(equation: Equation, layers: set[str], bases: set[str]) -> Equation:
    def change(node: Scripted) -> Scripted:
        if node.sup is None or not _is_layer(node.sup, layers, base_text(node.base) in bases):
            return node
        return replace(node, sup=Group(node.sup.span, "(", ")", (node.sup,)))

    return rewritten(equation, lambda side: rebuilt(side, Scripted, change))


def _is_layer(script: Node, layers: set[str], carries: bool) -> bool:
    """Whether a superscript is a layer: a letter, the letter shifted, or a number on what carries layers."""
    match script:
        case Symbol(name=name, style=""):
            return name in layers and (carries or name.islower())
        case Number(text=text):
            return carries and text.isdigit()
        case Sum(terms=terms):
            names = [term.body.name for term in terms if isinstance(term.body, Symbol)]
            numbers = [term.body for term in terms if isinstance(term.body, Number)]
            return len(names) == 1 and names[0] in layers and len(numbers) == len(terms) - 1
        case _:
            return False
