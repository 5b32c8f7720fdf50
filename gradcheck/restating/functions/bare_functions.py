"""Functions without their argument: `\\sigma' = \\sigma(1 - \\sigma)`, `\\tanh' = 1 - \\tanh^2`.

Such a line holds at every argument. Where one stands in it (`\\sigma'(z)`), that is the one; else the one
that the function has wherever it is applied, or what `d\\sigma/dz` derives it by, or any number under a new
letter. Brackets that hold the bare function again multiply it: `\\sigma(1 - \\sigma)` is no value.
Who writes `\\sigma' z` again and again, where `\\sigma` takes a z elsewhere, leaves the brackets out.
A letter of functions that is a factor elsewhere, `\\sigma^2 p`, and stands before brackets that are no value,
`\\sigma (s - t)`, may be a number there, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

from gradcheck.expr.written.definitions import definitions, written_names
from gradcheck.expr.written.function_names import FUNCTION_LETTERS
from gradcheck.expr.written.functions import builtin_of
from gradcheck.expr.written.names import Name, read_name
from gradcheck.expr.written.quotients import quotients_in, read_quotient
from gradcheck.notation.printer import latex
from gradcheck.notation.statements import Equation, Statement, rewritten
from gradcheck.notation.tree import (
    BigOperator,
    Call,
    Fraction,
    Group,
    Node,
    Operator,
    Product,
    Scripted,
    Symbol,
)
from gradcheck.notation.walk import letters_in, mapped, of_kind, parts, rebuilt, walk
from gradcheck.records import replace
from gradcheck.source import Span

FREE_LETTERS = "xzuvst"


def with_arguments_told(body: Sequence[Statement]) -> Sequence[Statement]:
    """The statements with an argument behind each bare function whose line needs one."""
    equations = [item for item in body if isinstance(item, Equation)]
    functions = _Functions(equations)
    if sum(map(functions.without_brackets, functions.sides)) > 1:
        body = [
            rewritten(item, functions.in_brackets) if isinstance(item, Equation) else item for item in body
        ]
        functions = _Functions([item for item in body if isinstance(item, Equation)])
    return [functions.told(item) if isinstance(item, Equation) else item for item in body]


def with_functions_as_factors(body: Sequence[Statement]) -> Sequence[Statement] | None:
    """The statements with a sign between brackets and a letter of functions that may as well be a number.

    None where there is no such letter: one that has a prime, a mark or a formula with an argument is none.
    """
    equations = [item for item in body if isinstance(item, Equation)]
    told = {d.name.base for d in definitions(equations) if d.is_function}
    sides = [side for equation in equations for side in equation.sides]
    names = [name for side in sides for name in written_names(side) if name.base in FUNCTION_LETTERS - told]
    marked = {name.base for name in names if not name.without(power=None).is_plain or name.key != name.base}
    found = {name.base for name in names} - marked
    products = [product for side in sides if found for product in of_kind(side, Product)]
    uses = [use for product in products for use in _uses(product) if use[0] in found]
    found -= {b for b, group in uses if group is not None and any(map(read_name, group.items))}
    found &= {b for b, group in uses if group is None} & {b for b, group in uses if group is not None}
    if not found:
        return None

    def times(product: Product) -> Product:
        multiplied = [base in found and group is not None for base, group in _uses(product)]
        signs = zip(product.operators, multiplied, strict=False)
        operators = tuple(replace(sign, kind="cdot") if is_factor else sign for sign, is_factor in signs)
        return replace(product, operators=operators) if any(multiplied) else product

    return [
        rewritten(item, lambda side: rebuilt(side, Product, times)) if isinstance(item, Equation) else item
        for item in body
    ]


def _uses(product: Product) -> list[tuple[str, Group | None]]:
    """The letter of each factor, empty for what is no name, with the brackets right behind it."""
    names = map(read_name, product.factors)
    return [
        ("" if name is None else name.base, _brackets_after(product, place))
        for place, name in enumerate(names)
    ]


class _Functions:
    """The functions of a document, and what they are applied to."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self.own = {d.name.base for d in definitions(equations) if not d.is_function and not d.name.sub}
        self.defined = {
            d.name.base: d.parameter.key for d in definitions(equations) if d.parameter is not None
        }
        self.quantities = self.own - self.defined.keys()
        self.adding_up = {d.name.base for d in definitions(equations) if d.parameter and _adds_up(d.right)}
        self.sides = [side for equation in equations for side in equation.sides]

    @cached_property
    def applied(self) -> dict[str, dict[str, Node]]:
        """The arguments of each name that stands before brackets somewhere."""
        found: dict[str, dict[str, Node]] = {}
        for side in self.sides:
            self._apply(side, found)
        return found

    def told(self, equation: Equation) -> Equation:
        """An equation with the arguments of its bare functions."""
        sides = filter(self._may_need, equation.sides)
        for base in dict.fromkeys(base for side in sides for base in self._needing(side)):
            argument = self._argument(equation, base)
            if argument is not None:
                equation = rewritten(equation, partial(self._put, base=base, argument=argument))
        return equation

    def without_brackets(self, side: Node) -> int:
        """How many slopes of functions stand before an argument without brackets."""
        products = of_kind(side, Product) if any(node.primes for node in of_kind(side, Scripted)) else ()
        return sum(len(list(self._unbracketed(product))) for product in products)

    def in_brackets(self, side: Node) -> Node:
        """A formula with brackets around what stands so."""

        def put(node: Product) -> Node:
            factors = list(node.factors)
            for position in self._unbracketed(node):
                factors[position] = Group(factors[position].span, "(", ")", (factors[position],))
            return replace(node, factors=tuple(factors)) if factors != list(node.factors) else node

        return rebuilt(side, Product, put)

    def _unbracketed(self, node: Product) -> Iterator[int]:
        """The places behind `\\sigma'` at which a letter stands that the function takes elsewhere."""
        pairs = zip(node.factors, node.operators, node.factors[1:], strict=False)
        for position, (factor, operator, following) in enumerate(pairs, start=1):
            name, after = read_name(factor), read_name(following)
            if name is None or after is None or name.primes != 1 or operator.kind:
                continue
            arguments = map(read_name, self.applied.get(name.base, {}).values())
            alike = any(argument is not None and argument.base == after.base for argument in arguments)
            if alike and self.is_function(name):
                yield position

    def is_function(self, name: Name) -> bool:
        """Whether a name is that of a function which is applied entry by entry."""
        builtin = builtin_of(name)
        if name.sub or name.base in self.quantities or name.transpose:
            return False
        return name.base in self.defined or (builtin is not None and not builtin.reduces)

    def _may_need(self, side: Node) -> bool:
        """Whether a function stands with a prime, or twice, or is derived by its name, in a formula."""
        names = written_names(side)
        times = Counter([name.base for name in names])
        several = [name for name in names if name.primes or times[name.base] > 1]
        if any(map(self.is_function, several)):
            return True
        targets = (quotient.target for quotient in quotients_in(side) if quotient.target is not None)
        return any((name := read_name(target)) is not None and self.is_function(name) for target in targets)

    def _needing(self, node: Node) -> Iterator[str]:
        """The functions that stand bare with a prime, before brackets that hold them again, or derived."""
        if isinstance(node, Product):
            for position, factor in enumerate(node.factors):
                name, group = read_name(factor), _brackets_after(node, position)
                if name is None:
                    yield from self._needing(factor)
                elif self.is_function(name) and (
                    self._holds(group, name.base) if group is not None else name.primes > 0
                ):
                    yield name.base
            return
        name = read_name(node)
        if name is not None:
            yield from [name.base] if name.primes and self.is_function(name) else []
            return
        quotient = read_quotient(node) if isinstance(node, Fraction) else None
        target = read_name(quotient.target) if quotient is not None and quotient.target is not None else None
        if target is not None and self.is_function(target) and self._is_applied(target.base):
            yield target.base
        for child in [node.argument] if isinstance(node, Call) else parts(node):
            yield from self._needing(child)

    def _is_applied(self, base: str) -> bool:
        """Whether a function has arguments somewhere; what `S(b) = ...` defines may be derived by itself."""
        return (base in self.applied or base in self.defined) and base not in self.own

    def _holds(self, node: Node, base: str) -> bool:
        """Whether a function stands bare in a formula."""
        if isinstance(node, Product):
            for position, factor in enumerate(node.factors):
                name = read_name(factor)
                if name is not None and name.base == base:
                    group = _brackets_after(node, position)
                    if group is None or self._holds(group, base):
                        return True
                elif self._holds(factor, base):
                    return True
            return False
        name = read_name(node)
        if name is not None:
            return name.base == base
        inner = node.argument if isinstance(node, Call) else None
        return any(self._holds(child, base) for child in ([inner] if inner is not None else parts(node)))

    def _apply(self, node: Node, found: dict[str, dict[str, Node]]) -> None:
        """The arguments behind names, by the name."""
        for inner in walk(node):
            if isinstance(inner, Call) and (name := read_name(inner.function)) is not None:
                found.setdefault(name.base, {})[latex(inner.argument)] = inner.argument
            if not isinstance(inner, Product):
                continue
            for position, factor in enumerate(inner.factors):
                group, name = _brackets_after(inner, position), read_name(factor)
                if name is None or group is None or len(group.items) != 1 or self._holds(group, name.base):
                    continue
                found.setdefault(name.base, {})[latex(group.items[0])] = group.items[0]

    def _argument(self, equation: Equation, base: str) -> Node | None:
        """What a bare function is applied to in an equation; None where it cannot be told."""
        own: dict[str, dict[str, Node]] = {}
        for side in equation.sides:
            self._apply(side, own)
        by = _derived_by(equation, base)
        if by is not None and not own.get(base):
            parameter, applied = self.defined.get(base), self.applied.get(base, {})
            values = [node for key, node in applied.items() if key != parameter]
            if base in self.adding_up and _is_entry(by, parameter):
                return None  # `\partial f/\partial x_j` of a number that all of x makes
            if not values and parameter in self.own:  # `p = \sigma(t)`, and f is of this p
                return applied.get(parameter, by)
            return values[0] if len(values) == 1 else by
        for known in (own, self.applied):
            values = list(known.get(base, {}).values())
            if len(values) == 1:
                return values[0]
            if len(values) > 1 and known is own:
                return None
        names = {name.base for side in equation.sides for name in written_names(side)}
        written = frozenset[str]().union(*map(letters_in, self.sides))
        free = next((letter for letter in FREE_LETTERS if letter not in written), None)
        return Symbol(equation.head.span, free) if free is not None and names <= {base} else None

    def _put(self, node: Node, base: str, argument: Node) -> Node:
        """A formula with the argument behind each bare use of a function."""
        if isinstance(node, Product):
            return self._put_along(node, base, argument)
        if isinstance(node, Fraction) and read_quotient(node) is not None:
            return replace(node, numerator=self._put(node.numerator, base, argument))
        if isinstance(node, Call):
            return replace(node, argument=self._put(node.argument, base, argument))
        name = read_name(node)
        if name is not None:
            return _value(node, argument) if name.base == base else node
        if isinstance(node, BigOperator):
            return replace(node, body=self._put(node.body, base, argument))
        return mapped(node, lambda child: self._put(child, base, argument))

    def _put_along(self, node: Product, base: str, argument: Node) -> Node:
        factors = list(node.factors)
        for position, factor in enumerate(node.factors):
            name = read_name(factor)
            group = _brackets_after(node, position)
            if name is not None and name.base == base:
                if group is None or self._holds(group, base):
                    factors[position] = _value(factor, argument)
            else:
                factors[position] = self._put(factor, base, argument)
        return replace(node, factors=tuple(factors))


