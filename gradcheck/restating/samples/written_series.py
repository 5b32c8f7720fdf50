"""Linear models that are written out with dots: `\\theta_0 + \\theta_1 x_1 + \\dots + \\theta_n x_n` is a Σ.

Where the terms start at 0, where a letter of theirs stands by itself with a 0, or where they are entries of
one sample, `w_1 x_{i1} + \\dots + w_p x_{ip}`, the numbers are those of entries: the series becomes a Σ over
an index that the equation does not write, up to the letter that its last term carries. Others are added up
where they stand, since their letters may be those of units. Beside `X \\beta` an offset is one of the
entries: `\\beta_0 + \\sum_{j=1}^p \\beta_j x_{ij}` is the Σ alone, of features that hold a one. So it is
where a chain goes on with the Σ from 0, `b + \\sum_{j=1}^p w_j x_j = \\sum_{j=0}^p w_j x_j`, which says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from gradcheck.expr.meaning.matrices import RUNNING, generalised
from gradcheck.expr.written.definitions import written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Dots,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Relation,
    Relational,
    Scripted,
    Sum,
    Symbol,
    Term,
)
from gradcheck.notation.walk import letters_in, mapped, of_kind, rebuilt, walk
from gradcheck.records import replace

_INDICES = "jklqsr"


def with_series_summed(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with a Σ for each such series, and with offsets within it."""
    summed = [_told_from_zero(_summed(item)) if isinstance(item, Equation) else item for item in body]
    within = frozenset(_with_offset_within([item for item in summed if isinstance(item, Equation)]))
    if not within:
        return summed
    change = partial(rebuilt, kind=Sum, change=partial(_without_offset, within=within))
    return [rewritten(item, change) if isinstance(item, Equation) else item for item in summed]


def _summed(equation: Equation) -> Equation:
    if not any(of_kind(side, Dots) for side in equation.sides):
        return equation
    written = frozenset[str]().union(*map(letters_in, equation.sides))
    free = next((letter for letter in _INDICES if letter not in written), None)
    if free is None:
        return equation
    return rewritten(equation, lambda side: rebuilt(side, Sum, lambda node: _with_sum(node, free)))


def _with_sum(whole: Sum, letter: str) -> Node:
    place = next((p for p, term in enumerate(whole.terms) if isinstance(term.body, Dots)), None)
    if place is None or place + 1 >= len(whole.terms):
        return whole
    last = whole.terms[place + 1]
    for first in range(place):
        terms = whole.terms[first : place + 2]
        for start in (0, 1):
            pattern = _pattern([term.body for term in whole.terms[first:place]], start)
            upper = None if pattern is None else _last_index(pattern, last.body)
            others = [*whole.terms[:first], *whole.terms[place + 2 :]]
            if pattern is None or upper is None or {term.sign for term in terms} != {last.sign}:
                continue
            if start == 0 or _are_entries(_put(pattern, upper), others):
                summed = replace(_sum(pattern, letter, start, upper), span=terms[0].span.cover(last.span))
                joined = replace(terms[0], body=summed)
                kept = (*whole.terms[:first], joined, *whole.terms[place + 2 :])
                return summed if len(kept) == 1 and joined.sign == "+" else replace(whole, terms=kept)
    return whole


def _pattern(head: Sequence[Node], start: int) -> Node | None:
    """What the terms before the dots have in common, numbered from `start` on."""
    if len(head) == 1:
        alone = generalised(head[0], head[0], start)
        return None if alone == head[0] else alone
    found = [generalised(a, b, number) for number, (a, b) in enumerate(pairwise(head), start)]
    return found[0] if None not in found else None


def _last_index(pattern: Node, last: Node) -> Symbol | None:
    """The letter that the last term has in place of the running number."""
    for node in walk(last):
        letter = isinstance(node, Symbol) and len(node.name) == 1 and node.name.isalpha()
        if isinstance(node, Symbol) and letter and latex(_put(pattern, node)) == latex(last):
            return node
    return None


def _put(pattern: Node, index: Symbol) -> Node:
    if isinstance(pattern, Symbol) and pattern.name == RUNNING:
        return replace(index, span=pattern.span)
    match pattern:
        case Scripted(base=Symbol() as base, sub=Symbol(name=name) as number, sup=None) if name == RUNNING:
            if base.span.end == number.span.start:  # the `i1` of `x_{i1}`, which `x_{ip}` goes on
                factors = (base, replace(index, span=number.span))
                return Product(pattern.span, factors, (Operator(number.span, ""),))
    return mapped(pattern, lambda child: _put(child, index))


