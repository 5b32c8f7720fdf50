"""Functions that are derived by each other: `y = f(g(x))`, then `dy/dx = df/dg dg/dx`.

The letters stand for what the functions give there: g for g(x), f for f(g(x)). So they are quantities, each
an open function of the one inside, and wherever they stand before their own brackets these say nothing new;
`f'(g(x))` is `df/dg`. Read so only where a line derives by one of the inner letters, nothing else tells what
they are, and none of them is applied to anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, formulas, rewritten
from gradcheck.notation.tree import Fraction, Group, Node, Operator, Product, Relation, Scripted, Symbol
from gradcheck.notation.walk import mapped, of_kind
from gradcheck.records import replace
from gradcheck.restating.functions.own_arguments import OPEN_FUNCTIONS
from gradcheck.source import Span


def with_values_of_functions(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such letters as quantities, told before the first equation."""
    equations = [item for item in body if isinstance(item, Equation)]
    nests = {latex(node): nest for item in body for node in formulas(item) for nest in _nests(node)}
    if len(nests) != 1:
        return body
    (nest,) = nests.values()
    inside = nest[-1]
    letters = [*nest[:-1]]
    bases = [_base(letter) for letter in letters]
    derived = {
        name.key
        for equation in equations
        for side in equation.sides
        for quotient in quotients_in(side)
        for variable in quotient.variables
        if (name := read_name(variable)) is not None
    }
    told = {definition.name.base for definition in definitions(equations)}
    if len(set(bases)) < len(bases) or not derived & set(bases[1:]) or told & {*bases, _base(inside)}:
        return body
    own = dict(zip(bases, [*letters[1:], inside], strict=True))
    if not all(_is_own(each, own) for item in body for each in _applications(item)):
        return body
    taken = {name.base for item in body for node in formulas(item) for name in written_names(node)}
    free = [letter.removeprefix("\\") for letter in OPEN_FUNCTIONS if letter not in taken]
    if len(free) < len(letters) or not equations:
        return body
    made: list[Statement] = []
    for item in body:
        if item is equations[0]:
            pairs = zip(reversed(letters), [inside, *reversed(letters[1:])], free, strict=False)
            made += [_definition(item, *pair) for pair in pairs]
        made.append(rewritten(item, lambda side: _bare(side, own)) if isinstance(item, Equation) else item)
    return made


def _nests(side: Node) -> Iterator[tuple[Node, ...]]:
    """The letters of a whole side `h(g(f(x)))` from the outermost, and the innermost argument."""
    letters: list[Node] = []
    node = side
    while (applied := _application(node)) is not None and not applied[0].primes:
        letters.append(node.factors[0] if isinstance(node, Product) else node)
        node = applied[1]
    name = read_name(node)
    if len(letters) > 1 and name is not None and name.key == name.base and name.is_plain:
        yield (*letters, node)


def _application(node: Node) -> tuple[Name, Node] | None:
    """The letter and the argument of `f(u)`, and of nothing more."""
    match node:
        case Product(factors=(first, Group(open="(" | "[", items=(argument,))), operators=(sign,)):
            name = read_name(first) if not sign.kind else None
            lone = (
                name is not None
                and len(name.base.lstrip("\\")) == 1
                and name.without(primes=0).key == name.base
            )
            return (name, argument) if name is not None and lone else None
        case _:
            return None


def _applications(item: Statement) -> Iterator[tuple[Name, Node]]:
    """The letters before brackets anywhere in a statement, each with what these hold."""
    for node in (node for formula in formulas(item) for node in of_kind(formula, Product)):
        for first, group, sign in zip(node.factors, node.factors[1:], node.operators, strict=False):
            pair = Product(first.span.cover(group.span), (first, group), (sign,))
            if (applied := _application(pair)) is not None:
                yield applied


def _is_own(applied: tuple[Name, Node], own: Mapping[str, Node]) -> bool:
    """Whether a letter, if it is one of these, stands before its own argument, be it named or written out."""
    name, argument = applied
    inner = own.get(name.base)
    if inner is None:
        return True
    further = _application(argument)
    if further is not None:
        return further[0].base == _base(inner) and not further[0].primes and _is_own(further, own)
    return _base(argument) == _base(inner)


def _base(node: Node) -> str:
    name = read_name(node)
    return "" if name is None else name.base


def _bare(node: Node, own: Mapping[str, Node]) -> Node:
    """A formula in which these letters stand without their brackets."""
    node = mapped(node, lambda child: _bare(child, own))
    if not isinstance(node, Product):
        return node
    factors, operators = list(node.factors), list(node.operators)
    for place in range(len(factors) - 2, -1, -1):
        name, group = read_name(factors[place]), factors[place + 1]
        if name is None or name.base not in own or operators[place].kind or not isinstance(group, Group):
            continue
        letter = factors[place]
        if len(group.items) != 1 or _base(group.items[0]) != _base(own[name.base]):
            continue
        span = letter.span.cover(group.span)
        if name.primes:
            if name.primes > 1 or not isinstance(letter, Scripted):
                continue
            letter = Fraction(span, _change(letter.base, span), _change(own[name.base], span))
        factors[place : place + 2] = [letter]
        del operators[place]
    if len(factors) == 1:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(operators))


def _change(node: Node, span: Span) -> Node:
    return Product(span, (Symbol(span, "d"), replace(node, span=span)), (Operator(span, ""),))


def _definition(equation: Equation, letter: Node, argument: Node, function: str) -> Equation:
    """`g = \\psi(x)`, which no line by itself writes: its link has the number of none."""
    span = letter.span
    end = Span(span.end, span.end)
    value = Product(
        span,
        (Symbol(span, function), Group(span, "(", ")", (replace(argument, span=span),))),
        (Operator(end, ""),),
    )
    link = replace(equation.links[0], number=0, left=letter, right=value, relation=Relation(span, "="))
    return replace(equation, head=letter, links=(link,), connective="", context=())
