r"""Tables of values: `Q(s_t^i, a_t^i)` that a loss sums over i and t, and that a step derives by: `Q_{it}`.

Where a document differentiates by the value of a letter at some arguments, each value is a quantity of its
own, one for every index that Σs count in the arguments; a value elsewhere, `\max_{a'} Q(s_{t+1}^i, a')`, is
another one, which is held. A rate may take the constants of the loss: where no step writes any, and nothing
else derives the loss, its squares are added up with a half. Rejected: to take the value for a function, since
nothing says how it changes between two arguments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gradcheck.expr.written.definitions import definitions
from gradcheck.expr.written.indices import bound_letters
from gradcheck.expr.written.names import LAYER_MARK, base_text
from gradcheck.expr.written.quotients import quotients_in
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Fraction,
    Group,
    Node,
    Number,
    Operator,
    Product,
    Scripted,
    Symbol,
    Text,
)
from gradcheck.notation.walk import letters_in, mapped, of_kind, walk
from gradcheck.records import dataclass, field, replace

STEPS = ("←", ":=")


def with_tables(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with the values of tables as entries; themselves where no value is derived by."""
    equations = [item for item in body if isinstance(item, Equation)]
    derived = {found for equation in equations for found in _derived_by(equation)}
    if len(derived) != 1:
        return body
    (found,) = derived
    if _is_function(found.letter, equations):
        return body
    own = [e for e in equations if any(_holds(side, found.letter) for side in e.sides) and not _speaks(e)]
    counted = dict.fromkeys(mark for e in own for side in e.sides for mark in _counted(side))
    table = _Table(found, tuple(counted))
    loose = all(_is_step(e) for e in own if any(True for _ in _derived_by(e)))
    made: list[Statement] = []
    for item in body:
        if isinstance(item, Equation) and any(item is one for one in own):
            item = rewritten(item, table.written)
            item = rewritten(item, _with_a_half) if loose else item
        made.append(item)
    return made


@dataclass(frozen=True, slots=True)
class _Value:
    """A letter at some arguments, which are LaTeX."""

    letter: str
    arguments: str


@dataclass(slots=True)
class _Table:
    """What the values of a document are written as.

    derived   the value that is derived by, which keeps its letter
    counted   the letters that Σs count, the outer ones first
    numbers   every other value of the letter → its number
    """

    derived: _Value
    counted: tuple[str, ...]
    numbers: dict[_Value, int] = field(default_factory=dict)

    def written(self, node: Node) -> Node:
        """A formula with its values as entries."""
        if isinstance(node, Call) and _is_best(node.function):
            pair = _pair(node.argument)
            if pair is not None and pair[0].name == self.derived.letter:
                return self._entry(pair[0], node, _Value(self.derived.letter, latex(node)))
        if not isinstance(node, Product):
            return mapped(node, self.written)
        factors: list[Node] = []
        operators: list[Operator] = []
        at = 0
        while at < len(node.factors):
            joined = at + 1 < len(node.factors) and not node.operators[at].kind
            value = self._value(node.factors[at], node.factors[at + 1]) if joined else None
            factors.append(self.written(node.factors[at]) if value is None else value)
            at += 1 if value is None else 2
            operators += node.operators[at - 1 : at]
        return (
            factors[0]
            if len(factors) == 1
            else replace(node, factors=tuple(factors), operators=tuple(operators))
        )

    def _value(self, first: Node, second: Node) -> Node | None:
        """What stands for a letter with its arguments; None for other factors."""
        if isinstance(second, Group) and [base_text(item) for item in second.items] == [self.derived.letter]:
            return self.written(first)  # `\\ell(Q)` is the loss
        if not isinstance(first, Symbol) or not _is_value(first, second):
            return None
        value = _Value(first.name, latex(second))
        beside = value.arguments == self.derived.arguments and any(self._marks(second))
        return self._entry(first, second, value) if first.name == self.derived.letter or beside else None

    def _marks(self, arguments: Node) -> Iterator[Symbol]:
        letters = letters_in(arguments)
        yield from (Symbol(arguments.span, mark) for mark in self.counted if mark in letters)

    def _entry(self, letter: Symbol, arguments: Node, value: _Value) -> Node:
        keeps = value.arguments == self.derived.arguments
        number = "" if keeps else self.numbers.setdefault(value, len(self.numbers) + 1)
        span = letter.span.cover(arguments.span)
        marks = tuple(self._marks(arguments))
        # A capital with one index is a row of a matrix, and a value is a number.
        small = len(marks) == 1 and letter.name.isupper()
        name = letter.name.lower() if small else letter.name
        base = Symbol(span, name if keeps and not small else f"{name}{LAYER_MARK}at{number}")
        if not marks:
            return base
        between = tuple(Operator(span, "") for _ in marks[1:])
        return Scripted(span, base, Product(span, marks, between) if between else marks[0], None)


