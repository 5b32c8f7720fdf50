"""Maps that are told by entries and written with their argument: `p(z)_i = e^{z_i} / \\sum_j e^{z_j}`.

So is `f(x) = \\sum_i x_i^2`, where x stands in its entries alone. `p(z)_i` and `p_i(z)` are the entry p_i of
the map's value at z, which is a quantity like any other, so they are written `p_i` from here on, and `p(z)`
is p, `f(x)` is f. Applied to something else the map has to be known as a function: a softmax is; one that is
not keeps its arguments, and so does one that is derived with a prime or takes several. In a chain,
`p_i = \\sigma(z)_i = e^{z_i} / \\sum_j e^{z_j}`, the softmax is that function and p its value.
Brackets that hold the map itself or entries multiply, also behind a letter of functions,
`\\sigma_i (\\delta_{ij} - \\sigma_j)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from gradcheck.expr.written.definitions import DEFINING, unboxed, written_names
from gradcheck.expr.written.functions import BUILTIN
from gradcheck.expr.written.indices import is_letter
from gradcheck.expr.written.names import Name, base_text, read_name
from gradcheck.expr.written.vocabulary import is_loss_name
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
from gradcheck.notation.walk import mapped, of_kind, rebuilt
from gradcheck.records import dataclass, replace
from gradcheck.restating.derivatives.nablas import below, is_bare
from gradcheck.restating.passages.segments import applied_to_several


@dataclass(frozen=True, slots=True)
class Application:
    """Two neighbours in a product that may be a map and its argument.

    letter     the name before the brackets
    argument   what the brackets hold
    value      both written as one name with the scripts of both; None where their scripts exclude each other
    """

    letter: Name
    argument: Node
    value: Node | None


@dataclass(frozen=True, slots=True)
class Map:
    """A map by entries.

    argument     the base letter of its argument, empty where the map stands for no quantity of its own
    written      its argument as it is written
    is_softmax   whether it is known as a function
    """

    argument: str
    written: Node
    is_softmax: bool


def with_values(body: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with such maps written as the quantities that are their values."""
    equations = [item for item in body if isinstance(item, Equation)]
    found = {base: each for equation in equations for base, each in _softmaxes(equation)}
    found |= {base: each for equation in equations for base, each in _maps(equation)}
    if not found:
        return tuple(body)
    sides = [side for equation in equations for side in equation.sides]
    lost = {a.letter.base for side in sides for a in _applications(side) if not _can_be_written(a, found)}
    lost |= {
        base for side in sides for product in of_kind(side, Product) for base in applied_to_several(product)
    }
    kept = {base: each for base, each in found.items() if base not in lost}
    return tuple(_with_values_written(item, kept) if isinstance(item, Equation) else item for item in body)


def _with_values_written(equation: Equation, maps: Mapping[str, Map]) -> Equation:
    """An equation with its maps as values; bare entries beside a softmax of another letter are of that."""
    applied = [a for side in equation.sides for a in _applications(side) if a.letter.base in maps]
    written = rewritten(equation, lambda node: _written(node, maps))
    for base, this in maps.items():
        of = {latex(a.argument): a for a in applied if a.letter.base == base}
        only = next(iter(of.values())) if len(of) == 1 and this.is_softmax and this.argument else None
        if only is not None and read_name(only.argument) is not None and not _is_own(only, this):
            written = rewritten(written, partial(_of_another, base=base, argument=only.argument))
    return written


def _of_another(node: Node, base: str, argument: Node) -> Node:
    """A formula in which the bare entries of a softmax are those of its value at an argument."""

    def at_argument(entry: Scripted) -> Node:
        name = read_name(entry)
        if name is None or name.base != base or len(name.sub) != 1 or entry.sup is not None or entry.primes:
            return entry
        value = Scripted(entry.span, Group(entry.span, "(", ")", (argument,)), entry.sub, None)
        softmax = Symbol(entry.span, "softmax", "word")
        pair = Product(entry.span, (softmax, value), (Operator(entry.span, ""),))
        return Group(entry.span, "(", ")", (pair,))

    return rebuilt(node, Scripted, at_argument)


