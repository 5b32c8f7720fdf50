"""Derivatives by time: beside `\\dot{\\theta}`, `\\frac{d}{dt} X` goes through all that moves in X.

A dot over a letter says that it is a function of time, whose rate is the dotted letter and whose rate's rate
has two dots. No formula of t is needed: `d/dt X` is `∂X/∂θ \\dot θ + ∂X/∂\\dot θ \\ddot θ` over each letter
with a dot that X holds, or that a formula holds on which X rests. Where t itself is among what X rests on, or
a rate's rate, the line is left as it is.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import SIGNS, read_quotient, targets_in
from gradcheck.notation.parser import parse_one
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Accent, Fraction, Group, Node, Operator, Product, Scripted, Symbol
from gradcheck.notation.walk import letters_in, mapped, of_kind, walk
from gradcheck.records import dataclass, replace
from gradcheck.restating.passages.functions_told import at_place

TIME, RATE, SECOND = "t", "dot", "ddot"
_MOST = 6  # letters that move together


@dataclass(frozen=True, slots=True)
class Moving:
    """A letter that moves, its rate and its rate's rate, as they are written."""

    value: str
    rate: str
    second: str


def with_rates_written(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such derivatives by time written out; themselves where nothing has a dot."""
    equations = [item for item in body if isinstance(item, Equation)]
    moving = {_key(found.rate): found for e in equations for side in e.sides for found in _moving(side)}
    if not 0 < len(moving) <= _MOST:
        return body
    formulas: dict[str, Node] = {}
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation):
            formulas |= {found.name.key: found.right for found in definitions([item])}
            item = rewritten(item, partial(_written_out, moving=list(moving.values()), formulas=formulas))
        made.append(item)
    return made


def _moving(side: Node) -> Iterator[Moving]:
    """The letters of a formula that have one dot, `\\dot{q}_1` as well as `\\dot{q_1}`."""
    if not any(accent.kind == RATE for accent in of_kind(side, Accent)):
        return
    for node in walk(side):
        base = node.base if isinstance(node, Scripted) and node.sub is not None and not node.primes else node
        if not isinstance(base, Accent) or base.kind != RATE or read_name(node) is None:
            continue
        if not isinstance(base.base, Symbol | Scripted) or SIGNS & letters_in(base.base):
            continue
        forms = (base.base, base, replace(base, kind=SECOND))
        if isinstance(node, Scripted):
            yield Moving(*(latex(replace(node, base=form, sup=None)) for form in forms))
        elif not any(inner.base is node for inner in of_kind(side, Scripted) if inner.sub is not None):
            yield Moving(*map(latex, forms))


def _by_time(node: Node) -> bool:
    """Whether a quotient is `d/dt` or `dX/dt`, once."""
    quotient = read_quotient(node) if isinstance(node, Fraction) else None
    return quotient is not None and [latex(variable) for variable in quotient.variables] == [TIME]


def _written_out(node: Node, moving: Sequence[Moving], formulas: Mapping[str, Node]) -> Node:
    node = mapped(node, partial(_written_out, moving=moving, formulas=formulas))
    derived = _derived(node)
    return node if derived is None else _through(derived, moving, formulas) or node


def _derived(node: Node) -> Node | None:
    """The X of `d/dt X` and `dX/dt`; None for anything else, and where its end is not certain."""
    if isinstance(node, Fraction) and _by_time(node):
        quotient = read_quotient(node)
        return None if quotient is None else quotient.target
    if not isinstance(node, Product) or not _by_time(node.factors[0]) or node.operators[0].kind:
        return None
    quotient, rest = read_quotient(node.factors[0]), node.factors[1:]
    ends = any(isinstance(factor, Group | Fraction) for factor in rest)
    if quotient is None or quotient.target is not None or (ends and len(rest) > 1):
        return None
    operators: tuple[Operator, ...] = node.operators[1:]
    return rest[0] if len(rest) == 1 else Product(rest[0].span.cover(rest[-1].span), rest, operators)


def _through(derived: Node, moving: Sequence[Moving], formulas: Mapping[str, Node]) -> Node | None:
    """`∂X/∂q \\dot q + ∂X/∂\\dot q \\ddot q` over all that moves in X; None where nothing does."""
    stops = {_key(written) for each in moving for written in (each.value, each.rate)}
    held = _rested_on(derived, stops, formulas)
    if TIME in _rested_on(derived, (), formulas) or held & {_key(each.second) for each in moving}:
        return None
    steps = [(each.value, each.rate) for each in moving if _key(each.value) in held]
    steps += [(each.rate, each.second) for each in moving if _key(each.rate) in held]
    whole = latex(derived)
    terms = (rf"\frac{{\partial}}{{\partial {by}}} \left( {whole} \right) {rate}" for by, rate in steps)
    made = parse_one(rf"\left( {' + '.join(terms)} \right)") if steps else None
    return None if made is None else at_place(made, derived.span)


def _rested_on(derived: Node, stops: Container[str | None], formulas: Mapping[str, Node]) -> set[str]:
    """The keys of what a formula holds, and of what the formulas told above for these hold, and so on.

    stops   what no formula is asked of: the rate of what moves is its own
    """
    found: set[str] = set()
    waiting = {name.key for name in (*_names(derived), *targets_in(derived))}
    while waiting:
        found |= waiting
        rights = [formulas[key] for key in waiting if key in formulas and key not in stops]
        waiting = {name.key for right in rights for name in _names(right)} - found
    return found


def _names(node: Node) -> Iterator[Name]:
    return (name.without(power=None) for name in written_names(node))


def _key(written: str) -> str | None:
    node = parse_one(written)
    name = None if node is None else read_name(node)
    return None if name is None else name.key