def _is_value(first: Node, second: Node) -> bool:
    """Whether two factors are a letter with its arguments."""
    letter = isinstance(first, Symbol) and not first.style and len(first.name) == 1
    return letter and isinstance(second, Group) and second.open == "(" and bool(second.items)


def _pair(node: Node) -> tuple[Symbol, Node] | None:
    """A letter and its arguments, where a formula is just that."""
    if isinstance(node, Product) and len(node.factors) == 2 and not node.operators[0].kind:
        first, second = node.factors
        if isinstance(first, Symbol) and _is_value(first, second):
            return first, second
    return None


def _is_best(function: Node) -> bool:
    base = function.base if isinstance(function, Scripted) else function
    return isinstance(base, Symbol) and base.name in ("max", "min")


def _derived_by(equation: Equation) -> Iterator[_Value]:
    """The values that an equation derives by."""
    for variable in (v for side in equation.sides for v in _variables(side)):
        pair = _pair(variable)
        if pair is not None:
            yield _Value(pair[0].name, latex(pair[1]))


def _variables(side: Node) -> Iterator[Node]:
    """What a formula derives by, in quotients and below ∇."""
    for node in of_kind(side, Scripted):
        if base_text(node.base) == "nabla" and node.sub is not None:
            yield node.sub
    for quotient in quotients_in(side):
        yield from quotient.variables


def _is_function(letter: str, equations: Sequence[Equation]) -> bool:
    """Whether a letter has a formula, or changes with something that is derived by."""
    if any(definition.name.key == letter for definition in definitions(equations)):
        return True
    sides = [side for equation in equations for side in equation.sides]
    varied = {base_text(v) for side in sides for v in _variables(side)} - {None}
    inside = (
        base_text(part)
        for side in sides
        for node in of_kind(side, Product)
        for first, second in zip(node.factors, node.factors[1:], strict=False)
        if base_text(first) == letter and _is_value(first, second)
        for part in walk(second)
    )
    slopes = any(
        base_text(node.base) == letter and node.primes for side in sides for node in of_kind(side, Scripted)
    )
    targets = (quotient for side in sides for quotient in quotients_in(side) if quotient.target is not None)
    moved = any(
        quotient.target is not None
        and _holds(quotient.target, letter)
        and not any(map(_pair, quotient.variables))
        for quotient in targets
    )
    return slopes or moved or any(name in varied for name in inside)


def _holds(node: Node, letter: str) -> bool:
    return any(
        base_text(first) == letter and _is_value(first, second)
        for product in of_kind(node, Product)
        for first, second in zip(product.factors, product.factors[1:], strict=False)
    )


def _speaks(equation: Equation) -> bool:
    """Whether words stand in a formula: what they choose, nobody knows."""
    return any(of_kind(side, Text) for side in equation.sides)


def _counted(side: Node) -> Iterator[str]:
    for node in of_kind(side, BigOperator):
        if node.kind == "sum":
            yield from sorted(bound_letters(node))


def _is_step(equation: Equation) -> bool:
    """Whether an equation is a step that writes no constants of the loss."""
    written = (node for link in equation.links[1:] for node in walk(link.right))
    constants = any(isinstance(n, Fraction) or (isinstance(n, Number) and n.text != "1") for n in written)
    return equation.links[0].relation.sign in STEPS and not constants


def _with_a_half(node: Node) -> Node:
    """A mean or a sum of squares as half their sum."""
    factors = node.factors if isinstance(node, Product) else (node,)
    total = factors[-1]
    inner = total
    while isinstance(inner, BigOperator) and inner.kind == "sum":
        inner = inner.body
    square = isinstance(inner, Scripted) and isinstance(inner.sup, Number) and inner.sup.text == "2"
    scaled = all(isinstance(factor, Fraction | Number) for factor in factors[:-1])
    if inner is total or not square or not scaled:
        return node
    half = Fraction(node.span, Number(node.span, "1"), Number(node.span, "2"))
    return Product(node.span, (half, total), (Operator(node.span, ""),))
