r"""Models whose brackets leave the parameter out: `V(s)` beside `\nabla_\theta V(s)` is `V(s, \theta)`.

A letter that no formula defines and that is derived by a name outside of its brackets changes with that name,
wherever it stands. Only where it is one model: it has the same arguments everywhere, since of `V(s)` and
`V(s')` an author may hold one, and all that it is derived by is one name that nothing makes. A loss is no
model, and where a line tells what the derivative is, or goes on without it, the letter is not any function.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.names import base_text
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.expr.written.vocabulary import LOSS_BASES
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import Fraction, Group, Node, Product, Scripted, Sum, Symbol
from gradcheck.notation.walk import mapped, of_kind, walk
from gradcheck.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class _Model:
    """A letter with the only arguments that it has, and the parameter that these leave out."""

    letter: str
    parameter: Node


def with_parameters_said(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with such a parameter as the last argument; themselves where there is none."""
    equations = [item for item in body if isinstance(item, Equation)]
    sides = [side for equation in equations for side in equation.sides]
    derived = {(letter, latex(by)): by for side in sides for letter, by in _derived(side)}
    if len(derived) != 1:
        return body
    ((letter, parameter), by) = next(iter(derived.items()))
    told = {definition.name.base for definition in definitions(equations)}
    uses = [group for side in sides for group in _arguments(side, letter)]
    within = {latex(part) for group in uses for part in walk(group)}
    alike = len({latex(group) for group in uses}) == 1
    if not alike or parameter in within or {letter, parameter} & told or letter in (*BUILTIN, *LOSS_BASES):
        return body
    if any(map(_is_derivative, sides)) or any(_is_worked_out(e, parameter) for e in equations):
        return body
    model = _Model(letter, by)
    return [
        rewritten(item, lambda side: _said(side, model)) if isinstance(item, Equation) else item
        for item in body
    ]


def _derived(side: Node) -> Iterator[tuple[str, Node]]:
    """The letters whose values a formula derives, each with the name that it is derived by."""
    for quotient in quotients_in(side):
        target, variables = quotient.target, quotient.variables
        pair = target.factors if isinstance(target, Product) else ()
        if len(pair) == 2 and _is_value(*pair) and len(variables) == 1 and isinstance(variables[0], Symbol):
            yield latex(pair[0]), variables[0]
    for node in of_kind(side, Product):
        for sign, letter, group in zip(node.factors, node.factors[1:], node.factors[2:], strict=False):
            by = sign.sub if isinstance(sign, Scripted) and base_text(sign.base) == "nabla" else None
            if isinstance(by, Symbol) and _is_value(letter, group):
                yield latex(letter), by


def _is_derivative(side: Node) -> bool:
    """Whether a formula is nothing but the derivative of such a value, with its sign."""
    side = side.terms[0].body if isinstance(side, Sum) and len(side.terms) == 1 else side
    if isinstance(side, Product):
        return len(side.factors) == 3 and any(True for _ in _derived(side))
    return isinstance(side, Fraction) and any(True for _ in _derived(side))


def _is_worked_out(equation: Equation, parameter: str) -> bool:
    """Whether an equation about the parameter or a derivative by it goes on without such a derivative."""
    if latex(equation.head) != parameter and not any(_varies(side, parameter) for side in equation.sides):
        return False
    return not all(_varies(link.right, parameter) for link in equation.links)


def _varies(side: Node, parameter: str) -> bool:
    """Whether a formula holds a derivative by the parameter."""
    quotients = any(latex(v) == parameter for quotient in quotients_in(side) for v in quotient.variables)
    return quotients or any(
        base_text(node.base) == "nabla" and node.sub is not None and latex(node.sub) == parameter
        for node in of_kind(side, Scripted)
    )


def _arguments(side: Node, letter: str) -> Iterator[Node]:
    """The brackets behind a letter."""
    for node in of_kind(side, Product):
        yield from (two for one, two in pairwise(node.factors) if _is_value(one, two, letter))


def _is_value(first: Node, second: Node, letter: str = "") -> bool:
    """Whether two factors are a letter, or a certain one, with its arguments."""
    plain = isinstance(first, Symbol) and not first.style and len(first.name) == 1
    applied = isinstance(second, Group) and second.open == "(" and bool(second.items)
    return plain and applied and letter in ("", latex(first))


def _said(node: Node, model: _Model) -> Node:
    node = mapped(node, lambda child: _said(child, model))
    if not isinstance(node, Product):
        return node
    factors = list(node.factors)
    for at, (first, second) in enumerate(pairwise(node.factors)):
        if _is_value(first, second, model.letter) and isinstance(second, Group):
            parameter = replace(model.parameter, span=second.span)
            items, separators = (*second.items, parameter), (*second.separators, ",")
            factors[at + 1] = replace(second, items=items, separators=separators)
    return replace(node, factors=tuple(factors))