def _are_entries(pattern: Node, others: Sequence[Term]) -> bool:
    """Whether a letter of the series stands alone with a 0, or carries another index beside the number."""
    names = list(written_names(pattern))
    if any(len(name.sub) == 2 for name in names):
        return True
    bases = {name.base for name in names}
    return any(name.base in bases and name.sub == ("0",) for name in _alone(others))


def _alone(terms: Sequence[Term]) -> Iterator[Name]:
    yield from (name for term in terms if (name := read_name(term.body)) is not None)


def _sum(pattern: Node, letter: str, start: int, upper: Symbol) -> BigOperator:
    span = pattern.span
    index = Symbol(span, letter)
    lower = Relational(span, (index, Number(span, str(start))), (Relation(span, "="),))
    return BigOperator(span, "sum", lower, upper, _put(pattern, index))


def _told_from_zero(equation: Equation) -> Equation:
    """The equation with the Σ from 0 as what the same chain takes into it: an offset and the Σ from 1."""
    if len(equation.links) < 2:
        return equation
    long = {
        _terms_of(term.body, "1"): side
        for side in equation.sides
        if isinstance(side, Sum)
        for term in side.terms
        if isinstance(term.body, BigOperator) and term.sign == "+"
    }
    long.pop(None, None)
    if not long:
        return equation

    def told(node: BigOperator) -> Node:
        terms = _terms_of(node, "0")
        side = None if terms is None else long.get(terms)
        return node if side is None else Group(node.span, "(", ")", (replace(side, span=node.span),))

    return rewritten(equation, lambda side: rebuilt(side, BigOperator, told))


def _terms_of(node: BigOperator, start: str) -> str | None:
    """What a Σ adds up, and to where, if it starts at a number."""
    match node.lower:
        case Relational(operands=(index, Number(text=text))) if text == start and node.upper is not None:
            return f"{latex(index)}, {latex(node.upper)}, {latex(node.body)}" if node.kind == "sum" else None
    return None


def _with_offset_within(equations: Sequence[Equation]) -> Iterator[str]:
    """The letters of which `\\beta_0` stands nowhere but beside a Σ of the others, and all in a product."""
    sides = [side for equation in equations for side in equation.sides]
    beside = Counter(base for side in sides for whole in of_kind(side, Sum) for base in _offsets(whole))
    if not beside:
        return
    names = [name for side in sides for name in written_names(side)]
    whole = {base for side in sides for product in of_kind(side, Product) for base in _multiplied(product)}
    for base, times in beside.items():
        entries = [name for name in names if name.base == base and name.sub == ("0",)]
        if len(entries) == times and base in whole:
            yield base


def _offsets(whole: Sum) -> Iterator[str]:
    """β of `\\beta_0 + \\sum_{j=1}^p x_{ij} \\beta_j`."""
    alone = {(name.base, term.sign) for term in whole.terms if (name := _offset(term)) is not None}
    for term in whole.terms if alone else ():
        sigma = term.body
        if isinstance(sigma, BigOperator) and sigma.kind == "sum" and isinstance(sigma.body, Product):
            for name in filter(None, map(read_name, sigma.body.factors)):
                if (name.base, term.sign) in alone and len(name.sub) == 1 and name.sub[0].isalpha():
                    yield name.base


def _offset(term: Term) -> Name | None:
    name = read_name(term.body)
    return name if name is not None and name.is_plain and name.sub == ("0",) else None


def _multiplied(product: Product) -> Iterator[str]:
    """The letters that stand whole beside another name: β of `X \\beta`, w of `w^T x`."""
    names = [name for factor in product.factors if (name := read_name(factor)) is not None]
    if len(names) > 1 and not any(name.sub and name.sub[0].isdigit() for name in names):
        yield from (name.base for name in names if not name.sub)


def _without_offset(whole: Sum, within: frozenset[str]) -> Node:
    bases = within & set(_offsets(whole))
    kept = tuple(term for term in whole.terms if (name := _offset(term)) is None or name.base not in bases)
    if len(kept) == len(whole.terms):
        return whole
    return kept[0].body if len(kept) == 1 and kept[0].sign == "+" else replace(whole, terms=kept)