def _maps(equation: Equation) -> Iterator[tuple[str, Map]]:
    """The map that an equation defines by its entries, if it does."""
    head, link = unboxed(equation.head), equation.links[0]
    if not isinstance(head, Product) or len(head.factors) != 2 or link.relation.sign not in DEFINING:
        return
    applied = _application(*head.factors) if not head.operators[0].kind else None
    argument = read_name(applied.argument) if applied is not None else None
    value = read_name(applied.value) if applied is not None and applied.value is not None else None
    if applied is None or argument is None or value is None or not value.is_plain:
        return
    bare = argument.is_plain and not argument.sub and argument.sample is None and argument.layer is None
    a_word = applied.letter.base.isalpha() and applied.letter.base in BUILTIN
    # In `h_w(x) = w^T x` w is no index; the i of `p(x)_i` is one, though it is no name's own.
    weights = {name.base for name in written_names(link.right)} - _below_brackets(link.right)
    if not bare or a_word or is_loss_name(value) or not weights.isdisjoint(value.sub):
        return
    if value.sub and all(map(is_letter, value.sub)) and _mentions(link.right, argument.base):
        softmax = len(value.sub) == 1 and _is_softmax(link.right, argument.base, value.sub[0])
        yield value.base, Map(argument.base, applied.argument, softmax)
    elif not value.sub and _by_entries(link.right, argument.base):
        yield value.base, Map(argument.base, applied.argument, is_softmax=False)


def _below_brackets(node: Node) -> set[str]:
    scripted = (inner for inner in of_kind(node, Scripted) if isinstance(inner.base, Group))
    return {name.base for inner in scripted if inner.sub is not None for name in written_names(inner.sub)}


def _softmaxes(equation: Equation) -> Iterator[tuple[str, Map]]:
    """The letters that a chain applies before it says by a formula that this is a softmax."""
    for link, following in pairwise(equation.links):
        if isinstance(link.right, Product) and {link.relation.sign, following.relation.sign} <= DEFINING:
            head = replace(equation, head=link.right, links=(following,))
            yield from ((b, replace(m, argument="")) for b, m in _maps(head) if m.is_softmax)


def _application(first: Node, second: Node) -> Application | None:
    """A letter and the brackets behind it as an application; None where they cannot be one."""
    letter = read_name(first)
    group = second.base if isinstance(second, Scripted) else second
    if letter is None or not isinstance(group, Group) or group.open != "(" or len(group.items) != 1:
        return None
    names = written_names(group)
    entries = any(name.base == letter.base or any(map(is_letter, name.sub)) for name in names)
    if entries or not names or (letter.sub and read_name(group.items[0]) is None):
        return None
    return Application(letter, group.items[0], _joined(first, second))


def _joined(first: Node, second: Node) -> Node | None:
    """A letter with its own scripts and those of the brackets behind it."""
    span = first.span.cover(second.span)
    if not isinstance(second, Scripted):
        return replace(first, span=span)
    if not isinstance(first, Scripted):
        return replace(second, span=span, base=first)
    if (first.sub and second.sub) or (first.sup and second.sup) or first.primes or second.primes:
        return None
    return replace(first, span=span, sub=first.sub or second.sub, sup=first.sup or second.sup)


def _applications(node: Node) -> Iterator[Application]:
    for inner in of_kind(node, Product):
        for position, first in enumerate(inner.factors[:-1]):
            applied = _application(first, inner.factors[position + 1])
            if applied is not None and not inner.operators[position].kind:
                yield applied


def _can_be_written(applied: Application, found: Mapping[str, Map]) -> bool:
    """Whether an application, if it is one of these maps, is its value or that of a known function."""
    this = found.get(applied.letter.base)
    if this is None:
        return True
    plain = applied.letter.primes == 0 and applied.value is not None
    return plain and (this.is_softmax or _is_own(applied, this))


def _is_own(applied: Application, this: Map) -> bool:
    name = read_name(applied.argument)
    return name is not None and name.base == this.argument and name.key == name.base and name.is_plain