def _derived_by(equation: Equation, base: str) -> Node | None:
    """z of `d\\sigma/dz`, where a bare function is derived."""
    for node in (node for side in equation.sides for node in walk(side)):
        quotient = read_quotient(node) if isinstance(node, Fraction) else None
        target = read_name(quotient.target) if quotient is not None and quotient.target is not None else None
        if quotient is not None and target is not None and target.base == base:
            return quotient.variables[0] if len(quotient.variables) == 1 else None
    return None


def _adds_up(body: Node) -> bool:
    """Whether a formula makes one number of its argument: a Σ, a norm or a product of rows."""
    rows = any(name.transpose for name in written_names(body))
    return rows or bool(of_kind(body, BigOperator)) or any(g.open == "\\|" for g in of_kind(body, Group))


def _is_entry(by: Node, parameter: str | None) -> bool:
    """Whether what a function is derived by is an entry of what it is told of: x_j for x."""
    name = read_name(by)
    return name is not None and bool(name.sub) and name.without(sub=()).key == parameter


def _brackets_after(node: Product, position: int) -> Group | None:
    """The round brackets that follow a factor with nothing between."""
    following = node.factors[position + 1] if position + 1 < len(node.factors) else None
    inner = following.base if isinstance(following, Scripted) else following
    joined = isinstance(inner, Group) and inner.open in ("(", "[") and node.operators[position].kind == ""
    return inner if joined and isinstance(inner, Group) else None


def _value(node: Node, argument: Node) -> Node:
    """`\\sigma` at an argument; a power of the function is one of the value."""
    span = node.span
    power = node.sup if isinstance(node, Scripted) and read_name(node) is not None else None
    name = read_name(node)
    squared = name is not None and name.power is not None
    function = replace(node, sup=None) if isinstance(node, Scripted) and squared else node
    between = (Operator(Span(span.end, span.end), ""),)
    value = Product(span, (function, Group(argument.span, "(", ")", (argument,))), between)
    whole = Group(span, "(", ")", (value,))
    return Scripted(span, whole, None, power) if squared else whole