def _written(node: Node, maps: Mapping[str, Map]) -> Node:
    node = mapped(node, lambda child: _written(child, maps))
    if not isinstance(node, Product):
        return node
    node = _with_variables(node, maps)
    factors: list[Node] = []
    operators: list[Operator] = []
    position = 0
    while position < len(node.factors):
        pair = node.factors[position : position + 2]
        joins = len(pair) == 2 and not node.operators[position].kind
        made = _value(pair[0], pair[1], maps) if joins else None
        factors += node.factors[position : position + 1] if made is None else made
        # A softmax stays two factors, a letter and its brackets.
        operators += node.operators[position : position + 1] if made is None or len(made) == 2 else ()
        position += 1 if made is None else 2
        operators += node.operators[position - 1 : position] if made is not None else ()
    if len(factors) == 1 and not operators:
        return factors[0]
    return replace(node, factors=tuple(factors), operators=tuple(_multiplying(factors, operators, maps)))


def _with_variables(node: Product, maps: Mapping[str, Map]) -> Product:
    """A product in which every bare ∇ before a map differentiates by its argument."""
    factors = list(node.factors)
    for position, factor in enumerate(factors[:-1]):
        name = read_name(factors[position + 1])
        if is_bare(factor) and name is not None and name.base in maps:
            factors[position] = below(factor, maps[name.base].written)
    return replace(node, factors=tuple(factors))


def _multiplying(
    factors: Sequence[Node], operators: Sequence[Operator], maps: Mapping[str, Map]
) -> Iterator[Operator]:
    """The operators of a product, a `·` where a value stands before brackets."""
    for position, operator in enumerate(operators):
        name = read_name(factors[position])
        following = factors[position + 1] if position + 1 < len(factors) else None
        group = following.base if isinstance(following, Scripted) else following
        multiplies = name is not None and name.base in maps and isinstance(group, Group) and not operator.kind
        yield replace(operator, kind="cdot") if multiplies else operator


def _value(first: Node, second: Node, maps: Mapping[str, Map]) -> tuple[Node, ...] | None:
    """What is written for a map and its argument; None where they are no such pair."""
    applied = _application(first, second)
    this = maps.get(applied.letter.base) if applied is not None else None
    if applied is None or this is None or applied.value is None:
        return None
    if _is_own(applied, this):
        return (applied.value,)
    group = second.base if isinstance(second, Scripted) else second
    scripts = applied.value if isinstance(applied.value, Scripted) else None
    brackets = group if scripts is None else replace(scripts, span=second.span, base=group)
    return Symbol(first.span, "softmax", "word"), brackets


def _by_entries(node: Node, base: str) -> bool:
    """Whether a formula holds entries of a quantity, and nowhere the whole of it."""
    names = [name for name in _names(node) if name.base == base]
    return bool(names) and all(name.sub and all(map(_is_index, name.sub)) for name in names)


def _is_index(part: str) -> bool:
    return is_letter(part) or part.isdigit()


def _names(node: Node) -> Iterator[Name]:
    """The names of a formula, with those of their exponents."""
    for name in written_names(node):
        yield name
        if name.power is not None:
            yield from _names(name.power)


def _mentions(node: Node, base: str) -> bool:
    return any(base_text(inner) == base for inner in of_kind(node, Symbol))


def _is_softmax(node: Node, argument: str, letter: str) -> bool:
    """Whether a formula is `e^{z_i} / \\sum_j e^{z_j}`, in whatever spelling."""
    if not isinstance(node, Fraction) or not isinstance(node.denominator, BigOperator):
        return False
    above, below = _exponent(node.numerator), _exponent(node.denominator.body)
    if above is None or below is None or node.denominator.kind != "sum":
        return False
    same = above.base == below.base == argument and above.is_plain and below.is_plain
    return same and above.sub == (letter,) and len(below.sub) == 1 and below.sub != above.sub


def _exponent(node: Node) -> Name | None:
    """z_i of `e^{z_i}` and of `\\exp(z_i)`."""
    if isinstance(node, Call) and isinstance(node.function, Symbol) and node.function.name == "exp":
        inner = node.argument
        return read_name(inner.items[0] if isinstance(inner, Group) and len(inner.items) == 1 else inner)
    name = read_name(node)
    return read_name(name.power) if name is not None and name.base == "e" and name.power is not None else None
